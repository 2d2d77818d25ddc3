"""Tests of the notes that a move looks at: all whose links it may touch, whatever letters and capitals they have."""

from pathlib import Path

import pytest

from notelint.engine.incoming_links import notes_naming, notes_with_parts_of
from notelint.engine.workspace import Workspace
from tests.conftest import MakeVault

NAMED: dict[str, str | bytes] = {
    "Kidney cyst.md": "# Size\n",
    "by name.md": "[[kidney CYST]]\n",
    "by path.md": "[x](./Kidney%20cyst.md)\n",
    "by part.md": "[[Kidney cyst#Size]]\n",
    "in frontmatter.md": '---\nsee: "[[Kidney cyst]]"\n---\n',
    "of neither.md": "Kidney and cyst, [[elsewhere]].\n",
}


def _opened(vault: Path) -> Workspace:
    return Workspace.open(vault)


def test_notes_are_found_by_links_and_not_by_words(make_vault: MakeVault) -> None:
    run = _opened(make_vault(NAMED))
    assert {*notes_naming(run, {"Kidney cyst.md": "Renal cyst.md"})} == {*NAMED} - {"of neither.md"}


def test_links_that_are_out_of_the_memory_are_found(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notelint.engine.cache._MANY", 1)
    run = _opened(make_vault(NAMED))
    assert {*notes_naming(run, {"Kidney cyst.md": "Renal cyst.md"})} == {*NAMED} - {"of neither.md"}


def test_only_links_to_parts_count_for_a_heading(make_vault: MakeVault) -> None:
    run = _opened(make_vault(NAMED))
    assert {*notes_with_parts_of(run, ["Kidney cyst.md"])} == {"Kidney cyst.md", "by part.md"}


def test_notes_that_would_find_the_new_name_count(make_vault: MakeVault) -> None:
    run = _opened(make_vault({"a/Old.md": "", "b/New.md": "", "x.md": "[[New]]\n", "y.md": "[[Other]]\n"}))
    assert {*notes_naming(run, {"a/Old.md": "a/New.md"})} == {"a/Old.md", "x.md"}


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("Ünal.md", "[[ÜNAL]]"),
        ("Cafe\u0301 noir.md", "[[CAFÉ NOIR]]"),
        ("肾囊肿.md", "[[肾囊肿]]"),
        ("Kelvin.md", "[[\u212aelvin]]"),
        ("!.md", "[[!]]"),
        ("Ж 1.md", "[[ж 1]]"),
        ("v1.2.md", "[[V1.2]]"),
    ],
)
def test_letters_of_all_kinds(make_vault: MakeVault, name: str, link: str) -> None:
    run = _opened(make_vault({name: "", "source.md": f"{link}\n", "other.md": "[[nothing]]\n"}))
    assert run.vault_to_change.resolve(link.strip("[]"), "source.md").target == name
    assert "source.md" in notes_naming(run, {name: "Elsewhere.md"})


def test_a_heading_that_holds_a_link_is_followed_too(make_vault: MakeVault) -> None:
    vault = make_vault({
        "Old.md": "# T\n", "Mid.md": "# See [[Old]]\n\nText.\n", "Far.md": "[[Mid#See Old]]\n", "Z.md": "[[Far]]\n",
    })  # fmt: skip
    from notelint.core.errors import NotelintError
    from notelint.engine.move import plan_move

    run = _opened(vault)
    with pytest.raises(NotelintError, match=r"Far\.md"):
        plan_move(run, vault / "Old.md", str(vault / "New.md"))
