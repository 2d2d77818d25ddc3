"""Names of authors: whole, one person each, nobody who is not a person."""

import re

from notelint.core.lazy_regex import lazy_regex

_BY = lazy_regex(
    r"^\s*(?:written by|interview by|case contributed by|authored by|created by|published by|reviewed by|posted by|story by|words by|text by|article by|authors?|by|von|par|por|di|da|door|af|av|автор|作者|文|저자)\b\s*[:：]?\s*|^\s*[:：|•·–—-]\s*",  # noqa: E501
    re.I,
)
_AND = lazy_regex(r"\s+(?:and|und|et|y|e|og|och|en|и)\s+|\s*&\s*|\s*[;；、|]\s*", re.I)
_NEXT_ROLE = lazy_regex(
    r"\b(?:(?:medically |fact[- ]?|clinically )?(?:reviewed|checked|edited|updated|translated|photographed) by|photos? by)\b",  # noqa: E501
    re.I,
)
_AMPERSAND = lazy_regex(r"\s+(?:&|and|und|et|y|e|i|и)\s+", re.I)
_JOINS_NAMES = frozenset(("y", "e", "i", "и"))  # which also stand within a name: "Ortega y Gasset"
_TAG = lazy_regex(r"<[^<>]{0,300}>")
_HANDLE = lazy_regex(r"(?<=\w)[\s(]+@\w[\w.-]*\)?$")  # behind a name, in networks of others
_WEEKDAY = lazy_regex(r"(?<=\w)[,\s]+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*$", re.I)
_ROLE_BEHIND = lazy_regex(
    r"\s[–—-]\s[^–—]{2,60}\b(?:writers?|reporters?|editors?|correspondents?|contributors?)$", re.I
)
_REPORTER_BEHIND = lazy_regex(r"(?<=\S)\s*(?:기자|특파원|記者|记者|特派員)(?:\s.*)?$")
_MAIL = lazy_regex(r"\s*[<(\[]?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)\]]?\s*")
_ROLES = lazy_regex(r"\b(?:writers|editors|reporters|correspondents|contributors|authors|journalists)$", re.I)
_KEY = lazy_regex(
    r"[a-z_]{2,}(?:\.[a-z_]{2,}){2,}|[\w-]*[{}$%]{2}.*|\[[^\[\]]*\]|<[^<>]*>"
)  # a template's name that nobody filled in
_ADDRESS = lazy_regex(r"https?://|www\.|@\w+\.\w|\.(?:com|org|net)\b", re.I)
_NOBODY = lazy_regex(
    r"^(?:admin(?:istrator)?|editor(?:ial)?(?: (?:staff|team))?|staff|unknown|anonymous|guest|null|none|undefined|n/a|user(?: ?name)?|webmaster|"  # noqa: E501
    r"author|authors|the authors?|team|published|updated|share|follow|home|comments?|posted|date|"
    r"(?:first |last |full )?name|(?:mon|tues?|wednes|thurs?|fri|satur|sun|wed|sat)(?:day)?|view (?:all|profile).*)$",
    re.I,
)
_GIVEN = lazy_regex(r"^[^\W\d_][\w'’.\- ]*$")
_INITIALS = lazy_regex(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_SUFFIX = lazy_regex(
    r"^(?:Jr\.?|Sr\.?|I{2,3}|IV|Ph\.?D\.?|M\.?D\.?|M\.?S\.?c?\.?|M\.?A\.?|B\.?A\.?|B\.?S\.?c?\.?|R\.?[DN]\.?N?\.?|M\.?P\.?H\.?|D\.?O\.?|J\.?D\.?|M\.?B\.?A\.?|Esq\.?|C\.?P\.?A\.?|FAND|FACP|FRCR|LD|CFP®?|CPT|DPT|DDS|DVM|PharmD|[A-Z]{2,6}®?)$"
)
_WITH_ROLE = lazy_regex(r"([^\W\d_][^,;|]{2,40}), ([^,;|]{4,60})")  # "Doe, Editor and Writer" is one person
_IS_ROLE = lazy_regex(
    r"\b(?:expert|educator|editor|writer|professor|director|manager|author|specialist|engineer|dietitian|nutritionist|founder|"
    r"co-founder|ceo|cto|coach|physician|reporter|correspondent|contributor|analyst|consultant|trainer|therapist|nurse|"
    r"scientist|researcher|horticulturalist|journalist|columnist|counsel|attorney|advisor|adviser|teacher|lecturer|officer|"
    r"president|strategist|developer|designer|psychologist|pharmacist|staff|team)$",
    re.I,
)
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le el al bin ibn ben y e i af av zu med".split()
)
_LONGEST = 100
_LONGEST_WITH_MARKS = 600
_MOST_WORDS = 9


def clean(name: str) -> str:
    """A name without "By" and what a page puts around it; empty if it is nobody's."""
    if len(name) > _LONGEST_WITH_MARKS:
        return ""
    name = " ".join(_TAG.sub(" ", name).split()).replace(" ,", ",").strip(" ,;|•·–—-:")
    if (beside := _MAIL.sub(" ", name).strip()) != name and any(char.isalpha() for char in beside):
        name = beside.removeprefix("(").removesuffix(")")
    name = _HANDLE.sub("", _WEEKDAY.sub("", _ROLE_BEHIND.sub("", name.rstrip("*†‡"))))
    name = _REPORTER_BEHIND.sub("", name)
    halves = re.split(r"\s[–—-]\s", name)
    name = halves[0] if len(halves) == 2 and halves[0] == halves[1] else name  # a page that names somebody twice
    before = None
    while before != name:
        before, name = name, _BY.sub("", name).strip(" ,;|•·–—:")
    if (
        _KEY.fullmatch(name)
        or _ADDRESS.search(name)
        or _NOBODY.match(name)
        or len(name) > _LONGEST
        or len(name.split()) > _MOST_WORDS
    ):
        return ""
    return name if any(char.isalpha() for char in name) else ""


def split(text: str) -> list[str]:
    """The people that one text names: "A. B. Smith and C. Jones" are two, "Doe, John A." is one."""
    bare = _without_by(text)
    whole = " ".join(bare.split()).strip(" ,;|")
    if (match := _WITH_ROLE.fullmatch(whole)) is not None and _IS_ROLE.search(match[2]) is not None:
        return unique([whole])
    people: list[str] = []
    for part in _parted(bare):
        people += _at_commas(part.strip(" ,"), is_one=";" in text)
    return unique(people)


def _parted(text: str) -> list[str]:
    """A text at the words and signs that stand between names: not within "Ortega y Gasset" or "Heron & Sons"."""
    if len(words := text.split()) == 3 and _AMPERSAND.fullmatch(f" {words[1]} "):
        return [text]
    parts: list[str] = []
    start = 0
    for match in _AND.finditer(text):
        before = text[max(start, match.start() - _LONGEST) : match.start()]
        if match.group().strip().lower() in _JOINS_NAMES and _is_short(
            before, text[match.end() : match.end() + _LONGEST]
        ):
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _is_short(before: str, behind: str) -> bool:
    """True if a word like "y" does not stand between two whole names."""
    return len(before.rsplit(",", maxsplit=1)[-1].split()) < 2 or len(behind.split()) < 2


def _without_by(text: str) -> str:
    """A text without "By" before the people and without who else had a hand in it behind them."""
    bare = _BY.sub("", " ".join(text.split()))
    other = _NEXT_ROLE.search(bare)
    return bare if other is None else bare[: other.start()].rstrip().rstrip(".,;|•·–—-").rstrip()


def _at_commas(text: str, *, is_one: bool) -> list[str]:
    """The names between commas; `is_one` if other signs part the people, so that a comma is within a name."""
    pieces = [piece.strip() for piece in re.split(r"\s*[,，]\s*", text) if piece.strip()]
    if len(pieces) < 2:
        return [text]
    pieces = [piece for at, piece in enumerate(pieces) if not at or _ROLES.search(piece) is None]
    if len(pieces) < 2:
        return pieces
    if len(pieces) == 2 and (is_one or _is_inverted(pieces)):
        return [", ".join(pieces)]
    if (
        len(pieces) > 2
        and len(pieces) % 2 == 0
        and " " not in pieces[0]
        and all(_is_inverted(pieces[n : n + 2]) for n in range(0, len(pieces), 2))
    ):
        return [", ".join(pieces[n : n + 2]) for n in range(0, len(pieces), 2)]
    people: list[str] = []
    for piece in pieces:
        if people and _SUFFIX.match(piece.rstrip("*†‡ .")):
            people[-1] = f"{people[-1]}, {piece}"
        else:
            people.append(piece)
    return people


def _is_inverted(pair: list[str]) -> bool:
    """True if two pieces are a surname and given names: "Doe", "John A."."""
    surname, given = pair
    if _SUFFIX.match(given) and not _INITIALS.fullmatch(given):
        return False
    one_word = len(surname.split()) == 1 or surname.split()[0].islower()  # "van den Berg"
    return one_word and len(surname) > 2 and len(given.split()) <= 3 and _GIVEN.match(given) is not None


def unique(people: list[str]) -> list[str]:
    """Names cleaned, each once, whatever its capitals."""
    found: dict[str, str] = {}
    for person in map(clean, people):
        if person:
            found.setdefault(person.casefold(), person)
    return list(found.values())


def is_person(name: str) -> bool:
    """True if a text has the shape of a name: few words, none of them a number."""
    words = name.partition(",")[0].split()
    if not words or any(word[0].islower() for word in words[:1] + words[-1:]) or (len(words) == 1 and name.islower()):
        return False
    if any(word.islower() and word.isalpha() and word not in _PARTICLES for word in words[1:-1]):
        return False
    return 0 < len(words) <= 6 and not any(char.isdigit() for char in name) and not re.search(r"[!?/\\{}<>]", name)
