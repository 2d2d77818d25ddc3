"""Replacing a file of the cache as a whole: who reads it sees the old one or the new one."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

_BUFFER = 1 << 20


def replace_file(file: Path, parts: Iterable[bytes], close: Callable[[], None] = lambda: None) -> str:
    """Write a file under another name first; `close` lets go of the one that is replaced. Raises `OSError`.

    The stamp of the new file tells it from one that another run puts in its place (`stamp_of`).
    """
    import tempfile  # brings random numbers with it: 3 ms

    handle, name = tempfile.mkstemp(prefix=".check-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb", buffering=_BUFFER) as opened:
            opened.writelines(parts)
        stamp = stamp_of(Path(name).stat())
        close()
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return stamp


def stamp_of(info: os.stat_result) -> str:
    """What no other file has in common with this one that was written to the same place."""
    return f"{info.st_size} {info.st_mtime_ns} {info.st_ino}"
