"""`notelint fix`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notelint.cli.messages import tell_difference, tell_problems, tell_written
from notelint.cli.options import (
    config_file,
    extend_select,
    ignore,
    is_stdin,
    no_undo,
    open_run,
    profile,
    select,
    start,
    stdin_filename,
)
from notelint.core.errors import NotelintError
from notelint.core.printable import printable

if TYPE_CHECKING:
    from notelint.edits.fix_loop import Mended
    from notelint.edits.journal import Undone
    from notelint.engine.fix import Files
    from notelint.engine.workspace import Run


@click.command("fix")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--unsafe-fixes", is_flag=True, help="Apply fixes too that could change what a note says.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--since", metavar="REF", help="Mend what changed since REF, and the links and addresses of renamed notes."
)
@click.option("--staged", is_flag=True, help="For hooks: leave out PATHS that are excluded, no notes, or in no vault.")
@click.option("--undo", is_flag=True, help="Take back what the last run wrote.")
@click.option(
    "--moved-from", type=click.Path(path_type=Path), help="With --undo: the path that the vault had when the run wrote."
)
@no_undo
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
    from notelint.engine import fix

    stdin = is_stdin(paths, options)
    if options["moved_from"] is not None and not options["undo"]:
        raise click.UsageError("--moved-from goes with --undo")
    if options["undo"] and (options["diff"] or stdin or any(path.is_file() for path in paths)):
        raise click.UsageError("--undo takes the whole last run back: it goes with no --diff and no note")
    if options["staged"]:
        _refuse_beside_staged(stdin, options)
        from notelint.history.staged import by_vault

        ctx.exit(max((_fix(tuple(named), options) for named in by_vault(paths)[0].values()), default=0))
    if stdin and options["since"] is not None:
        raise click.UsageError("a note from stdin is compared with nothing: --since is for notes of the vault")
    if stdin or options["undo"]:
        run = open_run(start(paths, options), options)
    if options["undo"]:
        ctx.exit(_tell_undone(fix.undo(run.root, options["moved_from"])))
    if stdin:
        path = run.relative(options["stdin_filename"].absolute())
        data = sys.stdin.buffer.read()
        mended_data, found = fix.find_in_text(run, path, data, unsafe=options["unsafe_fixes"])
        if options["diff"]:
            ctx.exit(_show(found))
        sys.stdout.buffer.write(mended_data)
        ctx.exit(tell_problems(found.problems))
    ctx.exit(_fix(paths, options))


def _fix(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Mend notes of one vault, or show how; the exit status."""
    from notelint.edits.fix_loop import Mended
    from notelint.engine import fix
    from notelint.engine.paths import nothing_to_check

    run = open_run(start(paths, options), options)
    if options["since"] is not None:
        return _follow(run, paths, options)
    if options["staged"]:
        asked = run.not_excluded(paths)
        return _finish(run, fix.find(run, asked, unsafe=options["unsafe_fixes"]) if asked else Mended(), options)
    reason = nothing_to_check(run, paths)
    if reason is not None:
        raise NotelintError(f"nothing to mend: {reason}")
    return _finish(run, fix.find(run, paths, unsafe=options["unsafe_fixes"]), options)


def _follow(run: "Run", paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Mend what a change left behind, or show how; the exit status."""
    from notelint.history import follow

    followed = follow.find(run, options["since"], paths, unsafe=options["unsafe_fixes"])
    for remark in followed.remarks:
        click.echo(f"notelint: {printable(remark)}", err=True)
    return _finish(run, followed.mended, options, followed.files)


def _finish(run: "Run", found: "Mended", options: dict[str, Any], files: "Files | None" = None) -> int:
    """Write what is mended, or show it; the exit status."""
    from notelint.engine import fix

    if not options["diff"]:
        return tell_written(fix.write_all(run, found, files, undo=not options["no_undo"]))
    return _show(found, files)


def _show(found: "Mended", files: "Files | None" = None) -> int:
    """Show what would change; the exit status."""
    from notelint.engine import fix

    tell_difference(fix.difference(found, files))
    return max(int(bool(found.notes or files)), tell_problems(found.problems))


def _refuse_beside_staged(stdin: bool, options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for what would be passed over in silence."""
    for name, given in (("-", stdin), ("--undo", options["undo"]), ("--since", options["since"] is not None)):
        if given:
            raise click.UsageError(f"--staged is for the notes of a commit: {name} does not go with it")


def _tell_undone(undone: "Undone") -> int:
    for path in undone.restored:
        click.echo(printable(f"restored {path}"))
    for path, reason in undone.refused.items():
        click.echo(printable(f"notelint: {path} {reason}: left as it is"), err=True)
    if not undone.restored and not undone.refused:
        click.echo("nothing to restore: all notes hold what they held before the last run.")
    return int(bool(undone.refused))
