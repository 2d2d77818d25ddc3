"""Blocks of properties whose fences are wrong, and values that lack quotes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.text import Span
from notelint.edits.verify import violation
from notelint.note.frontmatter.lost import lost_block
from notelint.note.frontmatter.missing_quotes import in_quotes
from notelint.note.frontmatter.parse import parse
from notelint.note.note import Note

KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 :@*&'\"#\[\]{}%!|,-]{0,20}[A-Za-z]", fullmatch=True)

ITEMS = st.from_regex(r"[a-z]{1,3}|[a-z]{0,2} ?#[a-z]{1,3}( [a-z]{1,2})?", fullmatch=True)


@pytest.mark.parametrize("fence", ["--", "——", "—", "—-", "–––", "...", "…", "- - -", "***", "+++", " ---"])
def test_a_mistyped_fence_that_closes(fence: str) -> None:
    text = f"---\ntitle: Liver\ntags:\n  - a\n{fence}\n# Title\n"
    lost = lost_block(text)
    assert lost is not None
    assert lost.remedy is not None
    assert lost.blame.of(text) == fence.strip()
    fixed = text[: lost.remedy.span.start] + lost.remedy.text + text[lost.remedy.span.end :]
    note = Note("a.md", text)
    assert violation(note, note.with_text(fixed), [lost.remedy]) is None
    assert Note("a.md", fixed).properties == {"title": "Liver", "tags": ["a"]}


@pytest.mark.parametrize(("opening", "closing"), [("----", "----"), ("+++", "+++"), ("\n---", "..."), ("—", "--")])
def test_of_two_mistyped_fences_the_first_is_named(opening: str, closing: str) -> None:
    text = f"{opening}\ntitle: Liver\ntags: x\n{closing}\n# Title\n"
    lost = lost_block(text)
    assert lost is not None
    assert lost.remedy is None
    assert lost.blame.of(text) == opening.strip()


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA poem begins here: it is sweet.\n\nIt ends.\n",
        "---\nTime: the whole\nof it\n\nText\n",
        "---\nAnd so: it went\n...\nfoo\n",
        "---\n# A title\n\ntext\n--\n",
        "---\n- one\n- two\n--\n",
        "Text\n\ntitle: x\n---\n",
        "--\n",
        "---\ntitle: x\n---\n--\n",
        "***\n\ntitle: x\n\n***\n",
    ],
)
def test_rules_prose_and_what_is_closed(text: str) -> None:
    assert lost_block(text) is None


@given(st.text('-—.…*+ \t\n\r:abc{}"#', max_size=60))
@settings(deadline=None)
def test_whatever_the_text_places_lie_in_it(text: str) -> None:
    lost = lost_block(text)
    if lost is not None:
        whole = Span(0, len(text))
        assert all(whole.start <= one.start <= one.end <= whole.end for one in (lost.span, lost.blame))


@given(KEYS, VALUES)
@settings(deadline=None)
def test_a_value_in_quotes_is_the_text_that_stood_there(key: str, value: str) -> None:
    text = f"---\n{key}: {value}\n---\n"
    block = parse(text)
    assert block is not None
    quoted = None if block.fault is None else in_quotes(text, block.fault)
    if quoted is None:
        return
    after = text[: quoted.edit.span.start] + quoted.edit.text + text[quoted.edit.span.end :]
    note = Note("a.md", after)
    assert note.frontmatter is not None
    assert note.frontmatter.fault is None
    (read,) = note.properties.values()
    assert read == value or (not quoted.certain and value[1:-1] == read)


def test_quotes_are_put_one_line_after_the_other() -> None:
    text = "---\na: b: c\nd: @e\n---\n"
    for _ in range(2):
        block = parse(text)
        assert block is not None
        assert block.fault is not None
        quoted = in_quotes(text, block.fault)
        assert quoted is not None
        edit = quoted.edit
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert Note("a.md", text).properties == {"a": "b: c", "d": "@e"}


@given(st.lists(ITEMS, min_size=1, max_size=4))
@settings(deadline=None)
def test_items_with_a_hash_stay_items(items: list[str]) -> None:
    text = f"---\nx: [{', '.join(items)}]\n---\n"
    block = parse(text)
    assert block is not None
    if block.fault is None:  # no hash, or one within a word
        return
    quoted = in_quotes(text, block.fault)
    assert quoted is not None
    fixed = text[: quoted.edit.span.start] + quoted.edit.text + text[quoted.edit.span.end :]
    read = parse(fixed)
    assert read is not None
    assert read.properties == {"x": [item.strip() for item in items]}
