"""TOML files and path patterns of the configuration, read with errors that name the place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notelint.core.errors import NotelintError
from notelint.core.globs import Globs
from notelint.core.safe_read import read_of_vault
from notelint.core.toml import parse


def read_toml(file: Path, root: Path) -> Mapping[str, Any]:
    """Read the table of a TOML file, of a pyproject.toml that of notelint. Raises `NotelintError`.

    A file below `root` is read as what a vault brings: behind no link, and of a limited size.
    """
    try:
        text = read_of_vault(root, file).decode("utf-8-sig")  # editors on Windows write a byte order mark
        table = parse(text.replace("\r\n", "\n"))
    except OSError as error:
        raise NotelintError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotelintError(f"{file}: is not UTF-8") from error
    except RecursionError as error:
        raise NotelintError(f"{file.name}: is nested too deeply") from error
    except ValueError as error:  # also for whole numbers with thousands of digits
        raise NotelintError(f"{file.name}: is not TOML: {error}") from error
    if file.name == "pyproject.toml":
        tool = table.get("tool")
        table = tool.get("notelint", {}) if isinstance(tool, Mapping) else {}
    return table


def require_globs(patterns: tuple[str, ...], what: str) -> None:
    """Raise `NotelintError`, which names the place `what`, where a path pattern is wrong."""
    try:
        Globs(patterns)
    except NotelintError as error:
        raise NotelintError(f"{what}: {error}") from error
