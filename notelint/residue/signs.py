"""Signs of what a unit is: a sign of a website, something that somebody wrote, a fact of science."""

import re
from functools import lru_cache

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.knowledge import anywhere, either, general
from notelint.residue.page import PARAGRAPH
from notelint.residue.units import Unit

_WHOLE = 7  # words of a sentence that begins like a cue, at least
_AT_LENGTH = 320  # characters, for each of which more is to be said about the website
_SLOGAN = 20  # words at most
_SENTENCE = 4  # words of a sentence at least
_VISITOR = lazy_regex(r"\b(?:you|your|we|our|us)\b", re.I)
_SITE_WORDS = (
    r"web ?sites?|sites?|pages?|browsers?|cookies?|privacy|terms|newsletters?|e-?mails?|subscri\w+|accounts?|sign|"
    r"log|click\w*|download\w*|links?|advert\w*|ads?|inbox|content|notifications?|register\w*|comments?|passwords?|"
    r"donat\w+|readers?|moderat\w+|abusive|profan\w+|spam\w*|"
    r"story|stories|articles?|visit\w*|policy|licen[cs]e\w*|copyright|display\w*|media|brands?|trademarks?|reproduc\w+"
)
# Each word's first letter comes first, and what must not stand before it after that: a literal is found fast.
_SITE = lazy_regex("|".join(rf"{word[0]}(?<!\w\w){word[1:]}\b" for word in _SITE_WORDS.split("|")))
_OF_A_SITE = lazy_regex(r"\b(?:cookies?|rights reserved|copyright|e-?mail|published|comments?)\b", re.I)
_JOINED = 120  # characters of labels that are joined at most
_JOINT = lazy_regex(r" ?[·|∙•‧] ?|(?<=[a-zé]{2})(?=[A-Z][a-zé])")
_JOINTS = " ·|∙•‧"
_SECTION = lazy_regex(r"(?:https?://[^/?#]+)?(?:/[a-z]{2}(?:-[a-z]{2})?)?(?:/[a-z-]{1,24})?/?", re.I)
_REFERENCE = lazy_regex(r"\b(?:doi|PMID|ISBN|et al)\b|\b(?:19|20)\d\d;\d|^\[?\d{1,3}[.\])]\s", re.I)
_CITATION = lazy_regex(r"\b(?:doi|PMID|ISBN|et al)\b", re.I)
_LICENCE = lazy_regex(
    r"\b(?:CC[ -](?:BY|0)\b|creative commons|open[- ]access (?:article|publication)|the authors?\b)|"
    r"creativecommons\.org",
    re.I,
)
_MEASURE = lazy_regex(r"\d ?(?:mm|cm|mg|ml|mL|g|kg|%|µg|mcg|mSv|Gy|HU|Hz|T)\b")


def is_sign(unit: Unit) -> bool:
    """True if a unit is what sites consist of: a link to a website, a cue, a mark, an icon."""
    return unit.is_link or unit.is_mark or is_cue(unit)


def is_cue(unit: Unit) -> bool:
    """True if a unit is a line that websites are full of, though it may mean something elsewhere."""
    if unit.words > PARAGRAPH * 12 or not (unit.known or is_joined(unit.text)) or is_sentence(unit):
        return False
    cues = either(general().cues)
    return cues.fits(unit.text) or all(map(cues.fits, parts(unit.text)))


def is_last_section(unit: Unit) -> bool:
    """True if a unit is a title at the end of an article that belongs to it."""
    return unit.known and either(general().sections).fits(unit.text)


def parts(text: str) -> list[str]:
    """A line cut into the labels that a scraper joined: "SubscribeSign in", "Privacy · Terms". Mostly one."""
    return [part for part in _JOINT.split(text) if part] if is_joined(text) else [text]


@lru_cache(maxsize=4096)
def is_joined(text: str) -> bool:
    """True if a line consists of labels that a scraper joined."""
    return len(text) <= _JOINED and text.strip(_JOINTS) != "" and _JOINT.search(text) is not None


def is_sentence(unit: Unit) -> bool:
    """True if a unit is a whole sentence that is not about the website, however it begins."""
    if unit.words < _WHOLE or not unit.text.endswith(".") or "©" in unit.text:
        return False
    return not speaks_of_site(unit.text)


@lru_cache(maxsize=4096)
def speaks_of_site(text: str) -> bool:
    """True if a sentence names what only websites speak of, or is about the website."""
    return _OF_A_SITE.search(text) is not None or is_about_site(text)


def is_chrome(unit: Unit) -> bool:
    """True if a unit is a link that leads about the site."""
    return unit.is_link and any(_leads_about_site(target) for _, target in unit.links)


@lru_cache(maxsize=4096)
def _leads_about_site(target: str) -> bool:
    return anywhere(general().targets).search(target) is not None


def is_written(unit: Unit, sentences: bool) -> bool:
    """True if somebody wrote this as part of an article: prose, a reference, a measurement; or it must stay.

    A short sentence is prose too where `sentences` count: behind the article, its last words may stand.
    """
    if unit.kept:
        return True
    if is_sign(unit):
        return False
    if has_fact_of_science(unit.text):
        return True
    sentence = sentences and unit.words >= _SENTENCE and unit.text.endswith((".", "!", "?", "。", "！", "？"))
    return (sentence or unit.words >= PARAGRAPH) and not is_about_site(unit.text)


@lru_cache(maxsize=4096)
def has_fact_of_science(text: str) -> bool:
    """True if a text holds what no website writes about itself: a reference, a measurement, a dose."""
    return _REFERENCE.search(text) is not None or _MEASURE.search(text) is not None


def has_measure(text: str) -> bool:
    """True if a text holds a measurement or a dose."""
    return _MEASURE.search(text) is not None


def is_licence(text: str) -> bool:
    """True if a line says who holds the rights in the article, or under which licence it may be used."""
    return _LICENCE.search(text) is not None and (
        "©" in text or re.search(r"(?i)licen[cs]e|copyright|CC", text) is not None
    )


def has_citation(text: str) -> bool:
    """True if a text is part of a reference, or holds a measurement: what is never guessed away."""
    return _CITATION.search(text) is not None or _MEASURE.search(text) is not None


@lru_cache(maxsize=4096)
def is_about_site(text: str) -> bool:
    """True if a sentence speaks to a website's visitors, about the website."""
    said = {match.group() for match in _SITE.finditer(text.lower())}
    return len(said) >= (2 if _VISITOR.search(text) else 3) + len(text) // _AT_LENGTH


def is_root(unit: Unit) -> bool:
    """True if a unit is a link to a website's front page, or to one of its sections: an address of one short word."""
    return unit.is_link and all(_SECTION.fullmatch(target) for _, target in unit.links)


def is_known_root(unit: Unit) -> bool:
    """True if a unit is a link to a section that many websites have: other short addresses prove nothing."""
    return unit.known and is_root(unit)


def leads_within(unit: Unit) -> bool:
    """True if a unit's links lead to parts of a page that have names, as the entries of a table of contents do."""
    if not unit.links or is_chrome(unit):
        return False
    return all(target.partition("#")[2] for _, target in unit.links)


def is_to_visitors(unit: Unit) -> bool:
    """True if a unit is a short sentence that speaks to readers: a slogan, or the end of an article."""
    return unit.words <= _SLOGAN and _VISITOR.search(unit.text) is not None and not has_fact_of_science(unit.text)
