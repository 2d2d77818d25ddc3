"""Residue that a user describes in the configuration, by hand or as `notelint residue learn` proposes it."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Struct

from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.globs import Globs
from notelint.core.regex import compile_pattern
from notelint.core.text import Edit, Span, encodable
from notelint.note.note import Note
from notelint.residue.imports import is_import
from notelint.residue.web_address import host_of

REPEATED = "repeated-boilerplate"


class OwnPattern(Struct, frozen=True):
    """A line that a website leaves in articles. Exactly one of `text` and `line` is set."""

    kind: Annotated[str, "The residue checker that finds it; a fix of repeated-boilerplate is unsafe."] = REPEATED
    text: Annotated[str | None, "The line, to the letter but for blanks."] = None
    line: Annotated[
        str | None, "A regular expression (RE2) that matches the whole line, its blanks as they are or as one."
    ] = None
    reason: Annotated[str, 'Why it must go; completes "this is ...".'] = "a line that the website repeats"
    source: Annotated[str | None, "Only notes whose property `source` is an address of this domain."] = None
    paths: Annotated[tuple[str, ...], "Only notes that these patterns of paths mean."] = ()


def normal(line: str) -> str:
    """A line made comparable: blanks of any kind and number are one space."""
    return " ".join(line.split())


def domain(note: Note) -> str | None:
    """The domain that a note comes from, by its property `source`; None if that is not a web address."""
    source = note.properties.get("source")
    if not isinstance(source, str) or not source.lower().startswith(("http://", "https://")):
        return None
    return host_of(source.strip()).removeprefix("www.") or None


def own_lines(note: Note, kind: str, patterns: Iterable[OwnPattern]) -> Iterator[Finding]:
    """Lines of the body that patterns of this kind describe. Code, mathematics, tables and comments are left alone.

    In a note that is not an import, only those that name its source or path are sought, and their fixes are unsafe.
    """
    ours = [pattern for pattern in patterns if pattern.kind == kind and _means(pattern, note)]
    if not ours or not is_import(note):
        ours = [pattern for pattern in ours if kind == REPEATED and (pattern.source or pattern.paths)]
    texts = {normal(pattern.text): pattern.reason for pattern in ours if pattern.text is not None}
    lines = [(compile_pattern(pattern.line), pattern.reason) for pattern in ours if pattern.line is not None]
    if not ours:
        return
    first, count = note.lines.position(note.body_start)[0], len(note.lines)
    for span in (note.lines.line_span(number) for number in range(first, count + 1)):
        written = span.of(note.text).strip()
        reason = texts.get(normal(written)) if written else None
        if reason is None and written and lines:
            readable = {encodable(written), encodable(normal(written))}
            reason = next((why for pattern, why in lines if any(map(pattern.fullmatch, readable))), None)
        if reason is not None and not _apart(note, span):
            start = note.text.index(written, span.start)
            safety = Safety.UNSAFE if kind == REPEATED else Safety.SAFE
            fix = Fix(f"remove it: {reason}", (Edit(span, ""),), safety)
            yield Finding(Span(start, start + len(written)), f"this is {reason}", fix, about=reason)


def _means(pattern: OwnPattern, note: Note) -> bool:
    if pattern.paths and not Globs(pattern.paths).match(note.path):
        return False
    if pattern.source is None:
        return True
    asked, host = pattern.source.lower().removeprefix("www."), domain(note)
    return host is not None and (host == asked or host.endswith(f".{asked}"))


def _apart(note: Note, span: Span) -> bool:
    structure = note.structure
    return any(regions.touching(span) for regions in (structure.opaque, structure.tables, structure.comments))
