"""One run that mends: fixes found, applied, verified, shown as a difference, written, taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from notelint.core.atomic_write import ChangedMeanwhileError, Journal, Undone, write
from notelint.core.diagnostic import Diagnostic, Finding, Fix, Severity
from notelint.core.printable import printable
from notelint.core.text import Span
from notelint.core.unified_diff import hunks
from notelint.edits.apply import apply
from notelint.edits.fix_loop import Mended, mend
from notelint.engine import lint
from notelint.engine.workspace import Run
from notelint.garden.permalinks import output_file
from notelint.note.note import Note
from notelint.residue.declaration import declaration
from notelint.residue.imports import is_import, is_written_down
from notelint.vault.vault import Anchor, Vault

DECLARING = "undeclared-import"  # whose fix it is counted as, where the command line declares an import


@dataclass(frozen=True)
class Written:
    """What happened to the mended notes: how many fixes went into which note, and what was left as it was, and why."""

    notes: Mapping[str, int]
    problems: Mapping[str, str]


def find(run: Run, paths: Sequence[Path], *, unsafe: bool) -> Mended:
    """Mend the notes that `paths` name (none: the whole vault), in memory only. Raises `NotelintError`."""
    vault = run.notes  # each note is read once: what is mended is what is compared with the file before it is written
    notes = {path: vault[path] if path in vault else run.read(path) for path in run.asked(paths)}
    linter = _Linter(run)
    return mend(notes, linter, unsafe=unsafe, allowed=run.allowance, renewed=linter.renewed)


def find_in_text(run: Run, path: str, data: bytes, *, unsafe: bool) -> tuple[bytes, Mended]:
    """Mend a note that is not (yet) what the file at `path` holds: its bytes as they should be."""
    note = run.decode(path, data)
    linter = _Linter(run)
    mended = mend({path: note}, linter, unsafe=unsafe, allowed=run.allowance, renewed=linter.renewed)
    return mended.notes.get(path, note).encode(), mended


def undeclared(run: Run) -> dict[str, str]:
    """The notes that the command line declares imports, and in which that cannot be written down: why."""
    found = {}
    for path in sorted(run.named_imports):
        note = run.note(path)
        if not is_written_down(note):
            reason = declaration(note, run.import_profile.match.properties)
            if isinstance(reason, str):
                found[path] = reason
    return found


class _Linter:
    """Checks notes as they are mended, round by round, each seen in a vault that holds all that was mended so far."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._changed: dict[str, Note] = {}
        self._imports: dict[str, bool] = {}  # whether a note was an import before anything was mended

    def renewed(self, note: Note) -> Note:
        """A note as it is now. What was signed as an import stays one though its signature goes round by round."""
        now = self._run.decode(note.path, note.encode())
        signed = self._imports.setdefault(note.path, is_import(now))
        return now.as_named_import() if signed else now

    def __call__(self, notes: Mapping[str, Note]) -> Mapping[str, list[Diagnostic]]:
        renewed = {path: self.renewed(note) for path, note in notes.items()}
        self._changed |= renewed
        vault = self._run.vault_with(self._changed)
        anchors = _Anchors(vault)
        return {path: self._of(note, vault, anchors) for path, note in renewed.items()}

    def _of(self, note: Note, vault: Vault, anchors: "_Anchors") -> list[Diagnostic]:
        """The diagnostics of one note; of one that the command line declares an import, first that alone."""
        if note.path in self._run.named_imports and not is_written_down(note):
            fix = declaration(note, self._run.import_profile.match.properties)
            if isinstance(fix, Fix):
                return lint.diagnostics(
                    note, [lint.Found(DECLARING, Severity.INFO, Finding(Span(0, 0), fix.title, fix))]
                )
        return anchors.keep(note, self._run.lint(note, vault))


class _Anchors:
    """The parts of notes that links name: a fix must not take away what a link of another note finds."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """The subpaths by which links name parts of a note, by its path."""
        named: dict[str, set[str]] = {}
        for source, outline in self._vault.outlines.items():
            for link in outline.links:
                target = self._vault.resolve_link(link, source).target if link.target.subpath else None
                if target is not None and link.target.subpath is not None:
                    named.setdefault(target, set()).add(link.target.subpath)
        return named

    @cached_property
    def _linked(self) -> set[str]:
        """The files of the site that links name by their address, in lower case."""
        paths = (
            link.target.path for outline in self._vault.outlines.values() for link in outline.links if link.is_site_path
        )
        return {output_file(f"{unquote(path.partition('?')[0])}/").lower() for path in paths}

    def keep(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics without those fixes by which a link would lose what it finds: a part of a note, a page."""
        return self._keep_parts(note, self._keep_address(note, found))

    def _keep_address(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that give the note another address on the site than links name (DG-U6)."""
        start = note.body_start
        touching = [d for d in found if d.fix and any(edit.span.start < start for edit in d.fix.edits)]
        address = self._vault.claimed(note.outline) if touching else None
        if address is None or output_file(address).lower() not in self._linked:
            return found
        dropped = {id(d) for d in touching if d.fix and self._address(note, d.fix) != output_file(address)}
        return [replace(d, fix=None, edits=()) if id(d) in dropped else d for d in found]

    def _address(self, note: Note, fix: Fix) -> str | None:
        """The file of the site that the note is written to when a fix is applied."""
        outline = Note(note.path, apply(note.text, [fix])[0]).outline
        address = Vault({note.path: outline}, garden=self._vault.garden).claimed(outline)
        return None if address is None else output_file(address)

    def _keep_parts(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that change a heading or block id so that a link loses it (H9)."""
        places = [*(one.span for one in note.headings), *(one.span for one in note.structure.block_ids)]
        touching = [d for d in found if d.fix and any(e.span.overlaps(p) for e in d.fix.edits for p in places)]
        named = self._named.get(note.path) if touching else None
        if not named:
            return found
        kept = list[Fix]()
        for diagnostic in touching:
            if diagnostic.fix is not None and self._holds(note, [*kept, diagnostic.fix], named):
                kept.append(diagnostic.fix)
        dropped = {id(d) for d in touching if not any(d.fix is fix for fix in kept)}
        return [replace(d, fix=None, edits=()) if id(d) in dropped else d for d in found]

    def _holds(self, note: Note, fixes: list[Fix], named: set[str]) -> bool:
        """Whether all that links find in a note is still found when these fixes are applied."""
        after = Note(note.path, apply(note.text, fixes)[0])
        mended = Vault({note.path: after.outline})
        lost = (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK)
        return all(
            mended.resolve_anchor(note.path, subpath).kind not in lost
            or self._vault.resolve_anchor(note.path, subpath).kind in lost
            for subpath in named
        )


Files = Mapping[str, tuple[bytes, bytes]]  # other files of the vault: what they held, and what they are to hold


def difference(mended: Mended, files: Files | None = None) -> Iterator[str]:
    """What is mended, as git writes it, line by line, without line ends; before each note, what was done and why."""
    for path, note in sorted(mended.notes.items()):
        yield from (printable(f"# {path}:{applied}") for applied in mended.applied.get(path, ()))
        yield f"diff --git a/{path} b/{path}"
        yield from hunks(mended.before[path].encode(), note.encode(), path, path)
    for path, (old, new) in sorted((files or {}).items()):
        yield f"diff --git a/{path} b/{path}"
        yield from hunks(old, new, path, path)


def write_all(run: Run, mended: Mended, files: Files | None = None) -> Written:
    """Write the mended notes, each atomically, and keep what is needed to take that back. Raises `NotelintError`."""
    problems = dict(mended.problems)
    written: dict[str, int] = {}
    journal = Journal(run.root)
    wanted = {path: (mended.before[path].encode(), note.encode()) for path, note in mended.notes.items()}
    wanted |= files or {}
    if wanted:
        journal.begin()
    for path, (old, new) in sorted(wanted.items()):
        try:
            journal.record(path, old, new)
            write(run.root / path, old, new)
            written[path] = len(mended.applied.get(path, ())) or 1
        except ChangedMeanwhileError:
            problems[path] = "it was changed by somebody else meanwhile"
        except OSError as error:
            problems[path] = f"it cannot be written: {error.strerror}"
    return Written(written, problems)


def undo(root: Path) -> Undone:
    """Take the last run's fixes back. Raises `NotelintError` if there are none."""
    return Journal(root).undo()
