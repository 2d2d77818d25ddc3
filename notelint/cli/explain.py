"""`notelint explain`."""

import os
import sys
from pathlib import Path

import click
from msgspec import structs

from notelint.cli.messages import say
from notelint.cli.options import CheckerId, config_file, open_run, vault
from notelint.cli.terminal import colours
from notelint.config.model import Custom
from notelint.core.errors import NotelintError


@click.command("explain")
@click.argument("id", type=CheckerId())
@vault
@config_file
def command(id: str, vault: Path | None, file: Path | None) -> None:
    """Show the page of a checker: what it finds, why it matters, and examples."""
    from notelint.checkers.registry import page
    from notelint.vault.suggestions import closest

    run = open_run(vault or Path.cwd(), {"file": file})
    custom = {own.id: own for own in run.config.custom}
    if id in custom:
        say(_page_of_custom(custom[id]))
        return
    if id not in run.registry:
        meant = closest(id, [*run.registry, *custom])
        hint = f": did you mean {meant[0]!r}?" if meant else "; `notelint checkers` lists them"
        raise NotelintError(f"there is no checker {id!r}{hint}")
    text = page(run.registry[id])
    if not colours(sys.stdout, os.environ):
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 110)).print(Markdown(text))


def _page_of_custom(checker: Custom) -> str:
    """What the configuration says of a checker that it defines."""
    from notelint.config.write_profiles import toml

    said = {one.name: (getattr(checker, one.name), one.default) for one in structs.fields(Custom)}
    differing = {name.replace("_", "-"): value for name, (value, default) in said.items() if value != default}
    lines = "\n".join(f"{key} = {toml(value)}" for key, value in differing.items())
    return f"# {checker.id}\n\n{checker.message}\n\nThe configuration defines it:\n\n[[custom]]\n{lines}"
