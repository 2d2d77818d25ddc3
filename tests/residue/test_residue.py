"""Residue on real pages: nothing of the article is lost, traps are kept, and the second run changes nothing."""

import itertools
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notelint.checkers.registry import load_checkers
from notelint.checkers.residue import base
from notelint.note.frontmatter.parse import parse
from notelint.note.note import Note
from notelint.residue import engine
from notelint.residue.either import Either
from notelint.residue.facts import iso_date
from notelint.residue.knowledge import _nameless, any_fact, anywhere, either, general, matcher, sites
from notelint.residue.page import JudgedPage
from notelint.residue.pattern_parts import ODD_CASE, UNBOUNDED, alternatives, has_one_form, longest
from notelint.residue.units import units
from tests.conftest import ROOT, MakeVault, reference, run

# A link without text is reported, but what it leads to is kept: see test_import_checkers.py.
RESIDUE = [kind() for kind in load_checkers().values() if kind.family == "residue" and kind().id != "empty-markup"]
WORD = re.compile(r"[^\W_]+")


def _page(note: Note, site_packs: bool) -> JudgedPage:
    """Judge each unit of a note; those of a note that is not an import get no verdict."""
    return base.analyse(note, site_packs) or JudgedPage.of(note)


def _declared(text: str) -> Note:
    """A note that the command line declares an import."""
    return Note("A.md", text).as_named_import()


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
        text = f"{head}Some words.\n\n{trap['text']}\n\nMore words of the article.{foot}"
        note = _declared(text)
        page = _page(note, True)
        at = note.text.index(trap["text"])
        for unit, verdict in zip(page.units, page.verdicts, strict=True):
            if at <= unit.span.start < at + len(trap["text"]):
                assert verdict is None or not verdict.safe, (trap["why"], unit.text)


# Paragraphs of articles and of people's own notes that look like residue.
TRAPS = [
    "Share of patients with pain: 61 %.",
    "Home oxygen is given when the saturation stays low.",
    "Search for a primary tumour in the breast and in the lung.",
    "Next step is MRI.",
    "Menu of treatments\n\n- Rest\n- Ice\n- Surgery",
    "Contact dermatitis\n\nHalf of them itch.",
    "## Views\n\n- Anteroposterior\n- Lateral\n- Skyline\n\nThe last one is asked for seldom.",
    "By Monday the fever had gone.",
    "By Friday, Bo Crane counts the fish.",
    "By Monday, 3 May 2021",
    "By Ada - she knows why.",
    "Published data are scarce.",
    "Updated guidelines ask for an earlier scan.",
    "Reviewed by two readers, the films agreed in nine of ten cases.",
    "Posted guards kept the door until 5 May 1921, when the strike was over.",
    "## Comments\n\nThe margin is smooth.",
    "Tags: are sewn into the collar, never into the sleeve.",
    "Print of the left thumb, taken in 1911.",
    "Subscribe to neither theory before the second biopsy.",
    "Follow the artery to the hilum.",
    "Cookies and cream were all that she could eat.",
    "Privacy was the first thing that the ward lost.",
    "Terms of use: the words that a dialect keeps for tools.",
    "© Museum of the town, inventory 1911-4.",
    "Log in a bed of moss, with fungi.",
    "Donate blood no sooner than eight weeks later.",
    "Related findings are listed by side.",
    "More than one lesion was seen.",
    "Register: low, chest voice.",
    "Similar articles were found in the grave beside it.",
    "1. [Abscess](https://e.org/articles/abscess)\n2. [Glioma](https://e.org/articles/glioma)\n"
    "3. [Metastasis](https://e.org/articles/metastasis)\n4. [Infarct](https://e.org/articles/infarct)",
    "## References\n\n1. [A study of ducts](https://e.org/1)\n2. [Ducts again](https://e.org/2)\n3. [No ducts](https://e.org/3)",
    "## External links\n\n- [A society](https://society.org/)\n- [Another](https://other.org/about)",
    "## See also\n\n- Wide duct\n- Narrow duct",
    "## Authors\n\nSmith, Jones and Brown disagreed in print for nine years.",
    "PMID: 12345678 is the trial that everybody cites.",
    "Sign up to the third rib, sign down to the fifth.",
    "Reply: the court adjourned.",
    "Last updated by hand, the ledger ends in 1902.",
    "Follow-up\n\n- Ultrasound\n- Nothing",
    "Live births\n\n- First: 1911\n- Second: 1913",
    "Thank you for coming, he said, and shut the door.",
    "In your inbox of duties, put this one first.",
]  # fmt: skip

HEADS = {
    "of links": "[Log in](https://e.org/login)\n\n[Sign up](/sign_up)\n\n[About](/about)\n\n# Title\n\n",
    "of text": "Menu\n\nLog in\n\nRegister\n\nContact us\n\nSearch\n\nTitle\n\nBy Ann Example\n\n",
    "of none": "",
}
FEET = {
    "of links": "\n\nUpdating… Please wait.\n\n[Privacy Policy](/privacy)\n\n[Contact](/contact)\n",
    "of text": "\n\nShare on Facebook\n\nAbout us\n\nPrivacy policy\n\nTerms of use\n\n© 2020 Site\n",
}


def test_links_of_a_page_without_text_are_no_foot_for_certain() -> None:
    text = "# Links\n\n- [Ponds](https://ponds.org/)\n- [Herons](https://herons.org/)\n\n"
    text += "- [Home](https://www.fish.org/)\n- [About](https://e.org/about)\n- [Contact](https://e.org/contact)\n"
    text += "[Fish](https://e.org/fish) | [Log in](https://e.org/login)\n\n## Read later\n\n"
    text += "- [Ten ponds that you must know](https://e.org/ten)\n- [Nine fish](https://e.org/nine)\n\n"
    text += "Subscribe to: [feed](https://e.org/feed)\n\nPrivacy policy: [here](https://e.org/privacy)\n"
    page = _page(_declared(text), True)
    found = {unit.text: page.verdicts[at] for at, unit in enumerate(page.units)}
    for listed in ("Ponds", "Herons", "Ten ponds that you must know", "Nine fish"):
        verdict = found[listed]
        assert verdict is None or not verdict.safe


def test_days_that_head_parts_of_minutes_stay() -> None:
    said = "The heron stands in the shallow water for hours, and does not move until a fish comes near enough.\n\n"
    minutes = "".join(
        f"{name}\n\nMay 3, 2021\n\nI say that we {verb} a net.\n\n"
        for name, verb in (("Ada Heron", "buy"), ("Bo Crane", "sell"))
    )
    page = _page(_declared(f"# Minutes\n\n{said}{minutes}"), True)
    assert not any(page.verdicts)
    page = _page(_declared(f"# Minutes\n\nMay 3, 2021\n\n{said}"), True)
    assert page.facts.found["published"] == ["2021-05-03"]


def test_guesses_leave_the_days_of_a_chronicle() -> None:
    said = "On day {0} we counted {0} herons at the pond, and the keeper said that the year before had been worse.\n\n"
    days = ("3 May 1921", "4 June 1930", "5 July 1940", "6 August 1950", "7 September 1960")
    happened = ("The dam is built.", "The dam leaks.", "The dam is repaired.", "The dam breaks.", "It is built again.")
    text = "# Timeline of the dam\n\n" + "".join(map(said.format, range(1, 19)))
    text += "".join(f"{day}\n\n{line}\n\n" for day, line in zip(days, happened, strict=True))
    page = _page(_declared(text), True)
    own = {*days, *happened}
    assert not [unit.text for at, unit in enumerate(page.units) if page.verdicts[at] and unit.text in own]


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("head", HEADS)
def test_text_that_looks_like_residue_is_kept_in_imported_pages(trap: str, head: str, foot: str) -> None:
    prose = "A paragraph of the article, which is long enough to differ from what the website says of itself. " * 2
    for before, behind in (("", prose), (prose + "\n\n", ""), ("", "")):
        text = HEADS[head] + before + trap + ("\n\n" + behind if behind else "") + FEET[foot]
        page = _page(_declared(text), True)
        at = len(HEADS[head]) + len(before)
        for unit, verdict in zip(page.units, page.verdicts, strict=True):
            if at <= unit.span.start < at + len(trap):
                assert verdict is None or not verdict.safe, (unit.text, verdict)


@pytest.mark.parametrize("trap", TRAPS)
def test_text_that_looks_like_residue_is_kept_in_a_note_of_ones_own(trap: str) -> None:
    for text in (trap, f"# A note\n\nSome words.\n\n{trap}\n\nMore words.\n"):
        assert not any(_page(Note("A.md", text), True).verdicts)


@pytest.mark.slow
@pytest.mark.parametrize("packs", [True, False])
def test_real_pages_lose_no_line_that_is_to_be_kept(tmp_path: Path, packs: bool) -> None:
    pages, gold = reference("residue", "pages"), reference("residue", "gold")
    (tmp_path / ".obsidian").mkdir()
    ids = [checker.id for checker in RESIDUE if hasattr(checker.options, "site_packs")]
    switches = "".join(f"[checkers.{id}]\nsite-packs = {str(packs).lower()}\n" for id in ids)
    (tmp_path / "notelint.toml").write_text(switches, "utf-8")
    for page in pages.iterdir():
        shutil.copyfile(page, tmp_path / f"{page.stem}.md")
    asked = (
        "--imported",
        ".",
        "--select",
        "residue",
        "--ignore",
        "citation-marker",
    )  # footnotes change lines, and lose no word
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
    assert run("fix", *asked, cwd=tmp_path).stdout.startswith("No safe fixes to apply")


# What safe fixes leave of made-up pages: how each line begins.
PAGES = {
    "blog.md": (
        {"title": ["How to keep a sourdough alive"], "author": ["Ann Example"], "published": ["2021-03-03"]},
        "How to keep | Jump to Recipe | A starter wants | Feeding | Take 50 g | Throw it away | Reader Interactions | "
        "Comments | Bob says | March 4, 2021 | Mine died | Primary Sidebar | Hi, I'm Ann!",
    ),
    "german.txt": (
        {"title": ["Die Markschwammniere"], "author": ["Ann Beispiel"], "published": ["2022-02-05"]},
        "Die Markschwammniere | Die Markschwammniere hat | Ursachen | Unbekannt. | Ähnliche Beiträge | "
        "Die Hufeisenniere | Die Beckenniere",
    ),
    "encyclopedia.md": (
        {
            "title": ["Sponge kidney"],
            "revised": ["2024-03-03"],
            "source": ["https://en.wikipedia.org/w/index.php?title=Sponge_kidney&oldid=1"],
            "licence": [
                "Text is available under the Creative Commons Attribution-ShareAlike License 4.0; additional terms may "
                "apply. By using this site, you agree to the Terms of Use."
            ],
        },
        "Sponge kidney | The sponge kidney is | Causes | Nobody knows. | References | ^ Smith, A. | External links | "
        "A page of the society",
    ),
    "journal.md": (
        {
            "title": ["Wide ducts of the kidney: a review"],
            "published": ["2019-03-03"],
            "doi": ["10.1000/jd.2019.12"],
            "publisher": ["Articles from Journal of Ducts are provided here courtesy of Nature Publishing Group"],
            "licence": [
                "This article is distributed under the terms of the Creative Commons Attribution 4.0 International "
                "License."
            ],
            "pmcid": ["PMC123456"],
            "pmid": ["30725690"],
        },
        "Wide ducts of | Ann Example | Ann Example | 1 Department | 1,✉, Bob Sample | 1Department | Corresponding | "
        "Received 2018 | Abstract | Wide ducts have | Keywords: | Introduction | The kidney has | Acknowledgements | "
        "We thank | References | 1.Smith A.",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_made_up_pages_lose_their_site_and_keep_their_article(name: str) -> None:
    text = (ROOT / "tests" / "data" / "pages" / name).read_text("utf-8")
    page = _page(_declared(text), True)
    facts, lines = PAGES[name]
    assert page.facts.found == facts
    judged = zip(page.units, page.verdicts, strict=True)
    left = [unit.text for unit, verdict in judged if (verdict is None or not verdict.safe) and not unit.is_mark]
    for unit, line in zip(left, lines.split(" | "), strict=True):
        assert unit.startswith(line)


def test_unsafe_fixes_keep_the_article_of_a_made_up_page_of_news() -> None:
    text = (ROOT / "tests" / "data" / "pages" / "news.txt").read_text("utf-8")
    page = _page(_declared(text), True)
    left = [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict is None]
    kept = ("The town that", "Sixty years", "Ann Example", "The river left", '"Nobody told us,"', "What is left is")
    assert [line for line in left if line.startswith(kept)] == [
        line for line in text.splitlines() if line.startswith(kept)
    ]
    assert len(left) < 25  # titles of other articles stay: nothing tells that nobody wrote them here


@pytest.mark.parametrize(
    "own",
    [
        "Ask Tom about this",
        "Do not drive",
        "Share this finding with the parents.",
        "© 2020 The Authors. CC BY 4.0",
        "Published under a Creative Commons licence",
    ],
)
def test_own_lines_among_lines_of_a_website_stay(own: str) -> None:
    site = ["Sign in", "Subscribe", "Privacy policy", "Terms of use", "Cookie settings", "Contact us"]
    foot = [line for of_site in site for line in (of_site, own)]
    lines = [
        own,
        *site,
        "# Cyst",
        "A cyst is a thin-walled structure which holds clear fluid, seen in nearly all organs.",
        *foot,
    ]
    page = _page(_declared("\n\n".join(lines) + "\n"), True)
    assert all(page.verdicts[at] is None for at, unit in enumerate(page.units) if unit.text == own)
    assert any(verdict is not None for verdict in page.verdicts)


def test_guesses_do_not_take_a_short_article_about_websites() -> None:
    article = (
        "Readers of a website subscribe to newsletters by email.",
        "Your browser stores cookies when you click on a page.",
        "Moderators of comments delete spam from our pages.",
    )
    page = _page(
        _declared("\n\n".join(["Sign in", "Privacy policy", *article, "Subscribe", "Cookie policy"]) + "\n"), True
    )
    assert [page.verdicts[at] for at, unit in enumerate(page.units) if unit.text in article] == [None, None, None]


def test_the_item_of_a_list_that_holds_code_stays() -> None:
    line = "Subscribe to our newsletter"
    page = _page(_declared(f"Text.\n\n- {line}\n    ```\n    code\n    ```\n\nText.\n\n- {line}\n"), True)
    assert [page.verdicts[at] is None for at, unit in enumerate(page.units) if unit.text == line] == [True, False]


def test_a_known_line_within_a_paragraph_is_not_removed_safely() -> None:
    prose = "The reader who asks has to press the button\nAccept all cookies\nand only then sees what the page holds.\n"
    page = _page(_declared(prose), True)
    assert [verdict is not None and verdict.safe for verdict in page.verdicts] == [False, False, False]
    page = _page(_declared(prose.replace("\n", "\n\n")), True)
    assert [verdict is not None and verdict.safe for verdict in page.verdicts] == [False, False, False]


WITH_PACKS = ("radiopaedia.org", "ncbi.nlm.nih.gov/books", "radiologyassistant.nl")


@pytest.mark.slow
@pytest.mark.parametrize(("packs", "unsafe", "least"), [(True, False, 0.93), (False, False, 0.68), (False, True, 0.88)])
def test_real_pages_lose_their_residue_and_no_more(packs: bool, unsafe: bool, least: float) -> None:
    words: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for entry in json.loads(reference("residue", "index.json").read_text("utf-8")):
        gold = json.loads(reference("residue", "gold", f"{entry['id']}.json").read_text("utf-8"))["lines"]
        text = reference("residue", entry["file"]).read_bytes().decode("utf-8")
        for (line, label), goes in zip(_labelled(text, gold), _goes(text, packs, unsafe), strict=True):
            group = f"residue of {entry['group']}" if label == "residue" else label
            words[group] += len(WORD.findall(line))
            gone[group] += goes * len(WORD.findall(line))
    sites = [group for group in words if group.startswith("residue of ")]
    assert sum(gone[site] for site in sites) >= least * sum(words[site] for site in sites)
    assert gone["keep"] <= (0.003 * words["keep"] if unsafe else 0)  # weights guess, too
    if packs:
        assert all(gone[f"residue of {site}"] >= 0.97 * words[f"residue of {site}"] for site in WITH_PACKS)


@pytest.mark.slow
@pytest.mark.parametrize("packs", [True, False])
def test_real_pages_without_some_of_their_lines_lose_nothing_of_the_article(packs: bool) -> None:
    chance = Random(1)
    for entry in json.loads(reference("residue", "index.json").read_text("utf-8")):
        gold = json.loads(reference("residue", "gold", f"{entry['id']}.json").read_text("utf-8"))["lines"]
        text = reference("residue", entry["file"]).read_bytes().decode("utf-8")
        share = chance.choice([0.1, 0.3, 0.6, 0.9])
        some = [
            (line, label)
            for line, label in _labelled(text, gold)
            if label not in ("residue", "meta") or chance.random() > share
        ]
        for (line, label), goes in zip(some, _goes("\n".join(line for line, _ in some), packs, False), strict=True):
            assert label != "keep" or not goes or not WORD.search(line), (entry["id"], line)


def _labelled(text: str, gold: list[dict[str, str]]) -> list[tuple[str, str]]:
    """The lines of a page with their labels; frontmatter has none."""
    lines = zip(text.split("\n"), gold, strict=False)
    return [(line, "" if label["kind"] == "frontmatter" else label["label"]) for line, label in lines]


def _goes(text: str, packs: bool, unsafe: bool) -> list[bool]:
    """Of each line of a page, whether it goes."""
    goes = [False] * len(text.split("\n"))
    page = _page(_declared(text), packs)
    for unit, verdict in zip(page.units, page.verdicts, strict=True):
        if verdict is not None and (verdict.safe or unsafe):
            first = text.count("\n", 0, unit.span.start)
            for at in range(first, first + unit.span.of(text).rstrip("\n").count("\n") + 1):
                goes[at] = True
    return goes


def test_the_seed_scrape_becomes_a_note_with_facts_and_loses_four_lines(make_vault: MakeVault) -> None:
    seed = reference("seeds", "imported-article.txt").read_text("utf-8")
    vault = make_vault({"Calcinosis.md": seed})
    assert run("fix", cwd=vault).exit_code == 0
    fixed = (vault / "Calcinosis.md").read_text("utf-8")
    block = parse(fixed)
    assert block is not None
    assert block.properties["title"] == "Calcinosis of chronic renal failure"
    assert block.properties["author"] == "Yaïr Glick"
    assert block.properties["revised"] == "2022-01-04"
    gone = ("ADVERTISEMENT", "Updating", "Unable to process", "Thank you for updating", "Last revised by")
    kept = [line for line in seed.splitlines() if line.strip() and not line.strip().startswith(gone)]
    assert [line for line in fixed[block.span.end :].splitlines() if line.strip()] == kept
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
    assert not any(_page(Note("A.md", text), True).verdicts)


def test_a_list_of_links_in_a_note_of_ones_own_is_no_residue() -> None:
    text = "# Links\n\nMine.\n\n- [Privacy Policy](https://example.org/privacy)\n- [Terms](https://example.org/terms)\n"
    assert not any(_page(Note("A.md", text), True).verdicts)


@pytest.mark.parametrize(
    "text",
    [
        "# Reading\n\nMine.\n\n## More\n\n" + "".join(f"- [On {n}](https://e.org/tag/{n})\n" for n in "abcdefgh"),
        "".join(f"- [{n} and more](https://{n}.org/)\n" for n in "abcdefgh") + "\n# Places\n\nThey are mine.\n",
        "# Texts of the buttons\n\n- E-mail \\*\n- Password \\*\n- Show password\n- Accept all\n- Privacy\n",
        "# Wiki\n\nMine.\n\n- What links here\n- Special pages\n- Page information\n",
        "# Letter\n\n5 May 1921\n\nBy the sea. DOI: 10.1000/abc stands on the back.\n\nDOI: 10.1000/abc\n",
    ],
)
def test_a_note_of_ones_own_is_no_page_of_a_website(text: str) -> None:
    assert not any(_page(Note("A.md", text), True).verdicts)


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
        for cluster in general().cluster:
            either((*cluster.sure, *cluster.line)).fits(text)
        for field in (field for box in general().box for field in box.field):
            matcher(field.label).match(text)
        for patterns in (general().cues, general().strong, general().menus, general().sections, general().footers):
            either(patterns).fits(text)
        anywhere(general().targets).search(text)


GROUPS = (general().cues, general().strong, general().menus, general().sections, general().listings, general().footers,
          *((*cluster.sure, *cluster.line) for cluster in general().cluster),
          tuple(line.line for line in general().line), *(site.signature for site in sites()))  # fmt: skip


@pytest.mark.slow
@given(st.sampled_from(GROUPS).flatmap(lambda group: st.tuples(st.just(group), st.sampled_from(group))), st.data())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_patterns_told_apart_find_what_they_find_together(
    chosen: tuple[tuple[str, ...], str], data: st.DataObject
) -> None:
    """A line made by one of the patterns is found, and a line that is nearly so is found if the plain pattern does."""
    group, pattern = chosen
    together = re.compile(rf"(?:{'|'.join(f'(?:{_nameless(one)})' for one in group)})\Z", re.I)
    made = data.draw(st.from_regex(re.compile(_nameless(pattern), re.I), fullmatch=True))
    cut = data.draw(st.integers(0, len(made)))
    for text in (made, made.upper(), made.lower(), made[:cut], made[cut:], f"{made} x", f"x {made}", f"é {made}"):
        assert either(group).fits(text) == (together.match(text) is not None), text
    assert either(group).fits(made)


FACTS = tuple(fact.line for fact in [*general().fact, *(fact for site in sites() for fact in site.fact)])


@pytest.mark.slow
@given(st.sampled_from(FACTS), st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_lines_of_facts_told_apart_find_what_they_find_together(line: str, data: st.DataObject) -> None:
    together = re.compile(rf"(?:{'|'.join(f'(?:{_nameless(one)})' for one in FACTS)})\Z")
    made = data.draw(st.from_regex(re.compile(_nameless(line)), fullmatch=True))
    cut = data.draw(st.integers(0, len(made)))
    for text in (made, made.upper(), made.lower(), made[:cut], made[cut:], f"{made} x", f"x {made}", f"é {made}"):
        assert any_fact(FACTS).fits(text) == (together.match(text) is not None), text
    assert any_fact(FACTS).fits(made)


def test_letters_that_are_looked_up_in_lower_case_have_no_other_relatives() -> None:
    written = {char for line in _all_lines() for char in line}
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    for char in filter(has_one_form, written | set("aikzäß\u0436\u0451\u8111")):
        alike = set(re.findall(re.escape(char), every, re.I))
        assert {one for one in alike if one.lower() != char.lower()} <= set(ODD_CASE.findall(every)), char


def _all_lines() -> set[str]:
    data = general()
    lines = {*(line.line for line in data.line), *data.cues, *data.strong, *data.menus, *data.sections, *data.footers}
    return lines | {line.line for site in sites() for line in site.line} | set(data.listings)


@pytest.mark.parametrize(
    ("patterns", "texts"),
    [
        (("a?b", "xa+bc"), {"b": 1, "ab": 1, "xaabc": 1, "xabc": 1, "a": 0}),
        ((".{0,9}ra+in|.*snow{2}",), {"the raaain": 1, "snoww": 1, "snow": 0}),
        (("[^a]b", "(?:é|ü)x", r"\\?c"), {"bb": 1, "éx": 1, "ÉX": 1, "\\?c": 0, "\\c": 1, "c": 1}),
        (("(?i:skin)s|x(?i:y)",), {"SKINs": 1, "xY": 1, "skin": 0}),
        (("skin|ink",), {"\u017f\u212ain": 1, "SKIN": 1, "\u0131nk": 1}),
        (("(?=a)ab", "(?:)x", ""), {"ab": 1, "x": 1, "": 1}),
        (("(?:a|b.)c|(?:d)?",), {"ac": 1, "bxc": 1, "": 1, "d": 1, "bc": 0}),
    ],
)
def test_odd_patterns_told_apart(patterns: tuple[str, ...], texts: dict[str, int]) -> None:
    assert {text: int(Either(patterns).fits(text)) for text in texts} == texts


@pytest.mark.parametrize(
    ("pattern", "most"),
    [
        ("", 0),
        ("a{2,4}(?:bc|d?)e", 7),
        ("(?:ab){3}", 6),
        ("[ab]{,5}.{0,20}\\b", 25),
        ("(?i:x)y?", 2),
        ("a+", UNBOUNDED),
        ("x(?:a*)?", UNBOUNDED),
        ("a{2,}", UNBOUNDED),
        ("\\b*a", 1),
        ("(?=a)ab", UNBOUNDED),
    ],
)
def test_the_longest_text_of_a_pattern(pattern: str, most: int) -> None:
    assert max(map(longest, alternatives(pattern))) == most


def test_every_shipped_kind_is_a_checker() -> None:
    kinds = {line.kind for line in general().line} | {line.kind for site in sites() for line in site.line}
    kinds |= {zone.kind for site in sites() for zone in site.zone} | {cluster.kind for cluster in general().cluster}
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


def test_links_of_lists_within_lists_are_not_code() -> None:
    prose = "The mill was rebuilt by hand over nine years, with timber from the valleys.\n\n"
    note = Note(
        "A.md", prose * 20 + "    * [Upper mill](/upper)\n    * [Saw mill](/saw)\n\nMore.\n\n    * [x](/y)\n    z = 1\n"
    )
    kept = {unit.text: unit.kept for unit in units(note)}
    assert (kept["Upper mill"], kept["Saw mill"], kept["x"], kept["z = 1"]) == (False, False, True, True)


@pytest.mark.parametrize("title", ["Open a file in a new window", "Quick navigation features"])
@pytest.mark.parametrize(
    "below",
    [
        "**In the explorer:**\n\n1. Press it",
        "### Palette\n\nPress it",
        "Press the wheel of the mouse, and wait for a moment.",
    ],
)
def test_a_heading_with_text_of_its_own_is_no_button(title: str, below: str) -> None:
    more = "The mouse has a wheel that a window's frame listens to.\n\n"
    page = _page(
        _declared(f"[Privacy policy](/privacy)\n\n# Windows\n\n{more}## {title}\n\n{below}\n\n{more}Sign in\n"), True
    )
    assert [page.verdicts[at] for at, unit in enumerate(page.units) if unit.text == title] == [None]
