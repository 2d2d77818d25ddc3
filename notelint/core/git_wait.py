"""Waiting for git, but not for ever: among the files lie settings that it reads, and these may be pipes."""

import os
import subprocess
from itertools import chain
from pathlib import Path

from notelint.core.errors import NotelintError
from notelint.core.git_files import is_endless
from notelint.core.names_below import names_below

_PATIENCE = 1.0  # seconds after which it is looked whether git can ever end
_FOR_SETTINGS = 20.0  # seconds: to list settings takes milliseconds, unless they include a pipe, wherever that lies
_LONGEST = 180.0  # seconds: git tries each way in which `*a*a*a*a*b` could match, which may take it years
_SETTINGS = "git cannot read its settings: a file that they include is not a regular file"
_PATTERN = "git does not end: a pattern of a .gitignore or .gitattributes file with several `*` may take it too long"
_AMONG_FILES = frozenset({".gitignore", ".gitattributes", ".gitmodules"})


class UnendingError(NotelintError):
    """Git waits for what never comes: nothing that it says later is to be asked for."""

    @classmethod
    def by(cls, file: Path) -> "UnendingError":
        """The error of a file that git would read without an end."""
        return cls(f"git cannot read {file}, which is not a regular file: remove it")


def output(
    process: "subprocess.Popen[bytes]", input: bytes | None, top: Path, data: Path, *, ends: bool = False
) -> tuple[bytes, bytes]:
    """Git's output, stdout and stderr, in the work tree `top` of a repository whose folder is `data`.

    `ends` is true for what never takes long. Raises `UnendingError`, and ends git, if it waits for what never comes.
    """
    try:
        try:
            return process.communicate(input, timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            pipe = _pipe(top, data)
            if pipe is not None:
                raise UnendingError.by(pipe) from None
        try:
            return process.communicate(timeout=_FOR_SETTINGS if ends else _LONGEST)
        except subprocess.TimeoutExpired:
            raise UnendingError(_SETTINGS if ends else _PATTERN) from None
    except BaseException:
        process.kill()
        raise


def reason(errors: bytes) -> str:
    """The line of git's errors that says why it failed: warnings and hints can stand before it."""
    said = os.fsdecode(errors).strip().splitlines() or ["failed"]
    return next((line for line in said if line.startswith(("fatal:", "error:"))), said[0])


def _pipe(top: Path, data: Path) -> Path | None:
    of_git = (data / name for name in names_below(data))  # git makes no pipes itself
    files = (top / name for name in names_below(top, (".git",)) if name.rpartition("/")[2] in _AMONG_FILES)
    return next(filter(is_endless, chain(of_git, files)), None)
