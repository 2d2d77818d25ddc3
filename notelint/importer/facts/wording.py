"""Words by which pages name who wrote a text and when (wording.toml), as patterns."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class FactWords(NamedTuple):
    """The words of wording.toml. Patterns ignore case; each begins where a word begins."""

    by: re.Pattern[str]  # at the start of a line, before a name
    author: re.Pattern[str]  # at the start of a line, before a name, with a sign between
    label: re.Pattern[str]  # the whole of a line above a name
    after: re.Pattern[str]  # at the end of a line, behind a name
    published: re.Pattern[str]
    updated: re.Pattern[str]
    months: dict[str, int]
    solar_months: dict[str, int]  # of the Solar Hijri calendar
    day_first: frozenset[str]


@cache
def fact_words(language: str = "") -> FactWords:
    """The words for a page in a language, as `lang` names it; for any language if it is empty."""
    data = tomllib.loads(files("notelint.importer.facts").joinpath("wording.toml").read_text("utf-8"))
    name = language.lower().replace("_", "-").partition("-")[0]
    own = [word for word, languages in data["by_in"].items() if not name or name in languages]
    by, author = _any_of([*data["by"], *own]), _any_of(data["author"])
    return FactWords(
        re.compile(rf"(?:{by}|{author}(?=\s*[:：]))(?!\w)\s*[:：]?\s*|[文글]\s*[・:：／/=＝]\s*", re.I),
        re.compile(rf"{author}\s*[:：・／/]\s*|[记記]者\s+", re.I),
        re.compile(rf"(?:{by}|{author})\s*[:：]?", re.I),
        re.compile(rf"\s*{_any_of(data['after'])}$"),
        re.compile(rf"(?<!\w){_any_of(data['published'])}(?!\w)", re.I),
        re.compile(rf"(?<!\w){_any_of(data['updated'])}(?!\w)", re.I),
        _numbered(data["months"]),
        _numbered(data["solar_months"]),
        frozenset(data["day_first"]),
    )


def _numbered(months: Iterable[Iterable[str]]) -> dict[str, int]:
    return {name: number for number, names in enumerate(months, 1) for name in names}


def _any_of(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first."""
    patterns = [r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True)]
    return f"(?:{'|'.join(patterns)})"
