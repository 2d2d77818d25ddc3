"""`notelint rename-heading`."""

from pathlib import Path

import click

from notelint.cli.apply_move import carry_out
from notelint.cli.options import config_file, diff, no_undo, open_run


@click.command("rename-heading")
@click.argument("note", type=click.Path(path_type=Path))
@click.argument("old")
@click.argument("new")
@diff
@no_undo
@click.option(
    "--already-renamed", is_flag=True, help="The heading has its new text already: rename it only in links to it."
)
@config_file
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    note: Path,
    old: str,
    new: str,
    diff: bool,
    no_undo: bool,
    already_renamed: bool,
    file: Path | None,
) -> None:
    """Rename the heading OLD of NOTE to NEW, in its line and in every link to it.

    OLD is its text, or `Parent#Text` where several headings have the same. What links show is left as it is. All is
    done or nothing; `notelint fix --undo` takes it back.
    """
    from notelint.config.find_vault import start_of_move
    from notelint.engine import move

    run = open_run(start_of_move(note), {"file": file})
    plan = move.plan_heading(run, note, old, new, already_renamed=already_renamed)
    ctx.exit(carry_out(run, plan, diff, undo=not no_undo))
