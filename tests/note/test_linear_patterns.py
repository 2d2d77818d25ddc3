"""Patterns made linear find what the simple ones found that they stand for."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.checkers.residue.citation_marker import _EDIT
from notelint.core.text import Span
from notelint.garden import permalinks
from notelint.note.markdown.headings import read_heading
from notelint.note.markdown.obsidian import find_comments, find_footnotes
from notelint.note.markdown.parse import structure
from notelint.note.note import Note
from notelint.note.profile import BLOCK_ID, PARENTHESIS
from notelint.note.suppressions import Suppressions

LINES = st.text(alphabet="#a \t\u00a0()^:b-*1", max_size=14)
ATX = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)(.*?)(?:(?:^|[ \t]+)#+)?[ \t]*(?:\r?\n|\r|$)", re.S)
DECAMELIZE = (r"([A-Z]{2,})([0-9]+)", r"([a-z0-9]+)([A-Z]{2,})", r"([a-z0-9])([A-Z])", r"([A-Z]+)([A-Z][a-z0-9]+)")


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(st.integers(1, 6), LINES, st.sampled_from(["", "\n", "\r\n", "\r"]))
def test_a_heading_is_cut_as_before(level: int, rest: str, end: str) -> None:
    source = "#" * level + " " + rest + end
    match = ATX.match(source)
    assert match is not None
    text = read_heading(source, Span(0, len(source)), level, False).text
    assert text == match[1].strip()


@settings(deadline=None, max_examples=400)
@given(LINES)
def test_a_title_is_cut_as_before(title: str) -> None:
    for simple, linear in ((r"\s+\^[A-Za-z0-9-]+\s*$", BLOCK_ID), (r"\s*\([^()]*\)\s*:?\s*$", PARENTHESIS)):
        assert linear.sub("", title.rstrip()) == re.sub(simple, "", title.rstrip())


@settings(deadline=None, max_examples=600)
@given(st.text(alphabet="ABCabc123 -", max_size=16))
def test_a_slug_is_made_as_before(text: str) -> None:
    expected = text
    for border in DECAMELIZE:
        expected = re.sub(border, r"\1 \2", expected)
    assert permalinks.slugify(text) == re.sub(r"[^a-z0-9]+", "-", expected.lower()).strip("-")


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(["%%", "a", " ", "\n", "\r", "\n\n", ">"]), max_size=14).map("".join))
def test_comments_are_found_as_before(body: str) -> None:
    opaque = structure("").opaque
    found, marks, at = [], [match.start() for match in re.finditer("%%", body)], 0
    while at < len(marks):
        start = marks[at]
        line = max(body.rfind("\n", 0, start), body.rfind("\r", 0, start)) + 1
        block = not body[line:start].strip()
        if at + 1 == len(marks):
            found += [Span(start, len(body))] if block else []
            break
        end = marks[at + 1] + 2
        whole = block or not re.search(r"\n[ \t]*\r?\n|\r[ \t]*\r", body[start:end])
        found += [Span(start, end)] if whole else []
        at += 2 if whole else 1
    assert list(find_comments(body, opaque)) == found


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(["[^a]:", "[^b", "]:", "> ", " ", "\t", "\n", "x", "[^c[d]:"]), max_size=10).map("".join)
)
def test_footnotes_are_found_as_before(body: str) -> None:
    found = []
    for match in re.finditer(r"\[\^([^\s\]]+)\]:", body):
        before = body[: match.start()].rstrip(" \t>")
        if not before or before.endswith("\n"):
            found.append(match[1].lower())
    assert list(find_footnotes(body, structure("").code)) == found


def test_edit_marks_are_found_as_before() -> None:
    for text in ("[edit]", "[ edit | edit source ]", "\\[edit|bearbeiten\\]", "[[edit](x)]", '[edit](x "y")|edit]  '):
        assert _EDIT.search(f"## A {text}") is not None, text


RULES = ("disable", "enable", "disable-next-line")
COMMENTS = st.tuples(st.sampled_from(RULES), st.sampled_from(["", " a", " b", " a, b", " a b", " a -- why"])).map(
    lambda pair: f"<!-- notelint-{pair[0]}{pair[1]} -->"
)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(COMMENTS, st.just("text")), max_size=8), st.data())
def test_suppressions_silence_as_each_of_them_says(lines: list[str], data: st.DataObject) -> None:
    note = Note("A.md", "\n".join(lines))
    known = Suppressions.of(note)
    asked = data.draw(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, len(note.text))), max_size=6))
    used = set()
    for checker, at in asked:
        over = [rule for rule in known.rules if rule.id in (None, checker) and rule.over.start <= at < rule.over.end]
        used |= {id(rule) for rule in over}
        assert known.silences(checker, Span(at, at)) == bool(over)
    assert {id(rule) for rule in known.settled() if rule.used} == used
