"""Menus in a text that has lost its links: lines that websites are known for go safely, all others stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.note.note import Note
from notelint.residue import engine
from notelint.residue.page import FACT, JudgedPage

PARAGRAPHS = (
    "The ferry crossed the sound six times a day for forty years, in each weather, and its crew counted every car.",
    "On the last of its days nobody was on board, as the bridge had been opened in the spring of the year before.",
    "Its captain kept the bell, which hangs in the school of the village now, and rings at noon on the first of May.",
)
KNOWN = (
    "Sign in",
    "Create an account",
    "Privacy policy",
    "Terms of use",
    "Contact us",
    "Newsletter",
    "Careers",
    "Log in",
)
OWN = ("Boats", "Tides and winds", "Harbours", "Our crews", "Timber", "Ropes", "Lanterns", "Old charts")


def _judged(lines: list[str]) -> JudgedPage:
    return engine.analyse(Note("page.md", "\n".join(lines)).as_named_import(), site_packs=True, weights=False)


def _surely_gone(page: JudgedPage) -> list[str]:
    judged = zip(page.units, page.verdicts, strict=True)
    return [unit.text for unit, verdict in judged if verdict is not None and verdict.safe and verdict.kind != FACT]


@given(st.permutations(KNOWN), st.permutations(OWN), st.booleans())
def test_of_a_menu_only_lines_go_that_websites_are_known_for(known: list[str], own: list[str], is_head: bool) -> None:
    menu = [line for pair in zip(known, own, strict=True) for line in pair]
    lines = [*menu, "The ferry", *PARAGRAPHS] if is_head else ["The ferry", *PARAGRAPHS, *menu]
    assert _surely_gone(_judged(lines)) == list(known)


@given(st.permutations(KNOWN), st.integers(0, 3))
def test_a_few_such_lines_among_others_are_no_menu(known: list[str], count: int) -> None:
    some = [line for pair in zip(known[:count], OWN, strict=False) for line in pair]
    assert not _surely_gone(_judged(["The ferry", *PARAGRAPHS, *some, *PARAGRAPHS[::-1]]))


@pytest.mark.parametrize("between", ['"Log in to nothing," he said.', "The crew slept on board."])
def test_lines_with_sentences_between_them_are_no_menu(between: str) -> None:
    lines = [line for known in KNOWN for line in (known, between)]
    assert not _surely_gone(_judged(["The ferry", *PARAGRAPHS, *lines, *PARAGRAPHS[::-1]]))


def test_lines_alone_are_no_menu_of_a_website() -> None:
    assert not _surely_gone(_judged(["Strings to translate", *KNOWN, *OWN, "We need them by May."]))


def test_what_a_sentence_announces_ends_somewhere_in_a_text_without_blank_lines() -> None:
    announced = ["Its boards said in those days:", "Sign in", "Privacy policy"]
    foot = ["Sign in", "Boats", "Terms of use", "Tides", "Contact us", "© 2024 The ferries. All rights reserved."]
    gone = _surely_gone(_judged(["The ferry", *PARAGRAPHS, *announced, *PARAGRAPHS[::-1], *PARAGRAPHS, *foot]))
    assert gone == [line for line in foot if line not in ("Boats", "Tides")]


def test_a_menu_between_paragraphs_is_a_guess() -> None:
    page = _judged(["The ferry", *PARAGRAPHS, *KNOWN, *PARAGRAPHS[::-1]])
    assert not _surely_gone(page)
    assert sum(verdict is not None for verdict in page.verdicts) == len(KNOWN)
