"""The first look at a link's edges never hides a blank that the second one finds."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.checkers.publishing.untrimmed_link import _edges, _is_trimmed
from notelint.note.links import find_wikilinks

_PARTS = st.sampled_from(
    ["[[", "]]", "![[", "|", "#", " ", "\t", "\u00a0", "a", "é", "\\", "\\|", "x y", "^b", "\u2003"]
)


@given(st.lists(_PARTS, max_size=14).map("".join))
def test_links_taken_for_trimmed_have_no_blank_at_an_edge(text: str) -> None:
    for link in find_wikilinks(text):
        if _is_trimmed(text, link):
            assert all(blank.start >= blank.end for blank in _edges(text, link))


def test_most_links_are_known_at_the_first_look() -> None:
    text = "[[A b#C d|e]] ![[x.png]] [[ A]] [[A ]] [[A |b]] [[#c]]"
    assert [_is_trimmed(text, link) for link in find_wikilinks(text)] == [True, True, False, False, False, True]
