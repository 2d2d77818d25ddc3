"""SARIF 2.1.0, for GitHub code scanning and editors. Columns count UTF-16 code units; paths are the repository's."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from notelint import __version__
from notelint.core.diagnostic import Diagnostic, Position, Severity
from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.json_pieces import with_list
from notelint.report.programs import fingerprinted, is_text, repository_path

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """One run with the checkers that found something as rules, in the order of their ids."""
    ids = sorted(result.by_checker())
    run = {
        "tool": {
            "driver": {"name": "notelint", "version": __version__, "rules": [_rule(id, style) for id in ids]},
        },
        "invocations": [{"executionSuccessful": result.exit_code != 3, "exitCode": result.exit_code}],
        "columnKind": "utf16CodeUnits",
        "results": [],
    }
    results = (_result(result, found, ids.index(found.checker), mark) for found, mark in fingerprinted(result))
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return with_list(log, "results", results)


def _rule(id: str, style: ReportStyle) -> dict[str, Any]:
    page = style.page(id)
    rule: dict[str, Any] = {
        "id": id,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.summary},  # what code scanning asks for
        "help": {"text": page.markdown, "markdown": page.markdown},
    }
    return {**rule, "properties": {"tags": [page.family]}} if page.family else rule


def _result(result: Result, found: Diagnostic, rule: int, mark: str) -> dict[str, Any]:
    artifact = {"uri": _uri(repository_path(result, found.path)), "uriBaseId": "%SRCROOT%"}
    place: dict[str, Any] = {"artifactLocation": artifact, "region": _region(found.start, found.end)}
    covered = _covered(found)
    if covered is not None:
        place["region"]["snippet"] = {"text": printable(covered)}
        if len(covered) < len(found.source):  # the context has to be more than the place itself
            place["contextRegion"] = _context(found)
    shown = {
        "ruleId": found.checker,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": printable(found.message)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"notelint/v1": mark},
    }
    return {**shown, "fixes": [_fix(found, artifact)]} if found.fix is not None and is_text(found) else shown


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))


def _region(start: Position, end: Position) -> dict[str, Any]:
    return {"startLine": start.line, "startColumn": start.utf16, "endLine": end.line, "endColumn": end.utf16}


def _covered(found: Diagnostic) -> str | None:
    """The text of the place, if it is known: it lies on one line, in the part of it that a diagnostic keeps."""
    start, end = (position.column - found.source_column for position in (found.start, found.end))
    if found.start.line != found.end.line or not 0 <= start <= end <= len(found.source):
        return None
    return found.source[start:end]


def _context(found: Diagnostic) -> dict[str, Any]:
    """The line, or the part of a long one that a diagnostic keeps."""
    before = found.source[: found.start.column - found.source_column]
    start = found.start.utf16 - _utf16(before)
    return {
        "startLine": found.start.line,
        "startColumn": start,
        "endLine": found.start.line,
        "endColumn": start + _utf16(found.source),
        "snippet": {"text": printable(found.source)},
    }


def _utf16(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _fix(found: Diagnostic, artifact: dict[str, str]) -> dict[str, Any]:
    """All edits of a fix are one change, so that a tool applies all or none."""
    assert found.fix is not None
    replacements = [
        {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.text}} for edit in found.edits
    ]
    return {
        "description": {"text": printable(found.fix.title)},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "properties": {"safety": str(found.fix.safety)},
    }
