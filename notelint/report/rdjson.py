"""For reviewdog: its own format, with suggestions. Columns count bytes of UTF-8; paths are the repository's."""

from collections.abc import Iterator
from typing import Any

from notelint.core.diagnostic import Diagnostic, Position
from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.json_pieces import with_list
from notelint.report.programs import is_text, repository_path


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """One object with all diagnostics."""
    shown = {"source": {"name": "notelint"}, "diagnostics": []}
    return with_list(shown, "diagnostics", (_diagnostic(result, found) for found in result.diagnostics))


def _diagnostic(result: Result, found: Diagnostic) -> dict[str, Any]:
    path = printable(repository_path(result, found.path))
    shown: dict[str, Any] = {
        "message": printable(found.message),
        "location": {"path": path, "range": _range(found.start, found.end)},
        "severity": found.severity.upper(),
        "code": {"value": found.checker},
    }
    # each suggestion is accepted by itself, but a fix is all of its edits or none
    if len(found.edits) == 1 and is_text(found):
        edit = found.edits[0]
        shown["suggestions"] = [{"range": _range(edit.start, edit.end), "text": edit.text}]
    return shown


def _range(start: Position, end: Position) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": start.line, "column": start.utf8},
        "end": {"line": end.line, "column": end.utf8},
    }
