"""Applying fixes: each whole or not at all, in whatever order they come, and as fast for many as for few."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit, Span
from notelint.edits.apply import apply, conflicts

TEXT = "0123456789abcdef"


@st.composite
def fixes(draw: st.DrawFn) -> Fix:
    """A fix whose own edits do not overlap."""
    places = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=4)))
    spans = [Span(*pair) for pair in zip(places[::2], places[1::2], strict=False)]
    if draw(st.booleans()):
        spans = [Span(span.start, span.start) for span in spans]
    return Fix("fix", tuple(Edit(span, draw(st.sampled_from(["", "X", "YY"]))) for span in spans))


@given(st.lists(fixes(), max_size=8))
def test_each_fix_is_applied_whole_unless_it_touches_an_earlier_one(given_: list[Fix]) -> None:
    want: list[Fix] = []
    for fix in given_:
        if not conflicts(fix, want):
            want.append(fix)
    text = TEXT
    for edit in sorted((edit for fix in want for edit in fix.edits), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert apply(TEXT, given_) == (text, want)
