"""What several commands share: options, how a checker is chosen, and the run that they ask for."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from notelint.cli.progress import Progress
from notelint.vault.link_rules import ResolutionProfile

if TYPE_CHECKING:
    from notelint.engine.workspace import Run, Selection


class CheckerId(click.ParamType[str]):
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
vault = click.option(
    "--vault",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of the vault (default: here).",
)
profile = click.option(
    "--profile",
    type=click.Choice([str(profile) for profile in ResolutionProfile]),
    help="Judge links by these rules, whatever the configuration says (`resolution`).",
)
cache_dir = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the cache in this folder, outside the vault (default: NOTELINT_CACHE_DIR, or that of the system).",
)
no_undo = click.option("--no-undo", is_flag=True, help="Write for good: keep nothing for `notelint fix --undo`.")
diff = click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")


def selection_of(options: dict[str, Any]) -> "Selection":
    """The checkers and rules of links that the options of a command ask for."""
    from notelint.engine.workspace import Selection

    def ids(name: str) -> tuple[str, ...]:
        given: tuple[str, ...] = options.get(name) or ()
        return tuple(id.strip() for item in given for id in item.split(",") if id.strip())

    given = options.get("profile")
    rules = None if given is None else ResolutionProfile(given)
    return Selection(ids("select") or None, ids("extend_select"), ids("ignore"), rules)


def open_run(start: Path, options: dict[str, Any]) -> "Run":
    """The run that the options of a command ask for."""
    from notelint.engine.workspace import Run

    selection = selection_of(options)
    progress = Progress(sys.stderr)
    click.get_current_context().call_on_close(progress.close)
    where = {"cached": options.get("cache", False), "cache_dir": options.get("cache_dir")}
    return Run.open(start, file=options.get("file"), selection=selection, progress=progress, **where)


def open_without_settings(start: Path, options: dict[str, Any]) -> "Run":
    """A run for which nothing in the vault but its files counts: no configuration, and no file of what is ignored."""
    from dataclasses import replace

    from notelint.config.find_vault import find_root
    from notelint.config.model import Config, Loaded
    from notelint.engine.workspace import Run

    root = find_root(start)
    config = replace(Config(), respect_gitignore=False)
    run = Run(root, Loaded(config, root, options.get("file")), cached=False)
    run.selection = selection_of(options)
    return run


def is_stdin(paths: tuple[Path, ...], options: dict[str, Any]) -> bool:
    """Whether the note comes from stdin; its place in the vault, if it is not told, is set in `options`."""
    stdin = Path("-") in paths
    if stdin and len(paths) > 1:
        raise click.UsageError("`-` stands alone: stdin is one note")
    if stdin and options["stdin_filename"] is None:
        options["stdin_filename"] = Path("stdin.md")
    return stdin


def start(paths: tuple[Path, ...], options: dict[str, Any]) -> Path:
    """From where the vault's root is looked for."""
    if Path("-") in paths:
        parent: Path = options["stdin_filename"].absolute().parent
        return parent
    return paths[0] if paths else Path.cwd()
