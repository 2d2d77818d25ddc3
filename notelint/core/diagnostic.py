"""What a checker says (`Finding`), how it would mend it (`Fix`), and what a report shows (`Diagnostic`)."""

from dataclasses import dataclass, field
from enum import StrEnum

from notelint.core.text import Edit, Span

CRASHED = "crashed-checker"  # what a diagnostic of a crash is called: no checker, so it cannot be switched off


class Severity(StrEnum):
    """How much a diagnostic matters. Each of them makes the run exit with 1; `info` does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Safety(StrEnum):
    """Whether a fix can be applied without being read: a fix that could change what a note says is unsafe."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend: all of its edits are applied, or none. The title is an imperative, on one line."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


@dataclass(frozen=True, slots=True)
class Finding:
    """What a checker says of a place in a note. `about` names what it is about (a missing target, a permalink):
    findings of one checker with the same `about` are one line in the summary."""

    span: Span
    message: str
    fix: Fix | None = None
    about: str | None = None


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


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """An edit by lines and columns, as reports and other tools want it."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
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

    def __post_init__(self) -> None:
        if len(self.edits) != (0 if self.fix is None else len(self.fix.edits)):  # as in a forged cache
            raise ValueError("not every edit has its place")

    def __str__(self) -> str:
        return f"{self.path}:{self.start.line}:{self.start.column} {self.checker}: {self.message}"

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reports list diagnostics by path, place, checker."""
        return (self.path, self.span.start, self.span.end, self.checker, self.message)
