"""Findings of checkers (`Finding`), their fixes (`Fix`), and the form that reports show (`Diagnostic`)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from notelint.core.text import Edit, Span

COVERED = {"unwritten-note": "broken-link"}  # checkers that were a part of another: what names that covers them
LEAKS = frozenset({"leaking-embed", "visible-comment"})  # checkers that find private text on the site
CRASHED = "crashed-checker"  # what a diagnostic of a crash is called: no checker, so it cannot be switched off


class Severity(StrEnum):
    """The weight of a diagnostic. Each of them makes the run exit with 1; `info` does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Safety(StrEnum):
    """The way in which a fix may be applied: unread; only on request, since it could change what a note says; or one by
    one.

    A suggestion is a candidate that somebody has to choose: no run applies it by itself, whatever its options.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    SUGGESTION = "suggestion"


class Fix(Struct, frozen=True):
    """One way to fix a finding: all of its edits are applied, or none. The title is an imperative, on one line."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


class Finding(Struct, frozen=True):
    """A checker's message about a place in a note.

    `fix` is what `notelint fix` applies, if its safety allows; `suggestions` are candidates that only a person chooses
    from, best first. `about` names what it is about (a missing target, a permalink): findings of one checker with the
    same `about` are one line in the summary. `of_note` means that it is about the note as a whole, and only stands at
    its first line: it is the same one when that line changes. Raises `ValueError` for a fix in the wrong place.
    """

    span: Span
    message: str
    fix: Fix | None = None
    about: str | None = None
    suggestions: tuple[Fix, ...] = ()
    of_note: bool = False

    def __post_init__(self) -> None:
        if self.fix is not None and self.fix.safety is Safety.SUGGESTION:
            raise ValueError("a suggestion is not a fix: pass it in `suggestions`")
        if any(one.safety is not Safety.SUGGESTION for one in self.suggestions):
            raise ValueError("each of `suggestions` has the safety `Safety.SUGGESTION`")


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column, both from 1; columns count characters.

    The rest is what other ways to count add to the column: 0 unless the line has other than ASCII before it.
    """

    line: int
    column: int
    more_utf16: int = field(default=0, compare=False)
    more_utf8: int = field(default=0, compare=False)

    @property
    def utf16(self) -> int:
        """The column in UTF-16 code units, from 1."""
        return self.column + self.more_utf16

    @property
    def utf8(self) -> int:
        """The column in bytes of UTF-8, from 1."""
        return self.column + self.more_utf8


class PlacedEdit(Struct, frozen=True):
    """An edit by lines and columns, as reports and other tools want it."""

    start: Position
    end: Position
    text: str


class FixCandidate(Struct, frozen=True):
    """A way to fix a diagnostic, with the places of its edits. Raises `ValueError` if not every edit has its place."""

    fix: Fix
    edits: tuple[PlacedEdit, ...]

    def __post_init__(self) -> None:
        if len(self.edits) != len(self.fix.edits):  # as in a forged cache
            raise ValueError("not every edit has its place")


class Placed(Protocol):
    """A diagnostic, or a shorter form of one."""

    @property
    def span(self) -> Span:
        """Its place in the note."""

    @property
    def checker(self) -> str:
        """The checker's id."""

    @property
    def message(self) -> str:
        """What it says."""


def order_in_note(one: Placed) -> tuple[int, int, str, str]:
    """The order in which reports list the diagnostics of one note: by place, then by checker."""
    return one.span.start, one.span.end, one.checker, one.message


class Diagnostic(Struct, frozen=True):
    """A finding with its place in the vault, as every report shows it. `path` is relative to the vault root, POSIX."""

    path: str
    start: Position
    end: Position
    checker: str
    severity: Severity
    message: str
    span: Span
    source: str  # the line of the note on which it starts, or a part of it around the place
    source_column: int = 1  # the column at which that part begins
    fix: Fix | None = None
    edits: tuple[PlacedEdit, ...] = ()  # those of the fix, by lines and columns
    about: str | None = None
    suggestions: tuple[FixCandidate, ...] = ()  # what only a person chooses from, best first
    known_by: str | None = None  # the text by which it is recognised when lines have moved, if not by all of its line

    def __post_init__(self) -> None:
        if len(self.edits) != (0 if self.fix is None else len(self.fix.edits)):  # as in a forged cache
            raise ValueError("not every edit has its place")

    def __str__(self) -> str:
        return f"{self.path}:{self.start.line}:{self.start.column} {self.checker}: {self.message}"

    @property
    def candidates(self) -> tuple[FixCandidate, ...]:
        """All ways to fix it, best first: its fix, if it has one, then the suggestions."""
        return self.suggestions if self.fix is None else (FixCandidate(self.fix, self.edits), *self.suggestions)

    @property
    def safety(self) -> Safety | None:
        """The safety of its fix; that of a suggestion, if it has nothing but suggestions; None without any."""
        if self.fix is not None:
            return self.fix.safety
        return Safety.SUGGESTION if self.suggestions else None

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reports list diagnostics by path, place, checker."""
        return (self.path, *order_in_note(self))
