"""What commands that write notes say of them."""

import sys
from typing import TYPE_CHECKING

import click

from notelint.core.printable import counted, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def tell_written(written: "Written") -> int:
    """Name the notes that were mended, and those that were not; the exit status."""
    for path, fixes in written.notes.items():
        click.echo(f"mended {printable(path)}: {fixes} fix{'' if fixes == 1 else 'es'}")
    click.echo(f"{counted(len(written.notes), 'note')} mended." if written.notes else "nothing to mend.")
    if written.remark is not None:
        click.echo(printable(f"notelint: {written.remark}"), err=True)
    status = tell_problems(written.problems)
    return status if written.stopped is None else 128 + written.stopped
