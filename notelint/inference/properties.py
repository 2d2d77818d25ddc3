"""A JSON Schema that the properties of given notes fulfil, and that says how many of them have each."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from notelint.core.lazy_regex import lazy_regex
from notelint.inference import enough, is_unicode

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ORDER = ("boolean", "string", "integer", "number", "array", "object", "null")
_CHOICES, _REPEATS = 10, 4  # a choice has at most so many values, each so many times on the average
_LONGEST = 60  # characters in a value of a choice
_KEPT = 200  # different texts that are counted; beyond that nobody chooses from a list
_FREE = frozenset({"tags", "aliases", "cssclasses", "title"})  # whose words nobody chooses from a list
_FREQUENT = 10  # times as often as its misspelling stands a property
_LONG = 6  # letters of a name in which a slip differs from another word
_PLACEHOLDERS = ("{{", "<%")
_DATE = lazy_regex(r"\d{4}-\d\d-\d\d", re.A)
_TIME = lazy_regex(
    r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.A
)
_PART = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
_URI = lazy_regex(rf"https?://[A-Za-z0-9.-]+(?::\d{{1,5}})?(?:/{_PART})?(?:\?{_PART})?(?:#{_PART})?", re.A)
_LOCAL = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?$"
_LINK = r"^\[\[[^\[\]]+\]\]$"


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    match = _TIME.fullmatch(text)
    return match is not None and _is_date(match[1])


_WHEN, _WHERE = "it is a time as YYYY-MM-DDThh:mm", "it is a link to a note, [[Note]]"
_FORMS: dict[str, tuple[dict[str, str], Any]] = {
    "dates": ({"format": "date"}, _is_date),
    "times": ({"format": "date-time"}, _is_time),
    "times without a zone": ({"pattern": _LOCAL, "x-why": _WHEN}, re.compile(_LOCAL[:-1], re.A).fullmatch),
    "addresses": ({"format": "uri"}, _URI.fullmatch),
    "links": ({"pattern": _LINK, "x-why": _WHERE}, re.compile(_LINK[:-1]).fullmatch),
}
_FEW = 2  # texts of one form are more than chance


@dataclass
class _Values:
    """All values that one property has, or the items of its lists, or one entry of its maps."""

    nested: bool = False
    count: int = 0
    types: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    entries: "dict[str, _Values]" = field(default_factory=dict)
    items: "_Values | None" = None

    def add(self, value: Any) -> None:
        """Count a value."""
        self.count += 1
        match value:
            case bool():
                self.types["boolean"] += 1
            case str():
                self._add_text(value)
            case int():
                self.types["integer"] += 1
            case float():
                self.types["number"] += 1
            case None:
                self.types["null"] += 1
            case list():
                self.types["array"] += 1
                for item in value:
                    self.items = self.items or _Values(nested=True)
                    self.items.add(item)
            case dict():
                self.types["object"] += 1
                for key, inner in value.items() if not self.nested else ():
                    if is_unicode(str(key)):
                        self.entries.setdefault(str(key), _Values(nested=True)).add(inner)

    def _add_text(self, text: str) -> None:
        if any(mark in text for mark in _PLACEHOLDERS):
            return  # a template, filled in later: the checker does not judge it either
        self.types["string"] += 1
        if text in self.texts or len(self.texts) <= _KEPT:
            self.texts[text] += 1
        for name, (_, fits) in _FORMS.items():
            if fits(text):
                self.forms[name] += 1

    def schema(self, *, choice: bool = True, only: bool = False) -> dict[str, Any]:
        """The keywords that all of the values fulfil. `only`: a single value is a choice too."""
        kinds = [kind for kind in _ORDER if self.types[kind]]
        if "number" in kinds and "integer" in kinds:
            kinds.remove("integer")
        if not kinds or kinds == ["null"]:
            return {}  # always empty: that says nothing of what it is meant to be
        made: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds}
        form = self._form()
        if form is not None:
            made |= _FORMS[form][0]
        elif choice and self._is_choice(only):
            made["enum"] = [*sorted(self.texts, key=lambda text: (-self.texts[text], text)), *self._null()]
        if self.items is not None and (inner := self.items.schema(choice=choice)):
            made["items"] = inner
        shown = sorted(self.entries.items(), key=lambda pair: -pair[1].count)
        if shown:
            made["properties"] = {key: inner.schema(choice=False) for key, inner in shown}
        return made

    def _null(self) -> list[None]:
        return [None] if self.types["null"] else []

    def _form(self) -> str | None:
        """The form that all texts have, if there are enough of them."""
        texts = self.types["string"]
        return next((name for name, n in self.forms.most_common() if n == texts >= _FEW), None)

    def _is_choice(self, only: bool) -> bool:
        """True if the values are a few texts that repeat much."""
        if not set(self.types) <= {"string", "null"} or len(self.texts) > _CHOICES:
            return False
        if len(self.texts) == 1:
            return only and _is_short(next(iter(self.texts)))
        return self.types["string"] >= _REPEATS * len(self.texts) and all(_is_short(text) for text in self.texts)

    def remarks(self, *, choice: bool) -> Iterator[str]:
        """Remarks about the values for a reader."""
        if self.types["null"]:
            yield "always empty" if self.types["null"] == self.count else f"empty in {self.types['null']}"
        for name, n in self.forms.most_common(1):
            if _FEW <= n < self.types["string"] and 2 * n > self.types["string"]:
                yield f"{n} of {self.types['string']} texts are {name}"
        kinds = [f"{kind} {self.types[kind]}" for kind in _ORDER[:-1] if self.types[kind]]
        if len(kinds) > 1:
            yield ", ".join(kinds)
        elif choice and self._form() is None and self._is_choice(only=False):
            yield ", ".join(f"{text} {n}" for text, n in sorted(self.texts.items(), key=lambda p: (-p[1], p[0])))


def _is_short(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _LONGEST and is_unicode(text)


@dataclass(frozen=True)
class Properties:
    """The proposal for the properties: the schema, which of them are doubtful."""

    schema: dict[str, Any]
    misspelt: tuple[tuple[str, int, str, int], ...]  # a name, in how many notes, what it may mean, in how many


def propose(
    notes: Sequence[Mapping[str, Any]], title: str, *, required_share: float, closed: bool, kind_key: str | None = None
) -> Properties:
    """The schema of notes with these properties, one map for each note (an empty one where there is no frontmatter).

    `kind_key` is the property that tells these notes from others: its values are always a choice.
    """
    known: dict[str, _Values] = {}
    for properties in notes:
        for key, value in properties.items():
            known.setdefault(key, _Values()).add(value)
    order = sorted(known, key=lambda key: -known[key].count)  # else as they stand in the notes
    total = len(notes)
    misspelt = tuple(_misspelt({key: known[key].count for key in order}))
    doubts = {wrong: meant for wrong, _, meant, _ in misspelt}
    properties = {}
    for key in order:
        values = known[key]
        choice = key.casefold() not in _FREE
        comments = [f"in {values.count} of {total} notes", *values.remarks(choice=choice)]
        if key in doubts:
            comments.append(f"a misspelling of {doubts[key]}?")
        properties[key] = {**values.schema(choice=choice, only=key == kind_key), "$comment": "; ".join(comments)}
    required = [key for key in order if enough(known[key].count, total, required_share)]
    schema: dict[str, Any] = {"$schema": DIALECT, "title": title, "type": "object"}
    schema |= {"required": required} if required else {}
    schema |= {"properties": properties, "additionalProperties": not closed}
    return Properties(schema, misspelt)


def _misspelt(counts: Mapping[str, int]) -> Iterator[tuple[str, int, str, int]]:
    """Rare names that are nearly a frequent one: other capitals or hyphens, or one slip in a long name."""
    from rapidfuzz.distance import OSA

    folded: dict[str, str] = {}
    for key in counts:  # the most frequent first
        folded.setdefault(_folded(key), key)
    long = [key for key in counts if len(key) >= _LONG and counts[key] >= _FREQUENT]
    for key, count in counts.items():
        meant = folded[_folded(key)]
        if meant == key and len(key) >= _LONG - 1:
            near = (
                other for other in long if counts[other] >= _FREQUENT * count and key.rstrip("s") != other.rstrip("s")
            )
            meant = next((other for other in near if OSA.distance(key, other, score_cutoff=1) == 1), key)
        if meant != key and counts[meant] >= _FREQUENT * count:
            yield key, count, meant, counts[meant]


def _folded(key: str) -> str:
    return re.sub(r"[-_ ]", "", key).casefold()
