"""Dates as pages write them: short years, the Solar Hijri calendar."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.importer.facts import dates

LATEST = datetime.date(2026, 11, 27)
DAYS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("04.06.21", "2021-06-04"),
        ("04.06.2021", "2021-06-04"),
        ("v1.04.06.21", ""),
        ("32.06.21", ""),
        ("۲۲ بهمن ۱۳۵۷", "1979-02-11"),
        ("1 فروردین 1404", "2025-03-21"),
        ("1403/12/30", "2025-03-20"),
        ("1402/12/30", ""),
        ("1442/10/23", ""),
    ],
)
def test_a_date_of_a_language_that_puts_the_day_first(text: str, iso: str) -> None:
    assert dates.iso(text, LATEST, day_first=True) == iso


def test_a_short_year_is_no_date_where_the_day_may_be_second() -> None:
    assert dates.iso("04.06.21", LATEST) == ""


@given(st.integers(1300, 1404), st.integers(1, 12), st.integers(1, 29))
def test_days_of_the_solar_calendar_follow_each_other(year: int, month: int, day: int) -> None:
    first, second = (dates.iso(f"{year}/{month}/{one}", datetime.date.max) for one in (day, day + 1))
    if (month, day) == (12, 29):
        return
    following = datetime.date.fromisoformat(first) + datetime.timedelta(days=1)
    assert second == following.isoformat()
    if day + 1 == DAYS[month - 1] and month < 12:
        assert (
            dates.iso(f"{year}/{month + 1}/1", datetime.date.max)
            == (following + datetime.timedelta(days=1)).isoformat()
        )
