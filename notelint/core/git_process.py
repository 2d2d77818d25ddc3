"""The one module that runs git: on a repository that was found here, and so that nothing of it is executed.

git takes the configuration of whatever folder it is asked in, if that looks like a repository, and a configuration
names commands. So git is never asked where a repository is: the way up from the vault is walked here, to a `.git`,
which no commit can bring, and git is given that.
"""

import errno
import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from notelint.core.errors import NotelintError
from notelint.core.git_files import settings_without_others_files, unreadable
from notelint.core.git_place import NoRepositoryError, find
from notelint.core.git_wait import UnendingError, output, reason

_NOTHING = os.devnull
_KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH")  # of the environment: whose configuration counts, for whoever runs this
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",  # the index is not written
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",  # nothing goes to the network
    "GIT_ALLOW_PROTOCOL": "none",  # nor by a git before 2.45: settings of a repository cannot allow what this does not
    "GIT_NO_REPLACE_OBJECTS": "1",  # a commit is what its name says, whatever refs/replace puts in its place
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_CEILING_DIRECTORIES": os.sep,
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={_NOTHING}",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.askPass=false",
    "diff.external=",
    "protocol.allow=never",
    "log.showSignature=false",  # it runs gpg.program
    "gpg.program=false",
    "log.showRoot=true",
    "core.quotePath=false",
    "color.ui=false",
    "advice.graftFileDeprecated=false",
    "i18n.logOutputEncoding=UTF-8",
    "diff.relative=false",
    "diff.autoRefreshIndex=false",
    "submodule.recurse=false",
)
_SAID_BY_ENVIRONMENT = ("", "false")  # the values of settings whose names have an `=`


class Git:
    """Runs git on one repository. Only reads."""

    def __init__(self, root: Path) -> None:
        """Raises `NoRepositoryError` if `root` is in none, or in somebody else's, or git is not installed."""
        self.place = find(root)
        self._program = _program()
        self._index = self._index_of_hook()
        self._require_own()
        pipe = unreadable(self.place.data)
        if pipe is not None:
            raise UnendingError.by(pipe)

    def run(self, *arguments: str, input: bytes | None = None) -> bytes:
        """Run git at the top of the work tree, and return its output. Raises `NotelintError` with what git says."""
        return self._run(self._settings, arguments, input)

    def _run(self, settings: Sequence[str], arguments: Sequence[str], input: bytes | None = None) -> bytes:
        command = [
            self._program,
            "--no-pager",
            f"--git-dir={self.place.data}",
            f"--work-tree={self.place.top}",
            *(part for setting in settings for part in _option(setting)),
            *arguments,
        ]
        environment = _environment() | {_variable(value): value for value in _SAID_BY_ENVIRONMENT}
        if self._index is not None:
            environment["GIT_INDEX_FILE"] = str(self._index)
        try:
            process = subprocess.Popen(
                command, cwd=self.place.top, env=environment,
                stdin=subprocess.DEVNULL if input is None else subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:
            raise NotelintError(f"git cannot be run: {error.strerror}") from error
        with process:
            out, errors = output(process, input, self.place.top, self.place.data, ends=arguments[0] == "config")
        if process.returncode:
            raise NotelintError(f"git {arguments[0]}: {reason(errors)}")
        return out

    @cached_property
    def _configured(self) -> list[tuple[str, str, str]]:
        """All settings that git has, from whatever file: whose they are, their names, their values."""
        try:
            out = self._run(_SETTINGS, ("config", "--list", "--null", "--show-scope", "--includes"))
        except UnendingError:
            raise
        except NotelintError:
            return [*self._configured_by_file()]
        fields = [os.fsdecode(field) for field in out.split(b"\0")]
        pairs = (field.partition("\n") for field in fields[1::2])
        return [(scope, name, value) for scope, (name, _, value) in zip(fields[::2], pairs, strict=False)]

    def _configured_by_file(self) -> Iterator[tuple[str, str, str]]:
        """The same from a git before 2.26, which does not say whose settings are."""
        for scope in ("system", "global", "local"):
            try:
                out = self._run(_SETTINGS, ("config", f"--{scope}", "--list", "--null", "--includes"))
            except NotelintError:  # there is no such file
                continue
            for field in out.split(b"\0")[:-1]:
                name, _, value = os.fsdecode(field).partition("\n")
                yield scope, name, value

    @cached_property
    def _settings(self) -> tuple[str, ...]:
        """Arguments for git, so that no filter and no other program of a configuration runs."""
        drivers = {name.rpartition(".")[0] for _, name, _ in self._configured if name.startswith("filter.")}
        programs = {
            name for _, name, _ in self._configured
            if name.startswith("diff.") and name.endswith((".command", ".textconv"))
        }  # fmt: skip
        no_filters = (
            f"{driver}.{key}"
            for driver in sorted(drivers)
            for key in ("clean=", "smudge=", "process=", "required=false")
        )
        files = settings_without_others_files(self._configured, (self.place.top, self.place.data))
        settings = (*_SETTINGS, *no_filters, *(f"{name}=" for name in sorted(programs)), *files)
        odd = [setting for setting in settings if setting.count("=") > 1]
        if odd:
            self._require_understood(odd)
        return settings

    def _require_understood(self, settings: Sequence[str]) -> None:
        """Raise `NotelintError` if this git takes no names with `=`: then such a program would run."""
        try:
            self._run((*_SETTINGS, *settings), ("config", "--list", "--null"))
        except NotelintError as error:
            name = settings[0].rpartition("=")[0].rpartition(".")[0]
            raise NotelintError(
                f"{name!r} in the settings of git can only be switched off by git 2.31 or later"
            ) from error

    def _index_of_hook(self) -> Path | None:
        """The index that git made for this commit, as for `git commit NAME`: hooks know it, from where they start."""
        given = os.environ.get("GIT_INDEX_FILE")
        if not given:
            return None
        index = Path.cwd() / given
        try:
            inside = index.resolve().parent == self.place.data.resolve()
        except (OSError, RuntimeError):
            return None
        return index if index.is_file() and inside else None

    def _require_own(self) -> None:
        """Raise `NoRepositoryError` for a repository of another user, as git does where it finds one itself.

        The settings of such a repository are not this user's. `safe.directory` of the user's own settings allows it.
        """
        if not hasattr(os, "geteuid"):
            self._ask_git_for_owner()
            return
        users = {os.geteuid()}
        sudo = os.environ.get("SUDO_UID", "")
        if os.geteuid() == 0 and sudo.isdecimal():
            users.add(int(sudo))
        place = self.place
        try:
            owners = {place.top.stat().st_uid, place.mark.lstat().st_uid, place.data.stat().st_uid}
        except OSError as error:
            raise NoRepositoryError(f"the repository {place.top} cannot be read: {error.strerror}") from error
        if not owners <= users and not self._is_allowed():
            raise NoRepositoryError(
                f"the repository {place.top} belongs to another user: to use it, "
                f"git config --global --add safe.directory {place.top}"
            )

    def _is_allowed(self) -> bool:
        """Tell whether the user's own settings, not those of the repository, name it as one to trust."""
        allowed = False
        tops = {os.path.normcase(str(self.place.top)), os.path.normcase(os.path.realpath(self.place.top))}
        for scope, name, value in self._configured:
            if name != "safe.directory" or scope not in ("system", "global", "command"):
                continue
            path = os.path.normcase(os.path.expanduser(value)).rstrip(os.sep)  # noqa: PTH111
            if value == "":
                allowed = False
            elif value == "*" or path in tops:
                allowed = True
            elif value.endswith("/*"):
                allowed = allowed or any(top.startswith(path[:-1]) for top in tops)
        return allowed

    def _ask_git_for_owner(self) -> None:
        """Windows knows owners that this language does not: git looks, in the folder that holds `.git`."""
        environment = _environment() | {"GIT_CEILING_DIRECTORIES": str(self.place.top.parent)}
        command = [self._program, "-c", "safe.bareRepository=explicit", "rev-parse", "--git-dir"]
        done = subprocess.run(command, cwd=self.place.top, env=environment, capture_output=True, check=False)
        if done.returncode:
            raise NoRepositoryError(f"git rev-parse: {reason(done.stderr)}")


def _option(setting: str) -> tuple[str, ...]:
    """The options that give git a setting, written as `name=value`, where only the name may contain another `=`.

    `-c` ends a name at its first `=`, `--config-env` at its last one.
    """
    name, _, value = setting.rpartition("=")
    return (f"--config-env={name}={_variable(value)}",) if "=" in name else ("-c", setting)


def _variable(value: str) -> str:
    """The variable of the environment that holds a value for `--config-env`."""
    return f"NOTELINT_GIT_{value.upper() or 'EMPTY'}"


def _environment() -> dict[str, str]:
    """The environment without what tells git of other repositories, programs and places."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _ENVIRONMENT


def _program() -> str:
    """The path of git: never one in the current folder, where systems and empty entries of PATH look too."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        file = os.path.join(folder, name)  # noqa: PTH118 - a string for the system
        if os.path.isabs(folder) and os.access(file, os.X_OK) and os.path.isfile(file):  # noqa: PTH117, PTH113
            return file
    raise NoRepositoryError(f"git cannot be run: {os.strerror(errno.ENOENT)}")
