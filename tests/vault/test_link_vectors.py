"""The resolver and the extraction of links against vectors of what Obsidian does."""

from typing import Any

import pytest

from notelint.note.links import LinkForm, heading_for_link, heading_key
from notelint.note.note import Note
from notelint.vault.resolution import Anchor, Status
from tests.vectors import vault, vectors

LINKS = vectors("links")


def _cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=f"{at}-{case['rule']}") for at, case in enumerate(LINKS[kind])]


@pytest.mark.parametrize("case", _cases("resolution"))
def test_resolution(case: dict[str, Any]) -> None:
    links = Note("x.md", case["markdown"]).links
    if case["means"] in ("text", "elsewhere"):
        assert links == ()
        return
    (link,) = links
    wikilink = "[[" in case["markdown"]
    assert (link.form is LinkForm.WIKILINK, link.embed) == (wikilink, case["markdown"].startswith("!"))
    assert not wikilink or link.alias == case.get("alias")
    here = vault(case["vault"])
    found = here.resolve_link(link, case["from"])
    statuses = [Status.MISSING, Status.RESOLVED, Status.AMBIGUOUS]
    assert found.status is statuses[min(len(case["means"]), 2)]
    assert (list(found.candidates), found.target) == (case["means"], next(iter(case["means"]), None))
    assert found.rule == case.get("by", found.rule)
    if found.target is not None:
        _check_part(found.target, link.target.subpath, case)


def _check_part(target: str, subpath: str | None, case: dict[str, Any]) -> None:
    here, expected = vault(case["vault"]), case.get("part")
    anchor = here.anchors.resolve(target, subpath)
    if expected == "missing":
        assert anchor.kind is (Anchor.MISSING_BLOCK if (subpath or "").startswith("^") else Anchor.MISSING_HEADING)
    elif expected in (None, "not judged"):
        assert anchor.kind is Anchor.NONE
    elif "heading" in expected:
        assert anchor.heading is not None
        assert anchor.heading.text == expected["heading"]
        at = [heading is anchor.heading for heading in here.outlines[target].headings].index(True)
        assert at == expected.get("at", at)
    else:
        kind = Anchor.BLOCK if "block" in expected else Anchor.FOOTNOTE
        assert (anchor.kind, anchor.block) == (kind, expected.get("block", expected.get("footnote")))
    if isinstance(expected, dict):
        assert anchor.rule == expected.get("by", anchor.rule)


@pytest.mark.parametrize("case", _cases("extraction"))
def test_extraction(case: dict[str, Any]) -> None:
    found = [link.target_span.of(case["markdown"]) for link in Note("x.md", case["markdown"]).links]
    assert found == case["links"]


@pytest.mark.parametrize(("heading", "result"), LINKS["headings_compared"])
def test_headings_are_compared_as_obsidian_does(heading: str, result: str) -> None:
    assert heading_key(heading) == result.lower()


@pytest.mark.parametrize(("heading", "result"), LINKS["headings_written"])
def test_headings_are_written_as_obsidian_does(heading: str, result: str) -> None:
    assert heading_for_link(heading) == result
