"""One vault with the texts that are not saved yet, and the diagnostics of open notes, kept as long as they hold.

A note is judged again when it changes, when a note changes that was looked at for it, and when names, aliases or
addresses of the vault change. Nothing else can make a difference, so nothing else costs time while somebody types.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count

from notelint.core.diagnostic import Diagnostic
from notelint.engine.lint import Found, diagnostics, of_note, of_vault
from notelint.engine.workspace import Workspace
from notelint.note.note import Note, Outline, Parts
from notelint.note.suppressions import Rule, Suppressions
from notelint.server.vault_state import VaultState
from notelint.vault.face import Face
from notelint.vault.files import is_walked, with_paths
from notelint.vault.moves import ALL_LINKS
from notelint.vault.overlaid_outlines import OverlaidOutlines
from notelint.vault.vault import Vault


class ObservedOutlines(OverlaidOutlines):
    """Outlines that remember which of them were looked at; `everything`, once somebody has walked over all."""

    def __init__(self, base: Mapping[str, Outline], changed: Mapping[str, Outline]) -> None:
        super().__init__(base, changed)
        self.looked_at: set[str] = set()
        self.everything = False  # a checker may remember what it saw of all notes: from then on all of them count

    def parts(self, path: str) -> Parts | None:
        """As `OverlaidOutlines.parts`, remembered."""
        self.looked_at.add(path)
        return super().parts(path)

    def names(self, path: str) -> bytes:
        """As `OverlaidOutlines.names`, remembered."""
        self.looked_at.add(path)
        return super().names(path)

    def depend_on(self, what: str) -> None:
        """As `OverlaidOutlines.depend_on`, remembered."""
        self.looked_at.add(what)
        super().depend_on(what)

    def __getitem__(self, path: str) -> Outline:
        self.looked_at.add(path)
        return super().__getitem__(path)

    def __iter__(self) -> Iterator[str]:
        self.everything = True
        return super().__iter__()


class _ObservedTexts:
    """Whole notes, those in the editor as they stand there; remembers which were looked at."""

    def __init__(self, notes: Mapping[str, Note], run: Workspace, looked_at: set[str]) -> None:
        self._notes, self._run, self._looked_at = notes, run, looked_at
        self._saved = run.vault.texts

    def note(self, path: str) -> Note | None:
        """The note at a path of the vault, excluded or not; None if it cannot be read."""
        self._looked_at.add(path)
        if path in self._notes:
            return self._notes[path]
        return self._run.any_note(path) if self._saved is None else self._saved.note(path)

    def is_plain(self, path: str) -> bool:
        """Tell whether nothing that publishing does can change what a note shows."""
        from notelint.garden.published_steps import is_plain

        self._looked_at.add(path)
        if path in self._notes or self._saved is None:
            note = self.note(path)
            return note is None or is_plain(note)
        return self._saved.is_plain(path)


@dataclass(frozen=True)
class _Alone:
    """Findings in a note by itself, and its suppressions, which know by then what they silenced there."""

    note: Note
    found: list[Found]
    rules: list[Rule]


@dataclass(frozen=True)
class _Judged:
    """The diagnostics of a note, and on which other notes they depend; `everything`: on all of them.

    No two judgements have one `number`.
    """

    found: list[Diagnostic]
    reads: frozenset[str]
    everything: bool
    number: int = field(default_factory=count(1).__next__)


class LiveVault:
    """The vault of one run with the notes that an editor holds open."""

    def __init__(self, run: Workspace) -> None:
        self.run = run
        self.state = VaultState.of(run)
        self.overtaken = set[str]()  # notes that were saved since the vault was read: the editor's texts count for them
        self.notes: dict[str, Note] = {}  # open ones by path
        self._vault: Vault | None = None
        self._alone: dict[str, _Alone] = {}
        self._judged: dict[str, _Judged] = {}

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self.run.files.files)

    @cached_property
    def _saved(self) -> frozenset[str]:
        return frozenset(self.run.files.notes)

    def take(self, now: VaultState, evidence: str | None) -> bool:
        """Take another state of the files; False if the vault has to be read again for it.

        It need not be for notes that are open, and in whose files stands what the editor holds. `evidence` is the
        state of that on moves, which is None where nobody asked for it.
        """
        changed = self.state.changed_to(now)
        if changed is None or evidence != self.evidence or not all(map(self._is_saved, changed)):
            return False
        self.state = now
        self.overtaken |= changed
        return self.overtaken <= self.notes.keys()

    @property
    def evidence(self) -> str | None:
        """The state of the evidence on moves, as far as somebody has asked for it."""
        found: str | None = self.run.evidence.__dict__.get("state")
        return found

    def _is_saved(self, path: str) -> bool:
        """Tell whether an open note is what its file holds."""
        held = self.notes.get(path)
        data = None if held is None else self.run.data(path)
        return held is not None and data is not None and Note.decode(path, data).text == held.text

    def misses(self, path: str) -> bool:
        """Tell whether a file at this path has come since the vault was read."""
        return path not in self._files and is_walked(path) and (self.run.root / path).exists()

    def checks(self, path: str) -> bool:
        """Tell whether a note at this path is checked: a new one is, if nothing excludes it."""
        return not self.run.excludes(path) and (path in self._saved or not (self.run.root / path).exists())

    @property
    def vault(self) -> Vault:
        """The vault with all unsaved texts in it."""
        if self._vault is None:
            self._vault = self._observed(self.run.vault, self.notes)
            for note in self.notes.values():
                self._vault = self._with(self._vault, note)
        return self._vault

    def put(self, note: Note) -> None:
        """Take a note as it stands in the editor."""
        before = self._vault
        self.notes[note.path] = note
        self._judged.pop(note.path, None)
        if before is None:
            return
        self._vault = self._with(before, note)
        if self._vault.faces is not before.faces:
            self._judged.clear()
        for path in [path for path, one in self._judged.items() if _depends_on(one, note.path)]:
            del self._judged[path]

    def drop(self, path: str) -> None:
        """Forget a note that the editor has closed: its file counts, as it was when the vault was read."""
        if self.notes.pop(path, None) is not None:
            self._vault = None
            self._judged.clear()
            self._alone.pop(path, None)

    def is_judged(self, path: str) -> bool:
        """Tell whether the diagnostics of an open note are known and still hold."""
        return path in self._judged

    def judgement(self, path: str) -> int:
        """The number of the judgement of an open note that is known: another one, once it is judged again."""
        return self._judged[path].number

    def diagnostics(self, note: Note) -> list[Diagnostic]:
        """The diagnostics of an open note. Raises `NotelintError` as `Workspace.plan` does."""
        known = self._judged.get(note.path)
        if known is None:
            known = self._judged[note.path] = self._judge(note)
        return known.found

    def _judge(self, note: Note) -> _Judged:
        vault, plan = self.vault, self.run.plan(note)
        alone = self._alone.get(note.path)
        if alone is None or alone.note is not note:
            suppressions = Suppressions.of(note)
            found = of_note(note, plan, suppressions)
            alone = self._alone[note.path] = _Alone(note, found, suppressions.settled())
        outlines = vault.outlines
        assert isinstance(outlines, ObservedOutlines)
        outlines.looked_at.clear()
        seen = of_vault(note.outline, vault, plan, Suppressions([copy(rule) for rule in alone.rules]))
        everything = outlines.everything or plan.has_foreign
        return _Judged(diagnostics(note, [*alone.found, *seen]), frozenset(outlines.looked_at), everything)

    def _with(self, vault: Vault, note: Note) -> Vault:
        """A vault with this note in the place of what its path held; tables stay where its face does."""
        path, face = note.path, self.run.face(note)
        if path in vault.faces:
            return self._observed(vault.with_outlines(vault.outlines, {path: face}, vault.files), (path,))
        return self._observed(_with_new(vault, path, face), (path,))

    def _observed(self, vault: Vault, changed: Iterable[str]) -> Vault:
        """The same vault with the outlines of open notes, which remember who looks at them. `changed` are paths."""
        outlines = ObservedOutlines(self.run.vault.outlines, {path: note.outline for path, note in self.notes.items()})
        made = copy(vault)
        made.outlines = outlines
        made.texts = _ObservedTexts(self.notes, self.run, outlines.looked_at)
        made.__dict__["anchors"] = vault.anchors.with_outlines(outlines, changed)
        return made


def _depends_on(one: _Judged, path: str) -> bool:
    return one.everything or path in one.reads or ALL_LINKS in one.reads


def _with_new(vault: Vault, path: str, face: Face) -> Vault:
    """A vault with a note that has no file yet, where a walk would find it."""
    files = with_paths(vault.files, [path])
    faces = {**vault.faces, path: face}
    ordered = {one: faces[one] for one in files if one in faces}
    return replace(vault, files=files, known_faces={**ordered, **faces})
