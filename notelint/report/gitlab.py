"""For GitLab's code quality widget: the part of Code Climate's format that GitLab documents."""

from collections.abc import Iterator

from notelint.core.diagnostic import Severity
from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.json_pieces import whole_list
from notelint.report.programs import fingerprinted, repository_path, with_cure

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """One list of objects; an empty one if there is nothing to report."""
    shown = (
        {
            "description": with_cure(found),
            "check_name": found.checker,
            "fingerprint": mark,
            "severity": _SEVERITIES[found.severity],
            "location": {
                "path": printable(repository_path(result, found.path)),
                "lines": {"begin": found.start.line, "end": found.end.line},
            },
        }
        for found, mark in fingerprinted(result)
    )
    return whole_list(shown)
