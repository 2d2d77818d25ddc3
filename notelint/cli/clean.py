"""`notelint clean`."""

from pathlib import Path

import click

from notelint.cli.options import vault


@click.command("clean")
@click.option("--undo", is_flag=True, help="Forget too what `notelint fix --undo` would take back.")
@vault
def command(undo: bool, vault: Path | None) -> None:
    """Remove what notelint keeps beside the notes, in .notelint_cache.

    The next check reads all notes again. What is needed to take the last fix back stays, unless --undo is given.
    """
    from notelint.config.find_vault import find_root
    from notelint.engine.cache import clean as remove

    root = find_root(vault or Path.cwd())
    removed = remove(root, undo=undo)
    click.echo(f"removed {', '.join(removed)}" if removed else "there is nothing to remove.")
