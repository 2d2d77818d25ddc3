"""Answers of other programs, as `tests/data/vectors/README.md` explains, and the vaults that they are about."""

import json
from functools import cache
from typing import Any

from notelint.core.text import Span
from notelint.note.markdown.model import BlockId, Heading
from notelint.note.note import Outline
from notelint.vault.vault import Vault
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "data" / "vectors"
_NOWHERE = Span(0, 0)


@cache
def vectors(name: str) -> Any:
    """One of the tables, by its file's name without ending."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def files(vault: str) -> dict[str, dict[str, Any]]:
    """The files of one of the vaults of `links.json`, by path, in the vault's order."""
    found: dict[str, dict[str, Any]] = vectors("links")["vaults"][vault]
    return found


@cache
def vault(name: str) -> Vault:
    """One of the vaults of `links.json`, ready to resolve links."""
    entries = files(name)
    return Vault({path: _outline(path, one) for path, one in entries.items() if path.endswith(".md")}, list(entries))


def _outline(path: str, one: dict[str, Any]) -> Outline:
    return Outline(
        path,
        tuple(map(_heading, one.get("headings", []))),
        block_ids=tuple(BlockId(id, _NOWHERE) for id in one.get("blocks", [])),
        footnotes=tuple(one.get("footnotes", [])),
        properties={"aliases": one.get("aliases", [])},
    )


def _heading(written: str) -> Heading:
    """A heading as it stands in the table: with its marks, and `> ` before one in a quote."""
    marks, _, text = written.removeprefix("> ").partition(" ")
    return Heading(len(marks), text, _NOWHERE, _NOWHERE, nested=written.startswith("> "))
