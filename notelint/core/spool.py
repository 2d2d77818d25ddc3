"""Bytes put aside: few stay in the memory, many go into a file without a name. They are read back by number."""

import os
import weakref
from array import array
from typing import IO

_ROOM = 4 << 20  # bytes that stay in the memory, so that a small run makes no file


class Spool:
    """Pieces of bytes, numbered from 0 in the order in which they were put.

    A forked process reads what was put before the fork. Where no file can be written, all stays in the memory.
    """

    def __init__(self, room: int = _ROOM) -> None:
        """`room` is the number of bytes that are held before they are written."""
        self._room = room
        self._held: dict[int, bytes] = {}  # not written yet
        self._held_bytes = 0
        self._ends = array("Q", [0])  # where each piece ends, if all of them follow each other
        self._file: IO[bytes] | None = None
        self._can_write = True

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, data: bytes) -> int:
        """Put a piece aside; its number."""
        number = len(self)
        self._ends.append(self._ends[-1] + len(data))
        self._held[number] = data
        self._held_bytes += len(data)
        if self._held_bytes > self._room and self._can_write:
            self._write()
        return number

    def get(self, number: int) -> bytes:
        """The piece of this number. Raises `OSError` where it cannot be read, and `ValueError` after `close`."""
        held = self._held.get(number)
        if held is not None:
            return held
        if self._file is None:
            raise ValueError("the pieces are gone")
        return read_at(self._file, self._ends[number], self.length(number))

    def length(self, number: int) -> int:
        """Length in bytes of the piece of this number."""
        return self._ends[number + 1] - self._ends[number]

    def close(self) -> None:
        """Forget all pieces."""
        self._held.clear()
        if self._file is not None:
            self._file.close()
        self._file = None

    def _write(self) -> None:
        """Write what is held behind what is in the file."""
        import tempfile  # brings random numbers with it: 3 ms

        data = b"".join(self._held.values())
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
                weakref.finalize(self, self._file.close)
            self._file.seek(self._ends[-1] - len(data))
            while data:
                data = data[self._file.write(data) :]
        except OSError:  # the disk is full: what was not written is still held
            self._can_write = False
            return
        self._held.clear()
        self._held_bytes = 0


def read_at(file: IO[bytes], start: int, length: int) -> bytes:
    """A part of a file. Forked processes share its position, which must not matter to them."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    file.seek(start)
    return file.read(length)
