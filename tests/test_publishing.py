"""What dies on publishing, held against what the plugin's and the template's own code answered."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from notelint.anchors import site_ids
from notelint.permalink import slugify
from notelint.template import heading_id, read_link, survives
from tests.conftest import MakeVault, lines, report, run

VECTORS = Path(__file__).parents[2] / "shared" / "vectors"
GARDEN = 'resolution = "digital-garden"\n'
ON = "---\ndg-publish: true\n---\n"


def vectors(name: str) -> Any:
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"the observed answers {name} are not here")
    return json.loads(path.read_text(encoding="utf-8"))


def test_ids_of_headings() -> None:
    for vector in vectors("anchors.json")["vectors"]:
        line = vector["heading"].split("\n")[0]  # a block id on the next line is no part of the heading's text
        assert _same(heading_id(line), vector["anchor"]), vector["heading"]


def test_ids_of_links_to_headings() -> None:
    for vector in vectors("anchors.json")["vectors"]:
        read = read_link(f"zz/T#{vector['obsidian_link_fragment']}")
        fragment = None if read is None else read.anchor
        assert _same(fragment, vector["published_link_fragment"]), vector["heading"]


def _same(found: str | None, observed: str) -> bool:
    """Very long answers (the pictures of formulas) were written down by their beginnings."""
    return found is not None and (found == observed or (observed[-1:] == "…" and found.startswith(observed[:-1])))


def test_ids_of_all_headings_of_a_note() -> None:
    for document in vectors("anchors.json")["documents"]:
        headings = re.findall(r"^[ >*+-]*#{1,6}[ \t]+(.*)$", document["markdown"], re.M)
        if len(headings) == len(document["ids"]):
            assert site_ids(headings) == document["ids"], document["markdown"]


def test_ids_of_blocks() -> None:
    for block in vectors("anchors.json")["blocks"]:
        for id in block["ids"]:
            link = f"#{slugify(id)}"
            assert block["link_href_for_block"].endswith(link) or not block["hits"], block
            if len(block["ids"]) == 1:
                assert (slugify(id) == id) is block["hits"], block


def test_names_that_kill_links() -> None:
    for vector in vectors("dg-name-hazards.json")["vectors"]:
        assert survives(f"nm/{vector['name']}") is vector["ok"], vector["name"]


def test_links_as_published() -> None:
    checked = 0
    for vector in vectors("dg-publish-e2e.json")["vectors"]:
        inside = re.findall(r"\[\[(.*?)\\\|", vector["plugin_output"])
        if "`" in vector["plugin_output"] or len(inside) != len(vector["html_links"]) or len(inside) != 1:
            continue
        read, link = read_link(inside[0]), vector["html_links"][0]
        if read is not None and "#" in link["href"]:
            checked += 1
            assert read.anchor == link["href"].partition("#")[2], vector["markdown"]
    assert checked > 0


def test_a_vault_without_digital_garden_hears_nothing(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {"A.md": f"{ON}[[B]] ![[B]] [[ A ]] [b](B)\n", "B.md": "private\n", "404.md": ON}
    assert lines(report(make_vault(notes))) == []


def test_a_garden_hears_what_dies(make_vault: MakeVault) -> None:
    vault = make_vault(
        {"notelint.toml": GARDEN, "A.md": f"{ON}[[B]] ![[B]] [[ A ]]\n", "B.md": "private\n", "404.md": ON}
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
