"""The command line. A command parses, calls the run, renders and exits; nothing else in notelint prints."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from notelint import __version__
from notelint.errors import NotelintError
from notelint.progress import Progress
from notelint.pull_request import is_pull_request
from notelint.report_options import report_options, show, wanted
from notelint.shard import Shard
from notelint.terminal import colours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notelint.fixing import Written
    from notelint.moving import Plan
    from notelint.run import Run
    from notelint.write import Undone

_EXIT_CODES = """
\b
Exit status
  0    nothing to report
  1    there are diagnostics
  2    wrong configuration, path or option, or nothing to check
  3    a checker crashed
  130  interrupted
"""


class _Group(click.Group):
    """Turns what users can mend into one line on stderr and exit status 2."""

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except NotelintError as error:
            click.echo(f"notelint: {error}", err=True)
            sys.exit(2)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(130)


class _CheckerId(click.ParamType[str]):
    """A checker's id, completed by the shell."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from notelint.registry import BUILTIN

        return [CompletionItem(id) for id in BUILTIN if id.startswith(incomplete)]


@click.group(cls=_Group, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="notelint")
@click.option("--debug", is_flag=True, help="Show tracebacks and what happens inside.")
def main(debug: bool) -> None:
    """Check the notes of a Markdown vault: links, frontmatter, sections, permalinks.

    Start with `notelint check` in a folder of your vault.
    """
    if debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, format="%(message)s", stream=sys.stderr)


_config_file = click.option(
    "--config", "file", type=click.Path(path_type=Path, dir_okay=False), help="Use this configuration file."
)
_select = click.option(
    "--select", multiple=True, type=_CheckerId(), help="Run only these checkers or families (repeatable)."
)
_extend_select = click.option(
    "--extend-select", multiple=True, type=_CheckerId(), help="Run these checkers too (repeatable)."
)
_ignore = click.option("--ignore", multiple=True, type=_CheckerId(), help="Do not run these checkers (repeatable).")
_stdin_filename = click.option(
    "--stdin-filename", type=click.Path(path_type=Path), help="The path of the note that `-` reads from stdin."
)
_vault = click.option(
    "--vault",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of the vault (default: here).",
)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@report_options
@click.option("--cache/--no-cache", default=True, help="Keep what is found out for the next run (default: yes).")
@click.option("--fix", "mending", is_flag=True, help="Apply the safe fixes first, then report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, apply the unsafe fixes too.")
@_select
@_extend_select
@_ignore
@click.option(
    "--since",
    metavar="REF",
    help="Report only what is new since REF; `auto`: the target branch, as in pull requests by default; `none`: all.",
)
@click.option("--staged", is_flag=True, help="For hooks: report PATHS, and what changes since HEAD break elsewhere.")
@click.option(
    "--baseline/--no-baseline", default=True, help="Forgive what `notelint baseline` recorded (default: yes)."
)
@click.option("--shard", metavar="I/N", help="Check one of N shares of the notes, 1/N to N/N; `merge-reports` joins.")
@click.option("--allow-empty", is_flag=True, help="Succeed if there is nothing to check.")
@click.option("--watch", is_flag=True, help="Check again whenever the vault changes, until interrupted.")
@_stdin_filename
@_config_file
@click.pass_context
def check(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Check notes, and say what is wrong with them.

    PATHS are notes and folders of one vault (default: the whole vault that the current folder belongs to). Links are
    always resolved against the whole vault. `-` reads one note from stdin.
    """
    reports = wanted(options)
    if not options["watch"]:
        ctx.exit(_check(paths, options))
    if _is_stdin(paths, options):
        raise click.UsageError("stdin cannot be watched")
    from notelint.watching import changes

    for _ in changes(_open(_start(paths, options), options).root, [one.file for one in reports if one.file]):
        if sys.stdout.isatty():
            click.clear()
        try:
            _check(paths, options)
        except NotelintError as error:
            click.echo(f"notelint: {error}", err=True)


def _check(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Check once and show the result; the exit status."""
    from notelint.output import pages

    if options["since"] == "":
        raise NotelintError("--since is empty: name a branch or commit, `auto`, or `none`")
    if options["staged"]:
        return _check_staged(paths, options)
    stdin = _is_stdin(paths, options)
    if stdin and options["mending"]:
        raise click.UsageError("`notelint fix -` mends a note from stdin")
    shard = Shard.parse(options["shard"]) if options["shard"] else None
    run = _open(_start(paths, options), options)
    if not stdin and not options["allow_empty"]:
        _demand_something(run, paths)
    if options["mending"]:
        from notelint import fixing

        written = fixing.write_all(run, fixing.find(run, paths, unsafe=options["unsafe_fixes"]))
        _tell_problems(written.problems)
        run = _open(_start(paths, options), options)
    if stdin:
        path = run.relative(options["stdin_filename"].absolute())
        result = run.check_text(path, sys.stdin.buffer.read())
    elif options["since"] not in (None, "none") or (options["since"] is None and shard is None and is_pull_request()):
        from notelint import since

        result = since.check_as_asked(run, options["since"], paths)
    else:
        result = run.check(paths, shard)
    if options["baseline"]:
        from notelint.forgiving import forgive

        result = forgive(run, result, paths)
    show(result, options, pages(run.registry, {own.id: own.message for own in run.config.custom}))
    return result.exit_code


def _check_staged(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Check as a hook does, each vault that the commit touches by itself; the worst exit status."""
    from notelint import staged
    from notelint.output import pages

    status = 0
    for root, named in staged.vaults(paths):
        run = _open(root, options)
        result = staged.check(run, named)
        if options["baseline"]:
            from notelint.forgiving import forgive

            result = forgive(run, result, named)
        show(result, options, pages(run.registry, {own.id: own.message for own in run.config.custom}))
        status = max(status, result.exit_code)
    return status


def _demand_something(run: "Run", paths: tuple[Path, ...]) -> None:
    from notelint.emptiness import nothing_to_check

    reason = nothing_to_check(run, paths)
    if reason is not None:
        raise NotelintError(f"nothing to check: {reason}; --allow-empty takes that for success")


def _is_stdin(paths: tuple[Path, ...], options: dict[str, Any]) -> bool:
    """Whether the note comes from stdin. Raises `click.UsageError` if its place in the vault is not told."""
    stdin = Path("-") in paths
    if stdin and (len(paths) > 1 or options["stdin_filename"] is None):
        raise click.UsageError("`-` stands alone and needs --stdin-filename, the note's path in the vault")
    return stdin


def _start(paths: tuple[Path, ...], options: dict[str, Any]) -> Path:
    """From where the vault's root is looked for."""
    if Path("-") in paths:
        parent: Path = options["stdin_filename"].absolute().parent
        return parent
    return paths[0] if paths else Path.cwd()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--unsafe-fixes", is_flag=True, help="Apply fixes too that could change what a note says.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--undo", is_flag=True, help="Take back what the last run wrote.")
@_select
@_extend_select
@_ignore
@_stdin_filename
@_config_file
@click.pass_context
def fix(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Mend notes: apply the safe fixes, verify that nothing is lost, and write.

    PATHS as for `notelint check`. Exit status 1 if a note had to be left as it was, or with --diff if one would change.
    `-` reads one note from stdin and writes it to stdout.
    """
    from notelint import fixing

    stdin = _is_stdin(paths, options)
    if len(paths) > 1 and all(path.is_file() for path in paths):  # as hooks call it: perhaps notes of several vaults
        from notelint.staged import by_vault

        groups, outside = by_vault(paths)
        for other in outside:
            click.echo(f"notelint: left out, as in no vault: {_printable(str(other))}", err=True)
        ctx.exit(max((_fix(tuple(named), options) for named in groups.values()), default=0))
    if stdin or options["undo"]:
        run = _open(_start(paths, options), options)
    if options["undo"]:
        ctx.exit(_tell_undone(fixing.undo(run.root)))
    if stdin:
        path = run.relative(options["stdin_filename"].absolute())
        data = sys.stdin.buffer.read()
        mended_data, found = fixing.find_in_text(run, path, data, unsafe=options["unsafe_fixes"])
        sys.stdout.buffer.write(mended_data)
        ctx.exit(_tell_problems(found.problems))
    ctx.exit(_fix(paths, options))


def _fix(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Mend notes of one vault, or show how; the exit status."""
    from notelint import fixing

    run = _open(_start(paths, options), options)
    found = fixing.find(run, paths, unsafe=options["unsafe_fixes"])
    if not options["diff"]:
        return _tell_written(fixing.write_all(run, found))
    for line in fixing.difference(run, found):
        click.echo(_printable(line))
    return max(int(bool(found.notes)), _tell_problems(found.problems))


def _printable(line: str) -> str:
    from notelint.report.plain import printable

    return printable(line)


def _tell_undone(undone: "Undone") -> int:
    for path in undone.restored:
        click.echo(f"restored {path}")
    for path in undone.refused:
        click.echo(f"notelint: {path} was edited since: left as it is", err=True)
    return int(bool(undone.refused))


def _tell_problems(problems: "Mapping[str, str]") -> int:
    for path, problem in sorted(problems.items()):
        click.echo(f"notelint: {path} is left as it was: {problem}", err=True)
    return int(bool(problems))


def _tell_written(written: "Written") -> int:
    from notelint.report.plain import counted, printable

    for path, fixes in written.notes.items():
        click.echo(f"mended {printable(path)}: {fixes} fix{'' if fixes == 1 else 'es'}")
    click.echo(f"{counted(len(written.notes), 'note')} mended." if written.notes else "nothing to mend.")
    return _tell_problems(written.problems)


def _open(start: Path, options: dict[str, Any]) -> "Run":
    """The run that the options of a command ask for."""
    from notelint.run import Run, Selection

    def ids(name: str) -> tuple[str, ...]:
        given: tuple[str, ...] = options.get(name) or ()
        return tuple(id.strip() for item in given for id in item.split(",") if id.strip())

    selection = Selection(ids("select") or None, ids("extend_select"), ids("ignore"))
    progress = Progress(sys.stderr)
    click.get_current_context().call_on_close(progress.close)
    cached = options.get("cache", False)
    return Run.open(start, file=options.get("file"), selection=selection, progress=progress, cached=cached)


@main.command()
@_vault
@_config_file
def checkers(vault: Path | None, file: Path | None) -> None:
    """List the checkers: id, whether it is on, what it finds."""
    from notelint.registry import summary

    run = _open(vault or Path.cwd(), {"file": file})
    on = set(run.settings.for_note("", None).checkers)
    families: dict[str, list[str]] = {}
    for id, checker in run.registry.items():
        mark = "on " if id in on else "off"
        families.setdefault(checker.family, []).append(f"  {mark} {id:24} {summary(checker)}")
    for custom in run.config.custom:
        families.setdefault("custom", []).append(f"  on  {custom.id:24} {custom.message}")
    click.echo("\n\n".join("\n".join([family, *lines]) for family, lines in families.items()))
    click.echo("\n`notelint explain ID` shows a checker's page; `select` in the configuration switches checkers on.")


@main.command()
@click.argument("id", type=_CheckerId())
@_vault
@_config_file
def explain(id: str, vault: Path | None, file: Path | None) -> None:
    """Show the page of a checker: what it finds, why it matters, and examples."""
    from notelint.registry import page
    from notelint.suggest import closest

    run = _open(vault or Path.cwd(), {"file": file})
    if id not in run.registry:
        meant = closest(id, run.registry)
        hint = f": did you mean {meant[0]!r}?" if meant else "; `notelint checkers` lists them"
        raise NotelintError(f"there is no checker {id!r}{hint}")
    text = page(run.registry[id])
    if not colours(sys.stdout, os.environ):
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 110)).print(Markdown(text))


@main.command("config")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@_config_file
def show_config(path: Path | None, file: Path | None) -> None:
    """Show the configuration in effect for a note, and where each value comes from."""
    from notelint.config import effective

    run = _open(path or Path.cwd(), {"file": file})
    note = None if path is None or path.is_dir() else run.relative(path.absolute())
    profile = run.read(note).profile if note is not None and path is not None and path.is_file() else None
    click.echo(f"vault: {run.root}")
    click.echo(f"file: {run.loaded.file or 'none (defaults)'}")
    if note is not None:
        click.echo(f"note: {note}\nprofile: {profile.name if profile else 'none'}")
    for key, value, origin in effective(run.loaded, run.settings, note, profile):
        click.echo(f"{key} = {value}  # {origin}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def init(folder: Path) -> None:
    """Write a commented notelint.toml that fits the vault in FOLDER."""
    from notelint.initial import initial_config

    target = folder / "notelint.toml"
    if target.exists() or target.is_symlink():
        raise NotelintError(f"{target} exists already: edit it, or remove it first")
    text = initial_config(folder.resolve())
    target.write_text(text, encoding="utf-8")
    click.echo(f"wrote {target}: read it, then run `notelint check`")


@main.command()
@click.argument("paths", nargs=-1, required=True)
@_vault
@_config_file
def permalink(paths: tuple[str, ...], vault: Path | None, file: Path | None) -> None:
    """Print the address that the Digital Garden gives each vault path: PATH, a tab, the permalink.

    A path is relative to the vault root; the note need not exist. If it does, its properties count.
    """
    from notelint.note import Outline
    from notelint.vault import Vault

    run = _open(vault or Path.cwd(), {"file": file})
    site = Vault({}, garden=run.garden)
    for path in paths:
        note = run.root / path
        inside = note.is_file() and note.resolve().is_relative_to(run.root.resolve())
        outline = run.read(path).outline if inside else Outline(path)
        click.echo(f"{path}\t{'/' if outline.is_home else site.permalink(outline)}")


@main.command()
@click.option("--from", "source", required=True, help="The note that holds the link, relative to the vault root.")
@click.argument("links", nargs=-1, required=True)
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_vault
@_config_file
def resolve(source: str, links: tuple[str, ...], form: str, vault: Path | None, file: Path | None) -> None:
    """Say what links resolve to, and by which rule.

    LINKS are written as in a note, `[[Home#Index|x]]`, `![[p.png]]`, `[x](a%20b.md)`, or bare targets, `Home#Index`.
    """
    import json

    from notelint.explain_link import explain_link

    run = _open(vault or Path.cwd(), {"file": file})
    given = Path(source)
    name = run.relative(given.absolute()) if vault is None and given.is_file() else given.as_posix()
    found = [explain_link(link, name, run.vault) for link in links]
    if form == "json":
        click.echo(json.dumps([one.as_json() for one in found], indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(one.as_text() for one in found))


@main.command("merge-reports")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@report_options
@click.pass_context
def merge_reports(ctx: click.Context, /, files: tuple[Path, ...], **options: Any) -> None:
    """Join JSON reports of one vault into one report, in any format.

    FILES are what `notelint check --output-format json:FILE` wrote, of all shares (`--shard`) or of several paths. Exit
    status as for `notelint check`.
    """
    from notelint import merging
    from notelint.output import pages
    from notelint.registry import load_checkers

    wanted(options)
    result = merging.merge([merging.read(file) for file in files])
    show(result, options, pages(load_checkers()))
    ctx.exit(result.exit_code)


@main.group()
def residue() -> None:
    """What websites leave in imported articles: learn it."""


@residue.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Add what is proposed to the configuration file.")
@click.option(
    "--least", type=click.IntRange(2), default=3, show_default=True, help="In how many notes of a source a line stands."
)
@_config_file
def learn(paths: tuple[Path, ...], write: bool, least: int, file: Path | None) -> None:
    """Propose patterns: lines that repeat in notes imported from one website.

    PATHS are notes and folders (default: the whole vault). Notes belong together by the domain of their property
    `source`, else by their folder. What is proposed is printed as TOML: read it, keep what is residue, and put it into
    the configuration, or let --write do so. From then on `repeated-boilerplate` finds these lines.
    """
    from notelint import learning

    run = _open(paths[0] if paths else Path.cwd(), {"file": file})
    found = learning.proposals(run, paths, least)
    click.echo(learning.tables(found), nl=False)
    if not found:
        click.echo("notelint: nothing repeats that is not known already", err=True)
    elif write:
        target = learning.add(run, found)
        click.echo(f"notelint: added to {target}: read it, then run `notelint fix --diff --unsafe-fixes`", err=True)
    else:
        click.echo("notelint: read this, then run the same with --write to add it to the configuration", err=True)


@main.command("import")
@click.argument("page", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", type=click.Path(path_type=Path), help="The note to write (default: here, named by its title).")
@click.option("--source", metavar="URL", help="The page's address, if it does not say it itself.")
@_config_file
def import_page(page: Path, to: Path | None, source: str | None, file: Path | None) -> None:
    """Turn a saved web page into a note: the article, and in the frontmatter where it comes from.

    PAGE is an HTML file. Links are made absolute, tables and images stay, and the safe fixes of `notelint fix` are
    applied. A note that exists is never overwritten, and nothing is fetched from the network.
    """
    from datetime import date

    from notelint import importing

    article = importing.read(page, source, date.today())
    target = (to or Path()) / f"{article.name or page.stem}.md" if to is None or to.is_dir() else to
    target = target if target.suffix.lower() == ".md" else target.with_name(f"{target.name}.md")
    mended = importing.write(_open(target.parent, {"file": file}), target, article)
    _tell_problems(mended.problems)
    click.echo(f"notelint: wrote {_printable(str(target))}", err=True)


_diff = click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path())
@_diff
@click.option(
    "--already-moved", is_flag=True, help="The file has been moved by other means: mend only the links to it and in it."
)
@_config_file
def mv(old: Path, new: str, diff: bool, already_moved: bool, file: Path | None) -> None:
    """Move a note, attachment or folder from OLD to NEW, and keep every link.

    NEW is a path, or an existing folder to move into; `.md` is added to a note's name. Links keep the form they are
    written in. All is done or nothing; `notelint fix --undo` takes it back.
    """
    from notelint import moving

    start = Path(new) if already_moved else old
    run = _open(start if start.exists() else Path.cwd(), {"file": file})
    plan = moving.plan_after_move(run, old, Path(new)) if already_moved else moving.plan_move(run, old, new)
    _carry_out(run, plan, diff)


@main.command("rename-heading")
@click.argument("note", type=click.Path(path_type=Path))
@click.argument("old")
@click.argument("new")
@_diff
@_config_file
def rename_heading(note: Path, old: str, new: str, diff: bool, file: Path | None) -> None:
    """Rename the heading OLD of NOTE to NEW, in its line and in every link to it.

    OLD is its text, or `Parent#Text` where several headings have the same. What links show is left as it is. All is
    done or nothing; `notelint fix --undo` takes it back.
    """
    from notelint import moving

    run = _open(note, {"file": file})
    _carry_out(run, moving.plan_heading(run, note, old, new), diff)


def _carry_out(run: "Run", plan: "Plan", diff: bool) -> None:
    from notelint import moving
    from notelint.report.plain import counted, printable

    if diff:
        for line in moving.difference(plan):
            click.echo(printable(line))
    else:
        moving.apply(run, plan)
        if plan.disk is not None:
            click.echo(printable(f"moved {plan.disk[0]} to {plan.disk[1]}"))
        for path, edits in plan.edited.items():
            click.echo(f"mended {printable(path)}: {counted(edits, 'edit')}")
        done = plan.edited or plan.disk is not None
        undo = f"{counted(len(plan.edited), 'note')} mended; `notelint fix --undo` takes it back."
        click.echo(undo if done else "no link is to be mended.")
    for remark in plan.remarks:
        click.echo(f"notelint: {printable(remark)}", err=True)


@main.command()
@click.option("--undo", is_flag=True, help="Forget too what `notelint fix --undo` would take back.")
@_vault
def clean(undo: bool, vault: Path | None) -> None:
    """Remove what notelint keeps beside the notes, in .notelint_cache.

    The next check reads all notes again. What is needed to take the last fix back stays, unless --undo is given.
    """
    from notelint.cache import clean as remove
    from notelint.config import find_root

    root = find_root(vault or Path.cwd())
    removed = remove(root, undo=undo)
    click.echo(f"removed {', '.join(removed)}" if removed else "there is nothing to remove.")


@main.command()
@click.option("--add", is_flag=True, help="Forgive new diagnostics too.")
@click.option("--prune", is_flag=True, help="Remove what is fixed.")
@_vault
@_config_file
def baseline(add: bool, prune: bool, vault: Path | None, file: Path | None) -> None:
    """Record today's diagnostics, so that `notelint check` tells only of new ones.

    They are kept in .notelint-baseline.jsonl, a line each, sorted: commit it. They are recognised by their content,
    when lines move and notes are renamed. What is new later is never taken in unless --add says so.
    """
    from notelint.baseline import FILE
    from notelint.forgiving import record

    done = record(_open(vault or Path.cwd(), {"file": file}), add=add, prune=prune)
    click.echo(f"{FILE}: {done.entries} entries, {done.added} added, {done.removed} removed.")
