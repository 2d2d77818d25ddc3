"""Waiting for git, but not for ever: among the files lie settings that it reads, and these may be pipes."""

import os
import subprocess
from pathlib import Path

from notelint.core.errors import NotelintError

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
    for folder, _, names in os.walk(data):  # git makes none itself
        for name in names:
            if (Path(folder) / name).is_fifo():
                return Path(folder) / name
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != ".git"]
        for name in _AMONG_FILES.intersection(names):
            if (Path(folder) / name).is_fifo():
                return Path(folder) / name
    return None
