"""`notelint resolve`."""

from pathlib import Path
from typing import Any

import click

from notelint.cli.messages import say
from notelint.cli.options import config_file, open_run, resolution, vault
from notelint.core.errors import NotelintError
from notelint.core.printable import in_json
from notelint.engine.named_paths import path_in_vault


@click.command("resolve")
@click.option("--from", "source", required=True, help="The note that holds the link, relative to the vault root.")
@click.argument("links", nargs=-1, required=True)
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@resolution
@vault
@config_file
def command(*, source: str, links: tuple[str, ...], form: str, vault: Path | None, **options: Any) -> None:
    """Say what links resolve to, and by which rule.

    LINKS are written as in a note, `[[Home#Index|x]]`, `![[p.png]]`, `[x](a%20b.md)`, or bare targets, `Home#Index`.
    With the resolution digital-garden it is said too where a published note's link leads on the site.
    """
    import json

    from notelint.vault.explain import explain_link

    run = open_run(vault or Path.cwd(), options)
    given = Path(source)
    name = path_in_vault(run, given.absolute()) if vault is None and given.is_file() else given.as_posix()
    if name not in run.files.files:
        raise NotelintError(f"--from {source}: there is no such note in the vault {run.root}")
    found = [explain_link(link, name, run.vault) for link in links]
    if form == "json":
        click.echo(in_json(json.dumps([one.as_json() for one in found], indent=2)))
    else:
        say("\n".join(one.as_text() for one in found))
