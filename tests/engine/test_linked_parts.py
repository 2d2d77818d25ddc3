"""A part of a note that links name is not taken away by a single fix or suggestion."""

import pytest

from notelint.core.diagnostic import Diagnostic, Fix, PlacedEdit, Position, Safety, Severity
from notelint.core.text import Edit, Span
from notelint.engine.linked_parts import LinkedParts
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from tests.conftest import MakeVault

PUBLISHED = "---\ndg-publish: true\ndg-permalink: old\n---\n# A\n\n## Part\n\nText ^id\n"


@pytest.mark.parametrize(
    ("link", "old", "new", "holds"),
    [
        ("[x](/old/)", "old", "new", False),
        ("[x](/other/)", "old", "new", True),
        ("[[A#Part]]", "## Part", "## Share", False),
        ("[[A#Part]]", "Text", "Words", True),
        ("[[A#^id]]", "^id", "^other", False),
        ("[[A]]", "## Part", "## Share", True),
        ("[[A#Gone]]", "## Part", "## Share", True),
    ],
)
def test_a_suggestion_holds_what_links_name(link: str, old: str, new: str, holds: bool, make_vault: MakeVault) -> None:
    run = Workspace.open(
        make_vault({"A.md": PUBLISHED, "B.md": f"{link}\n", "notelint.toml": "garden.slugify = true\n"})
    )
    start = PUBLISHED.index(old)
    fix = Fix("Change it", (Edit(Span(start, start + len(old)), new),), Safety.SUGGESTION)
    assert LinkedParts(run.vault).holds(run.read("A.md"), fix) is holds


def test_of_many_fixes_those_are_dropped_by_which_a_link_loses_its_part(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"## Part {n}\n\nText.\n\n" for n in range(300))
    run = Workspace.open(make_vault({"A.md": text, "B.md": "[[A#Part 7]]\n[[A#Part 200]]\n"}))
    note = run.read("A.md")
    found = [_renaming(note, one.text, one.span) for one in note.headings]
    read = list[str]()
    whole = Note.with_text

    def reading(self: Note, after: str) -> Note:
        read.append(after)
        return whole(self, after)

    monkeypatch.setattr(Note, "with_text", reading)
    kept = LinkedParts(run.vault).keep(note, found)
    assert [one.message for one in kept if one.fix is None] == ["Part 7", "Part 200"]
    assert len(read) < 50  # of 300: each is the whole note


def _renaming(note: Note, title: str, span: Span) -> Diagnostic:
    start = note.text.index(title, span.start)
    fix = Fix("rename it", (Edit(Span(start, start + 4), "Share"),))
    place, edits = Position(1, 1), (PlacedEdit(Position(1, 1), Position(1, 1), "Share"),)
    return Diagnostic(note.path, place, place, "some-checker", Severity.WARNING, title, span, "", fix=fix, edits=edits)


def test_links_of_the_vault_are_not_read_for_fixes_that_no_link_can_name(make_vault: MakeVault) -> None:
    run = Workspace.open(make_vault({"A.md": PUBLISHED, "B.md": "[x](/old/) [[A#Part]]\n"}))
    note = run.read("A.md")
    parts = LinkedParts(run.vault)
    text = Span(PUBLISHED.index("Text"), PUBLISHED.index("Text") + 2)
    found = [_renaming(note, "Text", text)]
    assert parts.keep(note, found) == found
    assert not {"_linked", "_named"} & set(parts.__dict__)
