"""What commands that write notes say of them."""

import sys
from typing import TYPE_CHECKING

import click

from notelint.core.printable import counted, fixes, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notelint.core.diagnostic import Safety
    from notelint.engine.fix import Written


def tell_difference(line: str) -> None:
    """Print a line of a difference: harmless on a terminal, else to the letter, for `git apply`."""
    if sys.stdout.isatty():
        click.echo(printable(line))
    else:
        click.echo(line.encode("utf-8", "surrogateescape"))


def tell_problems(problems: "Mapping[str, str]") -> int:
    """Name the notes that are left as they were, and why; the exit status."""
    for path, problem in sorted(problems.items()):
        click.echo(printable(f"notelint: {path} is left as it was: {problem}"), err=True)
    return int(bool(problems))


def tell_written(written: "Written", *, unsafe: bool = False) -> int:
    """Name the notes that were fixed, those that were not, and what is left; the exit status.

    `unsafe` says whether unsafe fixes were asked for.
    """
    for path, count in written.notes.items():
        click.echo(f"fixed {printable(path)}: {fixes(count)}")
    click.echo(what_is_left(len(written.notes), written.left, unsafe=unsafe))
    status = tell_problems(written.problems)
    return status if written.stopped is None else 128 + written.stopped


def what_is_left(done: int, left: "Mapping[Safety, int]", *, unsafe: bool, would: str = "") -> str:
    """How many notes are fixed (or `would` be), and what could still be fixed, with the option for each."""
    said = f"{counted(done, 'note')} {would}fixed" if done else f"No {'' if unsafe else 'safe '}fixes to apply"
    rest = _left(left)
    return f"{said} ({rest})." if rest else f"{said}."


def _left(counts: "Mapping[Safety, int]") -> str:
    """What could still be fixed, and the option for each."""
    from notelint.core.diagnostic import Safety

    parts = []
    if counts.get(Safety.UNSAFE):
        parts.append(f"{fixes(counts[Safety.UNSAFE], 'unsafe')}: add --unsafe-fixes")
    if counts.get(Safety.SUGGESTION):
        parts.append(f"suggestions for {counts[Safety.SUGGESTION]}: add --interactive")
    return "; ".join(parts)
