"""Dates as pages write them, as ISO dates that exist."""

import datetime
import re
from functools import cache
from typing import NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.facts.wording import fact_words

# Days of the week in the languages of dates.
DAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|[（(][月火水木金土日一二三四五六]\s?[)）]|星期[一二三四五六日天]|"
    r"(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag|"
    r"(?:mån|tis|ons|tors|fre|lör|sön)dag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|п['’]ятниця|субота|"
    r"неділя|pazartesi|salı|çarşamba|perşembe|cuma(?:rtesi)?|pazar|δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή|"
    r"[월화수목금토일]요일|[月火水木金土日]曜日?|(?:ال)?(?:أحد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت)|"
    r"thứ \w+|chủ nhật|"
    r"senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|"
    r"(?:maanan|tiis|tors|perjan|lauan|sunnun)tai|keskiviikko|pondělí|úterý|středa|čtvrtek|pátek|neděle|"
    r"(?:یک|دو|سه|چهار|پنج)?\s?شنبه|(?:یک|دو|سه|چهار|پنج)\u200cشنبه|جمعه|"
    r"(?:सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि)वार"
)
_YEAR, _DAY = r"(?P<y>\d{4})(?!\d)", r"(?P<d>\d{1,2})"
_OF = r"(?:of\s|de\s|del\s|d')?"
_NUMERIC = (
    lazy_regex(r"(?<!\d)(?P<y>\d{4})(?P<sign>[-/.])\s?(?P<m>\d{1,2})(?P=sign)\s?(?P<d>\d{1,2})(?!\d)"),
    lazy_regex(r"^\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T|\b|$)"),
    lazy_regex(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]"),
    lazy_regex(rf"(?<![\d.]){_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}"),
    lazy_regex(rf"(?<!\d){_DAY}\s+tháng\s+(?P<m>\d{{1,2}}),?\s+(?:năm\s+)?{_YEAR}", re.I),
)
_SLASHES = lazy_regex(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])")
_SHORT_YEAR = lazy_regex(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])")
_EPOCH = lazy_regex(r"\s*(\d{10})(?:\d{3})?\s*")
_BUDDHIST, _LATER = range(2440, 2640), 543  # years of the Thai calendar, and how far it is ahead
_SOLAR = range(1300, 1500)  # years of the Solar Hijri calendar
_SOLAR_START = -356_032  # so that 1 Farvardin 1400 is 21 March 2021
_OLDEST = 1900
_UNSET = frozenset({"1900-01-01", "1969-12-31", "1970-01-01"})  # what clocks and databases say when nobody set them
_LONGEST = 400  # characters in which a date is looked for


class FoundDate(NamedTuple):
    """A date in a text: where it begins and ends, and what it is in ISO's form."""

    start: int
    end: int
    iso: str


def iso(text: str, latest: datetime.date, *, day_first: bool = False) -> str:
    """The first date in a text; empty if there is none that exists, or it lies after `latest`."""
    return next((one.iso for one in find(text, latest, day_first=day_first)), "")


def find(text: str, latest: datetime.date, *, day_first: bool = False) -> list[FoundDate]:
    """The dates in a text that exist and do not lie after `latest`, in its order.

    Of 3/4/2021 nobody knows which is the day, unless the page's language says so (`day_first`).
    """
    text = text[:_LONGEST]
    matches = [
        (match.start(), match.end(), match["y"], match["m"], match["d"])
        for form in (*_NUMERIC, *_named())
        for match in form.finditer(text)
    ]
    for match in _SLASHES.finditer(text):
        for month, day in _unambiguous(match[1], match[3], day_first):
            matches.append((match.start(), match.end(), match[4], month, day))
    if day_first:
        matches += [
            (match.start(), match.end(), f"20{int(match[3]):02}", match[2], match[1])
            for match in _SHORT_YEAR.finditer(text)
        ]
    found: list[FoundDate] = []
    for start, end, year, month, day in sorted(matches, key=lambda one: (one[0], -one[1])):
        if found and start < found[-1].end:
            continue
        date = _existing(year, month, day)
        if date is not None and date.year >= _OLDEST and date <= latest and date.isoformat() not in _UNSET:
            found.append(FoundDate(start, end, date.isoformat()))
    return found


def is_ambiguous(text: str) -> bool:
    """True if a text holds a date of numbers of which nobody knows which is the day."""
    return any(not _unambiguous(match[1], match[3], day_first=False) for match in _SLASHES.finditer(text[:_LONGEST]))


def of_value(value: str, latest: datetime.date, *, day_first: bool = False) -> str:
    """The date of a value that is meant for machines, which may be seconds or milliseconds since 1970."""
    match = _EPOCH.fullmatch(value)
    if match is None:
        return iso(value, latest, day_first=day_first)
    moment = datetime.datetime.fromtimestamp(int(match[1]), datetime.UTC).date()
    return moment.isoformat() if moment.year >= _OLDEST + 90 and moment <= latest else ""


@cache
def month_names() -> str:
    """A pattern of the names of months, the longest first."""
    names = (*fact_words().months, *fact_words().solar_months)
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """Forms with the name of a month."""
    # Arabic pages give a month both of its names: "4 آب/اغسطس 2013".
    month = rf"(?:ב-?)?(?P<m>{month_names()})(?!\w)(?:\s?/\s?(?:{month_names()})(?!\w))?"
    return (
        re.compile(
            rf"(?<!\d){_DAY}(?:st|nd|rd|th|\.|º|ª|er)?\s*{_OF}(?:- ?)?[\s/-]?{month}"
            rf"\.?,?\s*{_OF}(?:- ?)?[\s/-]?{_YEAR}",
            re.I,
        ),
        re.compile(rf"(?<!\w){month}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?:at\s+)?{_YEAR}", re.I),
        re.compile(rf"(?<!\w){month}\s+{_DAY}\s+\d{{1,2}}:\d{{2}}:\d{{2}}(?:\s+[A-Z+\d-]{{1,6}})?\s+{_YEAR}", re.I),
        re.compile(rf"(?<!\d)(?P<y>\d{{4}})\.?[ /-]{month}\.?[ /-]{_DAY}(?!\d)", re.I),
    )


@cache
def _month_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{month_names()})(?!\w)|(?<=\d)(?:st|nd|rd|th)\b|[年月日년월일]", re.I)


def without_months(text: str) -> str:
    """A text without the names of months, and what follows a day's number."""
    return _month_words().sub(" ", text)


def is_day_first(language: str) -> bool:
    """Tell whether dates of numbers begin with the day in a language, as `lang` names it."""
    name = language.strip().lower().replace("_", "-")
    return name in fact_words().day_first or name.partition("-")[0] in fact_words().day_first


def _unambiguous(first: str, second: str, day_first: bool) -> list[tuple[str, str]]:
    """Month and day of 25/12 and 12/25; of 3/4 only where the day is known to be first."""
    if int(first) > 12 or first == second or (day_first and int(second) <= 12):
        return [(second, first)]
    return [(first, second)] if int(second) > 12 else []


def _existing(year: str, month: str, day: str) -> datetime.date | None:
    words = fact_words()
    is_solar = int(year) in _SOLAR
    number = (words.solar_months if is_solar else words.months).get(month.lower())
    try:
        if is_solar:
            return _of_solar(int(year), int(month) if number is None else number, int(day))
        calendar = int(year) - (_LATER if int(year) in _BUDDHIST else 0)
        return datetime.date(calendar, int(month) if number is None else number, int(day))
    except ValueError:
        return None


def _of_solar(year: int, month: int, day: int) -> datetime.date:
    """A day of the Solar Hijri calendar, whose leap years come in cycles of 33. Raises `ValueError` if it is none."""
    longest = 31 if month <= 6 else 30
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    number = _first_of_solar(year) + before + day - 1
    if number >= _first_of_solar(year + 1):  # the last day of a leap year, in another one
        raise ValueError
    return datetime.date.fromordinal(number)


def _first_of_solar(year: int) -> int:
    """The number of the first day of a year of the Solar Hijri calendar."""
    years = year + 1595
    return 365 * years + years // 33 * 8 + (years % 33 + 3) // 4 + _SOLAR_START
