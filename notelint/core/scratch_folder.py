"""A folder for a while, outside every vault, that files of a commit are laid out in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from notelint.core.atomic_write import FULL, write_whole
from notelint.core.errors import NotelintError
from notelint.core.safe_path import opened, split


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder that only this user can read, which goes with all that is in it."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="notelint-")).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_folder(root: Path, path: str) -> None:
    """Make a folder and those above it, but for what is there. Raises `UnsafePathError` and `OSError`."""
    parts = split(path)
    for at, one in enumerate(parts):
        with opened(str(root), parts[:at]) as folder, suppress(FileExistsError):
            os.mkdir(folder.named(one), dir_fd=folder.handle)


def lay_out(root: Path, path: str, data: bytes) -> None:
    """Write a file that is not there yet; one that something is in the way of is left out.

    `path` comes from elsewhere. Raises `UnsafePathError` if it leaves the folder, `NotelintError` if the disk is full.
    """
    *folders, name = split(path)
    try:
        if folders:
            make_folder(root, "/".join(folders))
        with opened(str(root), folders) as folder:
            handle = folder.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            try:
                write_whole(handle, data)
            finally:
                os.close(handle)
    except OSError as error:
        if error.errno in FULL:
            raise NotelintError(f"an earlier commit cannot be laid out in {root}: {error.strerror}") from error
