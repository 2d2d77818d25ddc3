"""Tell which notes are imports. A note is one only if it is declared or signed: nothing else proves it.

Declared is a note whose profile says so by a property or a path, one that carries the address of a web page together
with a clipper's mark, and one that the command line names. Signed is a note that holds two lines of a known website's
signature. Links, tables of contents, words such as "cookie", JSON, or an address alone prove nothing.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from notelint.core.globs import Globs
from notelint.core.lazy_regex import lazy_regex
from notelint.core.regex import Patterns
from notelint.note.note import Note
from notelint.note.profile import Profile
from notelint.note.profile_matching import has_properties
from notelint.residue import hints
from notelint.residue.web_address import host_and_path

_CLIPPED = frozenset({"clippings", "clipped"})
_CLIPPER = ("author", "published", "created")  # what Obsidian's Web Clipper writes besides the address
_ADDRESS = lazy_regex(r"\bhttps?://[^\s/]+\.", re.I)
_YEAR = lazy_regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # in a day, however it is written
_SEPARATOR = lazy_regex(r"[\s,]+")


def is_import(note: Note) -> bool:
    """True if a note is declared or signed as an import."""
    if is_declared(note):
        return True
    known: dict[str, str | None] = note.__dict__.setdefault("_signed_by", {})  # asked by several checkers
    if "site" not in known:
        known["site"] = signed_by(note)
    return known["site"] is not None


def is_declared(note: Note) -> bool:
    """True if a note says itself that it is an import, or was named as one. Looks at properties and the path only."""
    known: tuple[Profile | None, bool, bool] | None = note.__dict__.get("_declared")  # asked by several checkers
    if known is None or known[0] is not note.profile or known[1] != note.is_named_import:
        declared = note.is_named_import or is_written_down(note)
        known = note.__dict__["_declared"] = (note.profile, note.is_named_import, declared)
    return known[2]


def is_written_down(note: Note) -> bool:
    """True if the next run will know it too: the declaration stands in the note or in its path."""
    return _by_profile(note) or _is_clipped(note.properties)


def signed_by(note: Note) -> str | None:
    """The name of the website whose signature the note holds; None for most notes, after one native search."""
    if not signatures().within(note.utf8):
        return None
    from notelint.residue import site_pages
    from notelint.residue.page import JudgedPage

    site = site_pages.signed(JudgedPage.of(note, crude=True))
    return None if site is None else site.name


@cache
def signatures() -> Patterns:
    """The lines of all signatures, sought natively in a note's raw text."""
    return Patterns([hints.signature()])


def _by_profile(note: Note) -> bool:
    """True if a profile of imports means the note by its properties or path, not by what it looks like.

    A profile that means no notes by itself was given to this one. A path alone does not suffice: what was saved from
    the web holds an address of it somewhere, and a note of one's own in the same folder may hold none.
    """
    profile = note.profile
    if profile is None or not profile.imported:
        return False
    match = profile.match
    if not (match.properties or match.paths or match.lines or match.headings):
        return True
    if has_properties(match.properties, note.properties):
        return True
    return bool(match.paths) and _globs(profile).match(note.path) and _ADDRESS.search(note.text) is not None


def _globs(profile: Profile) -> Globs:
    return _compiled(profile.match.paths)


@cache
def _compiled(paths: tuple[str, ...]) -> Globs:
    return Globs(paths)


def _is_clipped(properties: Mapping[str, Any]) -> bool:
    """True if properties hold the address of a web page and a clipper's mark: its tag, or its three facts together."""
    if host_and_path(properties.get("source")) is None:
        return False
    return _has_facts(properties) or not _CLIPPED.isdisjoint(_tags(properties))


def _has_facts(properties: Mapping[str, Any]) -> bool:
    """True if properties say who wrote the page, and hold the days on which it was published and saved."""
    who, *days = (properties.get(key) for key in _CLIPPER)
    named = any(isinstance(name, str) and name.strip() for name in (who if isinstance(who, list) else [who]))
    return named and all(_is_day(day) for day in days)


def _is_day(value: object) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and _YEAR.search(value) is not None)


def _tags(properties: Mapping[str, Any]) -> set[str]:
    """The tags of a note's frontmatter, in lower case without `#`."""
    found = set[str]()
    for key in ("tags", "tag"):
        value = properties.get(key)
        items = value if isinstance(value, list) else _SEPARATOR.split(value) if isinstance(value, str) else []
        found |= {str(item).strip().lstrip("#").lower() for item in items}
    return found
