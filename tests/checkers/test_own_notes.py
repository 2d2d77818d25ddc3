"""Safe fixes leave alone what the author of a note may have meant as it stands."""

import pytest

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.core.diagnostic import Finding, Safety
from notelint.edits.apply import apply
from notelint.note.note import Note


def findings(id: str, text: str) -> list[Finding]:
    checker = load_checkers()[id]
    assert issubclass(checker, NoteChecker)
    return [*checker().check(Note("A.md", text))]


def safeties(id: str, text: str) -> list[Safety]:
    """The safety of each fix that a checker offers for a note."""
    return [found.fix.safety for found in findings(id, text) if found.fix is not None]


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("malformed-frontmatter", "\n---\nnight: the moon is a coin\ndawn: it falls\n---\nText.\n"),
        ("malformed-frontmatter", "\n---\ntitle: Cyst\ndg-publish: true\n---\nText.\n"),
        ("malformed-frontmatter", "\n---\nTitle: what it says\nWho: I\n---\nText.\n"),
        ("schema-violation", "---\nDg-Publish: true\ndg-note-icon: x\n---\n"),
        ("invisible-character", "Text.\n\n\u200b    deep\n"),
        ("invisible-character", "Text.\n\n  \u200b  deep\n"),
        ("commented-value", "---\ntags: #TODO sort these\n---\n"),
        ("commented-value", "---\ntags: #kidney, and more\n---\n"),
        ("malformed-link", "---\nrow: [[a, b]]\n---\n"),
        ("malformed-link", "---\nmatrix: [[1]]\n---\n"),
        ("malformed-link", "[a](5% of all.md)\n"),
    ],
)
def test_unsafe(id: str, text: str) -> None:
    assert safeties(id, text) == [Safety.UNSAFE]


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("malformed-frontmatter", "\n---\ntitle: Cyst\nkind: note\n---\nText.\n"),
        ("schema-violation", "---\nAlias: x\n---\n"),
        ("commented-value", "---\ntags: #kidney, #cyst\n---\n"),
        ("invisible-character", "Text.\n\n\u200b   deep\n"),
        ("malformed-link", "---\nup: [[Home]]\n---\n"),
        ("malformed-link", "[a](all of it.md)\n"),
    ],
)
def test_safe(id: str, text: str) -> None:
    assert safeties(id, text) == [Safety.SAFE]


def test_code_in_a_table_is_no_link() -> None:
    assert safeties("malformed-link", "| a | b |\n|---|---|\n| `[[a|b]]` | c |\n") == []
    assert safeties("malformed-link", "| a | b |\n|---|---|\n| `x` [[a|b]] `y` | c |\n") == [Safety.SAFE]


def test_speech_between_rules_is_no_frontmatter() -> None:
    assert safeties("malformed-frontmatter", "\n---\nAnna: Hello\nBob: Hi\n---\n") == []


@pytest.mark.parametrize("margin", ["", "- ", "> "])
def test_no_text_becomes_code_where_marks_before_it_go(margin: str) -> None:
    text = f"{margin}** **    deep\n"
    fixes = [found.fix for found in findings("empty-markup", text) if found.fix is not None]
    assert apply(text, fixes)[0] == f"{margin}deep\n"


@pytest.mark.parametrize("line", ["[](#a)", "[]() [](#a)", "> [](#a)"])
def test_a_line_of_empty_links_stays_above_a_deeper_one(line: str) -> None:
    quote = line[:2] if line.startswith(">") else ""
    assert safeties("empty-markup", f"Text.\n\n{line}\n{quote}    deep\n") == []
    assert safeties("empty-markup", f"Text.\n\n{line}\n{quote}text\n") != []
