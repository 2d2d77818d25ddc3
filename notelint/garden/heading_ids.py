"""The ids of headings: on a Digital Garden site, and on GitHub."""

import json
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import compatible, without_marks
from notelint.garden.template import heading_id, render
from notelint.note.markdown.attributes import split_attributes

_TAG = lazy_regex(r"<[^<>]*>")
_RUNS, _NOT_WORDS = lazy_regex(r"[-\s]+"), lazy_regex(r"[^\w\s-]")
_SIGNS = lazy_regex(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'\u201c\u201d\u2018\u2019<>,.?/]+""")
_NOT_IN_ID = lazy_regex(r"[^A-Za-z0-9_\- ]")  # of ASCII


def site_ids(headings: Iterable[str]) -> list[str]:
    """The id of each heading of a published note, from their texts as published, in order (DG-A3)."""
    return _numbered(heading_id(text) for text in headings)


def github_ids(headings: Iterable[str]) -> list[str]:
    """The id that GitHub gives each heading of a note, from their texts as written, in order."""
    return _numbered(_github_id(text) for text in headings)


class Ids(StrEnum):
    """Who gives headings their ids; most generators of websites do it as GitHub does."""

    GITHUB = "github"
    PYTHON = "python"  # Python-Markdown, which MkDocs and Pelican use
    VITEPRESS = "vitepress"


def ids_of_generators(headings: Iterable[str]) -> dict[Ids, list[str]]:
    """The ids that generators of websites which do not follow GitHub give the headings of a note, in order (WS2)."""
    seen = [_visible(split_attributes(text)[0]) for text in headings]
    return {Ids.PYTHON: _numbered(map(_python_id, seen), "_"), Ids.VITEPRESS: _numbered(map(_vitepress_id, seen))}


def _python_id(text: str) -> str:
    return _RUNS.sub("-", _NOT_WORDS.sub("", _ascii(text)).strip().lower())


def _vitepress_id(text: str) -> str:
    id = _SIGNS.sub("-", without_marks(text)).strip("-").lower()
    return f"_{id}" if id[:1].isdecimal() else id


def loose_ids(headings: Iterable[str]) -> frozenset[str]:
    """Headings as ids of any generator name them, without what differs between generators: signs, and characters that
    are not ASCII (WS2).
    """
    shown = [_visible(split_attributes(text)[0]) for text in headings]
    seen = [loose_id(way) for text in shown for way in ((text, text.replace("&", "and")) if "&" in text else (text,))]
    return frozenset((*seen, *(_ascii(text) for text in seen)))


def loose_id(id: str) -> str:
    """An id without all but letters, marks and digits, in lower case."""
    return "".join(filter(str.isalnum, id)).lower()


def _ascii(text: str) -> str:
    return compatible(text).encode("ascii", "ignore").decode()


def _visible(text: str) -> str:
    from html import unescape

    return unescape(_TAG.sub("", render(text.strip())))


def _github_id(text: str) -> str:
    """Lower case, without markup and punctuation, with a hyphen for each space (GH6)."""
    visible = _visible(text).lower()
    left_out = _NOT_IN_ID if visible.isascii() else _left_out()
    return left_out.sub("", visible).replace(" ", "-")


@cache
def _left_out() -> re.Pattern[str]:
    """A pattern for the characters that GitHub leaves out: all but letters, marks, decimal digits, connectors such as
    `_`, hyphens and spaces.

    The data are the characters that stay, by turns how many do not and how many, less one, do; other versions of
    Unicode know other ones, so they are not taken from Python. Read at first use.
    """
    kept, at = [], 0
    counts = json.loads((Path(__file__).parent / "github_characters.json").read_bytes())
    for gap, more in zip(counts[::2], counts[1::2], strict=True):
        start, end = at + gap, at + gap + more
        kept.append(f"\\U{start:08x}-\\U{end:08x}")
        at = end + 1
    return re.compile(f"[^{''.join(kept)}]")


def _numbered(ids: Iterable[str], joint: str = "-") -> list[str]:
    """The same ids, with `-1`, `-2` after those that have been before."""
    seen: set[str] = set()
    counts: dict[str, int] = {}
    found = []
    for id in ids:
        unique = id
        while unique in seen:
            counts[id] = counts.get(id, 0) + 1
            unique = f"{id}{joint}{counts[id]}"
        seen.add(unique)
        found.append(unique)
    return found
