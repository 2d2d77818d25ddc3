"""`notelint publish-report`."""

import os
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notelint.cli.messages import write_out
from notelint.cli.options import cache_dir, config_file, open_run, vault
from notelint.cli.reporting import report_date
from notelint.core.printable import printable

if TYPE_CHECKING:
    from notelint.engine.workspace import Workspace

_FORMATS = ("text", "json", "markdown", "html")


@click.command("publish-report")
@click.option(
    "--output-format",
    "form",
    default="text",
    show_default=True,
    metavar="FORMAT[:FILE]",
    help=f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}; FORMAT:FILE writes the report to a file.",
)
@click.option(
    "--top", type=click.IntRange(min=0), default=5, show_default=True, help="How many notes to propose for publishing."
)
@click.option("--problems", is_flag=True, help="Show only notes that leak something, or in which something breaks.")
@click.option(
    "--show", type=click.Path(path_type=Path), help="Print the text that is published of this note, and nothing else."
)
@cache_dir
@vault
@config_file
def command(
    *,
    form: str,
    top: int,
    problems: bool,
    show: Path | None,
    cache_dir: Path | None,
    vault: Path | None,
    file: Path | None,
) -> None:
    """Tell what publishing with the Digital Garden plugin would do.

    Which notes would be published, at which address; which of your properties they show; what they leak of notes that
    are private; which of their links are dead on the site; and which notes to publish next so that most of these come
    alive. In a vault, and in the repository of a published garden.
    """
    from notelint.publication import report

    form, file_named, to_file = form.partition(":")
    if form not in _FORMATS or (file_named and not to_file):
        raise click.UsageError(f"--output-format is FORMAT or FORMAT:FILE, FORMAT one of {', '.join(_FORMATS)}")
    run = open_run(vault or Path.cwd(), {"file": file, "cache": True, "cache_dir": cache_dir})
    if show is not None:
        text = report.published_text(run, show)
        shown = "\n".join(map(printable, text.replace("\r\n", "\n").split("\n")))
        click.echo(shown, nl=not shown.endswith("\n"))
        return
    found = report.report(run)
    for remark in found.remarks:
        click.echo(f"notelint: {printable(remark)}", err=True)
    shown = _renderer(form, run)(found, top, all_notes=not problems)
    if to_file:
        from notelint.report.output import write_report

        write_report(Path(to_file), [shown])
    elif form == "text":
        click.echo(shown, nl=False)
    else:
        write_out(shown)


def _renderer(form: str, run: "Workspace") -> Callable[..., str]:
    """The function that makes a report in this format; for the page, with a survey of the vault."""
    render: Callable[..., str] = import_module(f"notelint.publication.{form}").render
    if form != "html":
        return render
    from notelint.engine.survey import survey

    return partial(render, look=partial(survey, run), date=report_date(os.environ))
