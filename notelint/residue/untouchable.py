"""Text that is never removed from an import, whatever a pattern says.

Links that may lead to a file of the vault, anchors that are found in the note, what looks like frontmatter, images
with captions, references that the text cites, headings that a profile knows. Tables, quotations, code, comments and
wikilinks are kept by the units themselves.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note import citations, reference_lists
from notelint.note.frontmatter.lost import lost_frontmatter
from notelint.note.links import heading_key
from notelint.note.note import Note
from notelint.residue.units import Unit, leads_outside

_SCHEME = lazy_regex(r"[a-z][a-z0-9+.-]*:", re.I)
_ICON = lazy_regex(
    r"\b(?:logo|icon|avatar|gravatar|pixel|spacer|sprite|badge|banner|button|emoji|1x1|advert\w*|ads?)s?\b|"
    r"loading|alert|data:image|\.svg\b",
    re.I,
)
_CAPTION = 4  # words of a caption at least
_LONGEST = 60  # words of one at most
_CAPTIONED = 5  # units from a picture to its caption, at most
_FIGURE = lazy_regex(
    r"(?:fig(?:ure|\.)?|image|photo(?:graph)?|picture|credit|source|abb(?:\.|ildung)|foto|図|图)\b", re.I
)
_SHOWN = lazy_regex(
    r"\.(?:jpe?g|png|gif|webp|avif|tiff?|svg)(?:[?#]|$)|/fig(?:ure)?s?/|(?:/|:)(?:File|Datei|Fichier):", re.I
)
_NOT_A_SLUG = lazy_regex(r"[^\w-]+")


def untouchable(note: Note, units: Sequence[Unit]) -> frozenset[int]:
    """The numbers of those units that nothing may take out."""
    regions = Regions([*_lost(note), *_references(note)])
    anchors = _anchors(note)
    found = {at for at, unit in enumerate(units) if regions.touching(unit.span) or _leads_home(unit, anchors)}
    found.update(_holders(note.text, units))
    if note.profile is not None:
        known = note.profile
        found.update(at for at, unit in enumerate(units) if unit.level and known.section(unit.text) is not None)
    return frozenset(found)


def pictures(note: Note, units: Sequence[Unit]) -> frozenset[int]:
    """The numbers of the images that show something and of their captions."""
    return frozenset(_pictures(note.text, units))


def _holders(text: str, units: Sequence[Unit]) -> Iterator[int]:
    """Items of lists that hold code, a table or a quotation: without the item's line it would not be part of a list."""
    for at, (unit, below) in enumerate(pairwise(units)):
        if unit.bullet and not unit.kept and below.kept and text[below.span.start] in " \t":
            yield at


def _lost(note: Note) -> Iterator[Span]:
    lost = lost_frontmatter(note.text) if note.frontmatter is None else None
    if lost is not None:
        yield lost


def _references(note: Note) -> Iterator[Span]:
    for known in reference_lists.lists(note):
        if citations.cites(note, known):
            yield known.items


def _anchors(note: Note) -> frozenset[str]:
    """Names that links within the note can use, made comparable: headings, block ids, ids of HTML."""
    structure = note.structure
    names = {heading_key(heading.text).lower() for heading in note.headings if heading.text}
    names |= {_slug(heading.text) for heading in note.headings if heading.text}
    names |= {f"^{block.id.lower()}" for block in structure.block_ids}
    return frozenset(names | {one.lower() for one in note.outline.html_ids})


def _slug(text: str) -> str:
    return _NOT_A_SLUG.sub("", re.sub(r"\s+", "-", text.strip().lower()))


def _leads_home(unit: Unit, anchors: frozenset[str]) -> bool:
    """True if a link of a unit may lead to a file of the vault, or leads to a part of the note itself."""
    return any(_is_home(target, anchors) for _, target in unit.links)


def _is_home(target: str, anchors: frozenset[str]) -> bool:
    if target.startswith("#"):
        name = unquote(target[1:]).strip()
        return bool(name) and (heading_key(name).lower() in anchors or name.lower() in anchors)
    return bool(target) and not leads_outside(target) and _SCHEME.match(target) is None


def _pictures(text: str, units: Sequence[Unit]) -> Iterator[int]:
    """Images that show something, and the captions below them."""
    for at, unit in enumerate(units):
        if not unit.image or unit.is_link or unit.known or is_icon(text, unit):
            continue
        below = next((other for other in range(at + 1, min(at + 4, len(units))) if not units[other].is_mark), None)
        captioned = below is not None and _is_caption(units[below], described=unit.words > 0)
        if unit.words >= _CAPTION or captioned:
            yield at
        if captioned and below is not None:
            yield below


def is_icon(text: str, unit: Unit) -> bool:
    """True if the pictures of a unit of a note's text are by their names an icon, a portrait or an advertisement."""
    return unit.words <= _CAPTION and _ICON.search(unit.span.of(text)) is not None


def figures(units: Sequence[Unit]) -> Iterator[int]:
    """Pictures that lead to a larger picture or to a page about them, further links there, and the captions below."""
    for at, unit in enumerate(units):
        if not unit.image or not _is_of_figure(unit):
            continue
        yield at
        for other in range(at + 1, min(at + _CAPTIONED, len(units))):
            if not units[other].image and (_is_of_figure(units[other]) or _is_caption(units[other], described=True)):
                yield other
            if not (units[other].is_mark or _is_of_figure(units[other])):
                break


def _is_of_figure(unit: Unit) -> bool:
    return unit.is_link and all(_SHOWN.search(target) for _, target in unit.links)


def _is_caption(unit: Unit, *, described: bool) -> bool:
    """True if a unit says what the image above it shows. Below one without a text, links lead to other pages."""
    if unit.level or unit.known or unit.kept or unit.image or unit.bullet:
        return False
    if _FIGURE.match(unit.text):
        return True
    whole = described or (not unit.is_link and unit.text.endswith((".", ")", "。", "”", '."')))
    return whole and _CAPTION <= unit.words <= _LONGEST
