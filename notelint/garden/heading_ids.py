"""The ids of headings: on a Digital Garden site, and on GitHub."""

import re
from collections.abc import Iterable

from notelint.garden.template import heading_id, render

_TAG = re.compile(r"<[^<>]*>")
_NOT_IN_GITHUB_ID = re.compile(r"[^\w\- ]")


def site_ids(headings: Iterable[str]) -> list[str]:
    """The id of each heading of a published note, from their texts as published, in order (DG-A3)."""
    return _told_apart(heading_id(text) for text in headings)


def github_ids(headings: Iterable[str]) -> list[str]:
    """The id that GitHub gives each heading of a note, from their texts as written, in order."""
    return _told_apart(_github_id(text) for text in headings)


def _github_id(text: str) -> str:
    """Lower case, without markup and punctuation, with a hyphen for each space."""
    from html import unescape

    visible = unescape(_TAG.sub("", render(text.strip())))
    return _NOT_IN_GITHUB_ID.sub("", visible.lower()).replace(" ", "-")


def _told_apart(ids: Iterable[str]) -> list[str]:
    """The same ids, with `-1`, `-2` after those that have been before."""
    seen: set[str] = set()
    counts: dict[str, int] = {}
    found = []
    for id in ids:
        unique = id
        while unique in seen:
            counts[id] = counts.get(id, 0) + 1
            unique = f"{id}-{counts[id]}"
        seen.add(unique)
        found.append(unique)
    return found
