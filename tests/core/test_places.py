"""Things asked for by place: the same as looking at each of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.places import Places
from notelint.core.text import Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=20), st.lists(SPANS, max_size=4))
@settings(deadline=None, max_examples=500)
def test_it_finds_what_looking_at_each_finds(things: list[Span], asked: list[Span]) -> None:
    numbered = list(enumerate(things))
    expected = {
        at for at, thing in numbered if any(thing.start < span.end and span.start < thing.end for span in asked)
    }
    found = [at for at, _ in Places(numbered, lambda pair: pair[1]).touching(asked)]
    assert set(found) == expected
    assert len(found) == len(expected)
    assert found == sorted(found, key=lambda at: (things[at].start, at))
