"""The command line: finds the command that was called, and turns what users can fix into one line on stderr."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from notelint import __version__
from notelint.cli.messages import say
from notelint.core.errors import NotelintError
from notelint.core.printable import line_of

_EXIT_CODES = """
\b
Exit status
  0    nothing to report
  1    there are diagnostics
  2    wrong configuration, path or option, or nothing to check
  3    a checker crashed
  130  interrupted
"""

# Each command's module in `notelint.cli`, by task in the order of the help. None is imported before it is needed.
_BY_TASK = {
    "Check notes": {"check": "check", "checkers": "checkers", "explain": "explain", "resolve": "resolve"},
    "Change notes": {"fix": "fix", "mv": "mv", "rename-heading": "rename_heading"},
    "Import articles": {"import": "import_page", "residue": "residue"},
    "Publish a digital garden": {"publish-report": "publish_report", "permalink": "permalink"},
    "Set up a vault": {"init": "init", "schema": "schema", "config": "config", "clean": "clean"},
    "Work in a team, and in an editor": {"baseline": "baseline", "merge-reports": "merge_reports", "server": "server"},
}
_COMMANDS = {name: module for commands in _BY_TASK.values() for name, module in commands.items()}
_WHOLE = 500  # characters of a command's first sentence, which is shown whole


class _Group(click.Group):
    """Loads commands when they are called; errors of the user's become one line and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"notelint.cli.{module}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that is called. Raises `click.UsageError` that names those that may have been meant."""
        meant = [] if not args or args[0] in _COMMANDS else _commands_like(args[0])
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            if not meant:
                raise
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {' or '.join(meant)}?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands of each task with the whole first sentence of their help."""
        for task, names in _BY_TASK.items():
            with formatter.section(task):
                shown = ((name, self.get_command(ctx, name)) for name in names)
                formatter.write_dl([(n, c.get_short_help_str(_WHOLE)) for n, c in shown if c is not None])

    def main(self, *args: Any, **extra: Any) -> Any:
        _escape_what_cannot_be_written()
        try:
            return super().main(*args, **extra)
        except NotelintError as error:
            say(f"notelint: {error}", err=True)
            sys.exit(error.status)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _printable_errors():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _printable_errors():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(130)


def _commands_like(typed: str) -> list[str]:
    """The commands that are spelt nearly as it was typed, or have that as a word of their own."""
    from difflib import get_close_matches

    parts = [name for name in _COMMANDS if typed.lower() in name.split("-")]
    return [repr(name) for name in parts or get_close_matches(typed.lower(), _COMMANDS, n=1)]


@contextmanager
def _printable_errors() -> Iterator[None]:
    """Escape what click says of wrong arguments: it may name a file, as the shell or a CI system gave it."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:  # its message is the help, which has lines
        raise
    except click.ClickException as error:
        error.__dict__["message"] = line_of(error.message)
        raise


def _escape_what_cannot_be_written() -> None:
    """Let streams of other encodings than UTF-8 (pipes on Windows) take any text: what they lack is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=_Group, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="notelint")
@click.option(
    "-C", "folder", type=click.Path(exists=True, file_okay=False), metavar="FOLDER", help="Run as if started in FOLDER."
)
@click.option("--debug", is_flag=True, help="Show tracebacks and what happens inside.")
def main(folder: str | None, debug: bool) -> None:
    """Check and fix the notes of a Markdown vault: links, frontmatter, sections, permalinks.

    Start with `notelint check` in a folder of your vault: it changes nothing. `notelint COMMAND --help` says more.
    """
    if folder is not None:
        os.chdir(folder)
    if debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, format="%(message)s", stream=sys.stderr)
