"""Profiles, shipped or from a file in the vault."""

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from notelint.config.read_toml import read_toml, require_globs
from notelint.core import resources, typed_toml
from notelint.core.errors import NotelintError
from notelint.core.regex import compile_pattern
from notelint.note.profile import Profile, title_key

_Table = dict[str, Any]
_ADDED = ("select", "ignore")  # lists of a profile to which one that extends it adds


def load_profiles(
    names: Sequence[str], root: Path, require: Callable[[Profile, str], None] = lambda profile, where: None
) -> list[Profile]:
    """The profiles of these names, in order; a shipped one gives way to one of the vault with its name.

    `require` is asked of each with its file's name. Raises `NotelintError`, as `require` may.
    """
    loaded = [(name.endswith(".toml"), load_profile(name, root)) for name in names]
    for name, (_, profile) in zip(names, loaded, strict=True):
        require(profile, posixpath.basename(name))
    own = {profile.name for from_vault, profile in loaded if from_vault}
    return [profile for from_vault, profile in loaded if from_vault or profile.name not in own]


def load_profile(name: str, root: Path) -> Profile:
    """The shipped profile of this name, or that of a .toml file in the vault. Raises `NotelintError`."""
    table, file = _table(name, root, ())
    profile: Profile = typed_toml.read(Profile, table, file.name)
    require_globs(profile.match.paths, f"{file.name}: match.paths")
    if name.endswith(".toml"):  # the shipped ones hold no mistakes
        _require_patterns(profile, file.name)
    return profile


def _require_patterns(profile: Profile, where: str) -> None:
    wanted = profile.sections_if
    for key, patterns in (
        ("match.lines", profile.match.lines),
        ("sections-if.lines", wanted.lines),
        ("sections-if.terms", wanted.terms),
    ):
        for pattern in patterns:
            try:
                compile_pattern(pattern)
            except ValueError as error:
                raise NotelintError(f"{where}: {key}: {pattern!r} is not a regular expression: {error}") from error


def _table(name: str, root: Path, extending: tuple[Path, ...]) -> tuple[_Table, Path]:
    """A profile's table with everything from the one that it extends, and its file. Raises `NotelintError`."""
    file = _file(name, root, f"{extending[-1].name}: extends: " if extending else "")
    if file in extending:
        raise NotelintError(f"{file.name}: extends itself, by way of {extending[-1].name}")
    table = dict(read_toml(file, root if name.endswith(".toml") else file.parent))
    base = table.get("extends")
    if base is None:
        return _with_synonyms(table, file.name), file
    # what it says by itself must be right by itself: mistakes are then named with their file
    typed_toml.read(Profile, {"name": "", **table}, file.name)
    return _with_synonyms(_extended(_table(base, root, (*extending, file))[0], table), file.name), file


def _file(name: str, root: Path, where: str) -> Path:
    """The file of a profile. Raises `NotelintError`, whose message begins with `where` it is named."""
    if not name.endswith(".toml"):
        known = sorted(path.stem for path in resources.path("profiles").glob("*.toml"))
        if name not in known:  # not "is there such a file": a name may hold `../`, or be an absolute path
            raise NotelintError(
                f"{where}there is no profile {name!r}{typed_toml.did_you_mean(name, known)}; "
                f"shipped: {', '.join(known)}; one of the vault is named by its path, such as 'kinds/{name}.toml'"
            )
        return resources.path("profiles", f"{name}.toml")
    path = posixpath.normpath(name.replace("\\", "/") if os.name == "nt" else name)
    if posixpath.isabs(path) or path.startswith("../"):
        raise NotelintError(f"profile {name!r} lies outside the vault")
    if "\0" in name:
        raise NotelintError(f"profile {name!r} has no usable path: a NUL")
    return root / path


def _extended(base: _Table, own: _Table) -> _Table:
    """A profile's table laid over that of the one it extends: a key replaces, sections and lists of checkers add."""
    table = {**base, **own, "section": list(_sections(base.get("section", ()), own.get("section", ())))}
    table |= {key: list(dict.fromkeys([*base.get(key, ()), *own.get(key, ())])) for key in _ADDED}
    return {**table, "template": {**base.get("template", {}), **own.get("template", {})}}


def _sections(base: Sequence[Mapping[str, Any]], own: Sequence[Mapping[str, Any]]) -> Iterator[_Table]:
    """The sections of a profile in order, each with what the extending one says of it; new ones come last."""
    said = {title_key(section["name"]): section for section in own}
    for section in base:
        more = said.pop(title_key(section["name"]), {})
        added = {
            key: list(dict.fromkeys([*section.get(key, ()), *more.get(key, ())])) for key in ("synonyms", "callouts")
        }
        yield {**section, **more, "name": section["name"], **added}
    yield from map(dict, said.values())


def _with_synonyms(table: _Table, where: str) -> _Table:
    """The table with its `synonyms` among those of its sections. Raises `NotelintError` for a section it has not."""
    further, sections = table.get("synonyms"), table.get("section")
    if not isinstance(further, Mapping) or not isinstance(sections, list):
        return table
    known = {title_key(str(one.get("name"))): one for one in sections if isinstance(one, Mapping)}
    for name in further:
        if title_key(name) not in known:
            meant = typed_toml.did_you_mean(name, [str(one.get("name")) for one in known.values()])
            raise NotelintError(f"{where}: synonyms names {name!r}, which is not a section of this profile{meant}")
    typed_toml.convert(further, dict[str, tuple[str, ...]], where, "synonyms")
    added = [{"name": known[title_key(name)]["name"], "synonyms": titles} for name, titles in further.items()]
    return {**table, "section": list(_sections(sections, added))}
