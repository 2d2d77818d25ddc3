"""Pieces of bytes come back as they were put, from the memory, from a file, and where no file can be written."""

import errno
from contextlib import nullcontext
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.spool import Spool


def _full(**_options: int) -> None:
    raise OSError(errno.ENOSPC, "no space left")


@given(st.lists(st.binary(max_size=40)), st.integers(0, 60), st.booleans())
def test_pieces_come_back(pieces: list[bytes], room: int, full: bool) -> None:
    spool = Spool(room)
    with mock.patch("tempfile.TemporaryFile", _full) if full else nullcontext():
        for number, piece in enumerate(pieces):
            assert spool.put(piece) == number
            assert spool.get(number // 2) == pieces[number // 2]
    assert [spool.get(number) for number in range(len(spool))] == pieces
    assert [spool.length(number) for number in range(len(spool))] == list(map(len, pieces))
    spool.close()


def test_what_is_more_than_the_room_is_not_held() -> None:
    spool = Spool(100)
    for _ in range(1000):
        spool.put(b"x" * 60)
        assert sum(map(len, spool._held.values())) <= 100
    spool.close()
    with pytest.raises(ValueError, match="gone"):
        spool.get(0)
