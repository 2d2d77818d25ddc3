"""For programs: one object, described by `schemas/report.schema.json`."""

import json
from typing import Any

from notelint import __version__
from notelint.diagnostic import Diagnostic, Position
from notelint.report import Style
from notelint.result import Result


def render(result: Result, style: Style) -> str:
    """The result as one JSON object."""
    report = {
        "version": __version__,
        "vault": str(result.root),
        "summary": {
            "checked": result.checked,
            "notes": result.vault_notes,
            "severities": {str(severity): count for severity, count in result.by_severity().items()},
            "checkers": result.by_checker(),
            "fixable": result.fixable,
            "groups": [{"checker": g.checker, "about": g.about, "count": g.count} for g in result.groups()],
        },
        "diagnostics": [_diagnostic(found) for found in result.diagnostics],
    }
    # ASCII, so that lone surrogates (bytes that are no UTF-8) survive any stream
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    return {
        "path": found.path,
        "range": _range(found.start, found.end),
        "checker": found.checker,
        "severity": str(found.severity),
        "message": found.message,
        "fix": None
        if found.fix is None
        else {
            "title": found.fix.title,
            "safety": str(found.fix.safety),
            "edits": [{"range": _range(edit.start, edit.end), "text": edit.text} for edit in found.edits],
        },
        "help": f"notelint/checkers/{found.checker.replace('-', '_')}.md",
    }


def _range(start: Position, end: Position) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    }
