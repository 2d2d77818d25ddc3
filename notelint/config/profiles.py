"""Profiles, shipped or from a file in the vault."""

from pathlib import Path

from notelint.config.read_toml import read_toml, require_globs
from notelint.core import resources, typed_toml
from notelint.core.errors import NotelintError
from notelint.core.regex import compile_pattern
from notelint.note.profile import Profile


def load_profile(name: str, root: Path) -> Profile:
    """The shipped profile of this name, or that of a .toml file in the vault. Raises `NotelintError`."""
    if name.endswith(".toml"):
        try:
            file = (root / name).resolve()
        except (OSError, RuntimeError, ValueError) as error:  # a loop of symbolic links, a NUL
            raise NotelintError(f"profile {name!r} has no usable path: {error}") from error
        if not file.is_relative_to(root.resolve()):
            raise NotelintError(f"profile {name!r} lies outside the vault")
    else:
        file = resources.path("profiles", f"{name}.toml")
        known = sorted(path.stem for path in resources.path("profiles").glob("*.toml"))
        if name not in known:  # not "is there such a file": a name may hold `../`, or be an absolute path
            raise NotelintError(
                f"there is no profile {name!r}{typed_toml.did_you_mean(name, known)}; shipped: {', '.join(known)}"
            )
    profile: Profile = typed_toml.read(Profile, read_toml(file), file.name)
    require_globs(profile.match.paths, f"{file.name}: match.paths")
    for pattern in profile.match.lines:
        try:
            compile_pattern(pattern)
        except ValueError as error:
            raise NotelintError(f"{file.name}: match.lines: {pattern!r} is no regular expression: {error}") from error
    return profile
