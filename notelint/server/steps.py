"""Long work of a request, done in steps: between them other messages get their turn, and a cancellation is heard."""

import asyncio
from collections.abc import Callable, Generator
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from notelint.server.open_notes import OpenNotes

_AT_ONCE = 0.005  # seconds of work before other messages get their turn
_REST = 0.001
_TRIES = 3

Result = TypeVar("Result")
Steps = Generator[None, None, Result]  # yields wherever it may be interrupted; returns what was asked for


async def rest() -> None:
    """Let messages be read that have come meanwhile. Raises `CancelledError` if one of them cancels this request."""
    await asyncio.sleep(_REST)


async def at_leisure(work: Steps[Result]) -> Result:
    """Do work beside whatever else is asked."""
    while True:
        last = monotonic()
        while monotonic() - last < _AT_ONCE:
            try:
                next(work)
            except StopIteration as done:
                result: Result = done.value
                return result
        await rest()


async def in_steps(notes: "OpenNotes", uri: str | None, begin: Callable[[], Steps[Result]]) -> Result:
    """Do work about the open note at `uri`, or about a vault as a whole.

    It begins anew if other notes change meanwhile. Raises `JsonRpcException` if the note itself does, or others again
    and again: what was asked has no answer any more.
    """
    before = notes.get(uri) if uri is not None else None
    for _ in range(_TRIES):
        await rest()
        now = notes.get(uri) if uri is not None else None
        if (now.version, now.note.text) != (before.version, before.note.text) if now and before else now is not before:
            break
        revision, work, last = notes.revision, begin(), monotonic()
        while revision == notes.revision:
            try:
                next(work)
            except StopIteration as done:
                result: Result = done.value
                return result
            if monotonic() - last > _AT_ONCE:
                await rest()
                last = monotonic()
        work.close()
    raise JsonRpcException("the notes have changed meanwhile", types.LSPErrorCodes.ContentModified)
