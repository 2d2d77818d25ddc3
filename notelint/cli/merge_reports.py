"""`notelint merge-reports`."""

from pathlib import Path
from typing import Any

import click

from notelint.cli.reporting import report_options, show, wanted


@click.command("merge-reports")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@report_options
@click.pass_context
def command(ctx: click.Context, /, files: tuple[Path, ...], **options: Any) -> None:
    """Join JSON reports of one vault into one report, in any format.

    FILES are what `notelint check --output-format json:FILE` wrote, of all shares (`--shard`) or of several paths. Exit
    status as for `notelint check`.
    """
    from notelint.checkers.registry import load_checkers
    from notelint.report import merge
    from notelint.report.output import pages

    wanted(options)
    result = merge.merge([merge.read(file) for file in files])
    show(result, options, pages(load_checkers()))
    ctx.exit(result.exit_code)
