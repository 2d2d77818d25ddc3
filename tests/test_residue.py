"""Residue on real pages: nothing of the article is lost, traps are kept, and the second run changes nothing."""

import itertools
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint import residue
from notelint.frontmatter import parse
from notelint.note import Note
from notelint.registry import load_checkers
from notelint.residue import engine
from notelint.residue.facts import iso_date
from notelint.residue.knowledge import either, general, matcher, sites
from notelint.residue.units import units
from tests.conftest import MakeVault, reference, run

# A link without text is reported, but what it leads to is kept: see test_import_checkers.py.
RESIDUE = [kind() for kind in load_checkers().values() if kind.family == "residue" and kind().id != "empty-markup"]
WORD = re.compile(r"[^\W_]+")


def test_traps_are_kept_alone_and_inside_a_note() -> None:
    for trap in json.loads(reference("residue", "traps.json").read_text("utf-8")):
        for text in (trap["text"], f"# Title\n\nSome words.\n\n{trap['text']}\n\nMore words.\n"):
            note = Note("A.md", text)
            found = [finding for checker in RESIDUE for finding in checker.check(note)]  # type: ignore[attr-defined]
            assert found == [], trap["why"]


def test_traps_are_kept_inside_imported_pages() -> None:
    head = "[Log in](https://example.org/login)\n\n[Sign up](/sign_up)\n\n[About](/about)\n\n# Title\n\n"
    foot = "\n\nUpdating… Please wait.\n\nShare on Facebook\n"
    for trap in json.loads(reference("residue", "traps.json").read_text("utf-8")):
        text = f"---\nsource: x\n---\n{head}Some words.\n\n{trap['text']}\n\nMore words of the article.{foot}"
        note = Note("A.md", text)
        page = residue.analyse(note, True)
        assert page is not None
        at = note.text.index(trap["text"])
        for unit, verdict in zip(page.units, page.verdicts, strict=True):
            if at <= unit.span.start < at + len(trap["text"]):
                assert verdict is None or not verdict.safe, (trap["why"], unit.text)


@pytest.mark.parametrize("packs", [True, False])
def test_real_pages_lose_no_line_that_is_to_be_kept(tmp_path: Path, packs: bool) -> None:
    pages, gold = reference("residue", "pages"), reference("residue", "gold")
    (tmp_path / ".obsidian").mkdir()
    ids = [checker.id for checker in RESIDUE if hasattr(checker.options, "site_packs")]
    switches = "".join(f"[checkers.{id}]\nsite-packs = {str(packs).lower()}\n" for id in ids)
    (tmp_path / "notelint.toml").write_text(switches, "utf-8")
    for page in pages.iterdir():
        shutil.copyfile(page, tmp_path / f"{page.stem}.md")
    asked = ("--select", "residue", "--ignore", "citation-marker")  # footnotes change lines, and lose no word
    assert run("fix", *asked, cwd=tmp_path).exit_code == 0
    gone = total = 0
    for page in sorted(pages.iterdir()):
        before = page.read_bytes().decode("utf-8").split("\n")
        after = (tmp_path / f"{page.stem}.md").read_bytes().decode("utf-8")
        left = Counter(WORD.findall(after))
        labels = json.loads((gold / f"{page.stem}.json").read_text("utf-8"))["lines"]
        for line, label in zip(before, labels, strict=False):
            if label["label"] == "keep" and "utm_" not in line and not re.search("[\u200b\u00ad]", line):
                assert not Counter(WORD.findall(line)) - left, (page.name, line)
            elif label["label"] == "residue":
                total += 1
                gone += line not in after.split("\n")
    assert gone > total * (0.8 if packs else 0.6)
    assert run("fix", *asked, cwd=tmp_path).stdout == "nothing to mend.\n"


def test_the_seed_scrape_becomes_a_note_with_facts_and_loses_four_lines(make_vault: MakeVault) -> None:
    seed = reference("seeds", "imported-article.txt").read_text("utf-8")
    vault = make_vault({"Calcinosis.md": seed})
    assert run("fix", cwd=vault).exit_code == 0
    mended = (vault / "Calcinosis.md").read_text("utf-8")
    block = parse(mended)
    assert block is not None
    assert block.properties["title"] == "Calcinosis of chronic renal failure"
    assert block.properties["author"] == "Yaïr Glick"
    assert block.properties["revised"] == "2022-01-04"
    gone = ("ADVERTISEMENT", "Updating", "Unable to process", "Thank you for updating", "Last revised by")
    kept = [line for line in seed.splitlines() if line.strip() and not line.strip().startswith(gone)]
    assert [line for line in mended[block.span.end :].splitlines() if line.strip()] == kept
    left = {line.split(": ")[1] for line in _concise(vault)}
    assert left <= {"missing-section", "unbalanced-bracket", "dangling-intro", "citation-marker", "unmarked-heading"}


def _concise(vault: Path) -> list[str]:
    lines = run("check", "--output-format", "concise", cwd=vault).stdout.splitlines()
    return [line for line in lines if line.startswith("Calcinosis.md:")]


def test_links_to_a_site_do_not_make_a_note_a_page_of_it() -> None:
    text = (
        "# Nodule\n\nSee [the article](https://radiopaedia.org/articles/pulmonary-nodule-1) and\n"
        "[another](https://www.ncbi.nlm.nih.gov/books/NBK430748/).\n\n## Incoming Links\n\n- Old ledger\n- New ledger\n"
    )
    assert not any(engine.analyse(Note("A.md", text), True).verdicts)


def test_a_list_of_links_in_a_note_of_ones_own_is_no_residue() -> None:
    text = "# Links\n\nMine.\n\n- [Privacy Policy](https://example.org/privacy)\n- [Terms](https://example.org/terms)\n"
    assert not any(engine.analyse(Note("A.md", text), True).verdicts)


def test_every_shipped_pattern_is_bounded() -> None:
    hard = [
        "Follow us on " * 2_000,
        "a, " * 5_000,
        "By " + "Ab " * 5_000,
        "{" * 5_000,
        "12 Jan " * 3_000,
        "ad " * 6_000,
    ]
    known = [line for site in sites() for line in site.line] + list(general().line)
    for text in hard:
        for line in known:
            assert matcher(line.line).match(text) is None or len(text) < 100 or line.line.endswith((".*", ".+"))
        for fact in [*general().fact, *(fact for site in sites() for fact in site.fact)]:
            matcher(fact.line, False).match(text)
        either(general().cues).match(text)
        either(general().targets, whole=False).search(text)


def test_every_shipped_kind_is_a_checker() -> None:
    kinds = {line.kind for line in general().line} | {line.kind for site in sites() for line in site.line}
    kinds |= {zone.kind for site in sites() for zone in site.zone}
    assert kinds <= set(load_checkers())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5 Feb 2026", "2026-02-05"),
        ("January 22, 2025", "2025-01-22"),
        ("25 October 2019", "2019-10-25"),
        ("2019-11-18T23:30:00Z", "2019-11-18"),
        ("3rd March 2021", "2021-03-03"),
        ("31 Feb 2020", None),
        ("soon", None),
    ],
)
def test_dates_become_iso_8601(written: str, meant: str | None) -> None:
    assert iso_date(written) == meant


PIECES = st.sampled_from(
    [
        "# Title", "## Incoming Links", "- [A](https://e.org/a)", "[Log in](https://e.org/login)", "×", "**", "- ",
        "Last revised by Ann Example on 4 Jan 2022", "Share on Facebook", "A sentence of the article, 5 mm wide.",
        "Citation, DOI, disclosures and article data", "**DOI:**", "10.1000/abc", "```", "[", "](/x)", "> q",
        "Synonyms:", "- Sponge", "[[Wiki]]", "Updating… Please wait.", "Go to:", "| a | b |", "", "", "    code", "%%",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.booleans())
def test_units_tile_the_text_and_what_is_kept_stays(pieces: list[str], crlf: bool) -> None:
    text = ("\r\n" if crlf else "\n").join(pieces)
    note = Note("A.md", text)
    found = units(note)
    for one, other in itertools.pairwise(found):
        assert one.span.end <= other.span.start
        assert not text[one.span.end : other.span.start].strip()
    page = engine.analyse(note, True)
    for unit, verdict in zip(page.units, page.verdicts, strict=True):
        assert verdict is None or not unit.kept
        if "A sentence of the article" in unit.text or "[[Wiki]]" in unit.span.of(text):
            assert verdict is None
