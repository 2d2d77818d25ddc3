"""Reports of a result. One format is one module with `render(result, style)`, which yields the report piece by piece.

A piece is about one note or one diagnostic: no report is held as a whole, whose size grows with what was found.
"""

from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from notelint.engine.result import Result

if TYPE_CHECKING:
    from notelint.core.diagnostic import Diagnostic
    from notelint.engine.survey import Survey

FORMATS = ("text", "concise", "json", "github", "sarif", "gitlab", "junit", "rdjson", "markdown", "html")
FOR_PEOPLE = ("text", "concise")  # formats that follow a terminal and the options for reading


class CheckerPage(Struct, frozen=True):
    """A checker as reports describe it: its family, what it finds in one line, and its page in Markdown."""

    family: str
    summary: str
    markdown: str


def _no_page(id: str) -> CheckerPage:
    return CheckerPage("", id, id)


class ReportStyle(Struct, frozen=True):
    """Abilities of the terminal, and the parts of the report to show.

    `most` is how many diagnostics are shown at most, `group_by` is `note`, `checker` or `target`. Messages are wrapped
    at `width` columns, if it is known, and paths are shown as seen from the folder `base`. `survey` looks at the vault
    around diagnostics, `date` is the day that the report names: for `html`. `blocks`: sparklines can be shown.
    """

    colour: bool = False
    links: bool = False
    quiet: bool = False
    statistics: bool = False
    most: int | None = None
    group_by: str | None = None
    width: int | None = None
    base: Path | None = None
    page: Callable[[str], CheckerPage] = _no_page
    survey: "Callable[[Collection[Diagnostic]], Survey] | None" = None
    date: str | None = None
    blocks: bool = True


def renderer(name: str) -> Callable[[Result, ReportStyle], Iterator[str]]:
    """The function that renders a result in the format of this name (one of `FORMATS`), piece by piece."""
    render: Callable[[Result, ReportStyle], Iterator[str]] = import_module(f"notelint.report.{name}").render
    return render
