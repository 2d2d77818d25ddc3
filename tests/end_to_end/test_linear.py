"""No checker is slower than linear in the vault, or in one note: calls are counted, not time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from rapidfuzz import process

from notelint.checkers.base import NoteChecker, VaultChecker
from notelint.checkers.registry import BUILTIN, load_checkers
from notelint.core import fuzzy
from notelint.note.note import Note, Outline
from notelint.note.profile import Match, Profile, Section
from notelint.vault import resolver
from notelint.vault.vault import Vault

pytestmark = pytest.mark.slow

SMALL, LARGE = 60, 240
MOST = 1.35 * LARGE / SMALL  # a little more than linear, for tables that are built step by step

Checkers = load_checkers()
PROFILE = Profile(
    "kind", match=Match(paths=("*",)), sections=(Section("Imaging", min_words=3), Section("Anatomy"), Section("Causes"))
)


def _word(n: int) -> str:
    """A name that has little in common with others."""
    letters = "bcdfghjklmnprstvwz"
    return "".join(letters[(n // 18**at) % 18] + "aeiou"[(n + at) % 5] for at in range(4))


def many_notes(size: int) -> list[Note]:
    """Notes of a vault in which every checker has something to find in every note."""
    notes = []
    for n in range(size):
        name, other = _word(n), _word((n + 1) % size)
        text = (
            f"---\ndg-publish: true\npermalink: /x{n}/\naliases: [alias {name}]\n---\n# {name}\n\n"
            f"[[{other}#{other}]] [[{other}#none]] [[{other}#^none]] [[{name}{other}]] [[{name.upper()}]] "
            f"![[{name}.png]] [[Same]] [a](/{name}/) [b](/{name}{other}/)\n\n## Imaging\n\n"
        )
        notes.append(Note(f"{n % 7}/{name}.md", text, PROFILE))
    return [*notes, Note("a/Same.md", "x\n"), Note("b/Same.md", "x\n")]


def many_claims(size: int) -> list[Note]:
    """Notes that all claim one address, and all link to one name that many have."""
    text = "---\ndg-publish: true\ndg-permalink: /same/\n---\n[[Lost]] [[Gone]] [a](/saame/) [[0/Note#x]]\n"
    return [Note(f"{n}/Note {_word(n)}.md", text, PROFILE) for n in range(size)]


def published_notes(size: int) -> list[Note]:
    """Notes of a garden with everything that dies on its site, and one that all others link to, with many headings."""
    hub = "".join(
        f"## `H` *{_word(n)}* & x\n\ntext ^Block-{_word(n)}\n\n[[#`H` *{_word(n)}* & x]]\n\n" for n in range(size)
    )
    notes = [
        Note("Hub.md", f"---\ndg-publish: true\ndg-home: true\n---\n{hub}", PROFILE),
        Note("Draft.md", "x\n", PROFILE),
    ]
    for n in range(size):
        word = _word(n)
        text = (
            "---\ndg-publish: 'yes'\ndg-home: true\ndg-show-toc: false\ndg-pinned: 'no'\n---\n"
            f"[[Hub#`H` *{word}* & x]] [[Hub#^Block-{word}]] [[ Hub ]] [[Draft]] ![[Draft]] ![[{n}.tiff]] [x](Hub) "
            f"[[Hub#a#b]] [[Hub#`H` *{word}* & x#deeper]] [a](/404/)\n"
        )
        notes.append(Note(f"{word} {{{{x}}}} <b>.md", text, PROFILE))
    return notes


def near_names(size: int) -> list[Note]:
    """Notes, files, headings, block ids and addresses that begin and end alike, and links to what is nearly they."""
    notes = []
    for n in range(size):
        word = _word(n)
        text = (
            f"---\ndg-publish: true\n---\n## The heading {word} of it\n\ntext ^the-{word}-of-it\n\n"
            f"[[The note {word}x of it]] "
            f"![[The image {word}x of it.png]] [a](/the-note-{word}x-of-it/) "
            f"[[The note {word} of it#The heading x{word} of it]]\n"
        )
        notes.append(Note(f"The note {word} of it.md", text, PROFILE))
    hub = "".join(
        f"## The heading {_word(n)} of it\n\ntext ^the-{_word(n)}-of-it\n\n[[#The heading {_word(n)}x of it]] "
        f"[[#^the-{_word(n)}x-of-it]]\n\n"
        for n in range(size)
    )
    return [*notes, Note("Hub.md", hub, PROFILE)]


def one_name(size: int) -> list[Note]:
    """A note of one name in each folder, all claiming one address in other capitals, all linking to what many are."""
    notes = []
    for n in range(size):
        address = "".join(c.upper() if n >> at & 1 else c for at, c in enumerate("abcdefghijkl"))
        text = (
            f"---\ndg-publish: true\ndg-permalink: /{address}/\n---\n"
            f"[[N]] [[./N]] [[./M]] [x](/{address[::-1]}/) [y](/abcdefghijkl/)\n"
        )
        notes.append(Note(f"Folder {_word(n)}/N.md", text, PROFILE))
    return notes


def one_alias(size: int) -> list[Note]:
    """Notes that all have one alias, and link to it as if it were a note."""
    return [Note(f"{_word(n)}.md", "---\naliases: [same]\n---\n[[same]]\n", PROFILE) for n in range(size)]


def deep_note(size: int) -> list[Note]:
    """Quotes and lists in one another, and a long line with brackets that are never closed."""
    lists = "".join(f"{'  ' * (n % 40)}- [[x]] item (open\n" for n in range(size))
    long = "word [[a]] (open [b](c \u200b é " * size
    return [Note("A.md", f"{'> ' * size}# H\n\n{lists}\n{long}\n\n{'[' * size}{']' * size}\n", PROFILE)]


def one_note(size: int) -> list[Note]:
    """One long note: headings, links, marks of every kind."""
    part = (
        "## Imaging\n\n[[#none]] [[#^none]] [[lost|x]] [[]] [x](a b.md) (open\n\n#### Deep\n\n### Anatomi\n\n"
        "The causes include:\n\n| a | b |\n|---|---|\n| [[x|y]] | z |\n\nlorem ipsum dolor sit amet \u200b "
        "https://a.b/?utm_source=x <!-- comment -->\n\nAdvertisement: continue reading below\n\n"
    )
    keys = "".join(f"key{n}: 1\nkey{n}: 2\n" for n in range(size))
    return [Note("A.md", f"---\n{keys}---\n" + part * size, PROFILE), Note("B.md", f"---\n{keys}---\n# B\n")]


VAULTS = (many_notes, many_claims, published_notes, near_names, one_name, one_alias, one_note, deep_note)


def _calls(work: Callable[[], object]) -> int:
    """Number of calls of functions, of Python and of C."""
    count = 0

    def counting(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


class _Counted(dict[str, Outline]):
    """Outlines that count how often they are looked at."""

    looks = 0

    def __getitem__(self, key: str) -> Outline:
        type(self).looks += 1
        return super().__getitem__(key)

    def values(self) -> Any:
        type(self).looks += len(self)
        return super().values()

    def items(self) -> Any:
        type(self).looks += len(self)
        return super().items()


def _work(id: str, notes: list[Note]) -> int:
    """Calls, and looks at outlines, of a checker that judges all these notes."""
    checker = Checkers[id]()
    outlines = _Counted({note.path: note.outline for note in notes})
    images = [f"The image {_word(n)} of it.png" for n in range(len(notes))]
    seen = Vault(outlines, [*(note.path for note in notes), *images, *(f"{n}.tiff" for n in range(len(notes)))])
    _Counted.looks = 0

    def judge() -> None:
        for note in notes:
            if isinstance(checker, NoteChecker):
                list(checker.check(note))
            elif isinstance(checker, VaultChecker):
                list(checker.check(note.outline, seen))

    with _comparing() as compared:
        return _calls(judge) + _Counted.looks + sum(compared)


@contextmanager
def _comparing() -> Iterator[list[int]]:
    """Numbers of names compared with a misspelt one, one number each time: they are in C, where nobody counts calls."""
    compared: list[int] = []
    extract = process.extract

    def counting(wanted: str, choices: list[str], **options: Any) -> Any:
        compared.append(len(choices))
        return extract(wanted, choices, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "extract", counting)
        yield compared


@pytest.mark.parametrize("make", VAULTS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("id", BUILTIN)
def test_no_checker_is_slower_than_linear(
    id: str, make: Callable[[int], list[Note]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzzy, "_CROWD", SMALL // 4)  # what holds for many names is to be seen with few
    monkeypatch.setattr(resolver, "_FEW_ALIKE", SMALL // 4)
    times = 4 if make is near_names else 1  # a dozen of the nearest names are looked at: few notes have not so many
    sizes = SMALL * times, LARGE * times
    _work(id, make(sizes[1]))  # what is loaded and compiled at first use is not counted
    small, large = (_work(id, make(size)) for size in sizes)
    assert large <= MOST * max(small, 50), f"{small} and {large} steps for {sizes} notes"


def test_the_count_sees_what_is_quadratic() -> None:
    def quadratic(size: int) -> int:
        return _calls(lambda: [[abs(a) for a in range(size)] for _ in range(size)])

    assert quadratic(LARGE) > MOST * quadratic(SMALL)


@pytest.mark.parametrize("make", VAULTS, ids=lambda make: make.__name__)
def test_reading_notes_is_linear(make: Callable[[int], list[Note]]) -> None:
    def read(size: int) -> int:
        notes = make(size)
        return _calls(lambda: [note.outline for note in notes])

    read(LARGE)
    assert read(LARGE) <= MOST * read(SMALL)
