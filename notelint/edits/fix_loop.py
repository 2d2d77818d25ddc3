"""Mending notes: apply fixes, check again, at most ten rounds, and trust no round that loses something."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from notelint.core.diagnostic import Diagnostic, Fix, Safety
from notelint.edits.allowance import Allowance
from notelint.edits.apply import apply
from notelint.edits.overreach import Claim, overreach
from notelint.edits.verify import violation
from notelint.note.note import Note

ROUNDS = 10
Lint = Callable[[Mapping[str, Note]], Mapping[str, list[Diagnostic]]]
Allowed = Callable[[str], Allowance]  # what the fixes of a checker may take, by its id


@dataclass(frozen=True, slots=True)
class Applied:
    """A fix that was applied: whose it is, the line of its finding in the text of its round, and what it does."""

    line: int
    checker: str
    title: str
    safety: Safety

    def __str__(self) -> str:
        unsafe = " (unsafe)" if self.safety is Safety.UNSAFE else ""
        return f"{self.line} {self.checker}{unsafe}: {self.title}"


@dataclass
class Mended:
    """What became of the notes of a run, by path: mended, and as they were `before`.

    `problems` say, for a note left as it was, why, and by whose fix; `left` counts what could still be fixed in it.
    """

    notes: dict[str, Note] = field(default_factory=dict)
    before: Mapping[str, Note] = field(default_factory=dict)
    applied: dict[str, list[Applied]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    left: dict[str, Counter[Safety]] = field(default_factory=dict)

    def count_left(self, safety: Safety) -> int:
        """How many diagnostics still have a fix of this safety, or for a suggestion nothing but suggestions."""
        return sum(counts[safety] for counts in self.left.values())


def _same(note: Note) -> Note:
    return note


def mend(
    notes: Mapping[str, Note], lint: Lint, *, unsafe: bool, allowed: Allowed, renewed: Callable[[Note], Note] = _same
) -> Mended:
    """Mend these notes. `lint` gives the diagnostics of notes that replace those of the vault; `renewed` a mended note
    with the profile that it has now.

    A note whose fixes would lose something, or never come to rest, is left as it was; what is mended is so for good.
    """
    result = Mended(before=notes)
    current, seen = dict(notes), {path: [note.text] for path, note in notes.items()}
    by = {path: list[list[str]]() for path in notes}  # whose fixes made each text but the first of those seen
    active = dict(notes)
    for _ in range(ROUNDS):
        changed: dict[str, Note] = {}
        for path, diagnostics in lint(active).items():
            result.left[path] = Counter(d.safety for d in diagnostics if d.safety is not None)
            mended = _round(current[path], diagnostics, unsafe, allowed, result)
            if mended is None:
                continue
            by[path].append([one.checker for one in result.applied[path][sum(map(len, by[path])) :]])
            if mended.text in seen[path]:
                circle = by[path][seen[path].index(mended.text) :]
                result.problems[path] = f"the fixes of {_names(circle)} undo each other"
                continue
            seen[path].append(mended.text)
            changed[path] = renewed(mended)
        for path in result.problems:
            current[path] = notes[path]
            result.applied.pop(path, None)
        current |= changed
        active = {path: note for path, note in changed.items() if path not in result.problems}
        if not active:
            break
    else:
        for path in active:
            result.problems[path] = f"the fixes of {_names(by[path][-2:])} come to no end in {ROUNDS} rounds"
            result.applied.pop(path, None)
        current |= {path: notes[path] for path in active}
    result.notes = {path: note for path, note in current.items() if note.text != notes[path].text}
    return result


def _round(
    note: Note, diagnostics: Iterable[Diagnostic], unsafe: bool, allowed: Allowed, result: Mended
) -> Note | None:
    """The note with one round of fixes applied, or None where there is nothing (more) to do."""
    wanted = [d for d in diagnostics if d.fix is not None and (unsafe or d.fix.safety is Safety.SAFE)]
    if not wanted or note.path in result.problems:
        return None
    mended, applied, lost = _applied(note, wanted, allowed)
    if lost is not None:
        culprit = _culprit(note, wanted, allowed)
        if culprit is not None:
            result.problems[note.path] = culprit
            return None
        mended, applied, _ = _applied(note, _compatible(note, wanted, allowed), allowed)
    if mended.text == note.text:
        return None
    ids = {id(fix) for fix in applied}
    result.applied.setdefault(note.path, []).extend(
        Applied(d.start.line, d.checker, d.fix.title, d.fix.safety) for d in wanted if d.fix and id(d.fix) in ids
    )
    return mended


def _applied(note: Note, wanted: Iterable[Diagnostic], allowed: Allowed) -> tuple[Note, list[Fix], str | None]:
    """The note with these fixes applied, those of them that were, and what that has lost or taken without leave."""
    wanted = [d for d in wanted if d.fix is not None]
    text, applied = apply(note.text, [d.fix for d in wanted if d.fix is not None])
    mended = note.with_text(text)
    lost = violation(note, mended, [edit for fix in applied for edit in fix.edits])
    if lost is None:
        ids = {id(fix) for fix in applied}
        lost = overreach(note, mended, [Claim(d.fix, allowed(d.checker)) for d in wanted if d.fix and id(d.fix) in ids])
    return mended, applied, lost


def _compatible(note: Note, wanted: Iterable[Diagnostic], allowed: Allowed) -> list[Diagnostic]:
    """Those that lose nothing together, the first ones first. The others wait, as those do that overlap."""
    kept: list[Diagnostic] = []
    for diagnostic in wanted:
        if _applied(note, [*kept, diagnostic], allowed)[2] is None:
            kept.append(diagnostic)
    return kept


def _culprit(note: Note, wanted: list[Diagnostic], allowed: Allowed) -> str | None:
    """Whose fix loses something, found by applying each alone; None if they do so only together."""
    for diagnostic in wanted:
        lost = _applied(note, [diagnostic], allowed)[2]
        if lost is not None:
            return f"by the fix of {diagnostic.checker} on line {diagnostic.start.line} {lost}"
    return None


def _names(rounds: Iterable[Iterable[str]]) -> str:
    """The checkers of some rounds, each once."""
    return ", ".join(dict.fromkeys(checker for one in rounds for checker in one))
