"""The values that the page shows, as one JSON object. All that comes from a vault is printable text."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from notelint import __version__
from notelint.checkers.registry import page_path
from notelint.core.diagnostic import Diagnostic, FixCandidate, Severity
from notelint.core.printable import printable
from notelint.engine.result import Result, Trend
from notelint.engine.survey import Survey
from notelint.report import CheckerPage, ReportStyle
from notelint.report.html.causes import DEAD, UNWRITTEN, Cause, causes
from notelint.report.html.checker_pages import blocks
from notelint.report.html.differences import excerpt, hunks
from notelint.report.html.figures import figures, sentence
from notelint.report.plain import remedies, summary
from notelint.report.trend import span

_SEVERITIES = list(Severity)
_SHORT = 8  # characters of a commit's name
_LONGEST = 300  # characters of a title or message
_SUGGESTED = 3  # candidates that are shown of a finding


def payload(result: Result, style: ReportStyle) -> dict[str, Any]:
    """The data of a run for the page. Lists refer to each other by positions."""
    survey = Survey() if style.survey is None else style.survey(result.diagnostics)
    notes = list(dict.fromkeys([*survey.notes, *(one.path for one in result.diagnostics)]))
    ids = sorted(result.by_checker())
    known = causes(result.diagnostics, survey.renamed, style.page)
    cause_of = {at: nth for nth, cause in enumerate(known) for at in cause.findings}
    numbers = {path: at for at, path in enumerate(notes)}, {id: at for at, id in enumerate(ids)}
    return {
        "version": __version__,
        "title": printable(result.root.name) or "vault",
        "date": style.date,
        "sentence": printable(sentence(result, known)),
        "summary": printable(summary(result)),
        "remedies": printable(remedies(result)),
        "remarks": [printable(one) for one in result.remarks],
        "since": _since(result),
        "figures": figures(result, survey.published is not None, style.page, unknown_garden=style.survey is None),
        "severities": [str(severity) for severity in _SEVERITIES],
        "checkers": [_checker(id, style.page(id), result) for id in ids],
        "notes": [printable(path) for path in notes],
        "surveyed": len(survey.notes),
        "links": survey.links,
        "published": None if survey.published is None else sorted(survey.published),
        "causes": [_cause(cause, result.diagnostics) for cause in known],
        "findings": [_finding(one, numbers, cause_of[at], survey.text) for at, one in enumerate(result.diagnostics)],
        "trend": None if result.trend is None else _trend(result.trend),
        "publication": None,
    }


def _since(result: Result) -> str | None:
    since = result.since
    if since is None:
        return None
    said = f"Compared with {since.ref}: {len(result.diagnostics)} new, {since.fixed} fixed, {since.known} known before"
    return printable(f"{said}, {since.silenced} silenced by this change." if since.silenced else f"{said}.")


def _trend(trend: Trend) -> dict[str, Any]:
    """A row of numbers for all findings, for those that fail, for each family, and for the notes."""
    moments = trend.moments
    rows = {"all": [one.total for one in moments], "failing": [one.failing for one in moments]}
    rows |= {printable(name): list(values) for name, values in trend.families.items()}
    return {
        "span": span(trend).capitalize(),
        "days": [one.day for one in moments],
        "commits": [printable(one.commit[:_SHORT]) for one in moments],
        "places": [one.place for one in moments],
        "rows": [*rows.items(), ("notes", [one.notes for one in moments])],
    }


def _checker(id: str, page: CheckerPage, result: Result) -> dict[str, Any]:
    return {
        "id": printable(id),
        "family": page.family or "other",
        "summary": printable(page.summary),
        "page": blocks(page),
        "path": page_path(id),
    }


def _cause(cause: Cause, found: Sequence[Diagnostic]) -> dict[str, Any]:
    severities = Counter(found[at].severity for at in cause.findings)
    worst = next(severity for severity in _SEVERITIES if severities[severity])
    return {
        "kind": cause.kind,
        "key": printable(cause.key),
        "title": _shown(cause.title),
        "remedy": printable(cause.remedy),
        "severity": _SEVERITIES.index(worst),
        "harm": cause.harm,
        "notes": len({found[at].path for at in cause.findings}),
        "items": [[printable(name), count] for name, count in cause.items],
        "findings": cause.findings,
    }


def _finding(
    one: Diagnostic,
    numbers: tuple[dict[str, int], dict[str, int]],
    cause: int,
    text: Callable[[str], str | None],
) -> list[Any]:
    """A row: note, line, column, checker, severity, message, excerpt, cause, fixes, missing target."""
    return [
        numbers[0][one.path],
        one.start.line,
        one.start.column,
        numbers[1][one.checker],
        _SEVERITIES.index(one.severity),
        _shown(one.message),
        excerpt(one),
        cause,
        [_fix(candidate, one, text) for candidate in one.candidates[:_SUGGESTED]],
        printable(one.about) if one.about and one.checker in DEAD | {UNWRITTEN} else None,
    ]


def _shown(text: str) -> str:
    """A text of the page, cut where nobody reads on: there are names of thousands of characters."""
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _fix(candidate: FixCandidate, one: Diagnostic, text: Callable[[str], str | None]) -> list[Any]:
    """A row: title, safety, difference."""
    fix = candidate.fix
    return [_shown(fix.title), str(fix.safety), hunks(fix, text(one.path), one)]
