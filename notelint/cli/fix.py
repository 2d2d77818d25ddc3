"""`notelint fix`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notelint.cli.messages import print_difference, report_problems, report_written, what_is_left
from notelint.cli.options import (
    cache_dir,
    config_file,
    declare_imports,
    extend_select,
    ignore,
    imported,
    is_stdin,
    no_undo,
    open_run,
    resolution,
    select,
    start,
    stdin_filename,
)
from notelint.core.errors import NotelintError
from notelint.core.printable import printable
from notelint.core.shell_words import path_word
from notelint.engine.named_paths import not_excluded, path_in_vault

if TYPE_CHECKING:
    from notelint.edits.fix_loop import FixedNotes
    from notelint.edits.journal import Undone
    from notelint.engine.fix import Files
    from notelint.engine.workspace import Workspace

_SHOWN = 60  # characters of a line that is quoted


@click.command("fix")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--unsafe-fixes", is_flag=True, help="Apply fixes too that could change what a note says.")
@click.option("--interactive", is_flag=True, help="Show each candidate, suggestions too, and ask which to apply.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--since", metavar="REF", help="Fix what changed since REF, and the links and addresses of renamed notes."
)
@click.option("--staged", is_flag=True, help="For hooks: leave out PATHS that are excluded, no notes, or in no vault.")
@click.option("--undo", is_flag=True, help="Take back what the last run wrote.")
@click.option(
    "--moved-from", type=click.Path(path_type=Path), help="With --undo: the path that the vault had when the run wrote."
)
@no_undo
@cache_dir
@select
@extend_select
@ignore
@resolution
@imported
@stdin_filename
@config_file
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Fix notes: apply the safe fixes, verify that nothing is lost, and write.

    PATHS as for `notelint check`. Exit status 1 if a note had to be left as it was, or with --diff if one would change.
    `-` reads one note from stdin and writes it to stdout.
    """
    from notelint.engine import fix

    stdin = is_stdin(paths, options)
    if options["interactive"]:
        _refuse_beside_interactive(stdin, options)
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
        declare_imports(run, paths if stdin else (), options | {"imported": options["imported"] and stdin})
    if options["undo"]:
        ctx.exit(_report_undone(fix.undo(run.root, options["moved_from"])))
    if stdin:
        path = path_in_vault(run, options["stdin_filename"].absolute())
        data = sys.stdin.buffer.read()
        fixed_data, found = fix.find_in_text(run, path, data, unsafe=options["unsafe_fixes"])
        if options["diff"]:
            ctx.exit(_show(found, unsafe=options["unsafe_fixes"]))
        sys.stdout.buffer.write(fixed_data)
        ctx.exit(report_problems(found))
    ctx.exit(_fix(paths, options))


def _fix(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Fix notes of one vault, or show how; the exit status."""
    from notelint.edits.fix_loop import FixedNotes
    from notelint.engine import fix
    from notelint.engine.paths import nothing_to_check

    run = open_run(start(paths, options), options)
    if run.loaded.remark:
        click.echo(f"notelint: {printable(run.loaded.remark)}", err=True)
    if options["since"] is not None:
        return _follow(run, paths, options)
    if options["staged"]:
        asked = not_excluded(run, paths)
        return _finish(run, fix.find(run, asked, unsafe=options["unsafe_fixes"]) if asked else FixedNotes(), options)
    reason = nothing_to_check(run, paths)
    if reason is not None:
        raise NotelintError(f"nothing to fix: {reason}")
    declare_imports(run, paths, options)
    if options["interactive"]:
        return _fix_interactively(run, paths, options)
    status = _finish(run, fix.find(run, paths, unsafe=options["unsafe_fixes"]), options)
    for path, reason in fix.undeclared(run).items():
        click.echo(printable(f"notelint: {path} is not declared an import for later runs: {reason}"), err=True)
    _suggest_declaring(run, [path for path in paths if path.is_file()])
    return status


def _suggest_declaring(run: "Workspace", paths: list[Path]) -> None:
    """Name the command for a note that holds what websites write, and that nothing declares an import."""
    if not paths:
        return
    from notelint.residue import hints, imports

    for path in paths:
        note = run.read(path_in_vault(run, path))
        if imports.is_import(note) or not hints.certain().is_in(note.utf8):
            continue
        from notelint.residue import chrome

        line = chrome.first_line(note)
        if line is not None:
            shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
            command = f"notelint fix --imported {path_word(str(path))}"
            said = f'{path} holds a line of a website ("{shown}"): if the note was imported, run `{command}`'
            click.echo(printable(f"notelint: {said}"), err=True)


def _fix_interactively(run: "Workspace", paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Ask for each finding which of its candidates to take; the exit status."""
    from notelint.cli.fix_interactively import choose
    from notelint.engine import fix

    chosen = choose(*fix.candidates(run, paths))
    if chosen.notes:
        return _finish(run, chosen, options)
    click.echo("Nothing was taken, so nothing is changed.")
    return 0


def _follow(run: "Workspace", paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Fix what a change left behind, or show how; the exit status."""
    from notelint.history import follow

    followed = follow.find(run, options["since"], paths, unsafe=options["unsafe_fixes"])
    for remark in followed.remarks:
        click.echo(f"notelint: {printable(remark)}", err=True)
    return _finish(run, followed.fixed, options, followed.files)


def _finish(run: "Workspace", found: "FixedNotes", options: dict[str, Any], files: "Files | None" = None) -> int:
    """Write what is fixed, or show it; the exit status."""
    from notelint.engine import fix

    if not options["diff"]:
        written = fix.write_all(run, found, files, undo=not options["no_undo"])
        return report_written(written, unsafe=options["unsafe_fixes"])
    return _show(found, files, unsafe=options["unsafe_fixes"])


def _show(found: "FixedNotes", files: "Files | None" = None, *, unsafe: bool) -> int:
    """Show what would change; the exit status."""
    from notelint.core.diagnostic import Safety
    from notelint.engine import fix

    print_difference(fix.difference(found, files))
    left = {safety: found.count_left(safety) for safety in Safety}
    said = what_is_left(len(found.notes) + len(files or {}), left, unsafe=unsafe, would="would be ")
    click.echo(f"notelint: {said}", err=True)
    return max(int(bool(found.notes or files)), report_problems(found))


def _refuse_beside_interactive(stdin: bool, options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for what does not go with questions."""
    beside = {
        "-": stdin,
        "--undo": options["undo"],
        "--staged": options["staged"],
        "--since": options["since"] is not None,
    }
    for name in (name for name, given in beside.items() if given):
        raise click.UsageError(f"--interactive asks for each finding of notes: {name} does not go with it")


def _refuse_beside_staged(stdin: bool, options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for what would be passed over in silence."""
    for name, given in (
        ("-", stdin),
        ("--imported", options["imported"]),
        ("--undo", options["undo"]),
        ("--since", options["since"] is not None),
    ):
        if given:
            raise click.UsageError(f"--staged is for the notes of a commit: {name} does not go with it")


def _report_undone(undone: "Undone") -> int:
    for path in undone.restored:
        click.echo(printable(f"restored {path}"))
    for path, reason in undone.refused.items():
        click.echo(printable(f"notelint: {path} {reason}: left as it is"), err=True)
    if not undone.restored and not undone.refused:
        click.echo("nothing to restore: all notes hold what they held before the last run.")
    return int(bool(undone.refused))
