"""Renaming a block id, and the names that links show for a note: its aliases. Pure: vault and notes in, edits out."""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from notelint.core.diagnostic import Fix
from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.apply import apply
from notelint.edits.link_rewrite import WrittenLink
from notelint.edits.merge_conflict import conflict
from notelint.edits.verify import violation
from notelint.note.frontmatter.values import scalar
from notelint.note.links import Link, LinkForm
from notelint.note.note import Note, Outline
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault

Edits = dict[str, list[Edit]]
_BLOCK_ID = lazy_regex(r"[A-Za-z0-9-]+")
_NOT_IN_ALIAS = lazy_regex(r"[\[\]|\x00-\x1f\x7f\u2028\u2029]")


class LinkingNotes(Struct, frozen=True):
    """A vault, the outlines of those of its notes that may link to the one at hand, and what reads a note."""

    vault: Vault
    outlines: Iterable[Outline]
    read: Callable[[str], Note]


def rename_block(linking: LinkingNotes, path: str, old: str, new: str) -> Edits:
    """The edits, by note, that give a block of the note `path` another id, in every link too.

    Raises `NotelintError` that says why it cannot be.
    """
    vault, read = linking.vault, linking.read
    note, ids = read(path), [one.id.lower() for one in read(path).structure.block_ids]
    if not _BLOCK_ID.fullmatch(new):
        raise NotelintError(f"{new!r} cannot be a block id: write letters without accents, digits and hyphens")
    if new.lower() != old.lower() and new.lower() in ids:
        raise NotelintError(f"{path} has a block ^{new} already")
    if ids.count(old.lower()) != 1:
        raise NotelintError(f"{path} has {ids.count(old.lower())} blocks ^{old}: give each an id of its own first")
    place = next(one.span for one in note.structure.block_ids if one.id.lower() == old.lower())
    edits: Edits = {path: [Edit(place, new)]}
    for outline in linking.outlines:
        if any(_names_block(vault, outline.path, link, path, old) for link in outline.links):
            other = read(outline.path)
            links = [link for link in other.links if _names_block(vault, other.path, link, path, old)]
            edits.setdefault(other.path, []).extend(_with_block(other, link, new) for link in links)
    for source, wanted in edits.items():
        _check(read(source), wanted)
    after = _after(note, edits[path])
    if [one.id.lower() for one in after.structure.block_ids] != [new.lower() if i == old.lower() else i for i in ids]:
        raise NotelintError(f"^{new} would not be read as the id of that block in {path}")
    return edits


def _names_block(vault: Vault, source: str, link: Link, path: str, id: str) -> bool:
    if "^" not in (link.target.subpath or "") or vault.resolve_link(link, source).target != path:
        return False
    found = vault.anchors.resolve(path, link.target.subpath)
    return found.kind is Anchor.BLOCK and (found.block or "").lower() == id.lower()


def _with_block(note: Note, link: Link, new: str) -> Edit:
    written = WrittenLink.of(note, link)
    if written is None:
        line, _ = note.lines.position(link.span.start)
        raise NotelintError(f"nothing is changed: {note.path}:{line}: the link there cannot be changed; do that first")
    target = written.link.target_span.of(written.text)
    head, mark, _ = target.rpartition("^")
    if not mark:  # an encoded caret
        head, mark = re.sub(r"(?i)%5E.*$", "", target), "^"
    return written.edit(f"{head}{mark}{new}")


def rename_alias(linking: LinkingNotes, path: str, old: str, new: str) -> Edits:
    """The edits, by note, that give the note `path` the alias `new` instead of `old`, in links that show it too.

    Raises `NotelintError` that says why it cannot be.
    """
    vault, read = linking.vault, linking.read
    note = read(path)
    place = alias_place(note, old)
    if not new.strip() or _NOT_IN_ALIAS.search(new):
        raise NotelintError(f"{new!r} cannot be an alias that links show: write one line without brackets or bars")
    if place is None:
        raise NotelintError(f"the alias {old!r} of {path} cannot be changed where it stands: write it in a list")
    if new in note.outline.aliases:
        raise NotelintError(f"{path} has the alias {new!r} already")
    edits: Edits = {path: [Edit(place, scalar(new, place.of(note.text)[:1]))]}
    for outline in linking.outlines:
        if any(_shows(vault, outline.path, link, path, old) for link in outline.links):
            other = read(outline.path)
            spans = (_shown(other, link) for link in other.links if _shows(vault, other.path, link, path, old))
            edits.setdefault(other.path, []).extend(Edit(span, new) for span in spans if span is not None)
    for source, wanted in edits.items():
        _check(read(source), wanted)
    wanted_aliases = [new if one == old else one for one in note.outline.aliases]
    if list(_after(note, edits[path]).outline.aliases) != wanted_aliases:
        raise NotelintError(f"{new!r} would not be read as an alias in {path}: write it otherwise")
    return edits


def alias_place(note: Note, alias: str) -> Span | None:
    """Where an alias stands in a note's properties, with its quotes; None if it is not the item of a list."""
    block = note.frontmatter
    for key, value in {} if block is None else block.properties.items():
        if block is not None and str(key).lower() == "aliases":  # F6
            items = value if isinstance(value, list) else [value]
            for at, item in enumerate(items):
                if isinstance(item, str) and item.strip() == alias:
                    place = block.place((key, at) if isinstance(value, list) else (key,)).value
                    return place if place.of(note.text).strip("\"'").strip() == alias else None
    return None


def _shows(vault: Vault, source: str, link: Link, path: str, alias: str) -> bool:
    """Tell whether a link to a note shows this alias of it."""
    return link.alias == alias and not link.in_property and vault.resolve_link(link, source).target == path


def _shown(note: Note, link: Link) -> Span | None:
    """Where the text stands that a link shows."""
    if link.form is LinkForm.WIKILINK:
        start = note.text.find(link.alias or "", link.target_span.end, link.span.end)
    elif link.form is LinkForm.MARKDOWN:
        start = note.text.find(link.alias or "", link.span.start, link.target_span.start)
    else:
        return None
    return None if start < 0 else Span(start, start + len(link.alias or ""))


def _after(note: Note, edits: list[Edit]) -> Note:
    return note.with_text(apply(note.text, [Fix("", tuple(edits))])[0])


def _check(note: Note, edits: list[Edit]) -> None:
    """Raise `NotelintError` if edits would change more of a note than what they name."""
    lost = conflict(note) or violation(note, _after(note, edits), edits)
    after = _after(note, edits)
    if lost is None and len(after.links) != len(note.links):
        lost = "a link would be lost"
    if lost is None and [link.target.path for link in after.links] != [link.target.path for link in note.links]:
        lost = "a link would lead elsewhere"
    if lost is not None:
        raise NotelintError(f"nothing is changed: in {note.path} {lost}")
