"""Waiting for git, but not for ever: among the files lie settings that it reads, and these may be pipes."""

import subprocess
from itertools import chain
from pathlib import Path

from notelint.core.errors import NotelintError
from notelint.core.names_below import names_below

_PATIENCE = 5.0  # seconds after which it is looked whether git can ever end: then it may take as long as it takes
_AMONG_FILES = frozenset({".gitignore", ".gitattributes", ".gitmodules"})


class UnendingError(NotelintError):
    """Git waits for what never comes: nothing that it says later is to be asked for."""


def output(process: "subprocess.Popen[bytes]", input: bytes | None, top: Path, data: Path) -> tuple[bytes, bytes]:
    """Git's output, stdout and stderr, in the work tree `top` of a repository whose folder is `data`.

    Raises `UnendingError`, and ends git, if it waits for a pipe that nobody writes to.
    """
    try:
        try:
            return process.communicate(input, timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            pipe = _pipe(top, data)
            if pipe is not None:
                raise UnendingError(f"git cannot read {pipe}, which is not a regular file: remove it") from None
            return process.communicate()
    except BaseException:
        process.kill()
        raise


def _pipe(top: Path, data: Path) -> Path | None:
    of_git = (data / name for name in names_below(data))  # git makes no pipes itself
    files = (top / name for name in names_below(top, (".git",)) if name.rpartition("/")[2] in _AMONG_FILES)
    return next((file for file in chain(of_git, files) if file.is_fifo()), None)
