"""Which notes are imports. A note is one only if it is declared or signed: nothing else proves it (DESIGN 2a.1).

Declared is a note whose profile says so by a property or a path, one that carries the address of a web page together
with a clipper's mark, and one that the command line names. Signed is a note that holds two lines of a known website's
signature. Links, tables of contents, words such as "cookie", JSON, or an address alone prove nothing.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from notelint.core.globs import Globs
from notelint.core.regex import Patterns
from notelint.note.note import Note
from notelint.note.profile import Profile
from notelint.note.profile_matching import has_properties
from notelint.residue.web_address import host_and_path

_CLIPPED = frozenset({"clippings", "clipped"})
_CLIPPER = ("author", "published", "created")  # what Obsidian's Web Clipper writes besides the address
_SEPARATOR = re.compile(r"[\s,]+")


def is_import(note: Note) -> bool:
    """Whether a note is declared or signed as an import."""
    if is_declared(note):
        return True
    known: dict[str, str | None] = note.__dict__.setdefault("_signed_by", {})  # asked by several checkers
    if "site" not in known:
        known["site"] = signed_by(note)
    return known["site"] is not None


def is_declared(note: Note) -> bool:
    """Whether a note says itself that it is an import, or was named as one. Looks at properties and the path only."""
    return note.is_named_import or _by_profile(note) or _is_clipped(note.properties)


def is_written_down(note: Note) -> bool:
    """Whether the next run will know it too: the declaration stands in the note or in its path."""
    return _by_profile(note) or _is_clipped(note.properties)


def signed_by(note: Note) -> str | None:
    """The name of the website whose signature the note holds; None for most notes, after one native search."""
    if not signatures().within(note.utf8):
        return None
    from notelint.residue import site_pages
    from notelint.residue.page import Page

    site = site_pages.signed(Page.of(note, crude=True))
    return None if site is None else site.name


@cache
def signatures() -> Patterns:
    """The lines of all signatures, sought natively in a note's raw text."""
    return Patterns([signature_hint()])


@cache
def signature_hint() -> str:
    """A pattern (RE2) that is found in every note that holds a line of a signature."""
    from notelint.residue.knowledge import sites
    from notelint.residue.raw_text import anywhere

    lines = [line for site in sites() for line in site.signature]
    targets = [target for site in sites() for target in site.signature_target]
    return anywhere(lines, targets)


def _by_profile(note: Note) -> bool:
    """Whether a profile of imports means the note by its properties or path, not by what it looks like.

    A profile that means no notes by itself was given to this one.
    """
    profile = note.profile
    if profile is None or not profile.imported:
        return False
    match = profile.match
    if not (match.properties or match.paths or match.lines or match.headings):
        return True
    return has_properties(match.properties, note.properties) or (bool(match.paths) and _globs(profile).match(note.path))


def _globs(profile: Profile) -> Globs:
    return _compiled(profile.match.paths)


@cache
def _compiled(paths: tuple[str, ...]) -> Globs:
    return Globs(paths)


def _is_clipped(properties: Mapping[str, Any]) -> bool:
    """Whether properties hold the address of a web page and a clipper's mark: its tag, or its three facts together."""
    if host_and_path(properties.get("source")) is None:
        return False
    return all(key in properties for key in _CLIPPER) or not _CLIPPED.isdisjoint(_tags(properties))


def _tags(properties: Mapping[str, Any]) -> set[str]:
    """The tags of a note's frontmatter, in lower case without `#`."""
    found = set[str]()
    for key in ("tags", "tag"):
        value = properties.get(key)
        items = value if isinstance(value, list) else _SEPARATOR.split(value) if isinstance(value, str) else []
        found |= {str(item).strip().lstrip("#").lower() for item in items}
    return found
