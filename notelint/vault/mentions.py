"""Names in the texts of a vault without a link: files that are named, and notes that are mentioned.

This reads whole notes, all of them: for checkers that are off at first.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from notelint.core.file_types import is_note, link_name
from notelint.core.lazy_regex import lazy_regex
from notelint.core.regex import any_of
from notelint.core.text import Regions, Span, encodable
from notelint.note.canvas import parse
from notelint.note.links import LinkForm, normalise
from notelint.note.note import Note
from notelint.vault.vault import Vault

_READ = (".md", ".canvas", ".base", ".html", ".css")  # what may name a file
_SHORTEST = 3  # characters of a name that is looked for: shorter ones are words of every text
_LINKED_AT_LEAST = 2
_LINKED_SHARE = 4  # a name is linked in at least one of so many notes in which it stands
_JOINTS = "-/+*#_.@\\'’&±<>="  # between two words they make one term of them: `PET/CT` does not mention `CT`
_TAILS = "+*#±"  # behind a word they are a part of it: `HER2+`
_ADDRESS = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|\bwww\.\S+|(?<!\S)#\S+")


def texts(vault: Vault) -> Iterator[tuple[str, str]]:
    """The texts of the vault that may name a file, by path: of notes, excluded ones too, and of canvases' cards."""
    for path in vault.files:
        note = vault.texts.note(path) if vault.texts is not None and path.lower().endswith(_READ) else None
        if note is not None:
            yield path, card_texts(note.text) if path.endswith(".canvas") else note.text


def card_texts(canvas: str) -> str:
    """The texts on the cards of a canvas, and the files that they show, a line each."""
    read = parse(canvas)
    if read is None:
        return canvas
    return "\n".join(part.value for card in read.cards for part in (card.file, card.text) if part is not None)


def named_files(vault: Vault, names: Iterable[str]) -> set[str]:
    """Those of some file names that stand in a text of the vault, as they are or in other capitals."""
    wanted = {normalise(name).lower(): name for name in names}
    if not wanted:
        return set()
    pattern = any_of(wanted)
    found = set()
    for _, text in texts(vault):
        found |= {normalise(match.group()).lower() for match in pattern.finditer(encodable(text))}
    return {name for key, name in wanted.items() if key in found}


class Mention(Struct, frozen=True):
    """A place where a note is named without a link to it: the place, and the path of the note."""

    span: Span
    target: str


class _Uses(Struct):
    """In which notes a name stands: as a link, and as plain text."""

    linked: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)


class Mentions:
    """The names and aliases of a vault's notes in the texts of the others.

    A name counts if it is linked in two other notes at least, and in a quarter of the notes in which it stands: what
    nobody links is a word, and no name. It has to be the name of one note alone.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def of(self, note: Note) -> list[Mention]:
        """Where a note mentions others to which it has no link: the first place of each."""
        if self._pattern is None:
            return []
        linked = {self._vault.resolve_link(link, note.path).target for link in note.links}
        first: dict[str, Mention] = {}
        for name, span in self._plain(note):
            target = self._names[name]
            if target is not None and target not in linked | first.keys() and self._counts(name, note.path):
                first[target] = Mention(span, target)
        return list(first.values())

    def _counts(self, name: str, path: str) -> bool:
        uses = self._uses[name]
        elsewhere = len(uses.linked - {path})
        return elsewhere >= _LINKED_AT_LEAST and len(uses.linked) * _LINKED_SHARE >= len(uses.linked | uses.plain)

    @cached_property
    def _names(self) -> dict[str, str | None]:
        """All names and aliases, in lower case; the note's path of those that links show, and that are one note's.

        The others are sought too, for the longest name at a place is the one that stands there.
        """
        vault, claims = self._vault, defaultdict[str, set[str]](set)
        for table in (vault.names.of_notes, vault.names.aliases):
            for name, paths in table.items():
                claims[_key(name)].update(paths)
        shown = self._shown
        found: dict[str, str | None] = {}
        for name, owners in claims.items():
            owner = next(iter(owners)) if len(owners) == 1 else None
            is_linked = owner is not None and len(shown.get((name, owner), ())) >= _LINKED_AT_LEAST
            if len(name) >= _SHORTEST:
                found[name] = owner if is_linked else None
        return found

    @cached_property
    def _shown(self) -> Mapping[tuple[str, str], set[str]]:
        """In which notes links show a text and lead to a note, by that text and that note."""
        found = defaultdict[tuple[str, str], set[str]](set)
        for path, outline in self._vault.outlines.items():
            for link in outline.links:
                if link.hidden or link.embed or link.form is LinkForm.HTML:
                    continue
                target = self._vault.resolve_link(link, path).target
                if target is not None and target != path and is_note(target):
                    shown = link.alias or link_name(link.target.path)
                    found[_key(shown), target].add(path)
        return found

    @cached_property
    def _pattern(self) -> Any:
        return any_of(self._names) if any(self._names.values()) else None

    @cached_property
    def _uses(self) -> dict[str, _Uses]:
        """The second pass: each note is read, and each name that counts is sought in it."""
        known = ((name, target) for name, target in self._names.items() if target is not None)
        uses = {name: _Uses(set(self._shown[name, target])) for name, target in known}
        for path in self._vault.faces:
            note = self._vault.texts.note(path) if self._vault.texts is not None else None
            for name, _ in self._plain(note) if note is not None else ():
                uses[name].plain.add(path)
        return uses

    def _plain(self, note: Note) -> Iterator[tuple[str, Span]]:
        """Where a note names others in its running text: not in links, headings, code, comments, tags and addresses."""
        text = encodable(note.text)
        found = [Span(*match.span()) for match in self._pattern.finditer(text, note.body_start)]
        found = [span for span in found if _is_term(text, span)]
        if not found:
            return
        structure = note.structure
        apart = (structure.opaque, structure.comments, Regions(_apart(note)))
        for span in found:
            name = _key(span.of(text))
            if self._names.get(name) not in (None, note.path) and not any(one.touching(span) for one in apart):
                yield name, span


def _apart(note: Note) -> Iterator[Span]:
    yield from (link.span for link in note.structure.links)
    yield from (heading.span for heading in note.headings)
    yield from (Span(*match.span()) for match in _ADDRESS.finditer(note.text, note.body_start))
    yield from _bracketed(note.text)


def _bracketed(text: str) -> Iterator[Span]:
    """Places in brackets, as links that lead out of the vault and footnotes do."""
    yield from (Span(*match.span()) for match in re.finditer(r"\[[^\[\]\n]*\]", text))


def _is_term(text: str, span: Span) -> bool:
    """True if a place is a term of its own: no part of a word, nor of words that are joined."""
    before, after = text[max(span.start - 2, 0) : span.start], text[span.end : span.end + 2]
    if before and (_is_letter(before[-1]) or (before[-1] in _JOINTS and (len(before) == 1 or not before[0].isspace()))):
        return False
    if not after:
        return True
    joined = after[0] in _JOINTS and len(after) > 1 and _is_letter(after[1])
    return not (_is_letter(after[0]) or after[0] in _TAILS or joined)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _key(name: str) -> str:
    return " ".join(normalise(name).lower().split())
