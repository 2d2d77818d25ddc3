"""The top of the page: one sentence, and four figures."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from notelint.core.diagnostic import LEAKS, Diagnostic, Safety, Severity
from notelint.core.printable import counted
from notelint.engine.result import Result
from notelint.report import CheckerPage
from notelint.report.html.causes import DEAD, UNWRITTEN, Cause

_FIRST = 3  # causes whose share of all is said
_WORTH_SAYING = 10  # findings that these have


def sentence(result: Result, known: Sequence[Cause]) -> str:
    """A sentence for the result of the run, and the share of the first causes."""
    failing = [one for one in result.diagnostics if one.severity is not Severity.INFO]
    checked = counted(result.checked, "note")
    if not result.diagnostics:
        return f"{checked} checked, and nothing to report."
    if not failing:
        return (
            f"{checked} checked: nothing fails, and {counted(len(result.diagnostics), 'remark')} may be worth a look."
        )
    notes = len({one.path for one in failing})
    fault = f"{counted(len(failing), 'fault')} {'fails' if len(failing) == 1 else 'fail'}"
    said = f"{fault} the check, in {notes} of {checked}."
    first = sum(len(cause.findings) for cause in known[:_FIRST])
    share = first * 100 // len(result.diagnostics)
    if len(known) > _FIRST and first >= _WORTH_SAYING and share >= 25:
        said += f" The first three causes below stand for {share} % of all findings."
    return said


def figures(
    result: Result, is_garden: bool, page: Callable[[str], CheckerPage], unknown_garden: bool = False
) -> list[dict[str, Any]]:
    """The four figures: `value` (None where it is not known), `label`, `more`, and the filter that a click sets."""
    found = result.diagnostics
    checkers = {one.checker for one in found}
    publishing = {id for id in checkers if page(id).family == "publishing"} - LEAKS
    dead, unwritten = _count(found, DEAD), _count(found, {UNWRITTEN})
    failing = [one for one in found if one.severity is not Severity.INFO]
    safety = result.by_safety()
    dies, leaks = _count(found, publishing), _count(found, LEAKS)
    is_known = bool(is_garden or dies or leaks)
    dead_more = f"and {unwritten} to notes not written yet" if unwritten else "that lead nowhere"
    failing_more = f"in {counted(len({one.path for one in failing}), 'note')}" if failing else "and nothing fails"
    fixable_more = _more_fixable(safety[Safety.SAFE], safety[Safety.UNSAFE], safety[Safety.SUGGESTION])
    dies_more = _more_published(is_known, leaks, unknown_garden)
    on_site = sorted(publishing | (LEAKS & checkers))
    return [
        _figure(dead, "dead links", dead_more, _tone(dead), {"checker": sorted(DEAD & checkers)}),
        _figure(
            len(failing), "faults that fail", failing_more, _tone(len(failing)), {"severity": ["error", "warning"]}
        ),
        _figure(result.fixable, "fixable by command", fixable_more, "plain", {"fix": ["yes"]}),
        _figure(dies if is_known else None, "die on publishing", dies_more, _tone(dies + leaks), {"checker": on_site}),
    ]


def _figure(value: int | None, label: str, more: str, tone: str, filter: dict[str, list[str]]) -> dict[str, Any]:
    return {"value": value, "label": label, "more": more, "filter": filter, "tone": tone}


def _tone(faults: int) -> str:
    return "bad" if faults else "good"


def _more_published(is_known: bool, leaks: int, unknown_garden: bool) -> str:
    """The remark beside the number of links that die on publishing."""
    if is_known:
        return f"{counted(leaks, 'leak')} of private text" if leaks else "and no leak is found"
    return "not known here" if unknown_garden else "this is not checked as a garden"


def _count(found: Sequence[Diagnostic], checkers: Collection[str]) -> int:
    return sum(one.checker in checkers for one in found)


def _more_fixable(safe: int, unsafe: int, suggested: int) -> str:
    if not safe + unsafe + suggested:
        return "no finding has a fix"
    parts = [f"{safe} safely", f"{unsafe} on request"]
    return ", ".join([*parts, f"{suggested} with a choice"] if suggested else parts)
