"""One diagnostic for each heading that was renamed by hand and left its links behind, in place of theirs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import TypeAlias

from notelint.checkers.links import renamed_heading
from notelint.core.diagnostic import Diagnostic, Position
from notelint.engine.workspace import Workspace
from notelint.history.git import ChangedPaths
from notelint.note.links import heading_key
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.suppressions import Suppressions

ID = "renamed-heading"
_OF_HEADINGS = "broken-heading-link"


Renamed: TypeAlias = Mapping[str, Mapping[str, tuple[str, Heading]]]  # by note and old heading's key: old text, heading


def renamed_headings(run: Workspace, before: Workspace, change: ChangedPaths, fresh: Iterable[Diagnostic]) -> Renamed:
    """The headings that were renamed, in the notes that new diagnostics of headings lead to.

    A heading was renamed if it stands between the same headings as before, at the same level, and above mostly the same
    lines.
    """
    back = {new: old for old, new in change.renamed.items()}
    targets = {target for one in fresh if one.checker == _OF_HEADINGS for target, _ in _named(run, one)}
    found = {}
    for target in targets & (change.changed | back.keys()):
        pairs = renames(before.note(back.get(target, target)), run.note(target))
        found[target] = {heading_key(old.text): (old.text, new) for old, new in pairs}
    return found


def one_for_each_heading(run: Workspace, renamed: Renamed, fresh: list[Diagnostic]) -> list[Diagnostic]:
    """The new diagnostics, those of links to renamed headings left out, and one for each such heading instead."""
    if not any(renamed.values()):
        return fresh
    reported: list[Diagnostic] = []
    blamed: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for one in fresh:
        named = _named(run, one) if one.checker == _OF_HEADINGS else iter(())
        pair = next((pair for pair in named if pair[1] in renamed.get(pair[0], {})), None)
        (reported if pair is None else blamed[pair]).append(one)
    for (target, key), ones in blamed.items():
        old, heading = renamed[target][key]
        made = _diagnostic(run, target, old, heading, [one.path for one in ones])
        reported += ones if made is None else [made]
    return reported


def renames(before: Note, after: Note) -> Iterator[tuple[Heading, Heading]]:
    """The headings of a note that have another text afterwards, each with what became of it."""
    olds, news = before.outer_headings, after.outer_headings
    there = {heading_key(one.text) for one in news}
    gone = {heading_key(one.text) for one in olds}
    keys = [[(one.level, heading_key(one.text)) for one in side] for side in (olds, news)]
    match = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for kind, start, end, first, last in match.get_opcodes():
        if kind != "replace" or end - start != last - first:
            continue
        for old, new in zip(olds[start:end], news[first:last], strict=True):
            is_one = heading_key(old.text) not in there and heading_key(new.text) not in gone
            if is_one and old.level == new.level and _is_same(_lines(before, old), _lines(after, new)):
                yield old, new


def _lines(note: Note, heading: Heading) -> set[str]:
    """The lines below a heading, up to the next one."""
    following = (one.span.start for one in note.outer_headings if one.span.start > heading.span.start)
    text = note.text[heading.span.end : next(following, len(note.text))]
    return {line.strip() for line in text.splitlines() if line.strip()}


def _is_same(before: set[str], after: set[str]) -> bool:
    return 2 * len(before & after) >= len(before)


def _named(run: Workspace, one: Diagnostic) -> Iterator[tuple[str, str]]:
    """The note that a link leads to, with the key of each heading that it names, the last one first."""
    vault = run.tables
    for link in run.note(one.path).links:
        if link.span.start <= one.span.start < link.span.end and link.target.subpath:
            target = vault.resolve_link(link, one.path).target
            for part in reversed(link.target.subpath.split("#")):
                if target is not None and part.strip():
                    yield target, heading_key(part)


def _diagnostic(run: Workspace, path: str, old: str, heading: Heading, sources: list[str]) -> Diagnostic | None:
    """The diagnostic at the renamed heading; None where the checker is switched off or suppressed."""
    note = run.note(path)
    plan = run.plan(note)
    asked = next((checker for checker in plan.checkers if checker.id == ID), None)
    if asked is None or Suppressions.of(note).silences(ID, heading.text_span):
        return None
    start, end = (Position(*note.lines.position(at)) for at in (heading.text_span.start, heading.text_span.end))
    said = renamed_heading.message(path, old, heading.text, sources)
    severity = plan.severity.get(ID, asked.severity)
    source = note.lines.line_span(start.line).of(note.text).rstrip("\r\n")[:200]
    return Diagnostic(path, start, end, ID, severity, said, heading.text_span, source, about=old)
