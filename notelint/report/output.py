"""Where the reports of a run go: one to stdout, any number to files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from notelint.checkers.base import Checker
from notelint.checkers.registry import page, summary
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.safe_read import read_named
from notelint.core.typed_toml import did_you_mean
from notelint.core.write_named import write_named
from notelint.engine.result import Result
from notelint.report import FOR_PEOPLE, FORMATS, CheckerPage, ReportStyle, renderer
from notelint.report.markdown import MARK

_BATCH = 1 << 16  # characters that are written at once


class Output(Struct, frozen=True):
    """A report in one format, to a file or, without one, to stdout."""

    form: str
    file: Path | None = None

    @classmethod
    def parse(cls, text: str) -> "Output":
        """Parse `FORMAT` or `FORMAT:FILE`. Raises `NotelintError` for a format that is none."""
        form, colon, file = text.partition(":")
        if form not in FORMATS:
            raise NotelintError(
                f"{form!r} is not a format{did_you_mean(form, FORMATS)}: formats are {', '.join(FORMATS)}"
            )
        if colon and not file:
            raise NotelintError(f"{text!r} names no file: write {form}:FILE")
        return cls(form, Path(file) if file else None)


def outputs(formats: Sequence[str], file: Path | None) -> tuple[Output, ...]:
    """The reports that `--output-format` (each `FORMAT` or `FORMAT:FILE`) and `--output-file` ask for.

    Raises `NotelintError` if two would go to one place.
    """
    found = [Output.parse(text) for text in formats] or [Output("text")]
    if file is not None:
        free = [at for at, output in enumerate(found) if output.file is None]
        if len(free) != 1:
            raise NotelintError("--output-file is for one format without a file: write --output-format FORMAT:FILE")
        found[free[0]] = Output(found[free[0]].form, file)
    places = [output.file for output in found]
    for place in places:
        if places.count(place) > 1:
            where = "stdout" if place is None else str(place)
            raise NotelintError(f"two reports would go to {where}: write --output-format FORMAT:FILE")
    return tuple(found)


def pages(registry: Mapping[str, type[Checker]], custom: Mapping[str, str] = {}) -> Callable[[str], CheckerPage]:
    """The page of each checker by its id. Checkers without code have but a message, others the id alone."""

    def page_of(id: str) -> CheckerPage:
        if id not in registry:
            return CheckerPage("custom" if id in custom else "", custom.get(id, id), custom.get(id, id))
        return CheckerPage(registry[id].family, summary(registry[id]), page(registry[id]))

    return page_of


def deliver(result: Result, wanted: Sequence[Output], style: ReportStyle) -> Iterator[str]:
    """Write the reports that go to files; the pieces of the one that goes to stdout, if there is one.

    Raises `NotelintError` if a file cannot be written, or is a note.
    """
    shown: Iterator[str] = iter(())
    for output in wanted:
        if output.file is None:
            shown = _render(result, output.form, style)
        else:
            write_report(output.file, _render(result, output.form, _for_a_file(style)))
    return shown


def batched(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the same text in larger pieces, so that writing each costs little."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= _BATCH:
            yield "".join(batch)
            batch, size = [], 0
    if batch:
        yield "".join(batch)


def _for_a_file(style: ReportStyle) -> ReportStyle:
    """The style of a report that no terminal shows."""
    return ReportStyle(page=style.page, survey=style.survey, date=style.date)


def _render(result: Result, form: str, style: ReportStyle) -> Iterator[str]:
    if form in FOR_PEOPLE and style.statistics:
        form = "statistics"
    elif form in FOR_PEOPLE and style.group_by is not None:
        form = "grouped"
    return renderer(form)(result, style)


def write_report(file: Path, pieces: Iterable[str]) -> None:
    """Write a report to a file, piece by piece.

    Raises `NotelintError` if that cannot be, or is a note and not a report.
    """
    try:
        there = read_named(file) if is_note(file.name) and file.is_file() else b""
        if there and not there.startswith(MARK.encode()):
            raise NotelintError(f"{file} is a note, no report of notelint: write the report elsewhere")
        write_named(file, (text.encode("utf-8", "replace") for text in batched(pieces)))
    except OSError as error:
        raise NotelintError(f"cannot write the report {file}: {error.strerror}") from error
