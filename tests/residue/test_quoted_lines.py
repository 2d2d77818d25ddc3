"""Notes of people that look like scraped pages, declared as imports: no safe fix takes their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.note.note import Note
from notelint.residue import engine
from notelint.residue.page import FACT, JudgedPage

NOTES = sorted((Path(__file__).parent.parent / "data" / "notes_like_scrapes").glob("*.md"))
TEXT = (
    "The ferry crossed the sound six times a day for forty years, in each weather, and its crew counted every car.\n\n"
    "On the last of its days nobody was on board, as the [bridge](https://ferry.example/bridge) had been opened.\n\n"
)
SOURCE = "---\ntype: imported-article\nsource: https://ferry.example/history\n---\n"
LINES = (
    "We use cookies to improve your experience on our website.",
    "Subscribe to our newsletter",
    "Accept all cookies",
    "Back to top",
    "Skip to content",
    "Please enable JavaScript to view this page.",
    "Share on Facebook",
    "Wir verwenden Cookies, um die Helfer zu belohnen.",
    "Nous utilisons des cookies pour remercier les enfants.",
)


def _judged(text: str) -> JudgedPage:
    return engine.analyse(Note("page.md", text).as_named_import(), site_packs=True, weights=False)


def _surely_gone(page: JudgedPage) -> list[str]:
    judged = zip(page.units, page.verdicts, strict=True)
    return [unit.text for unit, verdict in judged if verdict is not None and verdict.safe and verdict.kind != FACT]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
@pytest.mark.parametrize("head", ["", SOURCE])
def test_no_safe_fix_takes_a_word_of_a_note_that_looks_like_a_scrape(path: Path, head: str) -> None:
    assert not _surely_gone(_judged(head + path.read_text("utf-8")))


def test_there_are_such_notes() -> None:
    assert len(NOTES) >= 35


@pytest.mark.parametrize("line", LINES)
def test_a_line_goes_safely_at_the_foot_and_by_a_guess_between_lines_that_stay(line: str) -> None:
    assert _surely_gone(_judged(f"# The ferry\n\n{TEXT}{line}\n")) == [line]
    page = _judged(f"# The ferry\n\n{TEXT}{line}\n\nThat is what the board said.\n\n{TEXT}")
    assert not _surely_gone(page)
    assert [verdict is not None for unit, verdict in zip(page.units, page.verdicts, strict=True) if unit.text == line]


@pytest.mark.parametrize(("host", "goes"), [("https://ferry.example", True), ("https://tides.example", False)])
def test_a_list_below_read_next_goes_safely_if_it_leads_to_the_site_itself(host: str, goes: bool) -> None:
    listed = "".join(f"- [{name}]({host}/{name})\n" for name in ("boats", "tides", "winds"))
    gone = _surely_gone(_judged(f"{SOURCE}# The ferry\n\n{TEXT}## Read next\n\n{listed}"))
    assert gone == (["Read next", "boats", "tides", "winds"] if goes else [])


def test_data_for_scripts_goes_between_paragraphs_too() -> None:
    data = '{"@context":"https://schema.org","@type":"Article","name":"x","url":"y","image":"z","author":"w"}'
    assert _surely_gone(_judged(f"# The ferry\n\n{TEXT}{data}\n\n{TEXT}")) == [data]


def test_a_line_between_lines_that_stay_goes_safely_where_the_page_ends_as_a_website() -> None:
    line = "We use cookies to improve your experience on our website."
    foot = "Terms of use\n\nPrivacy policy\n\n© 2021 The Ferry Company. All rights reserved.\n"
    page = f"# The ferry\n\n{TEXT}{line}\n\nThat is what the board said.\n\n{TEXT}"
    assert line in _surely_gone(_judged(page + foot))
    assert line not in _surely_gone(_judged(page + "© 1911 Heron family. All rights reserved.\n"))
    assert line not in _surely_gone(_judged(page + "- Terms of use\n- Privacy policy\n- © 2021 The Ferry Company\n"))


ANNOUNCED = (
    "Subscribe to our newsletter",
    "Accept all cookies",
    "Skip to content",
    "All rights reserved.",
    "Share on Facebook",
)
FOOT = "## Most popular\n\n- [A](https://ferry.example/a)\n\nBack to top\n\n© 2024 The ferries. All rights reserved.\n"


@given(st.lists(st.sampled_from(ANNOUNCED), min_size=1, max_size=4, unique=True), st.sampled_from(["- ", "1. ", ""]))
def test_what_a_sentence_announces_stays_though_the_page_ends_as_a_website(lines: list[str], bullet: str) -> None:
    listed = "".join(f"{bullet}{line}\n" for line in lines)
    page = _judged(f"{SOURCE}# The ferry\n\n{TEXT}Its boards said in those days:\n\n{listed}\n{TEXT}{FOOT}")
    gone = _surely_gone(page)
    assert not set(gone).intersection(lines)
    assert "Back to top" in gone


def test_what_is_announced_is_no_guess_if_it_is_a_list() -> None:
    page = _judged(f"{SOURCE}# The ferry\n\n{TEXT}Its boards then said:\n\n- Skip to content\n- Back to top\n\n{TEXT}")
    assert page.verdicts.count(None) == len(page.verdicts)


@pytest.mark.parametrize(
    ("author", "goes"), [('"[[Ada Lind]]"', False), ("[Ada Lind, B C]", False), ("Eve Holm", True)]
)
def test_a_notice_of_the_rights_of_the_author_is_a_guess(author: str, goes: bool) -> None:
    head = SOURCE.replace("type:", f"author: {author}\ntype:")
    notice = "© 2020 Ada Lind. All rights reserved."
    assert (notice in _surely_gone(_judged(f"{head}# The ferry\n\n{TEXT}{notice}\n"))) is goes


def test_dates_of_posts_are_none_of_the_article() -> None:
    posts = "".join(
        f"[Runa {day}](https://reeds.example/user/{day})\n\non May {day}, 2022, 10:0{day} am\n\nThe sluice is open.\n\n"
        for day in range(1, 4)
    )
    page = _judged(f"{SOURCE}\n{posts}{'The sluice is open. ' * 9}")
    assert not [verdict for verdict in page.verdicts if verdict is not None and verdict.kind == FACT]
