"""Messages of commands that write notes."""

import os
import sys
from typing import TYPE_CHECKING

import click

from notelint.cli.terminal import colours
from notelint.core.printable import counted, fixes, is_command, line_of, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notelint.core.diagnostic import Safety
    from notelint.edits.fix_loop import FixedNotes
    from notelint.engine.fix import WrittenFixes


_DEAF = frozenset({"TF_BUILD", "TEAMCITY_VERSION"})  # variables of systems that take commands from anywhere in a log


def say(text: str, *, err: bool = False) -> None:
    """Print lines that hold something of the repository, or of a library: harmless to a terminal, and no commands."""
    click.echo("\n".join(map(line_of, text.split("\n"))), err=err)


def print_difference(lines: "Iterable[str]") -> None:
    """Print a difference: harmless on a terminal, else to the letter, for `git apply`.

    GitHub Actions is asked to take no line for a command where one looks like it; `git apply` passes over what is not
    part of a difference. Azure Pipelines and TeamCity cannot be asked: such lines are changed there.
    """
    if sys.stdout.isatty():
        colour = colours(sys.stdout, os.environ)
        for line in lines:
            click.echo(_painted(line_of(line)) if colour else line_of(line))
        return
    shown = list(lines)
    commands = any(map(is_command, shown))
    token = os.urandom(16).hex() if commands and "GITHUB_ACTIONS" in os.environ else None
    if commands and token is None and not _DEAF.isdisjoint(os.environ):
        shown = [line_of(line) if is_command(line) else line for line in shown]
        click.echo("notelint: lines that are commands to this CI system are shown changed: do not apply this", err=True)
    if token is not None:
        click.echo(f"::stop-commands::{token}")
    for line in shown:
        click.echo(line.encode("utf-8", "surrogateescape"))
    if token is not None:
        click.echo(f"::{token}::")


def _painted(line: str) -> str:
    """A line of a difference in the colours that git gives it."""
    if line.startswith(("diff ", "--- ", "+++ ", "index ", "new file", "deleted file", "rename ", "similarity ")):
        return click.style(line, bold=True)
    colour = {"@": "cyan", "+": "green", "-": "red"}.get(line[:1])
    return line if colour is None else click.style(line, fg=colour)


def write_out(text: str) -> None:
    """Print what a program reads: UTF-8 to the letter, whatever the encoding of the stream; readable on a terminal."""
    click.echo(text if sys.stdout.isatty() else text.encode("utf-8", "replace"), nl=False)


def report_problems(found: "FixedNotes | WrittenFixes") -> int:
    """Name the notes left as they were, and the fixes left out of others, and why; the exit status."""
    for path, problem in sorted(found.problems.items()):
        click.echo(printable(f"notelint: {path} is left as it was: {problem}"), err=True)
    for path, refused in sorted(found.refused.items()):
        for reason in refused:
            click.echo(printable(f"notelint: {path}: a fix is left out: {reason}"), err=True)
    return int(bool(found.problems or found.refused))


def report_written(written: "WrittenFixes", *, unsafe: bool = False) -> int:
    """Name the notes that were fixed, those that were not, and what is left; the exit status.

    `unsafe` says whether unsafe fixes were asked for.
    """
    for path, count in written.notes.items():
        click.echo(f"fixed {printable(path)}: {fixes(count)}")
    click.echo(what_is_left(len(written.notes), written.left, unsafe=unsafe))
    if written.remark is not None:
        click.echo(printable(f"notelint: {written.remark}"), err=True)
    status = report_problems(written)
    return status if written.stopped is None else 128 + written.stopped


def what_is_left(done: int, left: "Mapping[Safety, int]", *, unsafe: bool, would: str = "") -> str:
    """A summary: the number of notes fixed (or that `would` be), and the fixes that are left, with the option for
    each.
    """
    said = f"{counted(done, 'note')} {would}fixed" if done else f"No {'' if unsafe else 'safe '}fixes to apply"
    rest = _left(left)
    return f"{said} ({rest})." if rest else f"{said}."


def _left(counts: "Mapping[Safety, int]") -> str:
    """The fixes that are left, and the option for each."""
    from notelint.core.diagnostic import Safety

    parts = []
    if counts.get(Safety.UNSAFE):
        parts.append(f"{fixes(counts[Safety.UNSAFE], 'unsafe')}: add --unsafe-fixes")
    if counts.get(Safety.SUGGESTION):
        parts.append(f"suggestions for {counts[Safety.SUGGESTION]}: add --interactive")
    return "; ".join(parts)
