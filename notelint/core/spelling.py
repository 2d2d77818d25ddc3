"""Names that are spelt differently: which are certainly the same name, and which could be a slip of the pen."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from notelint.core.fuzzy import numbers
from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import composed, decomposed

_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))
_ONE_FORM = str.maketrans(
    "\u2018\u2019\u02bc\u2032\u2010\u2011\u2012\u2013\u2014\u2212\u2033\u201c\u201d", "''''------\"\"\""
)
_PLURAL_OF_ACRONYM = lazy_regex(r"\b([A-Z]{2,})s\b")
_PLAIN_WORD = "(?:[A-Z]?[a-z]+|[A-Z]+)"
_PLAIN = lazy_regex(  # no number behind a number
    rf"{_PLAIN_WORD}(?:[ -]{_PLAIN_WORD}| (?<![0-9] )[0-9]+)*", re.ASCII
)
_MANY_LETTERS = lazy_regex(r"\b[a-z]{4,}s\b", re.ASCII)  # a word that may be a plural (`_SHORT`)
_ACCENT = lazy_regex(r"(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+")
_PART = lazy_regex(r"(?P<number>\d+(?:[\W_]+\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|.", re.DOTALL)
_BETWEEN_WORDS = lazy_regex(r"[\s/_-]+")
_DOTTED = lazy_regex(r"(?<![^\W_])[^\W\d_]\.")  # a letter of an abbreviation
_HYPHENED = lazy_regex(r"(?<![^\W\d_])[^\W\d_]{1,2}-(?=\d)")
_APART = lazy_regex(  # `re-sign`, `we'll`: without the mark it may be another word
    r"\b(?:re|un|co)-[^\W\d_]|[^\W\d_]'(?:ll|re|ve|d|m|t)\b|\b(?:he|it|let|she|that|there|what|where|who)'s\b", re.I
)
_WORDS = lazy_regex(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ES = ("ies", "sses", "shes", "ches", "xes", "zes")
_AT_END = "-'\"!"  # marks that mean something behind a word (HER2-, 5', n!), and nothing inside one
_MEANING = "*#%@"  # punctuation, by its Unicode category, that always means something
_SHORT = 5  # letters from which an ending is taken for a plural
_LONG = 8  # letters of a word in which two slips are believed
_SLIPS = 2
_MOST = 3
_OPPOSED = (  # beginnings that look like slips of each other and mean something else
    ("hypo", "hyper"), ("inter", "intra"), ("ante", "anti"), ("macro", "micro"), ("ab", "ad"), ("ad", "af"),
    ("pre", "pro"), ("pre", "per"), ("per", "pro"), ("endo", "ecto"), ("sub", "sup"), ("af", "ef"),
)  # fmt: skip
_ENDINGS = (  # and endings: an operation, a kind of illness, a substance
    ("tomy", "stomy", "ectomy", "scopy"), ("osis", "itis", "oma"), ("uria", "emia"),
    ("ate", "ite", "ide", "ine", "ane", "ene", "one", "ol"), ("genic", "genous"), ("ior", "eal"), ("ed", "er", "or"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def spelling_key(name: str) -> str:
    """The key that two names share if they are one name, spelt differently; empty for a name without letters.

    Capitals, blanks, hyphens, accents, an English plural, and punctuation that carries no meaning do not count. What
    does: every digit and all between two of them, signs (`C++`, `<`), and some marks where a word ends (`HER2-`, `5'`).
    """
    if _PLAIN.fullmatch(name):  # most names are; what follows comes to the same
        return "".join(
            [word if word[-1] != "s" else _singular(word) for word in name.lower().replace("-", " ").split()]
        )
    text = name.translate(_INVISIBLE).translate(_ONE_FORM)
    text = _PLURAL_OF_ACRONYM.sub(r"\1", text).casefold()
    if not text.isascii():
        text = composed(_ACCENT.sub("", decomposed(text)))
    kept = []
    before = " "
    for match in _PART.finditer(text):
        part = match.group()
        if match.lastgroup == "word":
            kept.append(_singular(part.replace("'", "")))
        elif match.lastgroup == "number" or _means(part, before, text[match.end() : match.end() + 1]):
            kept.append(part)
        before = part[-1]
    return "".join(kept) if any(part[0].isalnum() for part in kept) else ""


def spelling_keys(names: Sequence[str]) -> list[str]:
    """The keys of many names, as `spelling_key` gives them, for which little is done name by name."""
    plain = list(filter(_PLAIN.fullmatch, names))
    keys = _MANY_LETTERS.sub(_singular_of, "\n".join(plain).lower()).replace(" ", "").replace("-", "").split("\n")
    known = dict(zip(plain, keys, strict=False))
    return [known[name] if name in known else spelling_key(name) for name in names]


def is_surely_same(one: str, other: str) -> bool:
    """True if two names of one key are one name beyond doubt: no surname that looks like a plural, no abbreviation.

    Doubtful are dots of abbreviations (`I.V.`, `IV`), a hyphen between letter and digit (`C-4`, `C4`) or behind `re`
    and the like (`re-sign`, `resign`), an umlaut alone in a short word (`Schon`), any accent in a shorter one (`Ano`),
    an apostrophe that stands for letters (`we'll`), and an `s` behind a capitalised word or in `-ics` (`Williams`).
    """
    if one == other:
        return True
    one, other = (name.translate(_INVISIBLE).translate(_ONE_FORM) for name in (one, other))
    if (_APART.search(one) is None) != (_APART.search(other) is None):
        return False
    if len(_DOTTED.findall(one)) != len(_DOTTED.findall(other)) or _HYPHENED.findall(one) != _HYPHENED.findall(other):
        return False
    ours, theirs = (_WORDS.findall(composed(name)) for name in (one, other))
    if len(ours) != len(theirs):
        return True  # a blank or hyphen more: the keys are the same
    short = len(ours) == 1 and len(ours[0]) < _LONG
    if short and len(ours[0]) < _SHORT and not (ours[0] + theirs[0]).isascii() and ours != theirs:
        return bool(ours[0].casefold() == theirs[0].casefold())
    return all(_is_one_word(a, b, short) for a, b in zip(ours, theirs, strict=True))


def _is_one_word(one: str, other: str, short: bool) -> bool:
    """True if two words of one key are one word."""
    bare = [decomposed(word.replace("'", "").casefold()) for word in (one, other)]
    if short and bare[0].count("\u0308") != bare[1].count("\u0308"):
        return False
    plain = [_ACCENT.sub("", word) for word in bare]
    if plain[0] == plain[1] or "'" in one + other:
        return True
    plural, ending = max((one, other), key=len), max(plain, key=len)
    if ending.endswith("ics"):
        return False
    return plural[0].islower() or plural[:-1].isupper() or ending.endswith(_ES)


def _singular(word: str) -> str:
    if len(word) < _SHORT or word[-1] != "s" or not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def _singular_of(match: re.Match[str]) -> str:
    return _singular(match[0])


def _means(mark: str, before: str, after: str) -> bool:
    """True if a mark between two characters counts when names are compared."""
    if mark == "-" and after.isdecimal() and not before.isalnum():
        return True
    if mark in _AT_END:
        return not after.isalnum() and (before.isalnum() or before in f"{_AT_END}+*#")
    if mark == ".":
        return before.isspace() and after.isalnum()  # .NET
    return mark in _MEANING or unicodedata.category(mark)[0] not in "PZC"


@lru_cache(maxsize=65536)
def signs(name: str) -> str:
    """The signs of a name that are neither letters nor blanks and yet count: names that differ in it are different
    things.
    """
    return "".join(char for char in spelling_key(name) if not char.isalpha())


def slips(wanted: str, names: Iterable[str], most: int = _MOST) -> list[str]:
    """The names of which `wanted` is perhaps a slip of the pen, the nearest first.

    One word differs by one letter, or two in a long one, not by the first letter of it, nor by a beginning or ending
    that makes another word of it.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(
        wanted.casefold(), list(names), scorer=OSA.distance, processor=str.casefold, score_cutoff=_SLIPS, limit=most * 4
    )
    return [name for name, _, _ in near if _is_slip(wanted, name)][:most]


def _is_slip(wanted: str, name: str) -> bool:
    from rapidfuzz.distance import OSA

    if _has_other_marks(wanted, name):
        return False
    ours, theirs = _BETWEEN_WORDS.split(wanted), _BETWEEN_WORDS.split(name)
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=False) if a.casefold() != b.casefold()]
    if len(ours) != len(theirs) or len(pairs) != 1:
        return False
    (one, other), first = pairs[0], pairs[0][0][:1].casefold()
    if one.isupper() or other.isupper() or min(len(one), len(other)) < _SHORT - 1 or other[:1].casefold() != first:
        return False
    allowed = _SLIPS if min(len(one), len(other)) >= _LONG else 1
    is_near = OSA.distance(one.casefold(), other.casefold()) <= allowed
    return is_near and not _is_known_as_other(one.casefold(), other.casefold())


def is_other_word(one: str, other: str) -> bool:
    """True if two names have other digits or signs, or begin or end in ways that are known to mean different things."""
    return _has_other_marks(one, other) or _is_known_as_other(one.casefold(), other.casefold())


def _has_other_marks(one: str, other: str) -> bool:
    return numbers(one) != numbers(other) or signs(one) != signs(other)


def _is_known_as_other(one: str, other: str) -> bool:
    """True if two words begin or end in ways that are known to mean different things."""
    for a, b in ((one, other), (other, one)):
        if any(a.startswith(first) and b.startswith(second) for first, second in _OPPOSED):
            return True
    return any(
        one.endswith(endings) and other.endswith(endings) and _ending(one, endings) != _ending(other, endings)
        for endings in _ENDINGS
    )


def _ending(word: str, endings: tuple[str, ...]) -> str:
    """The longest of these endings that a word has, for some end with others."""
    return max((end for end in endings if word.endswith(end)), key=len)
