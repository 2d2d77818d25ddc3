"""Renaming a heading: the edits of its line and of every link that names it. Pure: vault and notes in, edits out."""

from collections.abc import Mapping
from urllib.parse import unquote

from msgspec import Struct

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit
from notelint.edits.link_rewrite import Renamed, Rewrite, VaultMove, WrittenLink, rewrite, with_notes
from notelint.note.links import Link, LinkForm, heading_for_link, heading_key
from notelint.note.markdown.attributes import own_id, split_attributes
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.vault.link_rules import LinkRules, ResolutionProfile
from notelint.vault.link_style import spelt
from notelint.vault.vault import Vault

_BLOCK_ID = lazy_regex(r"(?<![ \t])[ \t]++\^[A-Za-z0-9-]+$")
_ATTRIBUTES = lazy_regex(r"\{:?[ \t]*[#.]")  # the beginning of braces that cannot be words of the heading
_UNWRITABLE = lazy_regex(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def rename(vault: Vault, notes: Mapping[str, Note], path: str, old: str, new: str) -> Rewrite:
    """Give the heading `old` (`A#B`: the B under A) of the note `path` the text `new`, and every link to it.

    A block id at the heading's end stays, and attributes (`{#id}`) do if `old` names it without them. Raises
    `NotelintError` if there is no such heading, or more than one, or if a link would mean something else.
    """
    if not heading_key(new) or _UNWRITABLE.search(new):
        raise NotelintError(f"{new!r} cannot be a heading that links find: write one line with a letter in it")
    note = notes[path]
    heading = _heading(vault, note, old)
    number = next(at for at, one in enumerate(note.headings) if one == heading)
    block_id = None if _BLOCK_ID.search(new.strip()) else _BLOCK_ID.search(heading.text_span.of(note.text))
    text = new.strip() + _kept_attributes(heading, old, new) + (block_id.group() if block_id else "")
    _refuse_unread(note, number, text)
    edits: dict[str, list[Edit]] = {path: [Edit(heading.text_span, text)]}
    for source, other in notes.items():
        wanted = in_links(vault, other, path, heading, text)
        if wanted:
            edits.setdefault(source, []).extend(wanted)
    return rewrite(VaultMove(vault, vault), notes, edits, Renamed(path, number))


def in_links(vault: Vault, other: Note, path: str, heading: Heading, text: str) -> list[Edit]:
    """The edits of the links of a note that name `heading` of the note `path`, which is to be `text`."""
    edits = []
    ids: _Ids | None = None
    for link in other.links:
        on_the_way = _headings(vault, other.path, link, path)
        inside = other.path == path and link.span.overlaps(heading.text_span)
        written = None if inside or heading not in on_the_way else WrittenLink.of(other, link)
        if written is None:
            continue
        ids = ids or _Ids(vault.anchors.ids_after(path, heading, text), vault.rules)
        edit = _edit(written, on_the_way, heading, text, ids)
        if edit is not None:
            edits.append(edit)
    return edits


def renamed_subpath(vault: Vault, path: str, subpath: str, heading: Heading, text: str) -> str:
    """The subpath of the note `path` once its `heading` is `text`; the same if it does not name that."""
    parts = subpath.split("#")
    places = [at for at, part in enumerate(parts) if at and part.strip()]
    for at, one in zip(places, vault.anchors.resolve(path, subpath).headings, strict=False):
        if one == heading:
            parts[at] = _like(parts[at], heading_for_link(text), heading)
    return "#".join(parts)


def rename_after(vault: Vault, notes: Mapping[str, Note], path: str, old: str, new: str) -> Rewrite:
    """Give every link to the heading `old` of the note `path` the text that somebody wrote there instead: `new`.

    The vault is taken as it was before, and the heading renamed in it: what `rename` then changes in other places is
    what is left to do. Raises `NotelintError` as `rename` does, and if the old heading is still there.
    """
    note = notes[path]
    heading = _heading(vault, note, new)
    text = old.rpartition("#")[2].strip()
    if any(heading_key(_BLOCK_ID.sub("", one.text)) == heading_key(text) for one in note.headings):
        raise NotelintError(f"{path} still has a heading {text!r}: leave --already-renamed out to rename it")
    block_id = _BLOCK_ID.search(heading.text)
    was = text + ("" if block_id is None or _BLOCK_ID.search(text) else block_id.group())
    place = heading.text_span
    before = note.with_text(note.text[: place.start] + was + note.text[place.end :])
    earlier = with_notes(vault, [before])
    done = rename(earlier, {**notes, path: before}, path, was, heading.text)
    notes_now = {one: changed for one, changed in done.notes.items() if changed.text != notes[one].text}
    edits = {one: tuple(e for e in done.edits[one] if one != path or e.text != heading.text) for one in notes_now}
    return Rewrite(done.moves, edits, notes_now)


def _is_without_attributes(heading: Heading, old: str) -> bool:
    """True if `old` is the text of a heading but for its attributes."""
    bare, attributes = _split(_BLOCK_ID.sub("", heading.text))
    return bool(bare and attributes) and heading_key(bare) == heading_key(old)


def _kept_attributes(heading: Heading, old: str, new: str) -> str:
    """The attributes that stay at a heading's end: those that nobody named."""
    text = _BLOCK_ID.sub("", heading.text)
    stay = _is_without_attributes(heading, old) and not _split(new)[1]
    return text[len(_split(text)[0]) :] if stay else ""


def _split(heading: str) -> tuple[str, str]:
    """The text of a heading, and the attributes behind it; braces with other words are text."""
    text, attributes = split_attributes(heading)
    return (text, attributes) if _ATTRIBUTES.match(attributes) else (heading, "")


def _refuse_unread(note: Note, number: int, text: str) -> None:
    """Raise `NotelintError` if the note's headings would not be read as the same ones, but for the new text."""
    place = note.headings[number].text_span
    after = Note(note.path, note.text[: place.start] + text + note.text[place.end :])
    same = [(one.level, one.nested) for one in after.headings] == [(one.level, one.nested) for one in note.headings]
    if not same or after.headings[number].text != text:
        raise NotelintError(f"{text!r} would not be read as the text of a heading in {note.path}: write it otherwise")
    links = [after.text[link.span.start : link.span.end] for link in after.links if link.span.start >= place.start]
    if len(links) > len([link for link in note.links if link.span.start >= place.start]):
        raise NotelintError(
            f"{text!r} holds the link {links[0]}: rename the heading without it, and write the link by hand"
        )


def _heading(vault: Vault, note: Note, old: str) -> Heading:
    """The one heading that is meant."""
    headings = [heading for heading in note.headings if not heading.nested]
    as_shown = [one for one in headings if one.text == old.strip()]  # the very text that the message below shows
    same = as_shown or [one for one in headings if heading_key(_BLOCK_ID.sub("", one.text)) == heading_key(old)]
    same = same or [one for one in headings if _is_without_attributes(one, old)]
    if not same:
        found = vault.anchors.resolve(note.path, f"#{old}").heading
        same = [] if found is None else [found]
    if not same:
        titles = ", ".join(repr(heading.text) for heading in headings) or "none"
        raise NotelintError(f"there is no heading {old!r} in {note.path}: its headings are {titles}")
    if len(same) > 1:
        lines = ", ".join(str(note.lines.position(one.span.start)[0]) for one in same)
        raise NotelintError(f"{note.path} has several headings {old!r}, on lines {lines}: write PARENT#{old}")
    return same[0]


def _headings(vault: Vault, source: str, link: Link, path: str) -> tuple[Heading, ...]:
    """The headings of the note `path` that a link in the note `source` names: one, or those on the way to one."""
    if not link.target.subpath or vault.resolve_link(link, source).target != path:
        return ()
    found = vault.anchors.resolve(path, link.target.subpath).headings
    by_id = vault.anchors.by_id(path, link.target.subpath) if not found and vault.rules.reader_unknown else None
    return found if by_id is None else by_id.headings


class _Ids(Struct, frozen=True):
    """The ids of a heading on GitHub and websites, each with its new one, and by whose rules links are judged."""

    new: Mapping[str, str]
    rules: LinkRules

    def are_meant(self, part: str, heading: Heading, link: Link) -> bool:
        """True if a part of a link names the heading by its id, so that it must name the new one by its id, too."""
        written = unquote(part.strip())
        if written not in self.new or (link.form is LinkForm.WIKILINK and not self.rules.heading_ids):
            return False
        only_ids = self.rules.heading_ids or self.rules.profile is ResolutionProfile.GITHUB
        if link.form is LinkForm.WIKILINK:
            only_ids = written != heading.text
        return only_ids or heading_key(written) != heading_key(heading.text)


def _edit(written: WrittenLink, on_the_way: tuple[Heading, ...], heading: Heading, text: str, ids: _Ids) -> Edit | None:
    """The edit that writes the heading's new text in each part of a link that names it; None if it names it by an id
    that stays.
    """
    parts = written.link.target_span.of(written.text).split("#")
    places = [at for at, part in enumerate(parts) if at and part.strip()]
    for at, one in zip(places, on_the_way, strict=True):
        if one == heading and parts[at].strip() == own_id(heading.text) == own_id(text):
            return None
        if one == heading and ids.are_meant(parts[at], heading, written.link):
            parts[at] = ids.new[unquote(parts[at].strip())]
        elif one == heading:
            parts[at] = _like(parts[at], spelt(heading_for_link(text), written.link, written.text), heading)
    return written.edit("#".join(parts))


def _like(old: str, new: str, heading: Heading) -> str:
    """`new` with the spaces around `old`, and in small letters if the heading was written so against its own way."""
    small = old.islower() and not heading.text.islower()
    start, end = len(old) - len(old.lstrip()), len(old.rstrip())
    return old[:start] + (new.lower() if small else new) + old[end:]
