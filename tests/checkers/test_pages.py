"""Every built-in checker has a page, and every case on it holds."""

from collections.abc import Mapping
from functools import partial

import pytest
from msgspec import structs

from notelint.checkers.registry import BUILTIN, load_checkers, page, summary
from notelint.core.diagnostic import Diagnostic, Safety
from notelint.edits.fix_loop import fix_notes
from notelint.note.note import Note
from notelint.testing import Case, check_case, lint_notes, read_cases

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


@pytest.mark.parametrize(("id", "case"), CASES, ids=[f"{id}: {case.name}" for id, case in CASES])
def test_no_offered_fix_is_refused(id: str, case: Case) -> None:
    """All that a checker offers, suggestions too, keeps to what it declares that its fixes may take."""
    checker = CHECKERS[id]
    offered = [(d, one) for d in lint_notes(case.notes, checker, case) for one in d.candidates]
    for diagnostic, candidate in offered:
        chosen = structs.replace(
            diagnostic, fix=structs.replace(candidate.fix, safety=Safety.SAFE), edits=candidate.edits, suggestions=()
        )
        note = Note(diagnostic.path, case.notes[diagnostic.path], case.profile)
        fixed = fix_notes(
            {note.path: note}, partial(_once, [chosen]), unsafe=True, allowed=lambda _: checker.allowance()
        )
        assert (fixed.problems, fixed.refused) == ({}, {}), candidate.fix.title
        assert fixed.notes, candidate.fix.title


def _once(found: list[Diagnostic], notes: Mapping[str, Note]) -> dict[str, list[Diagnostic]]:
    return {path: [found.pop()] if found else [] for path in notes}
