"""The tables of vectors: their form, and that they hold all that the reference data have."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import ROOT, reference
from tests.vectors import FOLDER, vectors

TABLES = sorted(path.stem for path in FOLDER.glob("*.json"))
KNOWN = {"documented", "measured", "agreed"}


@pytest.mark.parametrize("name", TABLES)
def test_each_vector_says_how_it_is_known(name: str) -> None:
    table = vectors(name)
    known = {table["known"]} if "known" in table else {case["known"] for case in _cases(table)}
    assert known
    assert known <= KNOWN
    assert f"`{name}.json`" in (FOLDER / "README.md").read_text("utf-8")


def _cases(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [*table["resolution"], *table["extraction"]]


def test_no_vector_stands_there_twice() -> None:
    for kind in ("resolution", "extraction"):
        told = [json.dumps([case.get("vault"), case.get("from"), case["markdown"]]) for case in vectors("links")[kind]]
        assert len(told) == len(set(told))


def test_rules_of_links_are_explained() -> None:
    page = (ROOT / "docs" / "link-rules.md").read_text("utf-8")
    ranges = re.findall(r"\b([A-Z])(\d+) to \1(\d+)", page)
    explained = set(re.findall(r"\b[A-Z]\d+[a-z]?\b", page))
    explained |= {f"{letter}{n}" for letter, first, last in ranges for n in range(int(first), int(last) + 1)}
    assert {case["rule"] for case in _cases(vectors("links"))} - explained == set()


@pytest.mark.parametrize("name", TABLES)
def test_nothing_invisible_can_be_lost(name: str) -> None:
    """An editor that composes accents or drops odd blanks changes no vector."""
    text = (FOLDER / f"{name}.json").read_text("utf-8")
    assert re.findall(r"[^\S \n]|[\u0300-\u036f\u200b-\u200f\ufeff\u00ad]", text) == []


def _theirs(name: str) -> Any:
    return json.loads(reference("vectors", f"{name}.json").read_text("utf-8"))


def _rows(values: Iterator[Any] | list[Any]) -> set[str]:
    return {json.dumps(value, ensure_ascii=False, sort_keys=True) for value in values}


def test_links_of_the_reference_are_covered() -> None:
    theirs, ours = _theirs("links"), vectors("links")
    assert _rows([entry["path"] for entry in theirs["vault"]]) <= _rows(list(ours["vaults"]["radiology"]))
    meanings = {"not-a-link": "text", "external": "elsewhere"}
    expected = [
        [case["source"], case["markdown"], meanings.get(case["expect"]["status"], case["expect"]["candidates"])]
        for case in theirs["resolution"]
    ]
    resolution = [case for case in ours["resolution"] if case["vault"] == "radiology"]
    assert _rows(expected) <= _rows([[case["from"], case["markdown"], case["means"]] for case in resolution])
    extraction = [[[case["markdown"], case["links"]] for case in side["extraction"]] for side in (theirs, ours)]
    assert _rows(extraction[0]) <= _rows(extraction[1])
    for key, own in (("stripHeading", "headings_compared"), ("stripHeadingForLink", "headings_written")):
        pairs = [[case["heading"], case["result"]] for case in theirs["heading_normalisation"][key]]
        assert _rows(pairs) <= _rows(ours[own])


def test_addresses_of_the_reference_are_covered() -> None:
    theirs, ours = _theirs("permalinks"), vectors("permalinks")
    paths = [[case["path"], case["permalink"], case["permalink_noslugify"]] for case in theirs["vectors"]]
    assert _rows(paths) <= _rows([case for cases in ours["paths"].values() for case in cases])
    own = [[case["dg_permalink"], case["permalink"]] for case in theirs["sanitizePermalink"]]
    assert _rows(own) <= _rows(ours["own_permalinks"])
    rules = [[case["rules"], case["vault_path"], case["permalink"]] for case in theirs["rewriteRules"]]
    assert _rows(rules) <= _rows([[case["rules"], case["path"], case["permalink"]] for case in ours["rewrite_rules"]])
    assert {case["frontmatter_key"] for case in theirs["noteSettingKeys"]} <= set(ours["switches"])
    assert _rows(_theirs("slugs")["samples"]) <= _rows(vectors("slugs")["slugs"])


def test_pages_of_the_reference_are_covered() -> None:
    theirs, ours = _theirs("anchors"), vectors("anchors")
    headings = [
        [case["heading"], case["anchor"], case["published_link_hits_anchor"], case["plain_text_fragment_hits"]]
        for case in theirs["vectors"]
    ]
    own = [case for cases in ours["headings"].values() for case in cases]
    assert _rows(headings) <= _rows([[case["heading"], case["id"], case["hits"], case["seen_hits"]] for case in own])
    assert _rows([[case["markdown"], case["ids"]] for case in theirs["documents"]]) <= _rows(
        [[case["markdown"], case["ids"]] for case in ours["notes"]]
    )
    blocks = [[case["source"], case["ids"], case["hits"]] for case in theirs["blocks"]]
    assert _rows(blocks) <= _rows([[case["markdown"], case["ids"], case["hits"]] for case in ours["blocks"]])
    names = {kind: set(vectors("linkable-names")[kind]) for kind in ("linked", "dead")}
    assert all(
        case["name"] in names["linked" if case["ok"] else "dead"] for case in _theirs("dg-name-hazards")["vectors"]
    )


def test_published_notes_of_the_reference_are_covered() -> None:
    heads = [
        [case["vault_path"], case["frontmatter"], case["would_publish"], json.loads(case["emitted"].split("\n")[1])]
        for case in _theirs("dg-frontmatter")["vectors"]
    ]
    own = vectors("published-heads")["heads"]
    assert _rows(heads) <= _rows([[case["path"], case["properties"], case["published"], case["head"]] for case in own])
    pages = [
        [case["markdown"], [[link["href"], link["dead"]] for link in case["html_links"]]]
        for case in _theirs("dg-publish-e2e")["vectors"]
    ]
    bodies = vectors("published-links")["bodies"]
    links = [[case["markdown"], [[href, bool(rest)] for href, _, *rest in case["links"]]] for case in bodies]
    assert _rows(pages) <= _rows(links)
