"""The configuration: read, validated, frozen.

What the vault's configuration file leaves open is taken from the settings of Obsidian and the Digital Garden plugin,
else from the defaults.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import structs

from notelint.config.find_vault import CONFIG_FILES, has_configuration
from notelint.config.model import Config, Custom, GardenTable, Loaded, VaultKind
from notelint.config.obsidian import PLUGIN_SETTINGS, ObsidianSettings
from notelint.config.read_toml import read_toml, require_globs
from notelint.config.recognise import recognise
from notelint.core import typed_toml
from notelint.core.errors import NotelintError
from notelint.core.regex import compile_pattern
from notelint.core.safe_read import VaultReader

_TYPES = "property-type-mismatch"  # the checker whose option is what Obsidian keeps of properties
_MALFORMED, _SCHEMA = "malformed-link", "schema-violation"


def load(root: Path, file: Path | None = None) -> Loaded:
    """The configuration of the vault at `root`, from `file` if it is given. Raises `NotelintError`.

    By whose rules links are judged is recognised where the configuration does not say it.
    """
    from_obsidian = ObsidianSettings(root)
    found = file if file is not None else next((root / n for n in CONFIG_FILES if has_configuration(root / n)), None)
    unread = [] if file is not None else [*_unread(root)]
    table = {} if found is None else read_toml(found, root)
    where = "" if found is None else found.name
    said: Config = typed_toml.read(Config, table, where)
    _check_custom(said, where)
    _check_globs(said, where)
    _check_residue(said, where)
    origins = {one.key: where for one in typed_toml.keys(Config) if one.key in table}
    values: dict[str, Any] = {}
    if said.attachments is None and from_obsidian.attachments is not None:
        values["attachments"], origins["attachments"] = from_obsidian.attachments, ".obsidian/app.json"
    kind = recognise(root, from_obsidian) if "resolution" not in table else None
    if kind is not None and kind.resolution is not None:
        values["resolution"], origins["resolution"] = kind.resolution, kind.because
    of_kind = {**_of_checkers(said, from_obsidian, kind), **_ignored(said, kind)}
    values, origins = values | of_kind, {**({} if kind is None else dict.fromkeys(of_kind, kind.because)), **origins}
    if from_obsidian.property_types:
        origins["checkers"] = " and ".join(filter(None, (origins.get("checkers"), ".obsidian/types.json")))
    if from_obsidian.garden is not None:
        given = table.get("garden", {})
        values["garden"] = _merged(said.garden, from_obsidian.garden, given)
        origins["garden"] = f"{where} and {PLUGIN_SETTINGS}" if "garden" in table else PLUGIN_SETTINGS
        from_obsidian.notes += _differences(values["garden"], from_obsidian.garden, where)
    hidden = [*from_obsidian.excluded, *([kind.templates] if kind is not None and kind.templates else [])]
    if hidden:
        values["exclude"] = (*hidden, *said.exclude)
        because = [*from_obsidian.exclude_origins, *([kind.because] if kind is not None and kind.templates else [])]
        origins["exclude"] = " and ".join(dict.fromkeys([*because, *([where] if said.exclude else [])]))
    config = structs.replace(said, **{**values, "garden": _completed(values.get("garden", said.garden))})
    remarks = (*unread, *from_obsidian.notes)
    return Loaded(config, root, found, origins, remarks, tuple(from_obsidian.patterns), kind)


def _of_checkers(said: Config, from_obsidian: ObsidianSettings, kind: VaultKind | None) -> dict[str, Any]:
    """The options of checkers with those that the vault's settings and its kind bring along; empty without any."""
    own = said.checkers
    if kind is not None and not kind.pipes_end_cells:
        own = {**own, _MALFORMED: {"tables": False, **own.get(_MALFORMED, {})}}
    if kind is not None and not kind.is_of_obsidian:
        own = {**own, _SCHEMA: {"obsidian": False, **own.get(_SCHEMA, {})}}
    if from_obsidian.property_types:
        types = own.get(_TYPES, {})
        own = {**own, _TYPES: {**types, "types": {**from_obsidian.property_types, **types.get("types", {})}}}
    return {} if own is said.checkers else {"checkers": own}


def _ignored(said: Config, kind: VaultKind | None) -> dict[str, Any]:
    """The checkers that do not run, with those that say nothing of a vault of this kind, unless they are asked for."""
    asked = {*said.select, *said.extend_select}
    without = [id for id in kind.without if id not in asked] if kind is not None else []
    return {"ignore": (*said.ignore, *without)} if without else {}


def _unread(root: Path) -> Iterator[str]:
    """Files of the configuration that stand in the vault and are not read: links, pipes, folders."""
    reader = VaultReader(root)
    for name in CONFIG_FILES[:2]:
        if reader.is_there(name) and not reader.is_file(name):
            yield f"{name} is not a regular file and not read: for one outside the vault, use --config"


def _merged(said: GardenTable, known: GardenTable, table: Mapping[str, Any]) -> GardenTable:
    """The plugin's own settings, but for the keys that the configuration file has."""
    given = {one.field: getattr(said, one.field) for one in typed_toml.keys(GardenTable) if one.key in table}
    return structs.replace(known, **given)


def _completed(table: GardenTable) -> GardenTable:
    """The settings with the plugin's defaults for what is left out, where any is known: who says one says all."""
    if table.path_rewrite_rules is None and table.slugify is None:
        return table
    rules, slugify = table.path_rewrite_rules or (), table.slugify is not False
    return structs.replace(table, path_rewrite_rules=rules, slugify=slugify)


def _differences(used: GardenTable, known: GardenTable, where: str) -> Iterator[str]:
    """Remarks on settings whose copy in the configuration is not what the plugin has by now."""
    for one in typed_toml.keys(GardenTable):
        has = getattr(known, one.field)
        if has is not None and one.field != "template" and getattr(used, one.field) != has:
            key = f"garden.{one.key}"
            yield f"{where}: {key} is not what the plugin has in {PLUGIN_SETTINGS}: copy it again, or remove it"


def _check_globs(config: Config, where: str) -> None:
    """Say where a wrong pattern stands: later, where patterns are used, that is not known."""
    require_globs(config.exclude, f"{where}: exclude")
    for at, override in enumerate(config.overrides):
        require_globs(override.paths, f"{where}: overrides[{at}].paths")
    for at, custom in enumerate(config.custom):
        require_globs(custom.paths, f"{where}: custom[{at}].paths")


def _check_custom(config: Config, where: str) -> None:
    seen: set[str] = set()
    for at, custom in enumerate(config.custom):
        path = f"{where}: custom[{at}]"
        if custom.id in seen:
            raise NotelintError(f'{path}.id is "{custom.id}", which another custom checker has: give it its own')
        seen.add(custom.id)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", custom.id):
            raise NotelintError(f'{path}.id is "{custom.id}", expected lower-case words with hyphens')
        demands = (name for name in Custom.__struct_fields__ if name.startswith(("forbid_", "require_")))
        asked = [name for name in demands if getattr(custom, name)]
        if len(asked) != 1:
            raise NotelintError(f"{path} must have exactly one key that begins with forbid- or require-")
        pattern = custom.forbid_pattern or custom.require_pattern
        try:
            if pattern is not None:
                compile_pattern(pattern)
        except ValueError as error:
            raise NotelintError(f"{path}.{asked[0].replace('_', '-')} is not a regular expression: {error}") from error


def _check_residue(config: Config, where: str) -> None:
    for at, own in enumerate(config.residue):
        path = f"{where}: residue[{at}]"
        if (own.text is None) == (own.line is None):
            raise NotelintError(f'{path} must have exactly one of the keys "text" and "line"')
        require_globs(own.paths, f"{path}.paths")
        try:
            compile_pattern(own.line or "")
        except ValueError as error:
            raise NotelintError(f"{path}.line is not a regular expression: {error}") from error
