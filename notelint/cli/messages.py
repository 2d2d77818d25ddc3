"""What commands that write notes say of them."""

import os
import secrets
import sys
from typing import TYPE_CHECKING

import click

from notelint.core.printable import counted, is_command, line_of, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notelint.engine.fix import Written


def say(text: str, *, err: bool = False) -> None:
    """Print lines that hold something of the repository, or of a library: harmless to a terminal, and no commands."""
    click.echo("\n".join(map(line_of, text.split("\n"))), err=err)


def tell_difference(lines: "Iterable[str]") -> None:
    """Print a difference: harmless on a terminal, else to the letter, for `git apply`.

    GitHub Actions is asked to take no line for a command where one looks like it; `git apply` passes over what is not
    part of a difference.
    """
    if sys.stdout.isatty():
        for line in lines:
            click.echo(line_of(line))
        return
    shown = list(lines)
    token = secrets.token_hex(16) if "GITHUB_ACTIONS" in os.environ and any(map(is_command, shown)) else None
    if token is not None:
        click.echo(f"::stop-commands::{token}")
    for line in shown:
        click.echo(line.encode("utf-8", "surrogateescape"))
    if token is not None:
        click.echo(f"::{token}::")


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
    status = tell_problems(written.problems)
    return status if written.stopped is None else 128 + written.stopped
