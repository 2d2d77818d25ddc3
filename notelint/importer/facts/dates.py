"""Dates as pages write them, as ISO dates that exist."""

import datetime
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero janeiro gennaio januari января janv ene gen",
            "feb february februar février fevrier febrero fevereiro febbraio februari февраля févr",
            "mar march märz marz mars marzo março maart марта mär mrz",
            "apr april avril abril aprile апреля avr abr",
            "may mai mayo maio maggio mei maj мая mag",
            "jun june juni juin junio junho giugno июня giu",
            "jul july juli juillet julio julho luglio июля juil lug",
            "aug august août aout agosto augustus augusti августа ago",
            "sep sept september septembre septiembre setembro settembre сентября set",
            "oct october oktober octobre octubre outubro ottobre октября okt ott out",
            "nov november novembre noviembre novembro ноября",
            "dec december dezember décembre decembre diciembre dezembro dicembre декабря dez dic déc",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b"
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH_WORD = re.compile(rf"\b(?:{MONTH})\b|(?<=\d)(?:st|nd|rd|th)\b|[年月日년월일]", re.I)
_YEAR, _DAY = r"(?P<y>\d{4})(?!\d)", r"(?P<d>\d{1,2})"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"^\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T|\b|$)"),
    re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]"),
    re.compile(
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|\.|º|er)?\s*(?:of |de |- ?)?[\s/-]?{_MONTH}\.?,?\s*(?:de |del |- ?)?[\s/-]?{_YEAR}",  # noqa: E501
        re.I,
    ),
    re.compile(rf"\b{_MONTH}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?:at\s+)?{_YEAR}", re.I),
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})[ /-]{_MONTH}\.?[ /-]{_DAY}(?!\d)", re.I),
    re.compile(rf"(?<!\d){_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}"),
)
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_OLDEST = 1900
_LONGEST = 400  # characters in which a date is looked for


def iso(text: str, latest: datetime.date) -> str:
    """The first date in a text; empty if there is none that exists, or it lies after `latest`."""
    text = text[:_LONGEST]
    found = [
        (match.start(), match["y"], str(_MONTHS.get(match["m"].lower(), match["m"])), match["d"])
        for form in _FORMS
        if (match := form.search(text)) is not None
    ]
    if (match := _SLASHES.search(text)) is not None:
        found += [(match.start(), match[3], month, day) for month, day in _unambiguous(match[1], match[2])]
    for _, year, month, day in sorted(found):
        date = _existing(year, month, day)
        if date is not None and date.year >= _OLDEST and date <= latest:
            return date.isoformat()
    return ""


def without_months(text: str) -> str:
    """A text without the names of months, and what follows a day's number."""
    return _MONTH_WORD.sub(" ", text)


def _unambiguous(first: str, second: str) -> list[tuple[str, str]]:
    """Month and day of 25/12 and 12/25; of 3/4 nobody knows which is which."""
    if int(first) > 12 or first == second:
        return [(second, first)]
    return [(first, second)] if int(second) > 12 else []


def _existing(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
