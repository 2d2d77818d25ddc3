"""Cases that pages of section and content checkers cannot show: line ends, bytes that are not text, large notes."""

from typing import Any

import pytest

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.edits.apply import apply
from notelint.note.note import Note
from notelint.note.profile import Profile, Section

PROFILE = Profile(
    "disease",
    frontmatter=True,
    template={"type": "disease", "title": "no", "flag": True},
    sections=(Section("Concept"), Section("Imaging")),
)


def find(id: str, text: str | bytes, **options: Any) -> tuple[list[str], str]:
    """The messages of a checker, and the text once its fixes are applied."""
    kind = load_checkers()[id]
    data = text if isinstance(text, bytes) else text.encode()
    note = Note.decode("note.md", data, PROFILE)
    checker = kind(kind.Options(**options))
    assert isinstance(checker, NoteChecker)
    found = list(checker.check(note))
    return [f.message for f in found], apply(note.text, [f.fix for f in found if f.fix])[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fixes_keep_the_line_ends(end: str) -> None:
    _, fixed = find("missing-section", f"# Note{end}## Concept{end}Text.{end}")
    assert fixed == f"# Note{end}## Concept{end}Text.{end}{end}## Imaging{end}"
    _, fixed = find("missing-frontmatter", f"# Note{end}Text.{end}")
    assert fixed == end.join(["---", "type: disease", 'title: "no"', "flag: true", "---", "", "# Note", "Text.", ""])
    _, fixed = find("malformed-frontmatter", f"{end}{end}---{end}a: b{end}---{end}")
    assert fixed == f"---{end}a: b{end}---{end}"
    _, fixed = find("duplicate-key", f"---{end}a: b{end}a: b{end}---{end}")
    assert fixed == f"---{end}a: b{end}---{end}"


def test_a_note_without_text() -> None:
    for id in ("missing-section", "empty-section", "missing-frontmatter", "invalid-encoding", "section-order"):
        find(id, "")
    assert find("missing-section", "")[1] == "## Concept\n"


def test_bytes_that_are_no_text() -> None:
    said, fixed = find("invalid-encoding", b"caf\xe9 \xe9\xe8, \x00\x00end \x81")
    assert said == [
        "a byte that is not UTF-8 (0xE9): save the note as UTF-8",
        "2 bytes that are not UTF-8 (0xE9 0xE8): save the note as UTF-8",
        "2 NUL characters, which no text has: remove what is not text, or save the note as UTF-8",
        "a byte that is not UTF-8 (0x81): save the note as UTF-8",
    ]
    assert fixed == "café éè, end \udc81"


def test_few_findings_stand_for_many() -> None:
    said, fixed = find("invalid-encoding", b"word\0 " * 7)
    assert len(said) == 5
    assert "(and 2 more such places)" in said[-1]
    assert fixed == "word " * 7


@pytest.mark.slow
@pytest.mark.parametrize("id", ["missing-section", "empty-section", "duplicate-section", "noncanonical-heading"])
def test_cost_grows_linearly(id: str) -> None:
    """A note of 20,000 headings and comments; were a checker quadratic, this would take minutes."""
    find(id, "## Concept\n<!-- x\n" + "## Other\n%% x %%\n\n<!-- y -->\n\n" * 20_000)


@pytest.mark.parametrize(
    "title",
    ["A. Imaging", "b) Imaging", "(c) Imaging", "<mark>Imaging</mark>", "Imaging {#img}", "[[X|Imaging]]",
     "[[Imaging]]", "IV. Imaging", "2️⃣ Imaging", "Imaging 🩻 #ct ^x1", "*Imaging*:"],
)  # fmt: skip
def test_how_titles_are_decorated_does_not_count(title: str) -> None:
    assert PROFILE.section(title) == Section("Imaging")
