"""`notelint residue`."""

from pathlib import Path

import click

from notelint.cli.messages import say, write_out
from notelint.cli.options import config_file, open_run


@click.group()
def command() -> None:
    """Learn the residue that websites leave in imported articles."""


@command.command(short_help="Propose patterns for lines that repeat in imports.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Add what is proposed to the configuration file.")
@click.option(
    "--least", type=click.IntRange(2), default=3, show_default=True, help="In how many notes of a source a line stands."
)
@config_file
def learn(paths: tuple[Path, ...], write: bool, least: int, file: Path | None) -> None:
    """Propose patterns: lines that repeat in notes imported from one website.

    PATHS are notes and folders (default: the whole vault). Notes belong together by the domain of their property
    `source`, else by their folder. What is proposed is printed as TOML: read it, keep what is residue, and put it into
    the configuration, or let --write do so. From then on `repeated-boilerplate` finds these lines.
    """
    from notelint.inference import residue_lines

    run = open_run(paths[0] if paths else Path.cwd(), {"file": file})
    found = residue_lines.proposals(run, paths, least)
    write_out(residue_lines.tables(found))
    if not found:
        click.echo("notelint: nothing repeats that is not known already", err=True)
    elif write:
        target = residue_lines.add(run, found)
        say(f"notelint: added to {target}: read it, then run `notelint fix --diff --unsafe-fixes`", err=True)
    else:
        click.echo("notelint: read this, then run the same with --write to add it to the configuration", err=True)
