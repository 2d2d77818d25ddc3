"""`notelint init`."""

import os
from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.core.errors import NotelintError
from notelint.core.printable import printable


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def command(folder: Path) -> None:
    """Write a commented notelint.toml that fits the vault of FOLDER.

    It is written to the root of the vault, where `notelint check` finds it. Settings of the Digital Garden plugin that
    decide about addresses are copied from its data.json, which is not in git; never the token that stands there too.
    In a vault that has a configuration, only these are added.
    """
    from notelint.cli.init_config import initial_config, unwritten_notes
    from notelint.config.find_vault import find_vault, vault_remark
    from notelint.config.load import load
    from notelint.core.atomic_write import create
    from notelint.core.safe_read import VaultReader
    from notelint.core.transaction import locked

    found = find_vault(folder)
    loaded = load(found.root)
    remark = vault_remark(found, loaded.kind)
    if remark:
        click.echo(f"notelint: {printable(remark)}", err=True)
    target = loaded.file or found.root / "notelint.toml"
    if loaded.file is not None:
        _add_settings(found.root, target)
        return
    exists = NotelintError(f"{_shown(target)} exists already: edit it, or remove it first")
    if VaultReader(found.root).is_there(target.name):
        raise exists
    text = initial_config(found.root) + unwritten_notes(found.root)
    try:
        with locked(found.root):
            create(found.root, target.name, text.encode())
    except FileExistsError as error:
        raise exists from error
    except OSError as error:
        raise NotelintError(f"{_shown(target)} is not written: {error.strerror}") from error
    say(f"wrote {_shown(target)}: read it, then run `notelint check`")


def _add_settings(root: Path, file: Path) -> None:
    """Add the plugin's settings that an existing configuration lacks. Raises `NotelintError` where that cannot be."""
    from notelint.cli.init_config import garden_settings, with_garden_settings
    from notelint.config.obsidian import ObsidianSettings
    from notelint.config.read_toml import read_toml
    from notelint.core.safe_read import read_of_vault

    given = read_toml(file, root).get("garden", {})
    settings = [line for line in garden_settings(ObsidianSettings(root).garden) if _key(line) not in given]
    if not settings:
        raise NotelintError(f"{_shown(file)} exists already: edit it, or remove it first")
    table = "tool.notelint.garden" if file.name == "pyproject.toml" else "garden"
    old = read_of_vault(root, file)
    text = with_garden_settings(old.decode("utf-8"), settings, table)
    if text is None:
        raise NotelintError(f"{_shown(file)} exists already: add {' and '.join(settings)}")
    _write_changed(root, file, old, text)
    say(f"added to {_shown(file)}: {', '.join(settings)}")


def _write_changed(root: Path, file: Path, old: bytes, text: str) -> None:
    """Write a file that holds `old`. Raises `NotelintError` if it cannot be, or was changed meanwhile."""
    from notelint.core.atomic_write import ChangedMeanwhileError
    from notelint.core.transaction import locked
    from notelint.core.write_named import write_configuration

    try:
        with locked(root):
            write_configuration(root, file, old, text.encode("utf-8"))
    except ChangedMeanwhileError as error:
        raise NotelintError(f"{_shown(file)} was changed meanwhile: nothing is written") from error
    except OSError as error:
        raise NotelintError(f"{_shown(file)} cannot be written: {error.strerror}") from error


def _key(line: str) -> str:
    return line.partition(" = ")[0].removeprefix("garden.")


def _shown(file: Path) -> str:
    """A path as seen from the current folder."""
    return os.path.relpath(file)
