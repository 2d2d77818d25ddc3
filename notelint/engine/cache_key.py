"""The key of a run's cache: everything besides the notes that its outcome depends on, as one text."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from notelint import __version__
from notelint.checkers import schema
from notelint.checkers.base import Checker
from notelint.config.model import Loaded
from notelint.core import resources
from notelint.engine.cache import Key
from notelint.engine.cache_entry import fingerprint
from notelint.note.profile import Profile


def key(loaded: Loaded, registry: Mapping[str, type[Checker]], profiles: Iterable[Profile]) -> Key:
    """The key for a vault with this configuration, these checkers and profiles. Raises `NotelintError` for a schema."""
    profiles = list(profiles)
    known = [
        __version__,
        sys.version,
        str(loaded.root),
        repr((loaded.config, loaded.hidden, loaded.asked, loaded.kind)),
        repr(profiles),
        *_schemas(loaded, profiles),
    ]
    return Key(
        fingerprint([*known, *_stamps([_libraries(), *_code(registry)])]),
        lambda: fingerprint([*known, *_contents(_code(registry))]),
    )


def _libraries() -> str:
    """The folder that libraries are installed in, beside msgspec."""
    return str(Path(msgspec.__file__).parents[1])


def _code(registry: Mapping[str, type[Checker]]) -> Iterator[str]:
    """Files that are other ones when notelint or a plugin is."""
    yield from _below(str(Path(__file__).parents[1]))
    yield from _below(str(resources.path()))
    for module in {checker.__module__ for checker in registry.values()}:
        if not module.startswith("notelint."):
            yield sys.modules[module].__file__ or module


def _below(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _below(entry.path)
        elif entry.name.endswith((".py", ".toml", ".json")):
            yield entry.path


def _stamps(files: Iterable[str]) -> Iterator[str]:
    for file in files:
        try:
            stat = Path(file).stat()
        except OSError:
            continue
        yield f"{file} {stat.st_size} {stat.st_mtime_ns}"


def _contents(files: Iterable[str]) -> Iterator[bytes]:
    """Marks of an installation, the same on any machine: code, and which versions of libraries there are."""
    for file in files:
        try:
            yield Path(file).read_bytes()
        except OSError:
            continue
    libraries = Path(_libraries())
    yield "\0".join(sorted(one.name for one in libraries.iterdir() if one.name.endswith(".dist-info"))).encode()


def _schemas(loaded: Loaded, profiles: Iterable[Profile]) -> Iterator[str]:
    """The contents of the vault's own schemas that profiles and options name, and of all they refer to."""
    tables: list[Mapping[str, Any]] = [loaded.config.checkers, *(one.checkers for one in loaded.config.overrides)]
    named = [profile.schema for profile in profiles]
    named += [table.get("schema-violation", {}).get("schema") for table in tables]
    for name in dict.fromkeys(named):
        if isinstance(name, str) and name.endswith(".json"):
            yield json.dumps(schema.documents(name, str(loaded.root)))
