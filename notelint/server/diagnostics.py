"""Diagnostics as an editor shows them: with the checker's page, other places, and marks of what can go."""

from collections.abc import Sequence

from lsprotocol import types

from notelint.checkers.registry import page_address
from notelint.core.diagnostic import Diagnostic, Severity
from notelint.server.positions import Positions

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_UNNECESSARY = frozenset(
    {
        "advertisement",
        "consent-banner",
        "empty-markup",
        "form-text",
        "invisible-character",
        "navigation",
        "share-widget",
        "unused-footnote",
        "unused-suppression",
    }
)  # of what is better taken out: an editor fades it
_DEPRECATED = frozenset({"moved-note", "renamed-heading"})  # of what has another name now: an editor strikes it out


def shown(
    found: Diagnostic, places: Positions, related: Sequence[types.DiagnosticRelatedInformation] = ()
) -> types.Diagnostic:
    """One diagnostic; `related` are its other places."""
    page = page_address(found.checker)  # as in the JSON report
    return types.Diagnostic(
        range=places.range(found.span),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.checker,
        source="notelint",
        code_description=types.CodeDescription(page) if page else None,
        tags=_tags(found.checker),
        related_information=[*related] or None,
    )


def _tags(checker: str) -> list[types.DiagnosticTag] | None:
    if checker in _UNNECESSARY:
        return [types.DiagnosticTag.Unnecessary]
    return [types.DiagnosticTag.Deprecated] if checker in _DEPRECATED else None
