"""Residue on real pages: nothing of the article is lost, traps are kept, and the second run changes nothing."""

import json
import shutil
from pathlib import Path

import pytest

from notelint.note import Note
from notelint.registry import load_checkers
from tests.conftest import MakeVault, reference, run

# A link without text is reported, but what it leads to is kept: see test_import_checkers.py.
RESIDUE = [kind() for kind in load_checkers().values() if kind.family == "residue" and kind().id != "empty-markup"]


def test_traps_are_kept_alone_and_inside_a_note() -> None:
    for trap in json.loads(reference("residue", "traps.json").read_text("utf-8")):
        for text in (trap["text"], f"# Title\n\nSome words.\n\n{trap['text']}\n\nMore words.\n"):
            note = Note("A.md", text)
            found = [finding for checker in RESIDUE for finding in checker.check(note)]  # type: ignore[attr-defined]
            assert found == [], trap["why"]


def test_real_pages_lose_no_line_that_is_to_be_kept(tmp_path: Path) -> None:
    pages = reference("residue", "pages")
    gold = reference("residue", "gold")
    (tmp_path / ".obsidian").mkdir()
    for page in pages.iterdir():
        shutil.copyfile(page, tmp_path / f"{page.stem}.md")
    asked = ("--select", "residue", "--ignore", "citation-marker")  # footnotes change lines, and lose no word
    assert run("fix", *asked, cwd=tmp_path).exit_code == 0
    removed = 0
    for page in pages.iterdir():
        before = page.read_bytes().decode("utf-8").split("\n")
        after = (tmp_path / f"{page.stem}.md").read_bytes().decode("utf-8")
        left = set(after.split("\n"))
        labels = json.loads((gold / f"{page.stem}.json").read_text("utf-8"))["lines"]
        for line, label in zip(before, labels, strict=False):
            if label["label"] in ("keep", "meta", "mixed") and "\u200b" not in line and "\u00ad" not in line:
                assert line in left or "utm_" in line, (page.name, line)
        removed += len(before) - len(after.split("\n"))
    assert removed > 100
    assert run("fix", *asked, cwd=tmp_path).stdout == "nothing to mend.\n"


def test_the_seed_scrape_loses_its_four_lines_and_nothing_else(make_vault: MakeVault) -> None:
    seed = reference("seeds", "imported-article.txt").read_text("utf-8")
    vault = make_vault({"Calcinosis.md": seed})
    assert run("fix", cwd=vault).exit_code == 0
    mended = (vault / "Calcinosis.md").read_text("utf-8")
    chrome = ("ADVERTISEMENT", "Updating", "Unable to process", "Thank you for updating")
    kept = [line for line in seed.splitlines() if line.strip() and not line.strip().startswith(chrome)]
    assert [line for line in mended.splitlines() if line.strip()] == ["---", "type: imported-article", "---", *kept]


@pytest.mark.parametrize("kind", ["advertisement", "form-text", "consent-banner", "share-widget", "navigation"])
def test_every_kind_has_patterns_that_are_bounded(kind: str) -> None:
    from notelint.residue import _patterns

    assert _patterns(kind).reasons
    text = ("Follow us on " * 2_000 + "\n" + "We use cookies to improve " * 2_000 + "\n") * 3
    assert [f for checker in RESIDUE if checker.id == kind for f in checker.check(Note("A.md", text))] == []  # type: ignore[attr-defined]
