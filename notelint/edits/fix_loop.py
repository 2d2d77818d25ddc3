"""Fixing notes: apply fixes, check again, at most ten rounds, and trust no round that loses something."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from notelint.core.diagnostic import Diagnostic, Fix, Safety
from notelint.edits.allowance import Allowance
from notelint.edits.apply import apply
from notelint.edits.claims import Claim
from notelint.edits.overreach import overreaching
from notelint.edits.verify import violation
from notelint.note.note import Note

ROUNDS = 10
_MOST_TRIES = 64  # applications of fixes to one note in one round, in search of those that lose something
Lint = Callable[[Mapping[str, Note]], Mapping[str, list[Diagnostic]]]
Allowed = Callable[[str], Allowance]  # what the fixes of a checker may take, by its id


class Applied(Struct, frozen=True):
    """A fix that was applied: whose it is, the line of its finding in the text of its round, and what it does."""

    line: int
    checker: str
    title: str
    safety: Safety

    def __str__(self) -> str:
        unsafe = " (unsafe)" if self.safety is Safety.UNSAFE else ""
        return f"{self.line} {self.checker}{unsafe}: {self.title}"


class FixedNotes(Struct):
    """The outcome for the notes of a run, by path: fixed, and as they were `before`.

    `problems` say, for a note left as it was, why, and by whose fix; `refused` name the fixes that were left out of a
    note that is fixed, and why; `left` counts what could still be fixed in it.
    """

    notes: dict[str, Note] = field(default_factory=dict)
    before: Mapping[str, Note] = field(default_factory=dict)
    applied: dict[str, list[Applied]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, Counter[Safety]] = field(default_factory=dict)

    def count_left(self, safety: Safety) -> int:
        """Number of diagnostics that still have a fix of this safety, or for a suggestion nothing but suggestions."""
        return sum(counts[safety] for counts in self.left.values())


def _same(note: Note) -> Note:
    return note


def fix_notes(
    notes: Mapping[str, Note], lint: Lint, *, unsafe: bool, allowed: Allowed, renewed: Callable[[Note], Note] = _same
) -> FixedNotes:
    """Fix these notes. `lint` gives the diagnostics of notes that replace those of the vault; `renewed` a fixed note
    with the profile that it has now.

    A fix that would lose something is left out; a note whose fixes never come to rest is left as it was.
    """
    result = FixedNotes(before=notes)
    current, seen = dict(notes), {path: [note.text] for path, note in notes.items()}
    by = {path: list[list[str]]() for path in notes}  # whose fixes made each text but the first of those seen
    active = dict(notes)
    for _ in range(ROUNDS):
        changed: dict[str, Note] = {}
        for path, diagnostics in lint(active).items():
            result.left[path] = Counter(d.safety for d in diagnostics if d.safety is not None)
            fixed = _round(current[path], diagnostics, unsafe, allowed, result)
            if fixed is None:
                continue
            by[path].append([one.checker for one in result.applied[path][sum(map(len, by[path])) :]])
            if fixed.text in seen[path]:
                circle = by[path][seen[path].index(fixed.text) :]
                result.problems[path] = f"the fixes of {_names(circle)} undo each other"
                continue
            seen[path].append(fixed.text)
            changed[path] = renewed(fixed)
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
    _settle(result, {path: note for path, note in current.items() if note.text != notes[path].text})
    return result


def _settle(result: FixedNotes, fixed: dict[str, Note]) -> None:
    """Take over the notes that are fixed; where nothing but refused fixes is left of a note, it has a problem."""
    result.notes = fixed
    for path in [*result.refused]:
        if path not in result.notes:
            result.problems.setdefault(path, "; ".join(result.refused.pop(path)))
    result.refused = {path: said for path, said in result.refused.items() if path not in result.problems}


def _round(
    note: Note, diagnostics: Iterable[Diagnostic], unsafe: bool, allowed: Allowed, result: FixedNotes
) -> Note | None:
    """The note with one round of fixes applied, or None where there is nothing (more) to do."""
    wanted = [d for d in diagnostics if d.fix is not None and (unsafe or d.fix.safety is Safety.SAFE)]
    result.refused.pop(note.path, None)  # what was refused in the round before is tried again
    if not wanted or note.path in result.problems:
        return None
    fixed, applied, refused = _admitted(note, wanted, allowed)
    if refused:
        result.refused[note.path] = refused
    if fixed.text == note.text:
        return None
    ids = {id(fix) for fix in applied}
    result.applied.setdefault(note.path, []).extend(
        Applied(d.start.line, d.checker, d.fix.title, d.fix.safety) for d in wanted if d.fix and id(d.fix) in ids
    )
    return fixed


def _admitted(note: Note, wanted: list[Diagnostic], allowed: Allowed) -> tuple[Note, list[Fix], list[str]]:
    """The note with those fixes applied that lose nothing, those fixes, and which others do, in words.

    What takes more than its checker may is left out at once. What `violation` refuses is halved until the culprit
    stands alone. What loses something only together with others waits, as do those that overlap, and what is not tried.
    """
    kept, fixed, applied = list[Diagnostic](), note, list[Fix]()
    refused, pending = list[str](), [wanted]
    for _ in range(_MOST_TRIES):
        if not pending:
            break
        batch = pending.pop()
        tried = _applied(note, [*kept, *batch], allowed)
        if not tried.lost:
            kept, fixed, applied = [*kept, *batch], tried.note, tried.fixes
            continue
        culprits = [one for one in batch if one.fix is not None and id(one.fix) in tried.lost]
        if len(batch) == 1 and not culprits:
            alone = _applied(note, batch, allowed).lost if kept else tried.lost
            refused += [_refusal(batch[0], lost) for lost in alone.values()]
        elif culprits:
            refused += [_refusal(one, tried.lost[id(one.fix)]) for one in culprits]
            pending.append([one for one in batch if id(one.fix) not in tried.lost])
        elif len(batch) > 1:
            pending += [batch[len(batch) // 2 :], batch[: len(batch) // 2]]
    return fixed, applied, refused


def _refusal(diagnostic: Diagnostic, lost: str) -> str:
    return f"by the fix of {diagnostic.checker} on line {diagnostic.start.line} {lost}"


class _Tried(Struct, frozen=True):
    """A note with fixes applied, those of the fixes that were, and what is lost: by the `id` of a fix that takes more
    than its checker may, or by 0 where it is not known by which."""

    note: Note
    fixes: list[Fix]
    lost: Mapping[int, str]


def _applied(note: Note, wanted: Iterable[Diagnostic], allowed: Allowed) -> _Tried:
    wanted = [d for d in wanted if d.fix is not None]
    text, applied = apply(note.text, [d.fix for d in wanted if d.fix is not None])
    fixed = note.with_text(text)
    ids = {id(fix) for fix in applied}
    claims = [Claim(d.fix, allowed(d.checker)) for d in wanted if d.fix and id(d.fix) in ids]
    taken = {id(claim.fix): said for claim, said in overreaching(note, fixed, claims)}
    if not taken and (lost := violation(note, fixed, [edit for fix in applied for edit in fix.edits])) is not None:
        taken = {0: lost}
    return _Tried(fixed, applied, taken)


def _names(rounds: Iterable[Iterable[str]]) -> str:
    """The checkers of some rounds, each once."""
    return ", ".join(dict.fromkeys(checker for one in rounds for checker in one))
