"""A property that is set: the note says so, and nothing else of it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.diagnostic import Fix
from notelint.edits.apply import apply
from notelint.edits.set_property import set_property
from notelint.note.note import Note


def after(text: str, key: str, value: object) -> str | None:
    edit = set_property(Note("A.md", text), key, value)
    return None if edit is None else apply(text, [Fix("", (edit,))])[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "---\ndg-publish: true\n---\n\n"),
        ("Text\r\n", "---\r\ndg-publish: true\r\n---\r\n\r\nText\r\n"),
        ("---\na: 1\n---\nText\n", "---\na: 1\ndg-publish: true\n---\nText\n"),
        ("---\ndg-publish: false # no\n---\n", "---\ndg-publish: true # no\n---\n"),
        ("---\ndg-publish:\n---\n", "---\ndg-publish: true\n---\n"),
        ('---\n{"a":1}\n---\n', '---\n{"dg-publish":true,"a":1}\n---\n'),
        ("---\n---\nText\n", "---\ndg-publish: true\n---\nText\n"),
        ("---\ndg-publish: [a]\n---\n", None),
        ("---\na: [\n---\n", None),
    ],
)
def test_a_property_is_added_or_gets_another_value(text: str, wanted: str | None) -> None:
    assert after(text, "dg-publish", True) == wanted


@given(
    st.lists(st.sampled_from(("a: 1", "b:", "c: [x]", "d: 'x'", "e: |\n  z", "mine: no", "mine:", "# c")), max_size=5),
    st.sampled_from((True, "two words", "a: b", 3)),
)
def test_the_note_says_it_and_all_that_it_said_before(lines: list[str], value: object) -> None:
    text = "\n".join(["---", *lines, "---", "Body", ""])
    changed, before = after(text, "mine", value), Note("A.md", text).properties
    if changed is not None:
        found = Note("A.md", changed)
        assert dict(found.properties) == {**before, "mine": value}
        assert found.text[found.body_start :] == "Body\n"
