"""Suppressing a finding from inside its note: by a comment at its place, or for the whole note."""

import re
from collections.abc import Callable, Iterator

from notelint.core.diagnostic import Fix
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span, newline
from notelint.edits.apply import apply
from notelint.edits.set_property import added
from notelint.edits.verify import violation
from notelint.note.note import Note
from notelint.note.suppressions import Suppressions

_NEXT_LINE = lazy_regex(
    r"(?:<!--|%%)[ \t]*notelint-disable-next-line[ \t]+[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*(?=[ \t]*(?:-->|%%))"
)
_ID = lazy_regex(r"[\w-]+")
_HARD_BREAK = (" ", "\t", "\\")


def suppress_here(note: Note, checker: str, span: Span) -> tuple[Edit, ...] | None:
    """The edits that suppress what `checker` finds at a span, and as little else as can be.

    None in frontmatter, and where no comment can stand without changing how the note is read.
    """
    if span.start < note.body_start or _ID.fullmatch(checker) is None:
        return None
    return next((edits for edits in _ways(note, checker, span) if _is_suppressed(note, edits, checker, span)), None)


def suppress_in_note(note: Note, checker: str, span: Span) -> tuple[Edit, ...] | None:
    """The edits that suppress all that `checker` finds in a note, as at this span; None if there are none."""
    if _ID.fullmatch(checker) is None:
        return None
    ways = (_in_property(note, checker), _from_the_start(note, checker))
    return next((way for way in ways if way is not None and _is_suppressed(note, way, checker, span)), None)


def _ways(note: Note, checker: str, span: Span) -> Iterator[tuple[Edit, ...]]:
    """Comments that may do, the smallest first."""
    number, _ = note.lines.position(span.start)
    line = note.lines.line_span(number)
    above = note.lines.line_span(number - 1) if line.start > note.body_start else Span(line.start, line.start)
    comment, end = f"<!-- notelint-disable-next-line {checker} -->", newline(note.text)
    known = _last(_NEXT_LINE, note.text, above)
    if known is not None:
        yield (Edit(Span(known, known), f", {checker}"),)
        return
    text = above.of(note.text).rstrip("\r\n")
    if not text.strip():
        indent = re.match(r"[ \t]*", line.of(note.text))
        yield (Edit(Span(line.start, line.start), f"{indent.group() if indent else ''}{comment}{end}"),)
    elif not text.endswith(_HARD_BREAK) and above.start not in note.structure.tables:
        at = above.start + len(text)
        yield (Edit(Span(at, at), f" {comment}"),)
    yield _around(note, checker, number)


def _last(pattern: re.Pattern[str], text: str, span: Span) -> int | None:
    """Where the last match in a span ends."""
    found = [match.end() for match in pattern.finditer(text, span.start, span.end)]
    return found[-1] if found else None


def _around(note: Note, checker: str, number: int) -> tuple[Edit, Edit]:
    """Comments before and behind the block of lines that this one is in: up to blank lines that are no code."""
    end = newline(note.text)
    first = _edge(note, number, -1, lambda one: note.lines.line_span(one).start > note.body_start)
    last = _edge(note, number, 1, lambda one: one < len(note.lines))
    start, stop = note.lines.line_span(first).start, note.lines.line_span(last).end
    gap = end if note.text[:stop].endswith(("\n", "\r")) else end + end
    return (
        Edit(Span(start, start), f"<!-- notelint-disable {checker} -->{end}{end}"),
        Edit(Span(stop, stop), f"{gap}<!-- notelint-enable {checker} -->{end}"),
    )


def _edge(note: Note, number: int, step: int, is_more: Callable[[int], bool]) -> int:
    """The first or last line of the block that a line is in."""
    while is_more(number):
        beside = note.lines.line_span(number + step)
        opaque = beside.start in note.structure.opaque or beside.start in note.structure.comments
        if not opaque and not beside.of(note.text).strip():
            break
        number += step
    return number


def _in_property(note: Note, checker: str) -> tuple[Edit, ...] | None:
    """One more id in the property `notelint.ignore`."""
    block = note.frontmatter
    if block is None or block.fault is not None:
        return None
    if "notelint" not in block.properties:
        return (added(note, block, f"notelint:\n  ignore: [{checker}]", f'"notelint":{{"ignore":["{checker}"]}}'),)
    known = block.properties["notelint"]
    ignored = known.get("ignore") if isinstance(known, dict) else None
    if not isinstance(ignored, list) or not ignored:
        return None
    last = block.place(("notelint", "ignore", len(ignored) - 1)).value
    line = note.lines.line_span(note.lines.position(last.start)[0])
    before = note.text[line.start : last.start]
    if not before.strip().startswith("-"):
        quote = '"' if block.form == "json" else ""
        return (Edit(Span(last.end, last.end), f", {quote}{checker}{quote}"),)
    whole = Span(block.place(("notelint",)).key.start, last.end)  # `violation` lets a property change where it is named
    return (Edit(whole, f"{whole.of(note.text)}{newline(note.text)}{before}{checker}"),)


def _from_the_start(note: Note, checker: str) -> tuple[Edit, ...]:
    end = newline(note.text)
    return (Edit(Span(note.body_start, note.body_start), f"<!-- notelint-disable {checker} -->{end}{end}"),)


def _is_suppressed(note: Note, edits: tuple[Edit, ...], checker: str, span: Span) -> bool:
    """Tell whether edits suppress what was found at a span, lose nothing, and leave all to be read as before."""
    after = note.with_text(apply(note.text, [Fix("", edits)])[0])
    if violation(note, after, edits) is not None or _shape(after) != _shape(note):
        return False
    before = [edit for edit in edits if edit.span.start <= span.start]
    moved = span.start + sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in before)
    return Suppressions.of(after).silences(checker, Span(moved, moved + span.end - span.start))


def _shape(note: Note) -> tuple[object, ...]:
    """The parts of a note that readers and other notes see: headings, links, block ids, and all that is not text."""
    headings = [(one.text, one.level, one.nested, one.hidden) for one in note.headings]
    links = [(one.target, one.alias, one.embed, one.hidden, one.in_table) for one in note.links]
    blocks = [one.id for one in note.structure.block_ids]
    code = [one.of(note.text) for one in note.structure.code.spans]
    tables = [one.of(note.text) for one in note.structure.tables.spans]
    properties = {key: value for key, value in note.properties.items() if key != "notelint"}
    return headings, links, blocks, code, tables, repr(properties)
