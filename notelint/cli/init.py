"""`notelint init`."""

from pathlib import Path

import click

from notelint.core.errors import NotelintError


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def command(folder: Path) -> None:
    """Write a commented notelint.toml that fits the vault in FOLDER."""
    from notelint.cli.init_config import initial_config, unwritten_notes

    target = folder / "notelint.toml"
    if target.exists() or target.is_symlink():
        raise NotelintError(f"{target} exists already: edit it, or remove it first")
    text = initial_config(folder.resolve()) + unwritten_notes(folder.resolve())
    target.write_text(text, encoding="utf-8")
    click.echo(f"wrote {target}: read it, then run `notelint check`")
