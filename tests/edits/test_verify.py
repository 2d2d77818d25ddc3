"""The first lock: what the edits leave alone stays, in its own place. Each case is one that only one lock catches."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.text import Edit, Span
from notelint.edits.change import Change
from notelint.edits.verify import violation
from notelint.note.note import Note


def said(text: str, old: str, new: str, *more: tuple[str, str]) -> str | None:
    """The refusal to write `new` for `old` (and more such edits); None if it is allowed."""
    edits = []
    for one, other in ((old, new), *more):
        at = text.index(one)
        edits.append(Edit(Span(at, at + len(one)), other))
    return violation(Note("A.md", text), Note("A.md", edited(text, edits)), edits)


def edited(text: str, edits: list[Edit]) -> str:
    """The text after these edits, which lie apart."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


HARM = [
    ("one", "one", "---\na: 1\n---\n", None),
    ("x\n---\na: 1\n---\n", "x\n", "", "text would become frontmatter"),
    ("---\na: 1\n---\nb\n", "---\na", "--\na", "the frontmatter would not be readable any more"),
    ("---\na: 1\n---\nb\n", "1", "[", "the frontmatter would not be readable any more"),
    ("---\na: 1\n---\nb: 2\n---\n", "\n---\nb", "\nb", "the frontmatter would end elsewhere"),
    ("---\na: 1\nb: 2\n---\n", "1", "{b: 2, c: 3}", None),
    ("---\na: x\nb: 2\n---\n", "x", "|\n  y", None),
    ("---\na: x\nb: 2\n---\n", "x", "[\"", "the frontmatter would not be readable any more"),
    ("---\na: &n x\nb: *n\n---\n", "&n x", "&n y", "the property 'b' would change"),
    ("---\na: 1\nb: 2\n---\n", "a", "b", "the property 'b' would stand twice"),
    ("---\na: 1\n---\n", "1", "1\nc: 2", None),
    ("---\na: \"x\n  c: 2\"\n---\n", '"x', "x", "the frontmatter would not be readable any more"),
    ("---\na: 1\n#c: 2\n---\n", "#", "", "the property 'c' would appear"),
    ("![[\u2b50]] x\n", "!", "", None),
    ("x [[\u2b50]]\n", "x ", "!", "the link to '\u2b50' would be lost"),
    ("one two\n\n`x`\n", "one", "```", "code would change"),
    ("```\nx\n```\n", "x", "y", "code would change"),
    ("```\nx\n```\n", "```\nx\n```\n", "", None),
    ("```\nx\x00\n```\n", "\x00", "", None),
    ("one two -->\n", "one", "<!--", "the word 'two' would become HTML"),
    ("one two %% three\n", "one", "%%", "the word 'two' would become a comment"),
    ("one\n\n# Two\n", "one\n\n#", "one #", "the heading 'two' would be lost"),
    ("## An old name\n", "old", "new", None),
    ("one\n# Two\n", "one", "```", "the word 'Two' would become code"),
    ("see [[B|b]]\n", "see ", "see `", None),
    ("see [[B]] `\n", "see", "see `", "the word 'B' would become code"),
    ("see [[B]] x\n", "see ", "see \\", "the link to 'B' would be lost"),
    ("see \\[[B]] x\n", "see \\", "see ", None),
    ("[[B]] x\n", " x", "", None),
    ("text ^id\n\nmore\n", "\n\nmore", " more", "the block id ^id would be lost"),
    ("a[^1]\n\n[^1]: note\n", "\n\n[^1]", " [^1]", None),
    ("b\n\n[^1]: note\n", "b\n\n", "b ", "the footnote '1' would be lost"),
    ("x\n\n| a |\n| - |\n| b |\n", "x\n\n", "x\n\n    ", "a table would be lost"),
    ("x\n\n| a |\n| - |\n| b |\n", "x", "y", None),
    ("| a |\n| - |\n| [[b|c]] `d` |\n", "|c", r"\|c", None),  # what nobody saw, behind the last cell
    ("| a | b |\n| - | - |\n| `c | d` |\n", "c |", "c", "the word 'd' would become code"),
    ("| a | b |\n| - | - |\n| `c | x d` |\n", " | x", " x", "the word 'c' would become code"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "expected"), HARM)
def test_what_edits_do_around_them(text: str, old: str, new: str, expected: str | None) -> None:
    assert said(text, old, new) == expected


def test_edits_must_lie_apart_and_say_all() -> None:
    before, after = Note("A.md", "one two"), Note("A.md", "one")
    assert violation(before, after, []) == "text outside its edits would change"
    assert violation(before, after, [Edit(Span(3, 7), "")]) is None
    assert (
        violation(before, after, [Edit(Span(3, 6), ""), Edit(Span(5, 7), "")]) == "text outside its edits would change"
    )
    assert (
        violation(before, after, [Edit(Span(0, 3), "two"), Edit(Span(3, 7), "")])
        == "text outside its edits would change"
    )


def test_a_word_is_joined_only_to_what_nobody_sees() -> None:
    assert said("one two", " ", "") == "the word 'one' would be lost"
    assert said("one\u200btwo", "\u200b", "") is None
    assert said("one-two", "-", "") == "the word 'one' would be lost"


def test_blank_lines_before_frontmatter_may_go() -> None:
    assert said("\n\n---\na: 1\n---\nx\n", "\n\n", "") is None
    assert said("\n\nx\n", "\n\n", "") is None
    assert said("\n\n---\na: 1\n---\nx\n", "\n\n", "", ("1", "[")) is not None


_PARTS = st.sampled_from(
    ["one", "two", " ", "\n", "\n\n", "`", "```", "<!--", "-->", "%%", "<div>", "# ", "x\u200by", "[[B]]", "---\n", "ß"]
)


@given(st.lists(_PARTS, max_size=14).map("".join), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), _PARTS)))
def test_words_on_other_lines_than_those_of_edits_are_the_same(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, end = [], 0
    for at, length, written in sorted(wanted):
        if end <= at <= len(text):
            end = min(at + length, len(text))
            edits.append(Edit(Span(at, end), written))
    before, after = Note("A.md", text), Note("A.md", edited(text, edits))
    quickly = violation(before, after, edits)
    with mock.patch.object(Change, "keeps", return_value=False):  # then all are
        assert violation(before, after, edits) == quickly
