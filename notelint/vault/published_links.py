"""The fate of a link when its note is published: what the plugin makes of it, and the site's template of that.

The rules are those of docs/publishing.md, DG-L1 to DG-L8, DG-A2 and DG-E1. In a published garden the plugin's part is
done already, and the same rules hold for what it left.
"""

import posixpath
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import quote

from msgspec import Struct

from notelint.core.file_types import is_note
from notelint.core.lazy_regex import lazy_regex
from notelint.garden.template import read_link
from notelint.note.links import Link, LinkForm
from notelint.note.note import Outline
from notelint.vault.face import path_in_garden, unaddressed
from notelint.vault.resolution import Status
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.vault import Vault

NOT_FOUND = "/404"  # where the template sends every link whose note it does not have (DG-L6)
_CONVERTED = lazy_regex(r"\.(?:md|markdown|canvas)\Z")  # Markdown links with other endings are left alone (DG-L5)
_ASSET = lazy_regex(r"\.(?:png|jpe?g|gif|webp|svg|pdf)\Z")  # capitals count (DG-E1)
_URI_SAFE = "~@#$&()*!+=:;,.?/'"  # what JavaScript's encodeURI leaves as it is


class Fate(StrEnum):
    """The fate of a link on the site."""

    ALIVE = "alive"
    MISSING = "missing"  # nothing in the vault is what it names
    UNPUBLISHED = "unpublished"  # its note is not published
    UNREADABLE = "unreadable"  # its note's name does not survive Markdown and HTML (DG-L7)
    UNCONVERTED = "unconverted"  # a Markdown link in a form that leads nowhere on the site (DG-L5)
    UNSHOWN = "unshown"  # a file of a kind that the site does not have (DG-L1)


class PublishedLink(Struct, frozen=True):
    """A link as a reader of the site meets it.

    `target` is the file that it names in the vault, `href` the address that it leads to (None for text, and where a
    living link's address is not known), `anchor` the id in it, `whole` whether all headings that it names count
    (DG-L3).
    """

    fate: Fate
    target: str | None
    href: str | None
    anchor: str | None = None
    whole: bool = True


_DEAD = PublishedLink(Fate.MISSING, None, NOT_FOUND)


def noteworthy_links(note: Outline, vault: Vault) -> list[tuple[Link, PublishedLink]]:
    """The links of a published note that lead nowhere on the site, or that name a part of what they lead to.

    With what becomes of each. Nearly all others are alive, of which no checker has anything to say. One checker asks
    after the other of the same note.
    """
    if vault.becoming[0] is not note:
        vault.becoming = note, list(_noteworthy_links(note, vault))
    links: list[tuple[Link, PublishedLink]] = vault.becoming[1]
    return links


def _noteworthy_links(note: Outline, vault: Vault) -> Iterator[tuple[Link, PublishedLink]]:
    living = vault.living_links
    for link in note.links:
        path, is_whole_note = link.target.path, not link.target.subpath and link.form is LinkForm.WIKILINK
        if is_whole_note and path in living:
            continue
        found = published_link(link, note.path, vault)
        if found is None:
            continue
        if link.target.subpath or found.fate is not Fate.ALIVE or not found.whole:
            yield link, found
        elif is_whole_note and vault.resolver.means_same_anywhere(path):
            living.add(path)


def published_link(link: Link, source: str, vault: Vault) -> PublishedLink | None:
    """The fate of a link in the note `source`, which is published. None for what no rule speaks of.

    That are embeds, links in properties, comments and HTML, links to canvases and excluded notes, and addresses of
    published images.
    """
    if link.embed or link.in_property or link.hidden or link.form is LinkForm.HTML:
        return None
    found = vault.resolve_link(link, source)
    if found.status in (Status.NO_LINK, Status.UNKNOWN):
        return None
    wikilink = link.form is LinkForm.WIKILINK
    if found.target is None:
        return _DEAD if wikilink else None
    if found.target.endswith(".canvas"):
        return None
    if found.target not in vault.faces:
        if is_note(found.target) or link.target.path.startswith(SITE_IMAGES):
            return None  # a note that is excluded was not read
        return _to_file(link, found.target)
    if not wikilink and not link.target.path:  # a Markdown link inside its note is left as it is
        fragment = (link.target.subpath or "").removeprefix("#")
        return PublishedLink(Fate.ALIVE, found.target, f"#{fragment}", fragment)
    if not vault.site.publishes(found.target):
        return PublishedLink(Fate.UNPUBLISHED, found.target, NOT_FOUND)
    if not wikilink and not _is_converted(link) and not _is_followed(link, source, found.target, vault):
        return PublishedLink(Fate.UNCONVERTED, found.target, link.target.path)
    key = (found.target, link.target.subpath)
    known: PublishedLink | None = vault.published_targets.get(key)  # several checkers ask, and many notes link alike
    if known is None:
        known = vault.published_targets[key] = _to_note(link, found.target, vault)
    return known


def _to_file(link: Link, path: str) -> PublishedLink:
    if not _ASSET.search(path):
        return PublishedLink(Fate.UNSHOWN, path, None if link.form is LinkForm.WIKILINK else link.target.path)
    if link.form is not LinkForm.WIKILINK:  # of Markdown links only those to notes are converted (DG-L5)
        return PublishedLink(Fate.UNCONVERTED, path, link.target.path)
    return PublishedLink(Fate.ALIVE, path, SITE_IMAGES + quote(path, safe=_URI_SAFE))


def _to_note(link: Link, target: str, vault: Vault) -> PublishedLink:
    """A link to a published note: the template reads the note's path, and the first heading that is named."""
    stem = path_in_garden(target)[: -len(".md")]
    parts = [part for part in (link.target.subpath or "").split("#") if part]
    read = read_link(f"{stem}#{parts[0]}" if parts else stem, older=vault.garden.older_template)
    if read is None or read.path != stem:
        return PublishedLink(Fate.UNREADABLE, target, NOT_FOUND)
    address = vault.faces[target].published
    if address == "":
        return PublishedLink(Fate.ALIVE, target, None, read.anchor, whole=len(parts) < 2)
    address = address or unaddressed(target)
    href = address if read.anchor is None else f"{address}#{read.anchor}"
    return PublishedLink(Fate.ALIVE, target, href, read.anchor, whole=len(parts) < 2)


def _is_converted(link: Link) -> bool:
    """True if the plugin turns a Markdown link into a wikilink: no `<>`, no title, no bracket in its way (DG-L5)."""
    before, after = around_destination(link)
    plain = link.form is LinkForm.MARKDOWN and not before and not after
    bare = ")" not in link.target.path or link.path_length > len(link.target.path)
    return plain and bare and not {"[", "]"} & set(link.alias or "") and bool(_CONVERTED.search(link.target.path))


def around_destination(link: Link) -> tuple[int, int]:
    """Number of characters within the parentheses of a Markdown link before its target, and behind it."""
    opening = link.span.start + len("[](") + len(link.alias or "")
    return link.target_span.start - opening, link.span.end - 1 - link.target_span.end


def _is_followed(link: Link, source: str, target: str, vault: Vault) -> bool:
    """True if the template itself finds the note: by its path from the source's folder, ending in `.md` (DG-L5)."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), link.target.path))
    return not vault.garden.older_template and path == target
