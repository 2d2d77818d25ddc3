"""Every built-in checker has a page, and every case on it holds."""

import pytest

from notelint.checkers.registry import BUILTIN, load_checkers, page, summary
from notelint.testing import Case, check_case, read_cases

CHECKERS = load_checkers()
CASES = [(id, case) for id in BUILTIN for case in read_cases(page(CHECKERS[id]))]
FAMILIES = {"frontmatter", "links", "permalinks", "sections", "residue", "publishing", "content", "suppression"}


@pytest.mark.parametrize("id", BUILTIN)
def test_page_is_complete(id: str) -> None:
    text = page(CHECKERS[id])
    assert text.startswith(f"# {id}\n")
    cases = read_cases(text)
    assert len(cases) >= 3
    assert len({case.name for case in cases}) == len(cases)
    assert any(not case.report for case in cases), "shows no note in which nothing is found"


@pytest.mark.parametrize("id", BUILTIN)
def test_checker_names_the_bad_thing_in_one_line(id: str) -> None:
    line = summary(CHECKERS[id])
    assert line.endswith(".")
    assert len(line) <= 110
    assert CHECKERS[id].family in FAMILIES


@pytest.mark.parametrize(("id", "case"), CASES, ids=[f"{id}: {case.name}" for id, case in CASES])
def test_case(id: str, case: Case) -> None:
    check_case(case, CHECKERS[id])
