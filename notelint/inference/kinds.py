"""Telling kinds of note apart: by a property, by folder, or not at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from notelint.core.globs import literal
from notelint.core.lazy_regex import lazy_regex
from notelint.garden.permalinks import is_published_form
from notelint.inference import is_unicode
from notelint.note.note import Outline
from notelint.note.profile import Match, title_key

PROPERTIES = ("type", "kind", "category", "class")  # by which people tell notes apart, the most usual first
_MOST = 0.5  # of the notes are of a kind, if these are the kinds to tell apart
_SAME, _OTHER = 0.9, 0.5  # what so many notes of a folder have, and not so many of the others, sets it apart
_LONGEST = 60  # characters in a kind's name
_NOT_WORD = lazy_regex(r"[\W_]+")


class Title(NamedTuple):
    """A heading: its comparable form, its text, its level."""

    key: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """The traits of a note that count. `held` names the profile that a property of the note asks for already."""

    path: str
    properties: Mapping[str, Any]
    frontmatter: bool
    titles: tuple[Title, ...]
    published: bool = False
    profile: str | None = None
    held: str | None = None

    @classmethod
    def of(cls, outline: Outline, profile: str | None, held: str | None) -> "NoteFacts":
        """The facts of an outline whose note is of this profile."""
        outer = (heading for heading in outline.headings if not heading.nested and not heading.hidden)
        titles = (Title(title_key(heading.text), heading.text, heading.level) for heading in outer)
        return cls(
            outline.path,
            {key: value for key, value in outline.properties.items() if is_unicode(key)},
            outline.frontmatter_form is not None,
            tuple(title for title in titles if title.key and is_unicode(title.text)),
            is_published_form(outline),
            profile,
            held,
        )


@dataclass(frozen=True)
class Kind:
    """Notes that belong together: what they are called, in words too, and by what sign a profile knows them."""

    label: str
    what: str
    match: Match
    notes: tuple[NoteFacts, ...]
    property: str | None = None  # that tells them apart


def by_property(notes: Sequence[NoteFacts], key: str, least: int) -> list[Kind]:
    """Kinds by the texts that a property holds, alone or in a list; capitals do not count.

    A note with several is of the rarest kind that has at least `least` notes: the most telling. Kinds come in the
    order in which their profiles have to be asked.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    holding: dict[str, list[NoteFacts]] = defaultdict(list)
    for note in notes:
        value = note.properties.get(key)
        texts = {text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)}
        texts = {text for text in texts if text.strip() and is_unicode(text)}
        for folded in sorted({text.casefold() for text in texts}):
            holding[folded].append(note)
            spellings[folded].update(text for text in texts if text.casefold() == folded)
    kinds, taken = [], set[str]()
    for folded in sorted(holding, key=lambda folded: (len(holding[folded]), folded)):
        own = tuple(note for note in holding[folded] if note.path not in taken)
        if len(own) >= least:
            taken.update(note.path for note in own)
            written = [text for text, _ in sorted(spellings[folded].items(), key=lambda pair: (-pair[1], pair[0]))]
            match = Match(properties={key: written[0] if len(written) == 1 else written})
            kinds.append(Kind(written[0], f"with {key} '{written[0]}'", match, own, key))
    return kinds


def by_folder(notes: Sequence[NoteFacts], least: int) -> list[Kind]:
    """Kinds by the first folder in which the notes' paths differ. Profiles that a property asks for come first."""
    free = [note for note in notes if note.held is None and is_unicode(note.path)]
    parents = [PurePosixPath(note.path).parent.parts for note in free]
    depth = 0
    while parents and all(len(parts) > depth and parts[depth] == parents[0][depth] for parts in parents):
        depth += 1
    folders: dict[tuple[str, ...], list[NoteFacts]] = defaultdict(list)
    for note, parts in zip(free, parents, strict=True):
        folders[parts[: depth + 1]].append(note)
    kinds = []
    for parts, within in sorted(folders.items()):
        folder, deep = "/".join(parts), len(parts) > depth
        own = [note for note in within if deep or note.path.endswith(".md")]  # others are not what the pattern means
        pattern = literal(folder) + "/" if deep else (literal(folder) if folder else "") + "/*.md"
        where = f"in {folder}/" if deep else f"in {folder or 'the root'} itself"
        if len(own) >= least:
            kinds.append(Kind(folder or "root", where, Match(paths=(pattern,)), tuple(own)))
    return kinds


def all_at_once(notes: Sequence[NoteFacts], scope: Sequence[str]) -> list[Kind]:
    """One kind for all notes that no property gives a profile; `scope` are the patterns that mean them."""
    free = tuple(note for note in notes if note.held is None)
    return [Kind("note", "of any kind", Match(paths=tuple(scope)), free)] if free else []


def covers(kinds: Iterable[Kind], notes: Sequence[NoteFacts]) -> bool:
    """True if most notes are of one of these kinds."""
    return sum(len(kind.notes) for kind in kinds) >= _MOST * len(notes) > 0


def set_apart(kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds whose notes have a property or a heading that most notes of the others have not."""
    counts = [Counter(feature for note in kind.notes for feature in _features(note)) for kind in kinds]
    totals, whole = sum((Counter(count) for count in counts), Counter[str]()), sum(len(kind.notes) for kind in kinds)
    found = []
    for kind, count in zip(kinds, counts, strict=True):
        size, rest = len(kind.notes), whole - len(kind.notes)
        if rest and any(n >= _SAME * size and totals[one] - n < _OTHER * rest for one, n in count.items()):
            found.append(kind)
    return found


def _features(note: NoteFacts) -> set[str]:
    return {f"property {key}" for key in note.properties} | {f"heading {title.key}" for title in note.titles}


def names(kinds: Sequence[Kind], taken: Iterable[str]) -> list[str]:
    """A name for each kind, fit for a file, that nobody else has: `disease`, or else `own-disease`."""
    given, used = [], set(taken)
    for kind in kinds:
        name = base = _NOT_WORD.sub("-", kind.label.casefold()).strip("-")[:_LONGEST].strip("-") or "kind"
        if name in used:
            name = base = f"own-{base}"
        number = 1
        while name in used:
            number += 1
            name = f"{base}-{number}"
        used.add(name)
        given.append(name)
    return given
