"""`notelint fix`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notelint.commands.options import (
    config_file,
    extend_select,
    ignore,
    is_stdin,
    open_run,
    profile,
    select,
    start,
    stdin_filename,
)
from notelint.commands.telling import tell_problems, tell_written
from notelint.report.plain import printable

if TYPE_CHECKING:
    from notelint.write import Undone


@click.command("fix")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--unsafe-fixes", is_flag=True, help="Apply fixes too that could change what a note says.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--since", metavar="REF", help="Mend what changed since REF, and the links and addresses of renamed notes."
)
@click.option("--staged", is_flag=True, help="For hooks: leave out PATHS that are excluded, no notes, or in no vault.")
@click.option("--undo", is_flag=True, help="Take back what the last run wrote.")
@select
@extend_select
@ignore
@profile
@stdin_filename
@config_file
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Mend notes: apply the safe fixes, verify that nothing is lost, and write.

    PATHS as for `notelint check`. Exit status 1 if a note had to be left as it was, or with --diff if one would change.
    `-` reads one note from stdin and writes it to stdout.
    """
    from notelint import fixing

    stdin = is_stdin(paths, options)
    if options["staged"]:
        _refuse_beside_staged(stdin, options)
        from notelint.staged import by_vault

        ctx.exit(max((_fix(tuple(named), options) for named in by_vault(paths)[0].values()), default=0))
    if stdin and options["since"] is not None:
        raise click.UsageError("a note from stdin is compared with nothing: --since is for notes of the vault")
    if stdin or options["undo"]:
        run = open_run(start(paths, options), options)
    if options["undo"]:
        ctx.exit(_tell_undone(fixing.undo(run.root)))
    if stdin:
        path = run.relative(options["stdin_filename"].absolute())
        data = sys.stdin.buffer.read()
        mended_data, found = fixing.find_in_text(run, path, data, unsafe=options["unsafe_fixes"])
        sys.stdout.buffer.write(mended_data)
        ctx.exit(tell_problems(found.problems))
    ctx.exit(_fix(paths, options))


def _fix(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Mend notes of one vault, or show how; the exit status."""
    from notelint import fixing
    from notelint.mend import Mended

    run = open_run(start(paths, options), options)
    files: fixing.Files = {}
    if options["since"] is not None:
        from notelint import following

        followed = following.find(run, options["since"], paths, unsafe=options["unsafe_fixes"])
        found, files = followed.mended, followed.files
        for remark in followed.remarks:
            click.echo(f"notelint: {printable(remark)}", err=True)
    else:
        asked = run.not_excluded(paths) if options["staged"] else paths
        found = fixing.find(run, asked, unsafe=options["unsafe_fixes"]) if asked or not paths else Mended()
    if not options["diff"]:
        return tell_written(fixing.write_all(run, found, files))
    for line in fixing.difference(run, found, files):
        click.echo(printable(line))
    return max(int(bool(found.notes or files)), tell_problems(found.problems))


def _refuse_beside_staged(stdin: bool, options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for what would be passed over in silence."""
    for name, given in (("-", stdin), ("--undo", options["undo"]), ("--since", options["since"] is not None)):
        if given:
            raise click.UsageError(f"--staged is for the notes of a commit: {name} does not go with it")


def _tell_undone(undone: "Undone") -> int:
    for path in undone.restored:
        click.echo(f"restored {path}")
    for path in undone.refused:
        click.echo(f"notelint: {path} was edited since: left as it is", err=True)
    return int(bool(undone.refused))
