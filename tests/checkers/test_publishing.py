"""Links and names that die on publishing, compared with the answers of the plugin's and the template's own code."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.garden.heading_ids import site_ids
from notelint.garden.permalinks import Garden, is_published, parse_rewrite_rules
from notelint.garden.published_properties import Keys, published_properties
from notelint.garden.template import header_to_id, heading_id, read_link, survives
from notelint.note.links import Link
from notelint.note.note import Note
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.note_texts import HeldTexts
from notelint.vault.published_links import Fate, noteworthy_links, published_link
from notelint.vault.vault import Vault
from tests.conftest import MakeVault, lines, report, run
from tests.vectors import files, vectors

SETTINGS: dict[str, str | bytes] = {".obsidian/plugins/digitalgarden/data.json": "{}"}
GARDEN = 'resolution = "digital-garden"\n'
ON = "---\ndg-publish: true\n---\n"


HEADINGS = [case for cases in vectors("anchors")["headings"].values() for case in cases]


@pytest.mark.parametrize("case", HEADINGS)
def test_ids_of_headings(case: dict[str, Any]) -> None:
    line = case["heading"].split("\n")[0]  # a block id on the next line is not part of the heading's text
    assert _same(heading_id(line), case["id"])


@pytest.mark.parametrize("case", HEADINGS)
def test_ids_of_links_to_headings(case: dict[str, Any]) -> None:
    """The link as Obsidian writes it; and the text that a reader sees, written into a link."""
    read, seen = read_link(f"zz/T#{case['link']}"), case["seen"].strip()
    assert _same(None if read is None else read.anchor, case["leads_to"])
    assert (_same(case["leads_to"], case["id"])) is case["hits"] or case["id"].endswith("…")
    assert header_to_id(seen) == case["seen_leads_to"]
    assert (case["seen_leads_to"] == case["id"]) is case["seen_hits"]


def _same(found: str | None, observed: str) -> bool:
    """Very long answers (the pictures of formulas) were written down by their beginnings."""
    return found is not None and (found == observed or (observed[-1:] == "…" and found.startswith(observed[:-1])))


@pytest.mark.parametrize("case", vectors("anchors")["notes"])
def test_ids_of_all_headings_of_a_note(case: dict[str, Any]) -> None:
    headings = [heading.text for heading in Note("A.md", case["markdown"]).headings]
    assert site_ids(headings) == case["ids"]


def test_links_to_headings_that_miss_are_reported() -> None:
    """Each link that Obsidian follows to a heading, and the site does not, has a diagnostic; no other link has one."""
    checked = 0
    for case in HEADINGS:
        notes = {"A.md": f"{ON}[[zz/T#{case['link']}|x]]\n", "zz/T.md": f"{ON}# {case['heading'].split(chr(10))[0]}\n"}
        vault = _vault(notes)
        note = vault.outlines["A.md"]
        if len(note.links) == 1 and vault.anchors.resolve("zz/T.md", note.links[0].target.subpath).heading is not None:
            checked += 1
            told = _told(notes, "A.md", "site-anchor-mismatch")
            assert bool(told) is not case["hits"], (case["heading"], told)
    assert checked > 50


@pytest.mark.parametrize("case", vectors("anchors")["blocks"])
def test_ids_of_blocks(case: dict[str, Any]) -> None:
    """A link to a block is reported if and only if it misses; what is not a block for Obsidian, where it stands."""
    for own in case["ids"] or [case["leads_to"]]:
        notes = {"A.md": f"{ON}[[zz/T#^{own}|x]]\n", "zz/T.md": f"{ON}{case['markdown']}"}
        told = [*_told(notes, "A.md", "site-anchor-mismatch"), *_told(notes, "A.md", "broken-block-link")]
        told += _told(notes, "zz/T.md", "mistaken-block-id")
        assert bool(told) is not case["hits"], told


@pytest.mark.parametrize("kind", ["linked", "dead"])
def test_names_that_kill_links(kind: str) -> None:
    for name in vectors("linkable-names")[kind]:
        assert survives(f"nm/{name}") is (kind == "linked"), name
        path = f"nm/{name}.md"
        told = [line for line in _told({path: ON}, path, "unpublishable-name") if "are dead" in line]
        assert bool(told) is (kind == "dead"), name


# What is not a link in Obsidian, and so nothing that could die; and canvases, of which only the plugin knows more.
OUTSIDE = {"<!-- [[Home|x]] -->", "<div>\n[[Home]]\n</div>", "https://example.com/[[Home]]", "[[Board.canvas]]"}


def test_links_as_published() -> None:
    """Where each link leads; each dead one, and no other, is reported."""
    table = vectors("published-links")
    known, source = files(table["vault"]), table["from"]
    notes = {path: _as_note(one) for path, one in known.items() if path.endswith(".md")}
    told_by = (
        "unpublished-target",
        "untrimmed-link",
        "broken-link",
        "unwritten-note",
        "missing-attachment",
        "mangled-code",
    )
    checked = 0
    for case in table["bodies"]:
        markdown = case["markdown"]
        if markdown in OUTSIDE:
            continue
        here = {**notes, source: f"{notes[source]}\n\n{markdown}\n"}
        vault = _vault(here, list(known))
        links = [published_link(link, source, vault) for link in vault.outlines[source].links]
        for _ in range(2):  # what was found for one note is used for the next
            vault.becoming = (None, ())
            assert noteworthy_links(vault.outlines[source], vault) == [
                (link, one)
                for link, one in zip(vault.outlines[source].links, links, strict=True)
                if one is not None and (link.target.subpath or one.fate is not Fate.ALIVE or not one.whole)
            ]
        leads = [href for href, *_ in case["links"] if not href.startswith("#fn")]
        told = [line for id in told_by for line in _told(here, source, id, list(known))]
        dead = any("dead" in rest for _, _, *rest in case["links"])
        literal = "`" in markdown or "$" in markdown  # links made of code and formulas are reported too
        assert bool(told) is dead or (literal and told), (markdown, told)
        if not markdown.startswith("![[") and not told and "`" not in markdown:
            checked += 1
            assert [link.href for link in links if link is not None] == [
                href.replace("%20", " ") if href[0] == "#" else href for href in leads
            ]
    assert checked > 40


def _as_note(known: dict[str, Any]) -> str:
    body = "\n\n".join(known.get("headings", []))
    return (ON if known.get("published") else "") + body + "".join(f"\n\ntext ^{id}" for id in known.get("blocks", []))


def _vault(
    notes: dict[str, str], files: Sequence[str] = (), profile: ResolutionProfile = ResolutionProfile.GARDEN
) -> Vault:
    outlines = {path: Note(path, text).outline for path, text in notes.items()}
    texts = HeldTexts({path: Note(path, text) for path, text in notes.items()})
    return Vault(outlines, [*files, *notes], rules=RULES[profile], texts=texts)


def _told(notes: dict[str, str], path: str, id: str, files: Sequence[str] = ()) -> list[str]:
    """Messages of one checker about a note in a vault of a Digital Garden."""
    checker = load_checkers()[id]
    made = checker(checker.Options())
    note = Note(path, notes[path])
    found = made.check(note) if isinstance(made, NoteChecker) else made.check(note.outline, _vault(notes, files))  # type: ignore[attr-defined]
    return [finding.message for finding in found]


@pytest.mark.parametrize("case", vectors("published-heads")["heads"])
def test_heads_of_published_notes(case: dict[str, Any]) -> None:
    """To the letter what the plugin wrote, from what Obsidian had read."""
    path, properties, settings = case["path"], case["properties"], case.get("settings", {})
    garden = Garden(parse_rewrite_rules(settings.get("pathRewriteRules", "")))
    keys = Keys(icons=settings.get("showNoteIconOnTitle", False), icon=settings.get("defaultNoteIcon", ""))
    resolve = partial(_named, Vault({}, list(files(vectors("published-heads")["vault"]))), path)
    found = published_properties(path, properties, garden, resolve, keys)
    assert json.dumps(found) == json.dumps(case["head"])  # the order counts
    assert is_published(properties) is case["published"]


STEMS = ["A", "B c", "GU/Cyst", "GU/A & B", "GU/x_y_z", "MSK/1.5T vs 3.0T", "MSK/Ünï", "Cyst"]
PATHS = st.sampled_from([*STEMS, "B C", "1.5T vs 3.0T", "x_y_z", "Gone", "GU/Gone", "a"])
LINKS = st.tuples(PATHS, st.sampled_from(["", "#One", "#A & B"]))
GARDENS = st.dictionaries(st.sampled_from(STEMS), st.tuples(st.booleans(), st.lists(LINKS, max_size=4)), min_size=1)


@given(GARDENS)
def test_the_vault_and_its_site_agree(garden: dict[str, tuple[bool, list[tuple[str, str]]]]) -> None:
    """The report on a link in the vault is what the site's template makes of the link as it was published."""
    body = "# One\n\n# A & B\n\n"
    notes = {
        f"{stem}.md": (ON if on else "") + body + "\n".join(f"[[{path}{anchor}|x]]" for path, anchor in links)
        for stem, (on, links) in garden.items()
    }
    vault = _vault(notes)
    site = {}
    for path, note in vault.outlines.items():
        if vault.site.publishes(path):
            head = {"dg-publish": True, "permalink": vault.site.permalink(note)}
            written = [_as_published(link, path, vault) for link in note.links]
            site[f"src/site/notes/{path}"] = f"---\n{json.dumps(head)}\n---\n{body}" + "\n".join(written)
    published = _vault(site, profile=ResolutionProfile.SITE)
    for path, note in vault.outlines.items():
        if vault.site.publishes(path):
            there = f"src/site/notes/{path}"
            before = [published_link(link, path, vault) for link in note.links]
            after = [published_link(link, there, published) for link in published.outlines[there].links]
            assert [one and one.href for one in before] == [one and one.href for one in after]


def _as_published(link: Link, source: str, vault: Vault) -> str:
    """A wikilink as the plugin writes it (DG-L1): with the whole path of what it finds, published or not."""
    target = vault.resolve_link(link, source).target
    path = link.target.path if target is None else target.removesuffix(".md")
    return rf"[[{path}{'' if link.target.subpath is None else '#' + link.target.subpath}\|x]]"


def _named(vault: Vault, source: str, link: str) -> str | None:
    return vault.resolve(link, source).target


def test_a_vault_without_digital_garden_is_silent(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {"A.md": f"{ON}[[B]] ![[B]] [[ A ]] [b](B)\n", "B.md": "private\n", "404.md": ON}
    assert lines(report(make_vault(notes))) == []


def test_a_garden_hears_what_dies(make_vault: MakeVault) -> None:
    vault = make_vault(
        {**SETTINGS, "notelint.toml": GARDEN, "A.md": f"{ON}[[B]] ![[B]] [[ A ]]\n", "B.md": "private\n", "404.md": ON}
    )
    assert [line.split(" ")[1].rstrip(":") for line in lines(report(vault))] == [
        "reserved-permalink",
        "unpublished-target",
        "leaking-embed",
        "untrimmed-link",
    ]


def test_a_published_garden_says_why_a_target_is_missing(make_vault: MakeVault) -> None:
    note = '---\n{"dg-publish":true,"permalink":"/a/"}\n---\n[[GU/Cyst\\|Cyst]] [[Someday\\|x]]\n'
    vault = make_vault({"notelint.toml": 'resolution = "digital-garden-site"\n', "src/site/notes/A.md": note})
    told = run("check", "--output-format", "concise", cwd=vault).stdout
    assert "'GU/Cyst' is not published, or was renamed since" in told
    assert "'Someday' was never written" in told
    assert "broken-link" not in told


def test_of_excluded_notes_only_leaks_are_reported(make_vault: MakeVault) -> None:
    """Links to them resolve, and nobody has read whether they are published; but what is embedded is (DG-E10)."""
    links = "[[Old]] [o](Archive/Old.md) [o](Archive/Old) ![[Old]] [[Old#H]] [[Old#A#B]]\n"
    config = f'{GARDEN}exclude = ["Archive/**"]\n'
    vault = make_vault({"notelint.toml": config, "A.md": f"{ON}{links}", "Archive/Old.md": "private\n"})
    assert lines(report(vault)) == ["A.md:4:46 leaking-embed"]


def test_a_garden_without_slugs(make_vault: MakeVault) -> None:
    """The plugin keeps names as they are (DG-U5): blanks in an address are its own work, and `?` ends one."""
    config = "[garden]\nslugify = false\n"
    vault = make_vault({"notelint.toml": GARDEN + config, "My note.md": ON, "Why? And how.md": ON})
    told = run("check", "--output-format", "concise", cwd=vault).stdout
    assert told.count("its address /Why? And how/ ends at '?' for a browser") == told.count("unpublishable-name") == 1
    assert "My note.md" not in told


def test_a_published_garden_without_slugs(make_vault: MakeVault) -> None:
    config = 'resolution = "digital-garden-site"\n[garden]\nslugify = false\n'
    note = '---\n{"dg-publish":true,"permalink":"/My note/"}\n---\n'
    assert lines(report(make_vault({"notelint.toml": config, "src/site/notes/My note.md": note}))) == []


def test_each_thing_is_reported_once(make_vault: MakeVault) -> None:
    home = "---\ndg-publish: true\ndg-home: true\n---\n"
    vault = make_vault({"notelint.toml": GARDEN, "A.md": home, "B.md": home, "C.md": "---\ndg-publish: no\n---\n"})
    assert [line.split(" ")[1] for line in lines(report(vault))] == ["duplicate-home", "duplicate-home", "publish-flag"]
    without = lines(report(vault, "--ignore", "duplicate-home,publish-flag"))
    assert [line.split(" ")[1] for line in without] == [
        "duplicate-permalink",
        "duplicate-permalink",
        "schema-violation",
    ]
