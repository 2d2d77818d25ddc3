"""For a browser: the page of `notelint check`, led by what publishing would do."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from notelint.checkers.registry import load_checkers
from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.engine.survey import Survey
from notelint.publication.report import PublishedNote, PublishReport
from notelint.publication.text import broken_things, headline, remark, seen_properties, summary
from notelint.report import ReportStyle
from notelint.report.html.page import page
from notelint.report.html.payload import payload
from notelint.report.output import pages

_LISTED = 200  # notes of which it is shown what publishing them brings
Look = Callable[[Collection[Diagnostic]], Survey]


def render(
    report: PublishReport, most: int, *, all_notes: bool, look: Look | None = None, date: str | None = None
) -> str:
    """The report as one file; addresses of notes in which nothing is wrong only with `all_notes`."""
    found = sorted((one for note in report.notes for one in (*note.leaks, *note.breaks)), key=Diagnostic.sort_key)
    result = Result(report.root, tuple(found), len(report.notes), report.vault_notes, report.remarks)
    values = payload(result, ReportStyle(page=pages(load_checkers()), survey=look, date=date))
    values["sentence"] = values["summary"] = printable(summary(report))
    values["figures"] = _figures(report, most)
    values["publication"] = _publication(report, found, most, all_notes)
    return page(values)


def _publication(report: PublishReport, found: Sequence[Diagnostic], most: int, all_notes: bool) -> dict[str, Any]:
    places = {id(one): at for at, one in enumerate(found)}
    wishes = report.wishes[: max(most, _LISTED)] if most else ()
    shown = [note for note in report.notes if all_notes or note.leaks or note.breaks or note.is_silenced]
    return {
        "fatal": [places[id(one)] for one in report.fatal],
        "leaks": [places[id(one)] for note in report.notes for one in note.leaks],
        "silenced": [printable(note.path) for note in report.notes if note.is_silenced],
        "wished": printable(headline(wishes[:most])) if wishes else "",
        "proposed": most,
        "wishes": [
            {
                "path": printable(wish.path),
                "links": wish.links,
                "notes": wish.notes,
                "brings": wish.brings,
                "remark": printable(remark(replace(wish, brings=0))).strip(" ()"),
            }
            for wish in wishes
        ],
        "notes": [_note(note) for note in shown],
        "properties": [[printable(name), len(notes), printable(notes[0])] for name, notes in seen_properties(report)],
    }


def _note(note: PublishedNote) -> dict[str, Any]:
    address = None if note.address is None else printable(note.address)
    return {"path": printable(note.path), "address": address, "leaks": len(note.leaks), "breaks": len(note.breaks)}


def _figures(report: PublishReport, most: int) -> list[dict[str, Any]]:
    leaks = sum(len(note.leaks) for note in report.notes) + sum(note.is_silenced for note in report.notes)
    breaks = broken_things(report)
    wished = sum(wish.links for wish in report.wishes[:most])
    unknown = sum(note.address is None for note in report.notes)
    rows = (
        (len(report.notes), "notes published", f"of {report.vault_notes}", "plain"),
        (leaks, "leaks", "of private text", "bad"),
        (breaks, "things that break", "on the site", "bad"),
        (
            wished,
            "links to bring alive",
            "by publishing the notes below" if wished else "none waits for a note",
            "plain",
        ),
    )
    figures = [{"value": v, "label": label, "more": more, "filter": {}, "tone": tone} for v, label, more, tone in rows]
    if unknown:
        figures[0]["more"] = f"of {report.vault_notes}, {unknown} at addresses not known"
    return figures
