"""`notelint permalink`."""

from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.cli.options import config_file, open_run, vault
from notelint.garden.permalinks import is_home


@click.command("permalink")
@click.argument("paths", nargs=-1, required=True)
@vault
@config_file
def command(paths: tuple[str, ...], vault: Path | None, file: Path | None) -> None:
    """Print the address that the Digital Garden gives each vault path: PATH, a tab, the permalink.

    A path is relative to the vault root; the note need not exist. If it does, its properties count.
    """
    from notelint.config.obsidian import PLUGIN_SETTINGS
    from notelint.note.note import Outline
    from notelint.vault.vault import Vault

    run = open_run(vault or Path.cwd(), {"file": file})
    site = Vault({}, garden=run.garden)
    if not run.garden.rules_known:
        click.echo(f"notelint: by the plugin's default settings: {PLUGIN_SETTINGS} is not here", err=True)
    for path in paths:
        note = run.root / path
        inside = note.is_file() and note.resolve().is_relative_to(run.root.resolve())
        outline = run.read(path).outline if inside else Outline(path)
        say(f"{path}\t{'/' if is_home(outline.properties) else site.site.permalink(outline)}")
