"""Dates as pages write them, as ISO dates that exist."""

import datetime
import re

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T|\b|$)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
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
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?\s*(?:of |de |- ?)?[\s/-]?({_MONTH})\b\.?,?\s*(?:de |del |- ?)?[\s/-]?(\d{{4}})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:at\s+)?(\d{{4}})(?!\d)", re.I)
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})[ /-]({_MONTH})\b\.?[ /-](\d{{1,2}})(?!\d)", re.I)
_DAY_MONTH_DOTS = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_OLDEST = 1900
_LONGEST = 400  # characters in which a date is looked for


def iso(text: str, latest: datetime.date) -> str:
    """The first date in a text; empty if there is none that exists, or it lies after `latest`."""
    text = text[:_LONGEST]
    match = _COMPACT.match(text.strip())
    found = [(match.start(), match[1], match[2], match[3])] if match is not None else []
    for pattern in (_ISO, _CJK):
        if (match := pattern.search(text)) is not None:
            found.append((match.start(), match[1], match[2], match[3]))
    if (match := _DAY_FIRST.search(text)) is not None:
        found.append((match.start(), match[3], str(_MONTHS[match[2].lower()]), match[1]))
    if (match := _MONTH_FIRST.search(text)) is not None:
        found.append((match.start(), match[3], str(_MONTHS[match[1].lower()]), match[2]))
    if (match := _YEAR_FIRST.search(text)) is not None:
        found.append((match.start(), match[1], str(_MONTHS[match[2].lower()]), match[3]))
    if (match := _DAY_MONTH_DOTS.search(text)) is not None:
        found.append((match.start(), match[3], match[2], match[1]))
    if (match := _SLASHES.search(text)) is not None:
        found += [(match.start(), match[3], month, day) for month, day in _unambiguous(match[1], match[2])]
    for _, year, month, day in sorted(found):
        date = _existing(year, month, day)
        if date is not None and _OLDEST <= date.year and date <= latest:
            return date.isoformat()
    return ""


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
