"""The resolver and the extraction of links against vectors: our own, and the reference's where it is there."""

import json
from pathlib import Path
from typing import Any

import pytest

from notelint.core.text import Span
from notelint.note.links import heading_for_link, heading_key
from notelint.note.markdown.model import BlockId, Heading
from notelint.note.note import Note, Outline
from notelint.vault.vault import Anchor, Status, Vault
from tests.conftest import REFERENCE, ROOT

OWN = ROOT / "tests" / "data" / "links.json"
THEIRS = REFERENCE / "vectors" / "links.json"
_NOWHERE = Span(0, 0)


def _read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return data


def _vault(entries: list[dict[str, Any]]) -> Vault:
    outlines = {}
    for entry in entries:
        if entry["path"].endswith(".md"):
            headings = tuple(Heading(h["level"], h["text"], _NOWHERE, _NOWHERE) for h in entry.get("headings", []))
            blocks = tuple(BlockId(id, _NOWHERE) for id in entry.get("blocks", []))
            properties = {"aliases": entry.get("aliases", [])}
            footnotes = tuple(entry.get("footnotes", []))
            outlines[entry["path"]] = Outline(
                entry["path"], headings, block_ids=blocks, footnotes=footnotes, properties=properties
            )
    return Vault(outlines, [entry["path"] for entry in entries])


def _cases(kind: str) -> list[Any]:
    cases = []
    for name, data in (("own", _read(OWN)), ("reference", _read(THEIRS))):
        vault = _vault(data.get("vault", []))
        for at, case in enumerate(data.get(kind, [])):
            cases.append(pytest.param(vault, case, id=f"{name}-{at}-{case.get('rule')}"))
    return cases


def test_the_reference_is_there() -> None:
    if not THEIRS.exists():
        pytest.skip("no reference vectors beside the repository: only our own are run")
    assert len(_read(THEIRS)["resolution"]) > 100


@pytest.mark.parametrize(("vault", "case"), _cases("resolution"))
def test_resolution(vault: Vault, case: dict[str, Any]) -> None:
    expected = case["expect"]
    links = Note("x.md", case["markdown"]).links
    if expected["status"] in ("not-a-link", "external"):
        assert links == ()
        return
    (link,) = links
    assert link.alias == case["alias"] or case["kind"] == "markdown"
    found = vault.resolve_link(link, case["source"])
    statuses = {"resolved": Status.RESOLVED, "ambiguous": Status.AMBIGUOUS, "unresolved": Status.MISSING}
    assert (found.status, found.target) == (statuses[expected["status"]], expected["target"])
    assert list(found.candidates) == expected["candidates"]
    if expected["subpath"] is not None and found.target is not None:
        _check_anchor(vault, found.target, link.target.subpath, expected["subpath"])


def _check_anchor(vault: Vault, target: str, subpath: str | None, expected: dict[str, Any]) -> None:
    anchor = vault.resolve_anchor(target, subpath)
    if expected["type"] == "heading":
        assert anchor.heading is not None
        assert anchor.heading.text == expected["heading"]
        if "index" in expected:
            at = [heading is anchor.heading for heading in vault.outlines[target].headings].index(True)
            assert at == expected["index"]
    elif expected["type"] == "block":
        assert (anchor.kind, anchor.block) == (Anchor.BLOCK, expected["block"])
    elif expected["type"] == "missing":
        assert anchor.kind in (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK)
    else:
        assert anchor.kind is Anchor.NONE


@pytest.mark.parametrize(("vault", "case"), _cases("extraction"))
def test_extraction(vault: Vault, case: dict[str, Any]) -> None:
    found = [link.target_span.of(case["markdown"]) for link in Note("x.md", case["markdown"]).links]
    assert found == case["links"]


@pytest.mark.parametrize("kind", ["stripHeading", "stripHeadingForLink"])
def test_headings_are_compared_and_written_as_obsidian_does(kind: str) -> None:
    for data in (_read(OWN), _read(THEIRS)):
        for case in data.get("heading_normalisation", {}).get(kind, []):
            if kind == "stripHeading":
                assert heading_key(case["heading"]) == case["result"].lower()
            else:
                assert heading_for_link(case["heading"]) == case["result"]
