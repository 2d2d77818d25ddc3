"""For GitHub Actions: workflow commands, which become annotations of a commit or pull request.

A step shows ten errors, ten warnings and ten notices and drops the rest, so the ten are chosen here: one for each thing
that several diagnostics are about comes first, a notice tells the true totals, and what is left is listed in the log.
"""

from collections.abc import Iterator

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.printable import counted, line_of, printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import whole_summary
from notelint.report.programs import repository_path, with_cure

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.INFO: 9}  # the tenth notice tells the totals


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """Annotations, a notice with the totals, and the whole list if something had to be left out."""
    total = result.tally.total
    if not total:
        yield _plain(whole_summary(result)) + "\n" + _silenced(result)
        return
    chosen = _chosen(result)
    alike = {(group.checker, group.about): group.count for group in result.groups()}
    lines = [_annotation(result, found, alike.get((found.checker, found.about or ""), 1)) for found in chosen]
    left = total - len(chosen)
    more = f" {counted(left, 'diagnostic')} more in the log of this step." if left else ""
    old = f" Old debt is among it: {printable(result.not_compared)}." if result.not_compared else ""
    lines.append(f"::notice title=notelint::{_data(whole_summary(result) + more + old)}")
    yield "".join(f"{line}\n" for line in lines)
    if left:
        yield f"::group::notelint: all {counted(total, 'diagnostic')}\n"
        yield from (f"{_listed(result, found)}\n" for found in result.diagnostics)
        yield "::endgroup::\n"
    yield _silenced(result)


def _silenced(result: Result) -> str:
    """A warning where the change itself hides what it brings; nothing elsewhere."""
    if result.since is None or not result.since.silenced:
        return ""
    hidden = counted(result.since.silenced, "diagnostic")
    return f"::warning title=notelint::{_data(f'{hidden} silenced by this change: the log of this step says how')}\n"


def _chosen(result: Result) -> list[Diagnostic]:
    """The diagnostics to annotate, in the order of the report."""
    first: dict[Severity, list[Diagnostic]] = {severity: [] for severity in _MOST}
    others: dict[Severity, list[Diagnostic]] = {severity: [] for severity in _MOST}
    seen = set()
    for found in result.diagnostics:
        thing = (found.checker, found.about)
        some = (others if found.about is not None and thing in seen else first)[found.severity]
        if len(some) < _MOST[found.severity]:
            some.append(found)
        seen.add(thing)
    chosen = [one for severity, most in _MOST.items() for one in [*first[severity], *others[severity]][:most]]
    return sorted(chosen, key=Diagnostic.sort_key)


def _annotation(result: Result, found: Diagnostic, alike: int) -> str:
    place = {
        "file": printable(repository_path(result, found.path)),
        "line": found.start.line,
        "endLine": found.end.line,
    }
    if found.start.line == found.end.line:  # columns of several lines are refused
        place |= {"col": found.start.column, "endColumn": found.end.column}
    place["title"] = printable(f"notelint {found.checker}")
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    several = f" (one of {alike} about this)" if alike > 1 else ""
    return f"::{_COMMANDS[found.severity]} {properties}::{_data(with_cure(found) + several)}"


def _listed(result: Result, found: Diagnostic) -> str:
    place = f"{repository_path(result, found.path)}:{found.start.line}:{found.start.column}"
    return _plain(f"- {place} {found.severity} {found.checker}: {found.message}")


def _plain(line: str) -> str:
    """A line of the log that is not a command, whatever a note or its name holds."""
    return line_of(line)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
