"""The addresses that the Digital Garden plugin gives to notes: slugs, rewrite rules, permalinks.

A port of what the plugin 2.84 runs; the rules are those of docs/publishing.md, DG-P1 to DG-U6.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import isnan
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import composed
from notelint.note.note import Outline

_DECAMELIZE = (  # in this order; JavaScript's \d is ASCII. A run of letters is tried once, from its beginning
    lazy_regex(r"(?<![A-Z])([A-Z]{2,}+)([0-9]+)"),
    lazy_regex(r"(?<![a-z0-9])([a-z0-9]++)([A-Z]{2,})"),
    lazy_regex(r"([a-z0-9])([A-Z])"),
    lazy_regex(r"(?<![A-Z])([A-Z]+)([A-Z][a-z0-9]+)"),
)
_MAY_HAVE_BORDER = lazy_regex(r"[A-Za-z0-9][A-Z]")  # each of them holds such a pair
_BETWEEN_WORDS = lazy_regex(r"[^a-z0-9]+")
_SLASHES = lazy_regex(r"/{2,}")
_COMMA = lazy_regex(r",\s*")
HOME_TAG = "gardenEntry"  # what the site's template knows the home note by


@lru_cache(maxsize=8192)  # folders' names come again with every note
def slugify(text: str) -> str:
    """The slug of a path segment or heading: a-z, 0-9 and inner hyphens; empty when nothing is left (DG-U3, DG-U4)."""
    text = text.replace("&", " and ")
    if not text.isascii():
        sequences, characters = _transliteration()
        text = composed(text)
        for sequence, letters in sequences:
            text = text.replace(sequence, letters)
        text = text.translate(characters)
    if _MAY_HAVE_BORDER.search(text) is not None:
        for border in _DECAMELIZE:
            text = border.sub(r"\1 \2", text)
    return _BETWEEN_WORDS.sub("-", text.lower()).strip("-")


@cache
def _transliteration() -> tuple[tuple[tuple[str, str], ...], dict[int, str]]:
    """Latin letters for sequences of characters, and for single ones (by code point); read at first use."""
    data = json.loads((Path(__file__).parent / "transliteration.json").read_bytes())
    return tuple(data["sequences"].items()), str.maketrans(data["characters"])


class RewriteRule(Struct, frozen=True):
    """A vault path that starts with `source` is published as if it started with `target`."""

    source: str
    target: str


def parse_rewrite_rules(text: str) -> tuple[RewriteRule, ...]:
    """The rules in the plugin's setting, one `from:to` a line; lines without a colon say nothing (DG-U1)."""
    parts = [line.split(":") for line in text.split("\n")]
    return tuple(RewriteRule(part[0], part[1]) for part in parts if len(part) > 1)


def garden_path(vault_path: str, rules: Sequence[RewriteRule]) -> str:
    """The path by which the site knows a note: the first rule that fits rewrites it (DG-U1).

    `source` is a prefix of the string, not of the folders: `A` also fits `AB/note.md`.
    """
    for rule in rules:
        if vault_path.startswith(rule.source):
            return (rule.target + vault_path[len(rule.source) :]).removeprefix("/")
    return vault_path


def url_path(garden_path: str, *, slugify_enabled: bool = True) -> str:
    """The address of a garden path, without the leading slash and with the closing one (DG-U2).

    Everything from the last dot on is cut off, wherever that is: `v1.2/Note` becomes `v1/`.
    """
    stem, dot, extension = garden_path.rpartition(".")
    path = stem if dot else garden_path
    if slugify_enabled:
        path = "/".join(slugify(segment) for segment in path.split("/"))
    return path + (".canvas/" if dot and extension == "canvas" else "/")


def sanitise(dg_permalink: str) -> str:
    """The permalink that `dg-permalink` asks for: with a slash at both ends, never slugified (DG-P3)."""
    address = dg_permalink if dg_permalink.startswith("/") else "/" + dg_permalink
    return address if address.endswith("/") else address + "/"


class Garden(Struct, frozen=True):
    """The settings of the plugin that decide about permalinks, and the age of the site's template (DG-A2).

    What is not known of them has the plugin's default, and `rules_known` or `slugify_known` says so (DG-S1).
    """

    rules: tuple[RewriteRule, ...] = ()
    slugify_enabled: bool = True
    older_template: bool = False
    rules_known: bool = True
    slugify_known: bool = True

    def permalink(self, vault_path: str, properties: Mapping[str, Any]) -> str:
        """The permalink, with slashes at both ends, that the plugin publishes a note under.

        By `dg-permalink`, else `dg-path`, else the note's path in the vault and the rules (DG-P3, DG-U1, DG-U2).
        A value of these that is not a text or empty counts as absent.
        """
        wanted = text_of(properties, "dg-permalink")
        if wanted:
            return sanitise(wanted)
        path = text_of(properties, "dg-path") or garden_path(vault_path, self.rules)
        return "/" + url_path(path, slugify_enabled=self.slugify_enabled)

    def possible_permalinks(self, vault_path: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
        """The permalinks that the plugin may publish a note under, as far as its settings are known.

        One where they are; the slug and the name as it is, where that alone is open; none where any is possible.
        """
        if text_of(properties, "dg-permalink"):
            return (self.permalink(vault_path, properties),)
        if not self.rules_known and not text_of(properties, "dg-path"):
            return ()
        if self.slugify_known:
            return (self.permalink(vault_path, properties),)
        both = (
            structs.replace(self, slugify_enabled=slugs).permalink(vault_path, properties) for slugs in (True, False)
        )
        return tuple(dict.fromkeys(both))


def text_of(properties: Mapping[str, Any], key: str) -> str:
    """The value of a property that the plugin reads as a text; empty if it is none, which counts as absent."""
    value = properties.get(key)
    return value if isinstance(value, str) else ""


def is_true(value: Any) -> bool:
    """True if JavaScript takes a property's value for true: any text but the empty one, lists and maps always."""
    if isinstance(value, list | dict):
        return True
    return bool(value) and not (isinstance(value, float) and isnan(value))


def is_published(properties: Mapping[str, Any]) -> bool:
    """True if the plugin publishes a note with these properties (DG-P1): the text "false" alone is taken as meant."""
    value = properties.get("dg-publish")
    return is_true(value) and value != "false"


def tags_of(properties: Mapping[str, Any]) -> list[Any]:
    """The tags that the plugin reads: a list, or a text that is split at its commas (DG-P3)."""
    tags = properties.get("tags")
    if isinstance(tags, str):
        return _COMMA.split(tags) if tags else []
    return list(tags) if isinstance(tags, list) else []


def is_home(properties: Mapping[str, Any]) -> bool:
    """True if a note is the garden's home: by `dg-home`, or by the tag that this becomes (DG-P3, DG-U8)."""
    return is_true(properties.get("dg-home")) or HOME_TAG in tags_of(properties)


def is_published_form(outline: Outline) -> bool:
    """True if a note is what the plugin wrote, one line of JSON, not the note that it came from (DG-P4)."""
    return outline.frontmatter_form == "json" and "dg-publish" in outline.properties


def fails_build(permalink: str) -> bool:
    """True if the site's generator refuses an address: neither a folder's nor a file's with an ending (DG-U7)."""
    return not permalink.endswith("/") and "." not in permalink.rpartition("/")[2]


def output_file(permalink: str) -> str:
    """The file of the site that a permalink is written to, relative to the site's root, case kept (DG-U6).

    Two notes with one output file fail the whole build: `/x//` and `/x/` are both `x/index.html`.
    """
    path = (_SLASHES.sub("/", permalink) if "//" in permalink else permalink).lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path
