"""What is written for generators of websites: ids in braces, and commands that make a part of the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.note.markdown.attributes import GENERATED, find_attribute_ids
from notelint.note.note import Note


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("## A {#one}\n\ntext{: .big #two }\n", ("one", "two")),
        ("## A {#a\\_b}\n\ntext{#\\_c\\_d}\n", ("a_b", "_c_d")),
        ("$\\frac{a}{b}$ #tag {x}\n", ()),
        ("::: package.module\n", (GENERATED,)),
        ("::: note\nA container.\n:::\n", ()),
        ("import Tabs from '@theme/Tabs';\n\n# A {#one}\n", ("one", GENERATED)),
        ("We import goods from 'abroad'.\n", ()),
        ("{{< include x >}}\n", (GENERATED,)),
    ],
)
def test_ids_and_generated_parts_are_found(body: str, ids: tuple[str, ...]) -> None:
    assert find_attribute_ids(body) == ids


@pytest.mark.parametrize("tag", ['<a id="x"></a>', "<a name='x'>", "<a id=x></a>", "<h2 class=b id=x>", "<a id = x />"])
def test_ids_of_html_may_stand_without_quotes(tag: str) -> None:
    assert Note.decode("a.md", f"Text {tag} text.\n\n{tag}\n".encode()).outline.html_ids == ("x", "x")


@given(st.text(alphabet="{}#:. \na"))
def test_every_id_stands_in_the_text(body: str) -> None:
    for id in find_attribute_ids(body):
        assert id == GENERATED or f"#{id}" in body
