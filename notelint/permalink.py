"""The address that the Digital Garden plugin gives a note (digital-garden, section 2 and 6)."""

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# The four expressions of `decamelize`, in order; each match becomes two words.
_DECAMELIZE = (
    re.compile(r"([A-Z]{2,})([0-9]+)"),
    re.compile(r"([a-z0-9]+)([A-Z]{2,})"),
    re.compile(r"([a-z0-9])([A-Z])"),
    re.compile(r"([A-Z]+)([A-Z][a-z0-9]+)"),
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LAST_PART = re.compile(r"\.[^.]*$", re.S)


@dataclass(frozen=True, slots=True)
class _Transliteration:
    """Which characters become which letters: what `@sindresorhus/slugify` 1.1.2 does before anything else."""

    several: tuple[tuple[str, str], ...]
    single: dict[int, str]


@cache
def _transliteration() -> _Transliteration:
    data = json.loads(files("notelint").joinpath("data/transliteration.json").read_text("utf-8"))
    several = tuple((key, value) for key, value in data["several"])
    return _Transliteration(several, {ord(key): value for key, value in data["single"].items()})


def slugify(text: str) -> str:
    """The slug of one part of a path, as the plugin and the site make it (DG-U3). Empty if no Latin letter is left."""
    if not text.isascii():
        table = _transliteration()
        text = unicodedata.normalize("NFC", text)
        for key, value in table.several:
            text = text.replace(key, value)
        text = text.translate(table.single)
    text = text.replace("&", " and ")
    for expression in _DECAMELIZE:
        text = expression.sub(r"\1 \2", text)
    return _NOT_SLUG.sub("-", text.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class RewriteRule:
    """A path that begins with `source` is published as if that were `target`."""

    source: str
    target: str


def parse_rewrite_rules(text: str) -> tuple[RewriteRule, ...]:
    """The plugin's rules: one a line, `from:to`, nothing trimmed, lines without `:` skipped (DG-U1)."""
    rules = []
    for line in text.split("\n"):
        source, colon, rest = line.partition(":")
        if colon:
            rules.append(RewriteRule(source, rest.partition(":")[0]))
    return tuple(rules)


def garden_path(vault_path: str, rules: Sequence[RewriteRule]) -> str:
    """The path by which a note is published, from its path in the vault: the first rule that fits (DG-U1)."""
    for rule in rules:
        if vault_path.startswith(rule.source):
            return vault_path.replace(rule.source, rule.target, 1).removeprefix("/")
    return vault_path


def url_path(path: str, *, slugify_enabled: bool = True) -> str:
    """A garden path as an address without leading slash: cut at the last dot, each part slugified (DG-U2, DG-U5)."""
    ending = ".canvas/" if path.endswith(".canvas") else "/"
    bare = _LAST_PART.sub("", path)
    if not slugify_enabled:
        return bare + ending
    return "/".join(slugify(part) for part in bare.split("/")) + ending


def sanitise(dg_permalink: str) -> str:
    """What the plugin makes of `dg-permalink`: one slash at either end, otherwise as written (DG-P3)."""
    leading = dg_permalink if dg_permalink.startswith("/") else f"/{dg_permalink}"
    return leading if leading.endswith("/") else f"{leading}/"


@dataclass(frozen=True, slots=True)
class Garden:
    """The settings of the plugin that decide on addresses."""

    rules: tuple[RewriteRule, ...] = ()
    slugify_enabled: bool = True

    def permalink(self, vault_path: str, properties: Mapping[str, Any]) -> str:
        """The address of a note: by its `dg-permalink`, else its `dg-path`, else its path and the rules (DG-U1, DG-U2).

        `vault_path` is relative to the vault root, POSIX; the note need not exist.
        """
        own = properties.get("dg-permalink")
        if isinstance(own, str) and own:
            return sanitise(own)
        path = properties.get("dg-path")
        published = path if isinstance(path, str) and path else garden_path(vault_path, self.rules)
        return "/" + url_path(published, slugify_enabled=self.slugify_enabled)


def is_published(properties: Mapping[str, Any]) -> bool:
    """Whether the plugin publishes a note with these properties: `dg-publish` is true for JavaScript (DG-P1)."""
    value = properties.get("dg-publish")
    if isinstance(value, list | dict):
        return True
    if isinstance(value, float) and math.isnan(value):
        return False
    return bool(value) and value != "false"


def output_file(permalink: str) -> str:
    """The file that the site generator writes for an address: two notes with one file fail the build (DG-U6)."""
    parts = [part for part in permalink.split("/") if part]
    if not permalink.endswith("/") and parts and "." in parts[-1]:
        return "/".join(parts)
    return "/".join([*parts, "index.html"])
