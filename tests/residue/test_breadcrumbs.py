"""The path from a website's front page to an article goes: it ends with the title, which stands below it again."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine

_PROSE = (
    "The mill was rebuilt by hand over nine years, with timber from the valleys and stones that the river had brought, "
    "and nobody remembers who cut the first beam of its roof.\n\n"
) * 2
_HOME, _TRADES = "[Home](https://mill.example/)", "[Trades](https://mill.example/trades/)"


def _left(above: str) -> str:
    text = f"{above}\n\n# The millers of Derwent\n\n{_PROSE}"
    page = engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=False)
    staying = [
        unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if not (verdict and verdict.safe)
    ]
    return " ".join(staying[:-3])  # the title and two paragraphs


@pytest.mark.parametrize(
    "path",
    [
        f"{_HOME} » {_TRADES} » The millers of Derwent",
        f"{_HOME} / {_TRADES} / The millers of…",
        f"Vous êtes dans : {_HOME} > The millers of Derwent",
        f"1. {_HOME}\n2. {_TRADES}\n3. The millers of Derwent",
    ],
)
def test_a_path_to_the_title_goes(path: str) -> None:
    assert _left(path) == ""


@pytest.mark.parametrize(
    "own",
    [
        f"{_HOME} » {_TRADES} » A play in two acts",
        f"See {_TRADES} » The millers of Derwent",
        f"{_TRADES} was first named The millers of Derwent",
        "[Home](https://other.example/) » [Trades](https://mill.example/trades/) » The millers of Derwent",
        "The millers of Derwent",
    ],
)
def test_other_lines_above_the_title_stay(own: str) -> None:
    assert _left(own) != ""
