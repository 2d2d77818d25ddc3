"""A session with an editor: which notes it holds open, and what is said of them."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Protocol

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from notelint import __version__
from notelint.core.diagnostic import Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.text import Span
from notelint.engine.workspace import Progress, Workspace
from notelint.server import diagnostics
from notelint.server.abilities import Abilities
from notelint.server.file_uris import file_path
from notelint.server.indexing import bar
from notelint.server.margins import Margins
from notelint.server.open_notes import OpenNote, OpenNotes, uri_of
from notelint.server.positions import Positions
from notelint.server.protocol import AnsweringProtocol
from notelint.server.related import related_places
from notelint.server.steps import at_leisure

_IDLE = 0.5  # seconds
_PAUSE = 0.25  # seconds, in which nobody types
_LONG = 500_000  # characters of a note
_WAITED = 0.25  # seconds for which proposals are held back until more are known


class AtCursor(Protocol):
    """The parameters of a request about a place in a note."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier:
        """The note."""

    @property
    def position(self) -> types.Position:
        """The place of the cursor."""


class NoteCursor(NamedTuple):
    """A place in an open note, as an offset in characters, and what turns offsets of its text into positions."""

    one: OpenNote
    at: int
    places: Positions


class NoteServer(LanguageServer):
    """A language server for notes: which are open, and what is said of them."""

    def __init__(self) -> None:
        # An editor sends the whole text: no column that is counted otherwise can lose a letter of it.
        super().__init__("notelint", __version__, types.TextDocumentSyncKind.Full, protocol_cls=AnsweringProtocol)
        self._notes = OpenNotes(self._indexing, self._opened)
        self._slow = set[str]()  # open notes that take long to be read
        self._typed: dict[str, int | None] = {}  # versions of those that are not read yet
        self._pause: asyncio.TimerHandle | None = None
        self._bars = 0
        self._reading: dict[Path, asyncio.Future[None]] = {}  # the tags of a vault, by its root
        self._tidying: asyncio.TimerHandle | None = None
        self.margins = Margins()

    def positions(self, text: str) -> Positions:
        """Places in a text, in the units that the editor asked for."""
        return Positions(text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    def cursor(self, params: AtCursor) -> NoteCursor | None:
        """Where in an open note a request asks something; None for a note that is not open."""
        one = self.notes.get(params.text_document.uri)
        if one is None:
            return None
        places = self.positions(one.note.text)
        return NoteCursor(one, places.offset(params.position), places)

    @property
    def has_ended(self) -> bool:
        """True once the editor has asked to end the session."""
        return isinstance(self.protocol, AnsweringProtocol) and self.protocol.has_ended

    def _opened(self) -> list[Path]:
        """The folders that the editor has open."""
        known = [one.uri for one in self.workspace.folders.values()]
        given = [*known, *([self.workspace.root_uri] if self.workspace.root_uri else [])]
        return [Path(path).resolve() for uri in given if (path := file_path(uri))]

    @property
    def notes(self) -> OpenNotes:
        """The notes that the editor holds open, as they stand there now."""
        self._read_typed()
        return self._notes

    def type(self, uri: str, version: int | None) -> None:
        """Take a text that has changed: at once, or, where that takes long, when nobody types or somebody asks."""
        if uri not in self._slow:
            self.put(uri, version, self.workspace.get_text_document(uri).source)
            return
        self._typed[uri] = version
        if self._pause is not None:
            self._pause.cancel()
        self._pause = asyncio.get_running_loop().call_later(_PAUSE, self._read_typed)

    def _read_typed(self) -> None:
        typed, self._typed = self._typed, {}
        for uri, version in typed.items():
            self.put(uri, version, self.workspace.get_text_document(uri).source)

    def close(self, uri: str) -> None:
        """Forget what the editor held: from now on the file counts."""
        self._typed.pop(uri, None)
        self._slow.discard(uri)
        try:
            self.notes.close(uri)
        except NotelintError as error:
            self.say(str(error))

    def put(self, uri: str, version: int | None, text: str) -> None:
        """Take a text for that of a note, and publish what is wrong with all open notes of its vault."""
        began = monotonic()
        try:
            one = self.notes.put(uri, version, text)
        except NotelintError as error:
            self.say(str(error))
            return
        if one is not None:
            self.publish(self.notes.in_vault_of(one), typed=one)
        is_slow = len(text) > _LONG and monotonic() - began > _PAUSE
        (self._slow.add if is_slow else self._slow.discard)(uri)

    async def read_tags(self, run: Workspace) -> bool:
        """Read the tags in the bodies of a vault's notes; False if that takes longer than somebody waits."""
        if self.notes.body_tags[run.root].is_read(run):
            return True
        if run.root not in self._reading or self._reading[run.root].done():
            self._reading[run.root] = asyncio.ensure_future(
                at_leisure(self.notes.body_tags[run.root].reading(run, self.notes.stamps(run)))
            )
        done, _ = await asyncio.wait([self._reading[run.root]], timeout=_WAITED)
        return bool(done)

    @contextmanager
    def _indexing(self, root: Path) -> Iterator[Progress]:
        """Show the progress of reading a vault, to an editor that shows such."""
        self._bars += 1
        if not self.able.shows_progress:
            yield lambda what, done, total: None
            return
        with bar(self, f"notelint-{self._bars}", f"notelint: {root.name}") as progress:
            yield progress

    def tidy(self) -> None:
        """Free, in a while, what was read for a rename or before files changed: its values hold one another."""
        if self._tidying is None:
            self._tidying = asyncio.get_running_loop().call_later(_IDLE, self._collect)

    def _collect(self) -> None:
        self._tidying = None
        gc.collect()

    @cached_property
    def able(self) -> Abilities:
        """The abilities of the editor."""
        return Abilities.of(self.client_capabilities)

    def publish(self, notes: list[OpenNote], typed: OpenNote | None = None) -> None:
        """Publish the diagnostics of open notes of one vault, or have the editor ask for them again.

        It asks by itself for those of a note in which somebody has `typed`.
        """
        if self.able.asks_diagnostics:
            if self.able.asks_again and not all(self.notes.is_judged(one) for one in notes if one is not typed):
                self.workspace_diagnostic_refresh(None)
            return
        for one in notes:
            if not self.notes.is_judged(one):
                found = self.found(one)
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(one.uri, found, one.version))

    def found(self, one: OpenNote) -> list[types.Diagnostic]:
        """The diagnostics of an open note as the editor shows them."""
        places = self.positions(one.note.text)
        return [diagnostics.shown(each, places, self._related(each, one)) for each in self.notes.diagnostics(one)]

    def _related(self, found: Diagnostic, one: OpenNote) -> list[types.DiagnosticRelatedInformation]:
        """The other places of a diagnostic, for an editor that shows them."""
        if not self.able.shows_related:
            return []
        places = self.positions(one.note.text)
        return [
            types.DiagnosticRelatedInformation(
                types.Location(
                    uri_of(one.run, place.path, self.notes),
                    places.range(place.span if place.path == one.note.path else Span(0, 0)),
                ),
                place.message,
            )
            for place in related_places(found, one.note, self.notes.vault(one.run))
        ]

    def publish_all(self) -> None:
        """Publish the diagnostics of all open notes, vault by vault."""
        for run in {id(one.run): one for one in self.notes.all()}.values():
            self.publish(self.notes.in_vault_of(run))

    def say(self, message: str) -> None:
        """Show the user one line."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"notelint: {message}"))
