"""Profiles, shipped or from a file in the vault."""

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notelint.config.read_toml import read_toml, require_globs
from notelint.core import resources, typed_toml
from notelint.core.errors import NotelintError
from notelint.core.regex import compile_pattern
from notelint.note.profile import Profile


def load_profile(name: str, root: Path) -> Profile:
    """The shipped profile of this name, or that of a .toml file in the vault. Raises `NotelintError`."""
    if name.endswith(".toml"):
        file = root / name
        table = _of_vault(name, root)
    else:
        file = resources.path("profiles", f"{name}.toml")
        known = sorted(path.stem for path in resources.path("profiles").glob("*.toml"))
        if name not in known:  # not "is there such a file": a name may hold `../`, or be an absolute path
            raise NotelintError(
                f"there is no profile {name!r}{typed_toml.did_you_mean(name, known)}; shipped: {', '.join(known)}"
            )
        table = read_toml(file, file.parent)
    profile: Profile = typed_toml.read(Profile, table, file.name)
    require_globs(profile.match.paths, f"{file.name}: match.paths")
    for pattern in profile.match.lines:
        try:
            compile_pattern(pattern)
        except ValueError as error:
            raise NotelintError(f"{file.name}: match.lines: {pattern!r} is no regular expression: {error}") from error
    return profile


def _of_vault(name: str, root: Path) -> Mapping[str, Any]:
    """The table of a profile that lies in the vault. Raises `NotelintError`."""
    path = posixpath.normpath(name.replace("\\", "/") if os.name == "nt" else name)
    if posixpath.isabs(path) or path.startswith("../"):
        raise NotelintError(f"profile {name!r} lies outside the vault")
    if "\0" in name:
        raise NotelintError(f"profile {name!r} has no usable path: a NUL")
    return read_toml(root / path, root)
