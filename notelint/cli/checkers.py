"""`notelint checkers`."""

from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.cli.options import config_file, open_run, vault


@click.command("checkers")
@vault
@config_file
def command(vault: Path | None, file: Path | None) -> None:
    """List the checkers: id, whether it is on, what it finds."""
    from notelint.checkers.registry import summary

    run = open_run(vault or Path.cwd(), {"file": file})
    on = set(run.settings.for_note("", None).checkers)
    families: dict[str, list[str]] = {}
    for id, checker in run.registry.items():
        mark = "on " if id in on else "off"
        families.setdefault(checker.family, []).append(f"  {mark} {id:24} {summary(checker)}")
    for custom in run.config.custom:
        families.setdefault("custom", []).append(f"  on  {custom.id:24} {custom.message}")
    say("\n\n".join("\n".join([family, *lines]) for family, lines in families.items()))
    click.echo("\n`notelint explain ID` shows a checker's page; `select` in the configuration switches checkers on.")
