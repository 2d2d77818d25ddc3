"""A summary in Markdown, for a comment of a pull request or a note."""

from collections.abc import Iterable, Iterator

from notelint.core.diagnostic import Diagnostic
from notelint.publication.report import PublishedNote, PublishReport
from notelint.publication.text import SILENCED, UNJUDGED, headline, queries, remark, seen_properties, summary
from notelint.report.markdown import cell, code


def render(report: PublishReport, most: int, *, all_notes: bool) -> str:
    """The same as on a terminal, as tables and lists."""
    return "\n\n".join(_parts(report, most, all_notes)) + "\n"


def _parts(report: PublishReport, most: int, all_notes: bool) -> Iterator[str]:
    yield "## Publishing"
    yield summary(report)
    if report.fatal:
        yield "### The site cannot be built"
        yield _list(report.fatal)
    leaking = [found for note in report.notes for found in note.leaks]
    silenced = [note.path for note in report.notes if note.is_silenced]
    if leaking or silenced:
        yield "### What leaks"
        yield "\n".join(filter(None, (_list(leaking), *(f"- {cell(path)} {SILENCED}" for path in silenced))))
    if unjudged := list(queries(report)):
        yield f"{UNJUDGED}:"
        yield "\n".join(f"- {cell(place)}" for place in unjudged)
    if report.wishes and most:
        yield f"### {headline(report.wishes[:most])}"
        rows = ((cell(w.path) + remark(w, cell), str(w.links), str(w.notes)) for w in report.wishes[:most])
        yield _table(("note", "dead links", "in notes"), rows)
    if properties := seen_properties(report):
        yield "### Properties that every reader can see"
        seen = (
            (cell(name), cell(notes[0]) if len(notes) == 1 else f"{len(notes)} notes") for name, notes in properties
        )
        yield _table(("property", "in"), seen)
    shown = [note for note in report.notes if all_notes or note.leaks or note.breaks or note.is_silenced]
    if shown:
        yield "### Notes"
        head = ("address", "note", "leaks", "breaks", "shows the properties")
        yield _table(head, map(_row, shown))


def _row(note: PublishedNote) -> tuple[str, ...]:
    counts = (str(len(note.leaks) or ""), str(len(note.breaks) or ""))
    return (
        cell(note.address) if note.address is not None else "not known",
        cell(note.path),
        *counts,
        ", ".join(map(cell, note.properties)),
    )


def _list(found: Iterable[Diagnostic]) -> str:
    places = ((code(f"{one.path}:{one.start.line}:{one.start.column}"), code(one.message)) for one in found)
    return "\n".join(f"- {place} {message}" for place, message in places)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))
