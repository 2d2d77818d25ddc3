"""Replacing a file of the cache as a whole: who reads it sees the old one or the new one."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

_BUFFER = 1 << 20


def replace_file(file: Path, parts: Iterable[bytes], close: Callable[[], None] = lambda: None) -> None:
    """Write a file under another name first; `close` lets go of the one that is replaced. Raises `OSError`."""
    import tempfile  # brings random numbers with it: 3 ms

    handle, name = tempfile.mkstemp(prefix=".check-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb", buffering=_BUFFER) as opened:
            opened.writelines(parts)
        close()
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
