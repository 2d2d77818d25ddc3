"""`notelint checkers`."""

from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.cli.options import config_file, open_run, vault


@click.command("checkers")
@vault
@config_file
def command(vault: Path | None, file: Path | None) -> None:
    """List the checkers: whether each is on, its id, what it finds."""
    from notelint.checkers.registry import summary

    run = open_run(vault or Path.cwd(), {"file": file})
    first = run.settings.for_note("", None)
    everywhere = {*first.checkers, *first.custom}
    somewhere = run.settings.of_any_note(run.profiles.profiles)
    rows = [(checker.family, id, summary(checker)) for id, checker in run.registry.items()]
    families: dict[str, list[str]] = {}
    for family, id, text in (*rows, *(("custom", own.id, own.message) for own in run.config.custom)):
        mark = "on  " if id in everywhere else "some" if id in somewhere else "off "
        families.setdefault(family, []).append(f"  {mark} {id:24} {text}")
    say("\n\n".join("\n".join([family, *lines]) for family, lines in families.items()))
    if somewhere - everywhere:
        click.echo("\nsome: on for the notes of a profile or an override; `notelint config NOTE` shows a note's.")
    click.echo("\n`notelint explain ID` shows a checker's page; `extend-select` in the configuration switches it on.")
