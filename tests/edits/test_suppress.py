"""Suppressions that are written for somebody: they silence the place, and the note reads as before without them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.diagnostic import Fix
from notelint.core.text import Span
from notelint.edits.apply import apply
from notelint.edits.suppress import suppress_here, suppress_in_note
from notelint.note.note import Note
from notelint.note.suppressions import Suppressions

LINES = (
    "",
    "text [[Link]] more",
    "- item",
    "  - inner `code`",
    "1. one",
    "> quote",
    "> [!note] call",
    "# Head",
    "| a | b |",
    "| - | - |",
    "| c | d |",
    "```",
    "    indented",
    "%% note %%",
    "<div>",
    "</div>",
    "$$",
    "hard break  ",
    "block ^id1",
    "[^1]: foot",
    "<!-- notelint-disable-next-line a-checker -->",
    "---",
)
notes = st.tuples(
    st.sampled_from(("", "---\na: 1\n---\n", '---\n{"a":1}\n---\n')),
    st.lists(st.sampled_from(LINES), max_size=12).map("\n".join),
).map("".join)
COMMENT = re.compile(r"[ \t]*<!-- notelint-(?:disable|enable|disable-next-line) mine -->|, mine(?= -->)")


def bare(text: str) -> list[str]:
    return [line for line in COMMENT.sub("", text).split("\n") if line.strip()]


@given(notes, st.integers(0, 300))
def test_what_is_suppressed_is_silent_and_reads_as_before(text: str, at: int) -> None:
    note = Note("A.md", text)
    span = Span(min(at, len(text)), min(at, len(text)))
    for edits in (suppress_here(note, "mine", span), suppress_in_note(note, "mine", span)):
        if edits is None:
            continue
        after = Note("A.md", apply(text, [Fix("", edits)])[0])
        moved = span.start + sum(len(e.text) - (e.span.end - e.span.start) for e in edits if e.span.start <= span.start)
        assert Suppressions.of(after).silences("mine", Span(moved, moved))
        assert [one.text for one in after.headings] == [one.text for one in note.headings]
        assert [one.target for one in after.links] == [one.target for one in note.links]
        if note.frontmatter is None:
            assert bare(after.text) == bare(text)


@pytest.mark.parametrize("text", ["```\n[[x]]\n", "%%\n[[x]]\n", "<!-- a\n[[x]]"])
def test_nothing_is_offered_where_a_comment_would_be_a_part_of_something_else(text: str) -> None:
    found = suppress_here(Note("A.md", text), "mine", Span(text.index("[["), len(text)))
    assert found is None or "disable" in found[0].text
    if found is not None:
        after = Note("A.md", apply(text, [Fix("", found)])[0])
        assert Suppressions.of(after).silences("mine", Span(after.text.index("[["), len(after.text)))


def test_a_place_in_frontmatter_and_an_id_that_is_none_are_refused() -> None:
    note = Note("A.md", "---\na: 1\n---\nx\n")
    assert suppress_here(note, "mine", Span(4, 5)) is None
    assert suppress_here(note, "no id", Span(13, 13)) is None
    assert suppress_in_note(note, "no id", Span(13, 13)) is None
