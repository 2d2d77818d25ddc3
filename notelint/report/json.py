"""For programs: one object, described by `schemas/report.schema.json`."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from notelint import __version__
from notelint.checkers.registry import page_address
from notelint.core.diagnostic import Diagnostic, FixCandidate, Position
from notelint.core.text import Span
from notelint.engine.result import Result, Trend
from notelint.report import ReportStyle
from notelint.report.json_pieces import with_list


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """The result as one JSON object."""
    report: dict[str, Any] = {
        "version": __version__,
        "vault": str(result.root),
        "folder": result.folder,
        "shard": result.shard,
        "since": None if result.since is None else structs.asdict(result.since),
        "summary": {
            "checked": result.checked,
            "notes": result.vault_notes,
            "severities": {str(severity): count for severity, count in result.by_severity().items()},
            "checkers": result.by_checker(),
            "fixable": result.fixable,
            "fixes": {str(safety): count for safety, count in result.by_safety().items()},
            "groups": [{"checker": g.checker, "about": g.about, "count": g.count} for g in result.groups()],
        },
        "diagnostics": [],
    }
    if result.trend is not None:
        report["trend"] = _trend(result.trend)
    return with_list(report, "diagnostics", map(diagnostic, result.diagnostics))


def _trend(trend: Trend) -> dict[str, Any]:
    """The numbers of findings at the commits that were judged, oldest first."""
    moments = [
        {"commit": m.commit, "day": m.day, "notes": m.notes, "failing": m.failing, "families": dict(m.families)}
        for m in trend.moments
    ]
    return {"commits": trend.commits, "moments": moments}


def diagnostic(found: Diagnostic) -> dict[str, Any]:
    """One diagnostic as it stands in the report."""
    return {
        "path": found.path,
        "range": _range(found.start, found.end),
        "span": _span(found.span),
        "source": {"text": found.source, "column": found.source_column},
        "checker": found.checker,
        "severity": str(found.severity),
        "message": found.message,
        "about": found.about,
        "fix": None if found.fix is None else _fix(FixCandidate(found.fix, found.edits)),
        "suggestions": [_fix(candidate) for candidate in found.suggestions],
        "help": page_address(found.checker),
    }


def _fix(candidate: FixCandidate) -> dict[str, Any]:
    return {
        "title": candidate.fix.title,
        "safety": str(candidate.fix.safety),
        "edits": [
            {"range": _range(placed.start, placed.end), "span": _span(edit.span), "text": edit.text}
            for placed, edit in zip(candidate.edits, candidate.fix.edits, strict=True)
        ],
    }


def _range(start: Position, end: Position) -> dict[str, dict[str, int]]:
    return {"start": _position(start), "end": _position(end)}


def _position(at: Position) -> dict[str, int]:
    """Columns as others count them are written where they differ."""
    shown = {"line": at.line, "column": at.column}
    if at.more_utf8:
        shown |= {"utf16": at.utf16, "utf8": at.utf8}
    return shown


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
