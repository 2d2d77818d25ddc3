"""Checkers of imported articles keep the article: real pages by their gold labels, traps, and random texts."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.config.profiles import load_profile
from notelint.core.diagnostic import Fix, Safety
from notelint.edits.apply import apply
from notelint.edits.verify import violation
from notelint.note.note import Note
from tests.conftest import MakeVault, reference, run

IDS = ("empty-markup", "citation-marker", "mojibake")
WORD = re.compile(r"[^\W_]+")


def checker(id: str) -> NoteChecker:
    kind = load_checkers()[id]
    assert issubclass(kind, NoteChecker)
    return kind()


def fixed(checker: NoteChecker, text: str, *, unsafe: bool = False) -> str:
    """The text with the checker's fixes applied until there are none; each round is verified."""
    for _ in range(10):
        note = Note("A.md", text)
        fixes = [f.fix for f in checker.check(note) if f.fix and (unsafe or f.fix.safety is Safety.SAFE)]
        if not fixes:
            return text
        text, applied = apply(text, fixes)
        assert violation(note, Note("A.md", text), [edit for fix in applied for edit in fix.edits]) is None
    raise AssertionError("the fixes come to no end")


def lost(before: str, after: str) -> Counter[str]:
    return Counter(WORD.findall(before)) - Counter(WORD.findall(after))


def pages() -> list[tuple[Path, list[str], list[dict[str, str]]]]:
    found = []
    for page in sorted(reference("residue", "pages").iterdir()):
        labels = json.loads((page.parents[1] / "gold" / f"{page.stem}.json").read_text("utf-8"))["lines"]
        found.append((page, page.read_bytes().decode("utf-8").split("\n"), labels))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_safe_fixes_lose_no_word_of_an_article(id: str) -> None:
    one = checker(id)
    for page, lines, labels in pages():
        gone = lost("\n".join(lines), fixed(one, "\n".join(lines)))
        kept = Counter(
            w
            for line, label in zip(lines, labels, strict=False)
            if label["label"] == "keep"
            for w in WORD.findall(line)
        )
        rest = Counter(
            w
            for line, label in zip(lines, labels, strict=False)
            if label["label"] != "keep"
            for w in WORD.findall(line)
        )
        assert not (gone - rest) & kept, page.name


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("unsafe", [False, True])
def test_traps_are_kept_whatever_is_asked(id: str, unsafe: bool) -> None:
    one = checker(id)
    for trap in json.loads(reference("residue", "traps.json").read_text("utf-8")):
        for text in (trap["text"], f"# Title\n\nSome words.\n\n{trap['text']}\n\nMore words.\n"):
            after = fixed(one, text, unsafe=unsafe)
            assert not lost(text, after), trap["why"]
            assert after == text or "](https://example.org/signed-consent.pdf)" in after, trap["why"]


MARKS = [
    "# ",
    "## ",
    "-",
    "- ",
    "* ",
    "**",
    "****",
    "** **",
    "[](#a)",
    "[](b.md)",
    "[",
    "](",
    "    ",
    "`",
    "```\n",
    "$",
]
OTHER = ["x", " word", "\n", "\n\n", "%%", "|", "1. ", "> ", "---\n", "\r\n", "\u00a0", "type 2", " 1.", " 3,4.", "[1]"]
CITED = [
    "[[2]](#cite_note-2)",
    "<sup>3</sup>",
    "## References\n\n",
    "1. One\n2. Two\n3. Three\n",
    "[edit]",
    "â€™",
    "Ã©",
]
PIECES = st.sampled_from([*MARKS, *OTHER, *CITED])
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
@example(text="`# `[[2]](#cite_note-2)`")
@given(text=TEXTS)
@example(text="[](#a)%%x")
@example(text="\u00a0[](#a)%%x")
@example(text="-1. One\n2. Two\n3. Three\n-")
@settings(max_examples=200)
def test_any_text_is_fixed_without_loss_and_at_rest(id: str, text: str) -> None:
    one = checker(id)
    for unsafe in (False, True):
        after = fixed(one, text, unsafe=unsafe)
        assert fixed(one, after, unsafe=unsafe) == after


@given(text=TEXTS)
@example(text="x[](#a)[](#a)1. One\n")
@settings(max_examples=300)
def test_empty_markup_takes_no_word(text: str) -> None:
    fixes: list[Fix] = [f.fix for f in checker("empty-markup").check(Note("A.md", text)) if f.fix]
    after, _ = apply(text, fixes)
    assert not lost(re.sub(r"\]\([^)]*\)", "]", text), after)


PASTE = """Gallstones

Last revised by A. Writer on 4 Jan 2022

Stones form in the gallbladder of many people, and most of them never know 1.

Epidemiology

About one in ten adults of rich countries carries stones of some kind 2.

Diagnosis

Most of them are found when something else was looked for, by another method 3.

Radiographic features

CT

Stones may be dark, bright, or as grey as the bile around them 1,4.

Differential diagnosis

gallbladder polyp

tumour of the gallbladder
"""


def test_a_pasted_article_gets_its_headings_by_an_unsafe_fix_only(make_vault: MakeVault) -> None:
    vault = make_vault({"Gallstones.md": PASTE})
    asked = ("--imported", "Gallstones.md", "--select", "unmarked-heading,citation-marker")
    assert "## " not in run("fix", *asked, "--diff", cwd=vault).stdout
    shown = run("fix", *asked, "--unsafe-fixes", "--diff", cwd=vault).stdout.splitlines()
    assert [line[1:] for line in shown if line.startswith("+#")] == [
        "## Epidemiology",
        "### Diagnosis",
        "## Imaging",
        "### CT",
        "## Differentials",
    ]
    assert "+Stones may be dark, bright, or as grey as the bile around them." in shown
    assert (vault / "Gallstones.md").read_text() == PASTE
    assert run("fix", *asked, "--unsafe-fixes", cwd=vault).exit_code == 0
    assert run("fix", *asked, "--unsafe-fixes", cwd=vault).stdout.startswith("No fixes to apply")


def test_headings_of_pasted_pages_are_titles_of_the_article() -> None:
    profile = load_profile("imported-article", Path())
    seen = 0
    for page, lines, labels in pages():
        if page.suffix == ".txt":
            note = Note("A.md", "\n".join(lines), profile)
            for finding in checker("unmarked-heading").check(note):
                label = labels[note.lines.position(finding.span.start)[0] - 1]
                assert label["label"] in ("keep", "either", "mixed"), (page.name, finding.message)
                seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    "text", ["[](" * 20_000, "x " + " " * 50_000 + "y", "[1](#" * 20_000, "1." * 30_000 + "\n" * 9]
)
def test_long_lines_take_no_long_time(text: str) -> None:
    profile = load_profile("imported-article", Path())
    for id in (*IDS, "unmarked-heading"):
        assert all(f.fix is None for f in checker(id).check(Note("A.md", f"{text}\n{text}\n", profile)))


@pytest.mark.parametrize(
    ("text", "safely"),
    [
        ("a\u200b b \u200bc\u200b\n\u200bd (\u200be)\u200b.\n", "a b c\nd (e).\n"),
        ("[a](b)\u200b[c](d) \u200b[e](f) *\u200bg* 5\u200b-\u200b6\n", "[a](b)[c](d) [e](f) *g* 5-6\n"),
        ("\u200b# a\n> \u200b- b\n\n  \u200b1. c\n\u200b---\n", None),
        ("see \u200b#tag [\u200b[a]] [a]\u200b(b)\n", None),
    ],
)
def test_an_invisible_character_that_keeps_markdown_away_stays(text: str, safely: str | None) -> None:
    one = checker("invisible-character")
    assert fixed(one, text) == (text if safely is None else safely)
    fixes = [found.fix for found in one.check(Note("A.md", text)) if found.fix]
    assert apply(text, fixes)[0] == text.replace("\u200b", "")


def test_an_invisible_line_above_one_that_would_become_code_stays() -> None:
    text = "a\n\u200b\n    b\n"
    assert fixed(checker("invisible-character"), text, unsafe=True) == text


def test_titles_become_headings_before_sections_are_added(make_vault: MakeVault) -> None:
    prose = "A sentence of the article that is long enough to be one, with a few words more.\n"
    text = f"Title\n\n{prose}\nAetiology\n\n{prose}\nDifferential diagnosis\n\n{prose}"
    vault = make_vault({"A.md": f"---\ntype: imported-article\n---\n{text}"})
    assert run("fix", "--unsafe-fixes", cwd=vault).exit_code == 0
    headings = [line for line in (vault / "A.md").read_text().splitlines() if line.startswith("#")]
    assert headings == ["## Concept", "## Causes", "## Imaging", "## Differentials"]
