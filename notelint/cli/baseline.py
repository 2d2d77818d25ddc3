"""`notelint baseline`."""

from pathlib import Path

import click

from notelint.cli.options import config_file, open_run, vault
from notelint.core.printable import counted


@click.command("baseline")
@click.option("--add", is_flag=True, help="Accept new diagnostics too.")
@click.option("--prune", is_flag=True, help="Remove what is fixed.")
@vault
@config_file
def command(add: bool, prune: bool, vault: Path | None, file: Path | None) -> None:
    """Record today's diagnostics, so that `notelint check` reports only new ones.

    They are kept in .notelint-baseline.jsonl, a line each, sorted: commit it. They are recognised by their content,
    when lines move and notes are renamed. What is new later is never taken in unless --add says so.
    """
    from notelint.history.baseline import FILE
    from notelint.history.baseline_of_run import record

    done = record(open_run(vault or Path.cwd(), {"file": file}), add=add, prune=prune)
    click.echo(f"{FILE}: {counted(done.entries, 'entry', 'entries')}, {done.added} added, {done.removed} removed.")
