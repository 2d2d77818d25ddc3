"""Parts that several commands share: options, how a checker is chosen, and the run that they ask for."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from notelint.cli.parameter import TextParameter
from notelint.cli.progress import Progress
from notelint.engine.named_paths import notes_named, path_in_vault
from notelint.vault.link_rules import ResolutionProfile

if TYPE_CHECKING:
    from notelint.engine.selected import Selection
    from notelint.engine.workspace import Workspace


class CheckerId(TextParameter):
    """A checker's id, completed by the shell."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin like what has been typed."""
        from notelint.checkers.registry import BUILTIN

        return [CompletionItem(id) for id in BUILTIN if id.startswith(incomplete)]


config_file = click.option(
    "--config", "file", type=click.Path(path_type=Path, dir_okay=False), help="Use this configuration file."
)
select = click.option(
    "--select", multiple=True, type=CheckerId(), help="Run only these checkers or families (repeatable)."
)
extend_select = click.option(
    "--extend-select", multiple=True, type=CheckerId(), help="Run these checkers too (repeatable)."
)
ignore = click.option("--ignore", multiple=True, type=CheckerId(), help="Do not run these checkers (repeatable).")
stdin_filename = click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    help="The path of the note that `-` reads from stdin (default: a new note in this folder).",
)
imported = click.option("--imported", is_flag=True, help="Take PATHS for imports, whatever the notes say.")
vault = click.option(
    "--vault",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of the vault (default: here).",
)
_RESOLUTIONS = click.Choice([str(one) for one in ResolutionProfile])


def resolution(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--resolution`; its former name `--profile` is taken for it, with a warning."""
    former = click.option("--profile", type=_RESOLUTIONS, hidden=True, callback=_former)
    text = "Judge links by these rules, whatever the configuration says (`resolution`)."
    return click.option("--resolution", type=_RESOLUTIONS, help=text)(former(command))


def _former(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        click.echo("notelint: --profile is now called --resolution, and will go", err=True)
    return value


cache_dir = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the cache in this folder, outside the vault (default: NOTELINT_CACHE_DIR, or that of the system).",
)
no_undo = click.option("--no-undo", is_flag=True, help="Write for good: keep nothing for `notelint fix --undo`.")
diff = click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")


def selection_of(options: dict[str, Any]) -> "Selection":
    """The checkers and rules of links that the options of a command ask for."""
    from notelint.engine.selected import Selection

    def ids(name: str) -> tuple[str, ...]:
        given: tuple[str, ...] = options.get(name) or ()
        if any(not item.replace(",", "").strip() for item in given):
            raise click.UsageError(f"--{name.replace('_', '-')} is empty: name checkers or families")
        return tuple(id.strip() for item in given for id in item.split(",") if id.strip())

    given = options.get("resolution") or options.get("profile")
    rules = None if given is None else ResolutionProfile(given)
    return Selection(ids("select") or None, ids("extend_select"), ids("ignore"), rules)


def open_run(start: Path, options: dict[str, Any]) -> "Workspace":
    """The run that the options of a command ask for."""
    from notelint.engine.workspace import Workspace
    from notelint.history.moves import GitMoves

    selection = selection_of(options)
    progress = Progress(sys.stderr)
    click.get_current_context().call_on_close(progress.close)
    where = {"cached": options.get("cache", True), "cache_dir": options.get("cache_dir")}
    run = Workspace.open(start, file=options.get("file"), selection=selection, progress=progress, **where)
    run.evidence = GitMoves(run.root, lambda: run.files.files)
    run.spawns = not getattr(sys, "frozen", False)  # a frozen program would start as a whole again
    return run


def declare_imports(run: "Workspace", paths: tuple[Path, ...], options: dict[str, Any]) -> None:
    """With --imported, take the notes that PATHS name for imports. Raises `click.UsageError` if they name none."""
    if not options["imported"]:
        return
    if not paths:
        raise click.UsageError("--imported declares the notes that are named: name them (`.` for all of this folder)")
    if Path("-") in paths:
        run.declare_imports([path_in_vault(run, options["stdin_filename"].absolute())])
    else:
        run.declare_imports(notes_named(run, paths))


def open_without_settings(start: Path, options: dict[str, Any]) -> "Workspace":
    """A run for which nothing in the vault but its files counts: no configuration, and no file of what is ignored."""
    from msgspec import structs

    from notelint.config.find_vault import find_vault
    from notelint.config.model import Config, Loaded
    from notelint.engine.workspace import Workspace

    root = find_vault(start).root
    config = structs.replace(Config(), respect_gitignore=False)
    run = Workspace(root, Loaded(config, root, options.get("file")), cached=False)
    run.selection = selection_of(options)
    return run


def is_stdin(paths: tuple[Path, ...], options: dict[str, Any]) -> bool:
    """True if the note comes from stdin; its place in the vault, if it is not given, is set in `options`."""
    stdin = Path("-") in paths
    if stdin and len(paths) > 1:
        raise click.UsageError("`-` stands alone: stdin is one note")
    if stdin and options["stdin_filename"] is None:
        options["stdin_filename"] = Path("stdin.md")
    return stdin


def start(paths: tuple[Path, ...], options: dict[str, Any]) -> Path:
    """From where the vault's root is looked for."""
    from notelint.config.find_vault import start_of_paths

    if Path("-") in paths:
        return start_of_paths([options["stdin_filename"].absolute()])
    return start_of_paths(paths) if paths else Path.cwd()
