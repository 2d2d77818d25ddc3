"""The settings of Obsidian and its plugins, where they concern notelint."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from notelint.config.model import GardenTable
from notelint.core.globs import literal
from notelint.core.regex import compile_pattern
from notelint.core.safe_path import UnsafePathError
from notelint.core.safe_read import SETTINGS_LIMIT, TooLargeError, VaultReader

PLUGIN = "digitalgarden"
PLUGIN_SETTINGS = f".obsidian/plugins/{PLUGIN}/data.json"
_RULES, _SLUGIFY = "pathRewriteRules", "slugifyEnabled"  # all that is ever taken from there: it holds a token, too

_TEMPLATER, _QUICK_ADD = "templates_folder", "templateFolderPath"
TEMPLATE_SETTINGS = ("daily-notes.json", "zk-prefixer.json", "note-composer.json")  # of which each names one template


class ObsidianSettings:
    """The settings of Obsidian and its plugins that concern notelint. A damaged file is passed over, with a remark.

    `garden` holds those of the Digital Garden plugin, None if they are not there (its file holds a token, so people
    keep it out of git); `plugin_on` tells whether the plugin is switched on; `property_types` are those declared.
    """

    def __init__(self, root: Path) -> None:
        self.notes: list[str] = []
        self.excluded: list[str] = []
        self.exclude_origins: list[str] = []
        self.patterns: list[str] = []
        self.attachments: str | None = None
        self.new_notes: str | None = ""  # the folder of new notes: the root; None for that of the note that links
        self.garden: GardenTable | None = None
        self.plugin_on = False
        self.property_types: dict[str, str] = {}
        self._reader = VaultReader(root)
        self._read_app(self._json("app.json"))
        self._exclude_folder("templates.json", "folder")
        self._exclude_folder("plugins/templater-obsidian/data.json", _TEMPLATER)
        self._exclude_folder("plugins/quickadd/data.json", _QUICK_ADD)
        for name in TEMPLATE_SETTINGS:
            self._exclude_template(name)
        self._read_types(self._json("types.json").get("types"))
        self._read_garden(f"plugins/{PLUGIN}/data.json")
        self.plugin_on = self._switches_on(root)

    def _json(self, name: str) -> Mapping[str, Any]:
        value = self._value(name)
        return value if isinstance(value, Mapping) else {}

    def _value(self, name: str) -> Any:
        """The value in a file of JSON; None if it cannot be read."""
        try:
            return json.loads(self._reader.read(f".obsidian/{name}", SETTINGS_LIMIT))
        except (UnsafePathError, TooLargeError) as error:
            behind = "" if self._reader.is_folder(".obsidian") else "all of .obsidian"
            note = f"{behind or f'.obsidian/{name}'} is not read: {error.strerror}"
            if note not in self.notes:
                self.notes.append(note)
            return None
        except OSError:
            return None
        except (ValueError, RecursionError):
            self.notes.append(f".obsidian/{name} is not JSON: passed over")
            return None

    def _switches_on(self, root: Path) -> bool:
        """Tell whether the plugin is switched on: listed by Obsidian, or installed where there is no list."""
        listed = self._value("community-plugins.json")
        if isinstance(listed, list):
            return PLUGIN in listed
        folder = root / ".obsidian" / "plugins" / PLUGIN
        return folder.is_dir() and not any(one.is_symlink() for one in (folder, *list(folder.parents)[:2]))

    def _read_app(self, app: Mapping[str, Any]) -> None:
        folder = app.get("attachmentFolderPath")
        if isinstance(folder, str) and folder.strip("/") and _is_unicode(folder):
            self.attachments = folder
        place, folder = app.get("newFileLocation"), app.get("newFileFolderPath")
        if place == "current":
            self.new_notes = None
        elif place == "folder" and isinstance(folder, str) and _is_unicode(folder):
            self.new_notes = folder.strip("/")
        filters = app.get("userIgnoreFilters")
        for text in filters if isinstance(filters, list) else []:
            if not isinstance(text, str) or not text:
                continue
            if not _is_unicode(text):
                self.notes.append(".obsidian/app.json: an ignore filter is not valid Unicode: passed over")
            elif len(text) > 2 and text.startswith("/") and text.endswith("/"):
                self._hide(text[1:-1])
            else:
                self._exclude(literal(text) + ("/" if text.endswith("/") else "*"), "app.json")

    def _hide(self, pattern: str) -> None:
        try:
            compile_pattern(pattern)
        except ValueError:
            self.notes.append(f".obsidian/app.json: the ignore filter /{pattern}/ cannot be used: passed over")
            return
        self.patterns.append(pattern)

    def _exclude_folder(self, name: str, key: str) -> None:
        folder = self._json(name).get(key)
        if isinstance(folder, str) and folder.strip("/") and _is_unicode(folder):
            self._exclude(literal(folder) + "/", name)

    def _exclude_template(self, name: str) -> None:
        """The note of which new notes are made: it is none yet, in whatever folder."""
        path = self._json(name).get("template")
        if isinstance(path, str) and path.strip("/") and _is_unicode(path):
            self._exclude(f"{literal(path.strip('/').removesuffix('.md'))}.md", name)

    def _exclude(self, pattern: str, name: str) -> None:
        self.excluded.append(pattern)
        self.exclude_origins.append(f".obsidian/{name}")

    def _read_types(self, types: Any) -> None:
        """The types of properties, which Obsidian keeps for the whole vault."""
        for key, kind in types.items() if isinstance(types, Mapping) else ():
            if isinstance(kind, str) and _is_unicode(f"{key}{kind}"):
                self.property_types[str(key)] = kind

    def _read_garden(self, name: str) -> None:
        data = self._value(name)
        if not isinstance(data, Mapping):
            return
        rules, slugify = data.get(_RULES), data.get(_SLUGIFY)
        usable = isinstance(rules, str) and bool(rules) and _is_unicode(rules)
        lines = tuple(rule for rule in rules.split("\n") if ":" in rule) if isinstance(rules, str) and usable else ()
        self.garden = GardenTable(lines, slugify if isinstance(slugify, bool) else True)


def without_secrets(path: str, data: bytes) -> bytes:
    """The contents of a file of the vault; of a plugin's settings, which may hold a token, only what notelint reads."""
    if PurePosixPath(path).name != "data.json" or ".obsidian/plugins/" not in path:
        return data
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data and b"{"  # damaged, as it was
    if not isinstance(value, Mapping):
        return b"null"
    return json.dumps({key: value[key] for key in (_RULES, _SLUGIFY, _TEMPLATER, _QUICK_ADD) if key in value}).encode()


def _is_unicode(text: str) -> bool:
    """True if a string of JSON can be printed and matched: its escapes may make lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
