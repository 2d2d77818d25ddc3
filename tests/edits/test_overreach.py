"""The second lock: each case is one that only this lock catches, by what a checker did not declare."""

from collections.abc import Sequence

import pytest

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit, Span
from notelint.edits.allowance import NOTHING, Allowance, Part
from notelint.edits.apply import apply
from notelint.edits.claims import Claim
from notelint.edits.overreach import overreaching
from notelint.edits.verify import violation
from notelint.note.note import Note

ALL = frozenset(Part)


def overreach(before: Note, after: Note, claims: Sequence[Claim]) -> str | None:
    """The part that the first refused fix takes, in words; None if all keep to what they may."""
    return next((taken for _, taken in overreaching(before, after, claims)), None)


def held(text: str, old: str, new: str, parts: frozenset[Part], title: str = "do it", **also: bool) -> str | None:
    """The refusal of a fix that writes `new` for `old`, which the first lock allows; None if this one does, too."""
    at = text.index(old)
    fix = Fix(title, (Edit(Span(at, at + len(old)), new),))
    before = Note("A.md", text)
    after = before.with_text(apply(text, [fix])[0])
    assert violation(before, after, fix.edits) is None
    return overreach(before, after, [Claim(fix, Allowance(parts, **also))])


# What is taken, what is written for it, the parts without any of which that is refused, and what is said then.
LOCKS = [
    ("one two three", "two ", "", {Part.WORDS}, "the word 'two' would be taken"),
    ("one twofold three", "two", "", {Part.WORDS}, "the word 'twofold' would be taken"),
    ("one twofold three", "fold", "", {Part.WORDS}, "the word 'twofold' would be taken"),
    ("two one", "two ", "", {Part.WORDS}, "the word 'two' would be taken"),
    ("one two two", "two two", "two", {Part.WORDS}, "the word 'two' would be taken"),
    ("see [[Old/B|b]] now", "Old/B", "New/B", {Part.TARGETS}, "the word 'Old' would be taken"),
    ("see [[B]] now", "B", "B#B", {Part.TARGETS}, "the link to 'B' would lead elsewhere"),
    ("see [b](https://e.org/?utm_a=1) now", "?utm_a=1", "", {Part.ADDRESSES}, "the word 'utm' would be taken"),
    ("see [[B]] now", "[[B]]", "B", {Part.LINKS}, "the link to 'B' would be taken"),
    ("see ![[B]] now", "![[B]]", "B", {Part.LINKS}, "the link to 'B' would be taken"),
    ("## One\ntext", "## One", "One", {Part.HEADINGS}, "the heading 'One' would be taken"),
    ("## One two\ntext", "One two", "two One", {Part.TITLES}, "the heading 'One two' would read differently"),
    ("text ^id-1\n", " ^id-1", " id 1", {Part.BLOCK_IDS}, "the block id ^id-1 would be taken"),
    ("a[^1]\n\n[^1]: note\n", "[^1]: note", "1 note", {Part.FOOTNOTES}, "the footnote '1' would be taken"),
    ("```\nx = 1\n```\n", "```\nx = 1\n```\n", "x 1\n", {Part.CODE}, "code would be taken"),
    ("| a |\n| - |\n| b |\n", "| a |\n| - |\n| b |\n", "a b\n", {Part.TABLES}, "a table would be taken"),
    ("---\na: 1\nb: 2\n---\n", "a: 1\n", "", {Part.PROPERTIES}, "the property 'a' would be taken"),
    ("---\na: 1\nb: 2\n---\n", "1", "3", {Part.VALUES}, "the property 'a' would say something else"),
]


@pytest.mark.parametrize(("text", "old", "new", "needed", "said"), LOCKS, ids=[lock[4] for lock in LOCKS])
def test_what_is_not_declared_is_not_taken(text: str, old: str, new: str, needed: set[Part], said: str) -> None:
    assert held(text, old, new, frozenset()) == said
    others = ALL - needed - {Part.HEADINGS, Part.TITLES, Part.LINKS}
    if not said.startswith("the word") or needed == {Part.WORDS}:
        assert held(text, old, new, others) == said
    assert held(text, old, new, frozenset(needed)) is None


def test_headings_may_be_retitled_by_what_may_take_them() -> None:
    assert held("## One two\n", "One two", "two One", frozenset({Part.HEADINGS})) is None
    assert held("## One\n", "## One", "One", frozenset({Part.TITLES})) == "the heading 'One' would be taken"


@pytest.mark.parametrize(
    ("text", "old", "new", "parts"),
    [
        ("## One [](#one)\n", " [](#one)", "", {Part.LINKS, Part.TARGETS}),
        ("## [](#one)\n", "[](#one)", "", {Part.LINKS, Part.TARGETS}),
        ("## [One](https://e.org/a?utm_a=1)\n", "?utm_a=1", "", {Part.ADDRESSES, Part.TARGETS}),
        ("## See https://e.org/a?utm_a=1\n", "?utm_a=1", "", {Part.ADDRESSES, Part.TARGETS}),
        ("## One\u200b\n", "\u200b", "", set[Part]()),
    ],
)
def test_a_heading_whose_shown_words_stay_reads_the_same(text: str, old: str, new: str, parts: set[Part]) -> None:
    assert held(text, old, new, frozenset(parts)) is None


def test_a_picture_in_a_heading_is_shown() -> None:
    taken = held("## One ![](a.png)\n", " ![](a.png)", "", frozenset({Part.LINKS, Part.TARGETS}))
    assert taken == "the heading 'One ![](a.png)' would read differently"


@pytest.mark.parametrize("parts", [{Part.TARGETS}, {Part.ADDRESSES}, {Part.TITLES}, {Part.BLOCK_IDS}])
def test_what_may_change_one_place_may_not_take_words_elsewhere(parts: set[Part]) -> None:
    text = "## One\nsee [[B]] and https://e.org/a two ^id\n"
    assert held(text, " two", "", frozenset(parts)) == "the word 'two' would be taken"


def test_words_move_within_a_fix() -> None:
    text = "one two three\n"
    fix = Fix("move it", (Edit(Span(0, 4), ""), Edit(Span(13, 13), " one")))
    before = Note("A.md", text)
    after = before.with_text(apply(text, [fix])[0])
    assert overreach(before, after, [Claim(fix, NOTHING)]) is None


def test_words_that_another_fix_writes_do_not_count() -> None:
    text = "one two three\n"
    taking, writing = Fix("x", (Edit(Span(0, 4), ""),)), Fix("y", (Edit(Span(13, 13), " one"),))
    before = Note("A.md", text)
    after = before.with_text(apply(text, [taking, writing])[0])
    assert (
        overreach(before, after, [Claim(taking, NOTHING), Claim(writing, NOTHING)]) == "the word 'one' would be taken"
    )


def test_words_that_the_title_names_may_be_taken() -> None:
    assert held("one two three", "two ", "", frozenset(), title="remove two") is None
    assert held("one two three", "two three", "", frozenset(), title="remove two") == "the word 'three' would be taken"


def test_fixes_of_imports_change_no_other_note() -> None:
    refused = "a note would be changed that nothing declares an import"
    assert held("one two", " two", "", ALL, of_imports=True) == refused
    clip = "---\nsource: https://e.org/a\ntags: [clippings]\n---\none two"
    assert held(clip, " two", "", ALL, of_imports=True) is None


def test_what_nobody_sees_may_leave_code() -> None:
    assert held("```\nx\x00y\n```\n", "\x00", "", frozenset({Part.WORDS})) is None


def test_code_that_only_its_indentation_makes_is_judged_by_its_words() -> None:
    text = "one\n\n    two\n\nthree\n"
    assert held(text, "    two\n\n", "", frozenset()) == "the word 'two' would be taken"
    assert held(text, "    two\n\n", "", frozenset({Part.WORDS})) is None


def test_links_may_be_written_otherwise_where_they_lead_the_same_way() -> None:
    assert held("| [[B|b]] |\n| - |\n", "|b]]", r"\|b]]", frozenset()) is None
    assert held("[[B]] and [[C]]", "[[B]] and [[C]]", "[[C]] and [[B]]", frozenset()) is None


def test_an_empty_property_may_be_filled() -> None:
    assert held("---\na:\n---\n", "a:", "a: 1", frozenset()) is None
    assert held("---\na: x\n---\n", "a: x", "a: y", frozenset({Part.PROPERTIES})) is not None


def test_broken_frontmatter_is_judged_by_its_words_alone() -> None:
    assert held("---\na: b: c\n---\ntext\n", "a: b: c", 'a: "b: c"', frozenset()) is None


def test_a_link_may_lose_its_text_where_words_may_go() -> None:
    assert held("see [[B|b]] now", "|b", "", frozenset({Part.WORDS})) is None


def test_a_link_that_another_fix_takes_is_not_this_one_s() -> None:
    text = "see [[B|b]] and [[C]]"
    taking, writing = Fix("x", (Edit(Span(16, 21), ""),)), Fix("y", (Edit(Span(8, 9), "c"),))
    before = Note("A.md", text)
    after = before.with_text(apply(text, [taking, writing])[0])
    links, words = Allowance(frozenset({Part.LINKS, Part.WORDS})), Allowance(frozenset({Part.WORDS}))
    assert overreach(before, after, [Claim(taking, links), Claim(writing, words)]) is None
    assert overreach(before, after, [Claim(taking, words), Claim(writing, links)]) == "the link to 'C' would be taken"
