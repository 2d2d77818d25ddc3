"""`notelint mv`."""

from pathlib import Path

import click

from notelint.cli.apply_move import carry_out
from notelint.cli.options import config_file, diff, no_undo, open_run


@click.command("mv")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path())
@diff
@no_undo
@click.option(
    "--already-moved", is_flag=True, help="The file has been moved by other means: fix only the links to it and in it."
)
@config_file
@click.pass_context
def command(
    ctx: click.Context, /, *, old: Path, new: str, diff: bool, no_undo: bool, already_moved: bool, file: Path | None
) -> None:
    """Move a note, attachment or folder from OLD to NEW, and keep every link.

    NEW is a path, or an existing folder to move into; `.md` is added to a note's name. Links keep the form they are
    written in. All is done or nothing; `notelint fix --undo` takes it back.
    """
    from notelint.config.find_vault import start_of_move
    from notelint.engine import move

    start = Path(new) if already_moved else old
    run = open_run(start_of_move(start) if start.exists() else Path.cwd(), {"file": file})
    plan = move.plan_after_move(run, old, Path(new)) if already_moved else move.plan_move(run, old, new)
    ctx.exit(carry_out(run, plan, diff, undo=not no_undo))
