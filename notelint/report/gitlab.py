"""For GitLab's code quality widget: the part of Code Climate's format that GitLab documents."""

import json

from notelint.core.diagnostic import Severity
from notelint.core.printable import in_json, printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.programs import fingerprints, repository_path, with_cure

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: Result, style: ReportStyle) -> str:
    """One list of objects; an empty one if there is nothing to report."""
    shown = [
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
        for found, mark in zip(result.diagnostics, fingerprints(result), strict=True)
    ]
    return in_json(json.dumps(shown, indent=2, ensure_ascii=True)) + "\n"
