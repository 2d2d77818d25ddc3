"""No checker is slower than linear in the vault, or in one note: calls are counted, not time."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from notelint.checker import NoteChecker, VaultChecker
from notelint.note import Note, Outline
from notelint.profile import Match, Profile, Section
from notelint.registry import BUILTIN, load_checkers
from notelint.vault import Vault

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


def one_note(size: int) -> list[Note]:
    """One long note: headings, links, marks of every kind."""
    part = (
        "## Imaging\n\n[[#none]] [[#^none]] [[lost|x]] [[]] [x](a b.md) (open\n\n#### Deep\n\n### Anatomi\n\n"
        "The causes include:\n\n| a | b |\n|---|---|\n| [[x|y]] | z |\n\nlorem ipsum dolor sit amet \u200b "
        "https://a.b/?utm_source=x <!-- comment -->\n\nAdvertisement: continue reading below\n\n"
    )
    keys = "".join(f"key{n}: 1\nkey{n}: 2\n" for n in range(size))
    return [Note("A.md", f"---\n{keys}---\n" + part * size, PROFILE), Note("B.md", f"---\n{keys}---\n# B\n")]


def _calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called."""
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
    vault = Vault(outlines, [note.path for note in notes])
    _Counted.looks = 0

    def judge() -> None:
        for note in notes:
            if isinstance(checker, NoteChecker):
                list(checker.check(note))
            elif isinstance(checker, VaultChecker):
                list(checker.check(note.outline, vault))

    return _calls(judge) + _Counted.looks


@pytest.mark.parametrize("make", [many_notes, many_claims, one_note], ids=lambda make: make.__name__)
@pytest.mark.parametrize("id", BUILTIN)
def test_no_checker_is_slower_than_linear(id: str, make: Callable[[int], list[Note]]) -> None:
    _work(id, make(LARGE))  # what is loaded and compiled at first use is not counted
    small, large = _work(id, make(SMALL)), _work(id, make(LARGE))
    assert large <= MOST * max(small, 50), f"{small} steps for {SMALL}, {large} for {LARGE}"


def test_the_count_sees_what_is_quadratic() -> None:
    def quadratic(size: int) -> int:
        return _calls(lambda: [[abs(a) for a in range(size)] for _ in range(size)])

    assert quadratic(LARGE) > MOST * quadratic(SMALL)


@pytest.mark.parametrize("make", [many_notes, many_claims, one_note], ids=lambda make: make.__name__)
def test_reading_notes_is_linear(make: Callable[[int], list[Note]]) -> None:
    def read(size: int) -> int:
        notes = make(size)
        return _calls(lambda: [note.outline for note in notes])

    read(LARGE)
    assert read(LARGE) <= MOST * read(SMALL)
