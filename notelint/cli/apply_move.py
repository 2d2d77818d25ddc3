"""Carrying out a move, or showing it: `notelint mv` and `notelint rename-heading`."""

from typing import TYPE_CHECKING

import click

from notelint.cli.messages import print_difference

if TYPE_CHECKING:
    from notelint.engine.move import MovePlan
    from notelint.engine.workspace import Workspace


def carry_out(run: "Workspace", plan: "MovePlan", diff: bool, *, undo: bool = True) -> int:
    """Do what a plan says and tell it, or with `diff` only show it; the exit status. Without `undo`, for good."""
    from notelint.core.printable import counted, printable
    from notelint.engine import move

    stopped = None
    if diff:
        print_difference(move.difference(plan))
    else:
        stopped = move.apply(run, plan, undo=undo)
        if plan.disk is not None:
            click.echo(printable(f"moved {plan.disk[0]} to {plan.disk[1]}"))
        for path, edits in plan.edited.items():
            click.echo(f"fixed {printable(path)}: {counted(edits, 'edit')}")
        done = plan.edited or plan.disk is not None
        back = "; `notelint fix --undo` takes it back" if undo else ""
        click.echo(f"{counted(len(plan.edited), 'note')} fixed{back}." if done else "No links to fix.")
    for remark in plan.remarks:
        click.echo(f"notelint: {printable(remark)}", err=True)
    return 0 if stopped is None else 128 + stopped
