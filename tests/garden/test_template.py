"""The site's template renders lines with extensions of its own: marks, formulas, classes of links."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.garden.template import _DATAVIEW, _LINK, _parser, _target, read_link, render, survives


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("a ==b== c", "<mark>b</mark>"),
        ("==*b*==", "<mark><em>b</em></mark>"),
        ("==a== ==b==", "<mark>b</mark>"),
        ("== b ==", None),
        ("==b", None),
        ("====", None),
    ],
)
def test_marks(line: str, marked: str | None) -> None:
    html = render(line)
    assert marked in html if marked is not None else "<mark>" not in html


@pytest.mark.parametrize(
    ("line", "is_formula"),
    [
        ("$a$", True),
        (r"$a\$b$", True),
        ("so $a$, then", True),
        ("$ a$", False),
        ("$a $", False),
        ("$5 and $6", False),
        ("$a", False),
        ("$$", False),
        (r"\$a$", False),
    ],
)
def test_formulas(line: str, is_formula: bool) -> None:
    """A formula is not shown as it is written; its Markdown is nobody's: `$*a*$`."""
    assert ("$" not in render(line).replace("&#36;", "$")) is is_formula


def test_a_formula_hides_what_stands_in_it() -> None:
    assert "<em>" not in render("$*a*$")
    assert "<em>" in render("$ *a*$")


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("https://e.org", 'class="external-link"'),
        ("http://e.org", 'target="_blank"'),
        ("b.md", 'class="internal-link"'),
    ],
)
def test_links(target: str, named: str) -> None:
    assert named in render(f"[a]({target})")
    assert "_blank" in render(f"[a]({target})") or target == "b.md"


@pytest.mark.parametrize(
    ("path", "lives"), [("A note", True), ("a == b == c", True), ("a ==b== c", False), ("a\\b", False)]
)
def test_names_survive_the_template_or_not(path: str, lives: bool) -> None:
    assert survives(path) is lives


def test_older_templates_split_before_they_decode() -> None:
    new, old = read_link("A & B#C"), read_link("A & B#C", older=True)
    assert new is not None
    assert old is not None
    assert (new.path, old.path) == ("A & B", "A &amp; B")


_WORDS = st.sampled_from(
    ["a", "B2", "3.0", "v1.", ".", " ", "-", "(", ")", "[", "[[", "]", "]]", "|", r"\|", "^", "^id", "/", "?", "%", "+",
     "'", "é", "x.org", "www.", "http:", "//", "com", ".5", "1.2.3.4", "xn--a", ";", ","]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(_WORDS, max_size=12).map("".join))
def test_texts_told_to_be_plain_are_rendered_as_they_are(text: str) -> None:
    assert render(text) == _parser().renderInline(text)


@settings(max_examples=500)
@given(st.lists(_WORDS, max_size=8).map("".join), st.lists(_WORDS, max_size=4).map("".join), st.booleans())
def test_links_told_to_be_plain_are_read_as_the_template_does(path: str, fragment: str, older: bool) -> None:
    written = f"{path}#{fragment}"
    found = _LINK.search(_DATAVIEW.sub(lambda match: match[1].strip(), _parser().renderInline(rf"[[{written}\|x]]")))
    expected = None if found is None else _target(found[1], older)
    if "#" not in path and "|" not in written:
        assert read_link(written, older=older) == expected
