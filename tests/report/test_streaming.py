"""Reports are written as diagnostics pass: however many there are, few exist at any time."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from notelint.core.diagnostic import Diagnostic, Fix, PlacedEdit, Position, Severity
from notelint.core.text import Edit, Span
from notelint.engine.kept_diagnostics import Brief, Streamed
from notelint.engine.result import Result
from notelint.report import FORMATS, ReportStyle
from notelint.report.output import Output, batched, deliver

_EACH = 5  # diagnostics of a note
_MOST = 80  # that exist at once: those of a note, and the few that a report chooses


class _Counted(Diagnostic, frozen=True):
    """A diagnostic that counts how many of its kind there are."""

    there: ClassVar[int] = 0
    most: ClassVar[int] = 0

    def __post_init__(self) -> None:
        _Counted.there += 1
        _Counted.most = max(_Counted.most, _Counted.there)

    def __del__(self) -> None:
        _Counted.there -= 1


class _Made(Streamed):
    """Diagnostics of so many notes, made when they are asked for."""

    def __init__(self, notes: int) -> None:
        self._notes = notes

    def __iter__(self) -> Iterator[Diagnostic]:
        return (_diagnostic(note, at) for note in range(self._notes) for at in range(_EACH))

    def brief(self) -> Iterator[tuple[str, Iterable[Brief | Diagnostic]]]:
        for note in range(self._notes):
            yield _path(note), (_diagnostic(note, at) for at in range(_EACH))


def _path(note: int) -> str:
    return f"Notes/{note:05}.md"


def _diagnostic(note: int, at: int) -> Diagnostic:
    place, span = Position(at + 1, 1), Span(at * 10, at * 10 + 4)
    fix = Fix("write it", (Edit(span, "text"),)) if at == 1 else None
    severity = list(Severity)[at % 3]
    edits = () if fix is None else (PlacedEdit(place, place, "text"),)
    about = f"thing {note % 7} {at}" if at else None
    return _Counted(
        _path(note), place, place, f"checker-{at}", severity, f"message {note}", span, "text", 1, fix, edits, about
    )


@pytest.mark.parametrize(
    "how", [*(form for form in FORMATS if form != "html"), "note", "checker", "target", "statistics"]
)
def test_few_diagnostics_exist_at_a_time(how: str) -> None:
    form = how if how in FORMATS else "text"
    style = ReportStyle(group_by=how if how in ("note", "checker", "target") else None, statistics=how == "statistics")
    most = []
    for notes in (40, 400):
        _Counted.most = _Counted.there
        result = Result(Path("/v"), _Made(notes), notes, notes)
        pieces = list(batched(deliver(result, [Output(form)], style)))
        assert any(_path(notes - 1) in piece for piece in pieces) == (how not in ("markdown", "statistics"))
        assert result.exit_code == 1
        most.append(_Counted.most)
    assert most[0] == most[1] <= _MOST
