"""Facts about the article from a page's chrome, and how it moves to the note's frontmatter."""

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span, newline
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note
from notelint.residue.imports import is_written_down

_DATES = frozenset({"revised", "published", "created", "accessed"})
_LISTS = frozenset({"author", "aliases", "systems", "sections", "keywords"})
_TEXTS = frozenset({"licence"})  # written over several lines
_OTHERWISE = {"source": "canonical", "published": "created", "created": "published"}
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
    "mär": 3, "mai": 5, "okt": 10, "dez": 12,  # German
    "fév": 2, "avr": 4, "aoû": 8, "déc": 12,  # French; "juin" and "juillet" begin alike
    "ene": 1, "abr": 4, "ago": 8, "dic": 12,  # Spanish
    "mrt": 3, "mei": 5, "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10,  # Dutch, Italian
}  # fmt: skip
_DAY_FIRST = lazy_regex(r"\b(\d{1,2})(?:st|nd|rd|th|\.)? ([^\W\d_]{3})[^\W\d_]*\.?,? (\d{4})")
_MONTH_FIRST = lazy_regex(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_YEAR_FIRST = lazy_regex(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
_YEAR_AND_NAME = lazy_regex(r"(\d{4}) ([A-Za-z]{3})[a-z]* (\d{1,2})\b")
_DOTTED = lazy_regex(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})")
_FULL_STOP = lazy_regex(r"(?<=[^\W\d_]{3})\.$")  # behind the last of some names, not behind an initial
_MARKED = lazy_regex(r"[^\W\d_]{2}\d+\.?$")  # a name that leads to a footnote, which stays where that is
_TIME = lazy_regex(  # no person, though a line reads like a byline: "By Monday, 3 May 2021"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|jueves|viernes|domingo|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|christmas|easter|spring|summer|autumn|winter)(?:\W.*)?",
    re.I | re.S,
)
_ACCESSED = lazy_regex(r"[(\[](?:Accessed|accessed) (?:on )?([^)\]]{6,20})[)\]]")
_FORMS = {
    "doi": lazy_regex(r"10\.\d{4,9}/[^\s\"<>\])]+"),
    "source": lazy_regex(r"https?://[^\s\"<>\])]+"),
    "pmid": lazy_regex(r"^\d{1,9}$"),
    "rid": lazy_regex(r"^\d{1,9}$"),
}


class ArticleFacts(Struct):
    """Properties of the article, found on its page, in the order of finding. `have` is the note's own frontmatter."""

    have: Mapping[str, object]
    found: dict[str, list[str]] = field(default_factory=dict)

    def take(self, values: Mapping[str, str]) -> bool:
        """Keep these values, all of them or none. What the frontmatter says already is never overwritten.

        True if each value is now kept, or was there before: its line in the body may go.
        """
        kept: dict[str, list[str]] = {key: list(items) for key, items in self.found.items()}
        for key, value in values.items():
            for item in _items(key, value):
                if not item or not self._put(kept, key.replace("_", "-"), item):
                    return False
        self.found = kept
        return True

    def others(self, key: str, value: str) -> bool:
        """True if other values than this one are known of a property."""
        known = self.found.get(key, [])
        return bool(known) and not all(any(_same(item, one) for one in known) for item in _items(key, value))

    def _put(self, kept: dict[str, list[str]], key: str, value: str) -> bool:
        there = self.have.get(key)
        known = [str(item) for item in (there if isinstance(there, list) else [there] if there else [])]
        known += kept.get(key, [])
        if any(_same(value, item) for item in known):
            return True
        if not there and key in _TEXTS and key in kept:
            kept[key] = [f"{kept[key][0]} {value}"]
            return True
        if not there and (key in _LISTS or key not in kept):
            kept.setdefault(key, []).append(value)
            return True
        return key in _OTHERWISE and self._put(kept, _OTHERWISE[key], value) if key != "created" else False


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", " ", one).strip().lower() == re.sub(r"\W+", " ", other).strip().lower()


def _items(key: str, value: str) -> list[str]:
    """A value as its property wants it: dates as ISO 8601, names apart; an empty one for what is not such a value."""
    value = value.strip().rstrip(",").strip()
    if key in _DATES:
        return [iso_date(value) or ""]
    if key in _FORMS:
        match = _FORMS[key].search(value)
        return [match[0] if match else ""]
    if key == "author":
        names = [_FULL_STOP.sub("", name.strip()) for name in re.split(r";", value) if name.strip()]
        return ["" if _MARKED.search(name) or _is_time(name) else name for name in names]
    if key in ("systems", "sections", "keywords"):
        return [name.strip() for name in value.split(",") if name.strip()]
    return [value]


def _is_time(name: str) -> bool:
    """True if a name is a day, a month or a season; one of these before a surname is a first name: "April Heron"."""
    match = _TIME.fullmatch(name)
    return match is not None and re.match(r"\w+ [^\W\d_]", name) is None


def iso_date(text: str) -> str | None:
    """The first date in a text as ISO 8601, YYYY-MM-DD; None if there is none, or it is not a day of the calendar."""
    day_first, month_first, year_first = (p.search(text) for p in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST))
    named, dotted = _YEAR_AND_NAME.search(text), _DOTTED.search(text)
    if day_first and day_first[2].lower() in _MONTHS:
        parts = int(day_first[3]), _MONTHS[day_first[2].lower()], int(day_first[1])
    elif month_first and month_first[1].lower() in _MONTHS:
        parts = int(month_first[3]), _MONTHS[month_first[1].lower()], int(month_first[2])
    elif named and named[2].lower() in _MONTHS:
        parts = int(named[1]), _MONTHS[named[2].lower()], int(named[3])
    elif dotted:
        parts = int(dotted[3]), int(dotted[2]), int(dotted[1])
    elif year_first:
        parts = int(year_first[1]), int(year_first[2]), int(year_first[3])
    else:
        return None
    try:
        return date(*parts).isoformat()
    except ValueError:
        return None


def accessed(citation: str) -> str | None:
    """The day on which the article was read, as a citation says it."""
    match = _ACCESSED.search(citation)
    return iso_date(match[1]) if match else None


def edits(note: Note, facts: ArticleFacts) -> tuple[Edit, ...]:
    """The edits that add the facts to the frontmatter; a new one, as the note's profile starts it, if there is none."""
    if not facts.found:
        return ()
    end = newline(note.text)
    block = note.frontmatter
    if block is None:
        template = note.profile.template if note.profile is not None else {}
        start = [f"{scalar(key)}: {scalar(value)}" for key, value in template.items() if key not in facts.found]
        return (Edit(Span(0, 0), end.join(["---", *start, *_lines(facts.found), "---", "", ""])),)
    added = _declared(note)
    made = []
    for key, values in facts.found.items():
        if key in note.properties:  # there, and empty
            value = block.place((key,)).value
            made.append(Edit(value, ("" if value.start < value.end else " ") + _flow(key, values)))
        else:
            added[key] = values
    if added:
        at = block.content.end
        gap = "" if note.text[:at].endswith(("\n", "\r")) else end
        made.append(Edit(Span(at, at), gap + "".join(line + end for line in _lines(added))))
    return tuple(made)


def _declared(note: Note) -> dict[str, list[str]]:
    """The first properties of the profile of imports, for a note that is signed and does not say yet that it is one."""
    if note.profile is None or not note.profile.imported or is_written_down(note):
        return {}
    return {key: [value] for key, value in note.profile.template.items() if key not in note.properties}


def can_take(note: Note) -> bool:
    """True if facts can be added to this note's frontmatter: it is readable YAML, or not there."""
    block = note.frontmatter
    return block is None or (block.fault is None and block.form == "yaml")


def _flow(key: str, values: list[str]) -> str:
    if key in _LISTS and len(values) > 1:
        return "[" + ", ".join(scalar(value, '"') for value in values) + "]"
    return scalar(values[0])


def _lines(found: Mapping[str, list[str]]) -> list[str]:
    lines = []
    for key, values in found.items():
        if key in _LISTS and (len(values) > 1 or key == "aliases"):
            lines += [f"{key}:", *(f"  - {scalar(value)}" for value in values)]
        else:
            lines.append(f"{key}: {scalar(values[0])}")
    return lines
