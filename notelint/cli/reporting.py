"""The options of commands that print reports, and the printing itself."""

import os
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem
from msgspec import structs

from notelint.cli import terminal
from notelint.cli.messages import write_out
from notelint.cli.parameter import TextParameter
from notelint.core.errors import NotelintError

if TYPE_CHECKING:
    from notelint.core.diagnostic import Diagnostic
    from notelint.engine.result import Result
    from notelint.engine.survey import Survey
    from notelint.report import CheckerPage, ReportStyle
    from notelint.report.output import Output

_AT_A_TERMINAL = 200  # diagnostics
_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Format(TextParameter):
    """`FORMAT` or `FORMAT:FILE`; the formats are completed by the shell."""

    name = "format[:file]"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from notelint.report import FORMATS

        return [CompletionItem(form) for form in FORMATS if form.startswith(incomplete)]


_OPTIONS = (
    click.option(
        "--output-format",
        "formats",
        multiple=True,
        type=_Format(),
        help="text (default), concise, json, github, sarif, gitlab, junit, rdjson, markdown or html. FORMAT:FILE "
        "writes that report to a file (repeatable).",
    ),
    click.option(
        "--output-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the report to this file instead of stdout.",
    ),
    click.option("--statistics", is_flag=True, help="Show only how many diagnostics each checker has."),
    click.option(
        "--group-by", type=click.Choice(["note", "checker", "target"]), help="Show diagnostics under what they share."
    ),
    click.option(
        "--max-diagnostics",
        type=click.IntRange(min=0),
        metavar="N",
        help="Show no more; totals stay the true ones. 0 shows all (default: 200 at a terminal, else all).",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Show diagnostics, and nothing else."),
)


def report_options(command: _Command) -> _Command:
    """The options of a command that prints a report. `wanted` and `show` read them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wanted(options: dict[str, Any]) -> "tuple[Output, ...]":
    """The reports that the options ask for. Raises `NotelintError` and `click.UsageError` for what does not fit."""
    from notelint.report import FOR_PEOPLE
    from notelint.report.output import outputs

    found = outputs(options["formats"], options["output_file"])
    for name in ("statistics", "group_by", "max_diagnostics"):
        if options[name] not in (None, False) and not any(o.file is None and o.form in FOR_PEOPLE for o in found):
            raise click.UsageError(f"--{name.replace('_', '-')} is for reports on stdout in {' or '.join(FOR_PEOPLE)}")
    return found


def _most(options: dict[str, Any]) -> int | None:
    """Limit of the diagnostics shown, or None: thousands never fill a terminal by surprise."""
    given: int | None = options["max_diagnostics"]
    if given is None:
        return _AT_A_TERMINAL if sys.stdout.isatty() else None
    return given or None


def report_date(environment: Mapping[str, str]) -> str | None:
    """The day that a report names, which is the same however often it is made: by `SOURCE_DATE_EPOCH`, or none."""
    from datetime import UTC, datetime

    given = environment.get("SOURCE_DATE_EPOCH", "")
    if not given.isascii() or not given.isdecimal() or len(given) > 11:
        return None
    return datetime.fromtimestamp(int(given), UTC).date().isoformat()


def _style(options: dict[str, Any]) -> "ReportStyle":
    """The style of a report that the options and the terminal ask for."""
    from notelint.report import ReportStyle
    from notelint.report.trend import BLOCKS

    return ReportStyle(
        colour=terminal.colours(sys.stdout, os.environ),
        links=terminal.hyperlinks(sys.stdout, os.environ),
        statistics=options["statistics"],
        most=_most(options),
        group_by=options["group_by"],
        width=terminal.columns(sys.stdout, os.environ),
        base=Path.cwd(),
        date=report_date(os.environ),
        blocks=terminal.encodes(sys.stdout, BLOCKS),
    )


def show(
    result: "Result",
    options: dict[str, Any],
    page: "Callable[[str], CheckerPage]",
    look: "Callable[[Collection[Diagnostic]], Survey] | None" = None,
) -> None:
    """Print one report and write the others. What the user should know of the run itself goes to stderr.

    `look` gives what the report for a browser shows of the vault around diagnostics.

    Raises `NotelintError` if a report cannot be written.
    """
    from notelint.core.printable import printable
    from notelint.report import FOR_PEOPLE
    from notelint.report.output import batched, deliver
    from notelint.report.plain import whole_summary

    reports = wanted(options)
    quiet = options["quiet"]
    for remark in () if quiet else result.remarks:
        click.echo(f"notelint: {printable(remark)}", err=True)
    for_people = any(report.file is None and report.form in FOR_PEOPLE for report in reports)
    style = structs.replace(_style(options), quiet=quiet and for_people, page=page, survey=look)
    pieces = deliver(result, reports, style)
    try:
        for text in batched(pieces):
            if for_people:
                click.echo(text, nl=False, color=True)
            else:
                write_out(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotelintError(f"cannot write the report to stdout: {error.strerror}") from error
    if not quiet and all(report.file is not None for report in reports):
        click.echo(whole_summary(result), err=True)
