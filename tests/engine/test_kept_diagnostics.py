"""Diagnostics kept as bytes are those that were added, in the order of reports, and are counted as such."""

from collections import Counter
from itertools import compress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.diagnostic import Diagnostic, Fix, Position, Safety, Severity
from notelint.core.text import Span
from notelint.engine.kept_diagnostics import ChosenDiagnostics, KeptDiagnostics, Streamed, briefly
from notelint.engine.packing import pack
from notelint.engine.result import Group, Result

_PLACE = Position(1, 1)
_FIXES = st.sampled_from([None, Fix("Do it", ()), Fix("Do it", (), Safety.UNSAFE)])
_PATHS = [f"{name}.md" for name in "AbCd"]


def _diagnostics(path: str) -> st.SearchStrategy[Diagnostic]:
    return st.builds(
        lambda start, checker, severity, message, about, fix: Diagnostic(
            path, _PLACE, _PLACE, checker, severity, message, Span(start, start + 1), "", fix=fix, about=about
        ),
        st.integers(0, 3),
        st.sampled_from(["one", "two"]),
        st.sampled_from(Severity),
        st.sampled_from(["m", "n", "\udce9"]),
        st.sampled_from([None, "x", "y", ""]),
        _FIXES,
    )


_GIVEN = st.lists(st.sampled_from(_PATHS).flatmap(lambda path: st.lists(_diagnostics(path), min_size=1)), max_size=8)


def _none(path: str) -> list[Diagnostic]:
    raise AssertionError(f"{path} is not damaged")


def _kept(given: list[list[Diagnostic]]) -> KeptDiagnostics:
    kept = KeptDiagnostics(_none)
    for some in given:
        kept.add(sorted(some, key=Diagnostic.sort_key))
    return kept


def _result(found: object) -> Result:
    assert isinstance(found, tuple | Streamed)
    return Result(Path("/v"), found, 1, 1)


@given(_GIVEN)
def test_what_is_kept_comes_in_the_order_of_reports(given: list[list[Diagnostic]]) -> None:
    expected = tuple(sorted((one for some in given for one in some), key=Diagnostic.sort_key))
    kept = _kept(given)
    assert tuple(kept) == expected
    assert len(kept) == len(expected)
    assert kept == expected
    assert [(path, len(list(some))) for path, some in kept.brief()] == list(
        Counter(one.path for one in expected).items()
    )


@given(_GIVEN, st.data())
def test_what_is_chosen_is_counted_as_values_are(given: list[list[Diagnostic]], data: st.DataObject) -> None:
    kept = _kept(given)
    flags = bytes(data.draw(st.lists(st.booleans(), min_size=len(kept), max_size=len(kept))))
    chosen = ChosenDiagnostics(kept, flags)
    values = tuple(compress(kept, flags))
    assert tuple(chosen) == values
    mine, theirs = _result(chosen), _result(values)
    for one in (mine, theirs):
        assert one.by_checker() == dict(Counter(d.checker for d in values).most_common())
        assert list(one.by_checker()) == [id for id, _ in Counter(d.checker for d in values).most_common()]
        assert one.by_severity() == {s: sum(d.severity is s for d in values) for s in Severity}
        assert one.by_safety() == {s: sum(d.safety is s for d in values) for s in Safety}
        assert one.fixable == sum(d.fix is not None for d in values)
        assert one.exit_code == int(any(d.severity is not Severity.INFO for d in values))
        assert one.tally.notes == len({d.path for d in values})
        about = Counter((d.checker, d.about) for d in values if d.about is not None)
        assert one.groups() == [Group(id, what, n) for (id, what), n in about.most_common() if n >= 3]
    assert mine.worth_fixing() == theirs.worth_fixing()


def test_damaged_bytes_are_judged_again() -> None:
    one = Diagnostic("A.md", _PLACE, _PLACE, "one", Severity.ERROR, "m", Span(0, 1), "")
    for damaged in (b"\xc1", pack([{"checker": "one"}]), pack(["x"])):
        kept = KeptDiagnostics(lambda path: [one])
        kept.add_packed("A.md", damaged, b"")
        assert list(kept) == [one]
        assert [(path, list(some)) for path, some in briefly(kept)] == [("A.md", [one])]


def test_one_of_them_is_found_by_its_place() -> None:
    found = [Diagnostic("A.md", _PLACE, _PLACE, "one", Severity.INFO, "m", Span(at, at), "") for at in range(4)]
    kept = _kept([found])
    assert kept[0] == found[0]
    assert kept[3] == found[3]
    assert kept[-1] == found[-1]
    assert kept[1:3] == tuple(found[1:3])
    with pytest.raises(IndexError):
        kept[4]
