"""Reports for people: findings folded into frames, source lines cut to the width of a terminal."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from notelint.core.diagnostic import Diagnostic, Position, Severity
from notelint.core.printable import has_single_columns, width, wrapped
from notelint.core.text import Span
from notelint.report.frames import frames, other_lines, snippet
from tests.conftest import MakeVault, run


def found(line: int, source: str, start: int, end: int, message: str = "no") -> Diagnostic:
    """A diagnostic on one line, whose place is from `start` to `end` (characters from 0)."""
    span = Span(line * 1000 + start, line * 1000 + end)
    places = Position(line, start + 1), Position(line, end + 1)
    return Diagnostic("A.md", *places, "broken-link", Severity.ERROR, message, span, source)


@given(
    st.text(st.sampled_from("ab c\t脑กัé"), min_size=1, max_size=200),
    st.data(),
    st.integers(30, 120),
)
def test_a_source_line_fits_and_its_carets_stand_below_the_place(source: str, data: st.DataObject, room: int) -> None:
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start, len(source)))
    shown = snippet(found(1, source, start, end), room)
    if shown is None:
        assert not source.strip() or start > len(source.rstrip())
        return
    line, carets = shown
    assert width(line) <= room
    assert len(carets) <= max(room, len(carets.rstrip("^")) + 1)
    assert carets.strip(" ").strip("^") == ""
    assert "^" in carets


def test_the_place_of_a_long_line_is_shown() -> None:
    source = "word " * 60 + "[[Nowhere]]" + " more" * 60
    line, carets = snippet(found(1, source, 300, 311), 60) or ("", "")
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[carets.index("^") : carets.rindex("^") + 1] == "[[Nowhere]]"


def test_the_same_finding_many_times_is_one_frame() -> None:
    one, two = frames([found(n, "x [[B]]", 2, 7) for n in (3, 5, 9)] + [found(11, "y", 0, 1, "other")])
    assert (one.first.start.line, one.count, two.count) == (3, 3, 1)
    assert other_lines(one) == "also on lines 5 and 9"
    assert other_lines(two) == ""


def test_several_findings_at_one_place_are_one_frame() -> None:
    (frame,) = frames([found(1, "x", 0, 1, "first"), found(1, "x", 0, 1, "second")])
    assert [one.message for one in frame.diagnostics] == ["first", "second"]


@given(st.lists(st.text(st.sampled_from("ab:é脑"), min_size=1, max_size=12), max_size=30), st.integers(20, 80))
def test_wrapping_keeps_every_word_and_begins_no_command(words: list[str], columns: int) -> None:
    lines = wrapped(" ".join(words), columns, indent=2, hanging=2)
    assert " ".join(lines).split() == " ".join(words).split()
    assert all(not line.strip().startswith("::") for line in lines[1:])


def test_paths_can_be_opened_from_here(make_vault: MakeVault) -> None:
    vault = make_vault({"In/A.md": "[[/No]]\n", "B.md": "[[/No]]\n"})
    above = run("check", "vault", "--output-format", "concise", cwd=vault.parent).stdout
    assert above.startswith("vault/B.md:1:1: broken-link")
    inside = run("check", "--output-format", "concise", cwd=vault / "In").stdout
    assert inside.splitlines()[:2] == [
        "../B.md:1:1: broken-link: no note '/No'",
        "A.md:1:1: broken-link: no note '/No'",
    ]


def test_what_is_taken_for_one_column_is_one() -> None:
    single = [chr(code) for code in range(0x110000) if has_single_columns(chr(code))]
    assert [char for char in single if char.isprintable() and cell_len(char) != 1] == []
    assert set("Größe, día, Ελλάδα, Москва – “x” • …") <= set(single)
