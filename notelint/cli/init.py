"""`notelint init`."""

from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.core.errors import NotelintError


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def command(folder: Path) -> None:
    """Write a commented notelint.toml that fits the vault in FOLDER."""
    from notelint.cli.init_config import initial_config
    from notelint.core.atomic_write import create
    from notelint.core.safe_read import Reader
    from notelint.core.transaction import locked

    target, root = folder / "notelint.toml", folder.resolve()
    exists = NotelintError(f"{target} exists already: edit it, or remove it first")
    if Reader(root).is_there(target.name):
        raise exists
    text = initial_config(root)
    try:
        with locked(root):
            create(root, target.name, text.encode())
    except FileExistsError as error:
        raise exists from error
    except OSError as error:
        raise NotelintError(f"{target} is not written: {error.strerror}") from error
    say(f"wrote {target}: read it, then run `notelint check`")
