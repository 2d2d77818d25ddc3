"""The settings of Obsidian and its plugins, where they concern notelint."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notelint.config.model import GardenTable
from notelint.core.globs import literal
from notelint.core.regex import compile_pattern
from notelint.core.safe_path import UnsafePathError
from notelint.core.safe_read import SETTINGS_LIMIT, Reader, TooLargeError


class ObsidianSettings:
    """What Obsidian and its plugins were told, where it concerns notelint. Damaged files are told, and passed over."""

    def __init__(self, root: Path) -> None:
        self.notes: list[str] = []
        self.excluded: list[str] = []
        self.exclude_origins: list[str] = []
        self.patterns: list[str] = []
        self.attachments: str | None = None
        self.garden: GardenTable | None = None
        self._reader = Reader(root)
        self._read_app(self._json("app.json"))
        self._exclude_folder("templates.json", "folder")
        self._exclude_folder("plugins/templater-obsidian/data.json", "templates_folder")
        self._read_garden(self._json("plugins/digitalgarden/data.json"))

    def _json(self, name: str) -> Mapping[str, Any]:
        try:
            value = json.loads(self._reader.read(f".obsidian/{name}", SETTINGS_LIMIT))
        except (UnsafePathError, TooLargeError) as error:
            self.notes.append(f".obsidian/{name} is not read: {error.strerror}")
            return {}
        except OSError:
            return {}
        except (ValueError, RecursionError):
            self.notes.append(f".obsidian/{name} is no JSON: passed over")
            return {}
        return value if isinstance(value, Mapping) else {}

    def _read_app(self, app: Mapping[str, Any]) -> None:
        folder = app.get("attachmentFolderPath")
        if isinstance(folder, str) and folder.strip("/") and _is_unicode(folder):
            self.attachments = folder
        filters = app.get("userIgnoreFilters")
        for text in filters if isinstance(filters, list) else []:
            if not isinstance(text, str) or not text:
                continue
            if not _is_unicode(text):
                self.notes.append(".obsidian/app.json: an ignore filter is no valid Unicode: passed over")
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

    def _exclude(self, pattern: str, name: str) -> None:
        self.excluded.append(pattern)
        self.exclude_origins.append(f".obsidian/{name}")

    def _read_garden(self, data: Mapping[str, Any]) -> None:
        rules, slugify = data.get("pathRewriteRules"), data.get("slugifyEnabled")
        if not isinstance(rules, str) and not isinstance(slugify, bool):
            return
        usable = isinstance(rules, str) and bool(rules) and _is_unicode(rules)
        lines = tuple(rules.split("\n")) if isinstance(rules, str) and usable else ()
        self.garden = GardenTable(lines, slugify if isinstance(slugify, bool) else True)


def _is_unicode(text: str) -> bool:
    """Whether a string of JSON can be printed and matched: its escapes may make lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
