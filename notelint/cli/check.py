"""`notelint check`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import structs

from notelint.cli.messages import report_problems, say
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
    open_without_settings,
    resolution,
    select,
    start,
    stdin_filename,
)
from notelint.cli.reporting import report_options, show, wanted
from notelint.core.errors import NotelintError
from notelint.core.printable import printable
from notelint.engine.check import check, check_text
from notelint.engine.named_paths import path_in_vault
from notelint.engine.shard import Shard
from notelint.history.ci import is_pull_request

if TYPE_CHECKING:
    from collections.abc import Collection

    from notelint.core.diagnostic import Diagnostic
    from notelint.engine.fix import WrittenFixes
    from notelint.engine.result import Result
    from notelint.engine.survey import Survey
    from notelint.engine.workspace import Workspace


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@report_options
@click.option("--cache/--no-cache", default=True, help="Keep results for the next run (default: yes).")
@cache_dir
@no_undo
@click.option("--fix", "fixing", is_flag=True, help="Apply the safe fixes first, then report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, apply the unsafe fixes too.")
@select
@extend_select
@ignore
@resolution
@imported
@click.option(
    "--since",
    metavar="REF",
    help="Report only what is new since REF; `auto`: the target branch, as in pull requests by default; `none`: all.",
)
@click.option("--staged", is_flag=True, help="For hooks: report PATHS, and what changes since HEAD break elsewhere.")
@click.option(
    "--baseline/--no-baseline", default=True, help="Suppress what `notelint baseline` recorded (default: yes)."
)
@click.option(
    "--config-from",
    type=click.Choice(["change", "base"]),
    default="change",
    help="With --since: judge by the settings, baseline and suppressions of the change, or of its base (for forks).",
)
@click.option(
    "--trend",
    type=click.IntRange(1, 30),
    metavar="N",
    help="Show how findings went at up to N commits (1 to 30), all judged by the rules of now.",
)
@click.option("--shard", metavar="I/N", help="Check one of N shares of the notes, 1/N to N/N; `merge-reports` joins.")
@click.option("--allow-empty", is_flag=True, help="Succeed if there is nothing to check.")
@click.option("--watch", is_flag=True, help="Check again whenever the vault changes, until interrupted.")
@stdin_filename
@config_file
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Check notes, and say what is wrong with them.

    PATHS are notes and folders of one vault (default: the whole vault that the current folder belongs to). Links are
    always resolved against the whole vault. `-` reads one note from stdin.
    """
    reports = wanted(options)
    _refuse_beside_staged(paths, options)
    if not options["watch"]:
        ctx.exit(_check(paths, options))
    if is_stdin(paths, options):
        raise click.UsageError("stdin cannot be watched")
    from notelint.cli.watch import changes

    root = open_run(start(paths, options), options).root
    for _ in changes(root, [one.file for one in reports if one.file]):
        if sys.stdout.isatty():
            click.clear()
        try:
            _check(paths, options)
        except NotelintError as error:
            say(f"notelint: {error}", err=True)
        if not options["quiet"]:
            say(f"notelint: watching {root} for changes: Ctrl+C ends this", err=True)


def _check(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Check once and show the result; the exit status."""
    stdin = is_stdin(paths, options)
    _refuse_combinations(stdin, options)
    if options["staged"]:
        return _check_staged(paths, options)
    shard = Shard.parse(options["shard"]) if options["shard"] else None
    compared = options["since"] not in (None, "none") or (options["since"] is None and is_pull_request())
    by_base = options["config_from"] == "base"
    if by_base:
        _refuse_beside_base(stdin, compared, options)
    run = (open_without_settings if by_base else open_run)(start(paths, options), options)
    if not stdin and not options["allow_empty"]:
        _demand_something(run, paths)
    declare_imports(run, paths, options)
    if options["fixing"]:
        written = _fix(run, paths, options)
        report_problems(written)
        if written.stopped is not None:
            return 128 + written.stopped
        run = open_run(start(paths, options), options)
        declare_imports(run, paths, options)
    if stdin:
        path = path_in_vault(run, options["stdin_filename"].absolute())
        result = check_text(run, path, sys.stdin.buffer.read())
    else:
        result = _result(run, paths, options, shard, compared=compared)
    if options["trend"]:
        from notelint.history.trend import trend

        result = structs.replace(result, trend=trend(run, options["trend"], paths))
    _show(run, result, options, is_whole=not stdin)
    return result.exit_code


def _show(run: "Workspace", result: "Result", options: dict[str, Any], *, is_whole: bool = True) -> None:
    """Show a result; where it `is_whole`, reports for a browser show the vault around it, too."""
    from notelint.report.output import pages

    def look(found: "Collection[Diagnostic]") -> "Survey":
        from notelint.engine.survey import survey  # few reports ask for it

        return survey(run, found)

    show(
        result,
        options,
        pages(run.registry, {own.id: own.message for own in run.config.custom}),
        look if is_whole else None,
    )


def _refuse_combinations(stdin: bool, options: dict[str, Any]) -> None:
    """Raise for options that do not go together, or with a note from stdin."""
    if options["since"] == "":
        raise NotelintError("--since is empty: name a branch or commit, `auto`, or `none`")
    if options["unsafe_fixes"] and not options["fixing"]:
        raise click.UsageError("--unsafe-fixes goes with --fix, or with `notelint fix`")
    if options["trend"] and (stdin or options["shard"] or options["config_from"] == "base"):
        raise click.UsageError("--trend is of a vault as it is: it does not go with `-`, --shard or --config-from base")
    if options["staged"] or not stdin:
        return
    if options["since"] not in (None, "none"):
        raise click.UsageError("a note from stdin is compared with nothing: --since is for notes of the vault")
    if options["fixing"]:
        raise click.UsageError("`notelint fix -` fixes a note from stdin")


def _result(
    run: "Workspace", paths: tuple[Path, ...], options: dict[str, Any], shard: Shard | None, *, compared: bool
) -> "Result":
    """The diagnostics of notes of a vault: all of it, or what is new since a commit; without what the baseline
    knows.
    """
    if compared:
        from notelint.history import since

        by_base = options["config_from"] == "base"
        result = since.check_as_asked(
            run, options["since"], paths, shard, baseline=options["baseline"], by_base=by_base
        )
    else:
        result = check(run, paths, shard)
    if not options["baseline"] or result.since is not None:
        return result
    from notelint.history.baseline_of_run import suppress_known

    return suppress_known(run, result, paths)


def _fix(run: "Workspace", paths: tuple[Path, ...], options: dict[str, Any]) -> "WrittenFixes":
    """Apply fixes to these notes; with --since, to what has changed."""
    from notelint.engine import fix
    from notelint.history import follow

    if options["since"] in (None, "none"):
        return fix.write_all(run, fix.find(run, paths, unsafe=options["unsafe_fixes"]), undo=not options["no_undo"])
    followed = follow.find(run, options["since"], paths, unsafe=options["unsafe_fixes"])
    return fix.write_all(run, followed.fixed, followed.files, undo=not options["no_undo"])


def _refuse_beside_base(stdin: bool, compared: bool, options: dict[str, Any]) -> None:
    """Raise `click.UsageError` where there is no base whose settings could count."""
    if stdin or not compared:
        raise click.UsageError("--config-from base is for comparisons: name what to compare with, --since REF")
    if options["fixing"]:
        raise click.UsageError("--config-from base only reports: it does not go with --fix")


def _refuse_beside_staged(paths: tuple[Path, ...], options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for what would be passed over in silence."""
    beside = {"--watch": options["watch"], "--fix": options["fixing"], "--shard": options["shard"] is not None}
    beside |= {"--imported": options["imported"], "--since": options["since"] is not None, "-": Path("-") in paths}
    beside["--trend"] = options["trend"] is not None
    beside["--config-from"] = options["config_from"] != "change"
    for name in (name for name, given in beside.items() if given and options["staged"]):
        raise click.UsageError(f"--staged is for the notes of a commit: {name} does not go with it")


def _check_staged(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Check as a hook does, each vault that the commit touches by itself; the worst exit status."""
    from notelint.history import staged

    status = 0
    here = staged.Comparison.at(Path.cwd())
    vaults = staged.vaults(paths, here)
    if len(vaults) > 1 and any(report.file for report in wanted(options)):
        names = ", ".join(os.path.relpath(root) for root, _ in vaults)
        raise NotelintError(f"the commit is of several vaults, whose reports would go to one file: {names}")
    for root, named in vaults:
        run = open_run(root, options)
        result = staged.check(run, named, here, baseline=options["baseline"])
        if len(vaults) > 1 and not options["quiet"]:
            click.echo(f"notelint: in {printable(os.path.relpath(root))}:", err=True)
        _show(run, result, options)
        status = max(status, result.exit_code)
    return status


def _demand_something(run: "Workspace", paths: tuple[Path, ...]) -> None:
    from notelint.engine.paths import nothing_to_check

    reason = nothing_to_check(run, paths)
    if reason is not None:
        raise NotelintError(f"nothing to check: {reason}; --allow-empty takes that for success")
