"""The title of an article, without the name of its site."""

import re
from collections.abc import Iterable

from notelint.core.lazy_regex import lazy_regex

_PARTS = lazy_regex(r"\s+[|–—•·»«:/\\-]{1,2}\s+|\s*\|\s*|\s+::\s+")
_IN_BRACKETS = lazy_regex(r"\s+[\[(]([^\[\]()]{2,60})[\])]\s*$")
_NAME_OF_PAGE = lazy_regex(r"[a-z0-9]+(?:[:/_.-]+[a-z0-9]+)+", re.A)  # by which a wiki keeps it: "guide:heating"
_LABEL = lazy_regex(
    r"(?:thema|thread|topic|subject|betreff|тема|sujet|tema|onderwerp|temat|argomento|主题|主題|標題)\s?[:：]\s+", re.I
)
_OWN_NUMBER = lazy_regex(r"^(?:\d{1,3}\.)*\d{1,3}\.?\s+|^[A-Z](?:\.\d{1,3})+\s+")  # of a chapter: "3.2 "
_SIGN_BEFORE_SITE = lazy_regex(r"\s*[:：|｜_–—-]\s*$")
_ENDS_OPEN = lazy_regex(r"\s+(?:[|–—•·»«:/\\-]{1,2})$")
_WORD = lazy_regex(r"\w+")
_SHARE = 0.5  # of the words of a statement that a heading has, which is the title then
_LONGEST_TITLES = 2000  # characters of two titles that are compared
_LONGEST_HEADING = 40  # words
_MOST_STATEMENTS = 50  # of a title, that count
_RELATED = 0.25  # of the words of two titles are the same where both are of one article
_CUT_AT = 60  # characters: so long a statement may have been cut to fit
_FEW_MORE = 3  # words
_QUOTES = str.maketrans("’‘ʼ“”„", "'''\"\"\"")


def of_first_lines(title: str, lines: Iterable[str]) -> str:
    """A title without the parts behind those that a line of the page says: "Pumps | The Club" if one is "Pumps"."""
    if len(title) > _LONGEST_TITLES:
        return title
    said = set(lines)
    starts = [title[: match.start()] for match in _PARTS.finditer(title)]
    return next((one for one in reversed(starts) if one in said and len(_words(one)) >= _FEW_MORE), title)


def is_of_site_alone(statement: str) -> bool:
    """True if a statement ends with a sign behind which the title should stand: "Heron Manual --"."""
    return _ENDS_OPEN.search(statement) is not None


def best(headings: list[str], said: list[str], site: str, domain: str) -> str:
    """The title among what the page's first headings and its head say.

    The heading that shares most words with a statement of the head is it, written as readers see it, or as the head
    says it where that only says more; else the first statement, without the site; else the only heading.
    """
    cleaned = _whole([without_site(statement, site, domain) for statement in said if statement])
    known = _known(site, domain)
    named = {one for one in said if _PARTS.search(one) is None}  # a page whose title begins with the site's name
    candidates = [
        one for one in headings
        if one and (one in named or not _names_site(one, *known)) and len(one.split()) <= _LONGEST_HEADING
    ]  # fmt: skip
    best_share, found = 0.0, ""
    parts = [
        part for statement in cleaned for part in (statement, *_PARTS.split(statement), *_before_brackets(statement))
    ]
    for statement in parts:
        for heading in candidates:
            share = _likeness(heading, statement)
            if share > best_share:
                best_share, found = share, heading
    begun = next((one for one in candidates if not one.isascii() and any(_begins(part, one) for part in cleaned)), "")
    if begun:
        return begun
    if best_share >= _SHARE or (found and not cleaned):
        bare = without_site(_without_label(found, parts), site, domain)
        shorter = next((one for one in cleaned if bare != found and _PARTS.split(bare)[0] == one), bare)
        return _spelt(_fuller(shorter, cleaned), cleaned)
    if cleaned and len(candidates) == 1 and _NAME_OF_PAGE.fullmatch(cleaned[0]) is not None:
        return candidates[0]
    return cleaned[0] if cleaned else (candidates or headings or [""])[0]


def _without_label(heading: str, parts: list[str]) -> str:
    """A heading of a thread without the word that says so: "Topic: Ponds" where the head says "Ponds"."""
    label = _LABEL.match(heading)
    return heading[label.end() :] if label is not None and heading[label.end() :] in parts else heading


def _before_brackets(statement: str) -> list[str]:
    """What stands before the brackets that a statement ends with: "Valve (Pumps (version 7))"."""
    start, sign, behind = statement.partition(" (")
    return [start] if sign and behind.endswith(")") and start else []


def _begins(statement: str, heading: str) -> bool:
    """True if a statement is a heading and, behind a sign without blanks, something else: "脾脏_百科"."""
    return statement.startswith(heading) and statement[len(heading) : len(heading) + 1] in tuple("_-–—|｜·-（(")


def another(title: str, said: list[str], site: str, domain: str) -> str:
    """Another title that the head gives the article, in words of its own; empty if it gives none.

    `title` is the one that was found, `said` what the head says. A statement that only adds to the title, or leaves
    something of it out, is not another title.
    """
    own = _words(title)
    short = (one for one in said if len(one) + len(title) <= _LONGEST_TITLES)
    for statement in _whole([without_site(one, site, domain) for one in short if one]):
        part = max(_PARTS.split(statement), key=lambda part: _likeness(title, part))
        words = _words(part)
        if len(words) < _FEW_MORE or len(own) < _FEW_MORE or _likeness(title, part) < _RELATED:
            continue
        if not (_is_within(words, own) or _is_within(own, words)):
            return " ".join(part.split())
    return ""


def _is_within(words: list[str], others: list[str]) -> bool:
    """True if the words stand in a row among the others."""
    return f" {' '.join(words)} " in f" {' '.join(others)} "


def below_name(title: str, below: list[str], headings: list[str], in_head: list[str]) -> str:
    """A title, or the heading below the first that `<title>` begins with, if no first heading says as much.

    So it is where the page's first heading names the site, or greets its readers. `below` are headings of lower levels,
    `headings` those of the first.
    """
    for statement in in_head:
        first, *rest = _PARTS.split(statement)
        is_last = bool(rest) and title.casefold() == rest[-1].casefold()
        if rest and first in below and (is_last or title not in headings):
            return first
        own = _words(first)
        if is_last and len(own) >= _FEW_MORE and any(_is_within(own, _words(one)) for one in below):
            return first  # "Re: Pumps and valves", "Topic: Pumps and valves (read 3 times)"
        start = statement.partition(" (")[0]
        if title == statement != start and any(start == _OWN_NUMBER.sub("", one) for one in below):
            return start
    return title


def _whole(statements: list[str]) -> list[str]:
    """Statements, where one is cut short the longer one that begins alike."""
    found = []
    statements = statements[:_MOST_STATEMENTS]
    for one in statements:
        start = one.rstrip(" .…")
        is_cut = one != start and one.endswith(("…", "..."))
        longer = [
            other for other in statements
            if other.startswith(start) and len(other) > len(one) and (is_cut or len(one) >= _CUT_AT)
        ]  # fmt: skip
        found.append(max(longer, key=len) if longer else one)
    return found


def _fuller(heading: str, statements: list[str]) -> str:
    """A heading, or what the head says if that is the heading and a few words before or behind it."""
    own = _words(heading)
    for statement in statements:
        words = _words(statement)
        longer = (part for part in _PARTS.split(statement) if heading.endswith((":", "：")) and part != heading)
        if own and (whole := next((part for part in longer if _is_within(own, _words(part))), "")):
            return whole  # the heading goes on in another
        is_longer = 0 < len(words) - len(own) <= _FEW_MORE and len(own) >= _FEW_MORE
        if is_longer and _PARTS.search(statement) is None and own in (words[: len(own)], words[-len(own) :]):
            return statement
    return heading


def _spelt(title: str, statements: list[str]) -> str:
    """A title with the quotation marks and blanks of the head's first statement that is the same but for them."""
    same = _plain(title)
    return next((one for one in statements if _plain(one) == same), title)


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())


def _likeness(heading: str, statement: str) -> float:
    """The words that both have, as a share of the longer one."""
    one, other = _words(heading), _words(statement)
    return len(set(one) & set(other)) / max(len(set(one)), len(set(other)), 1)


def without_site(title: str, site: str, domain: str) -> str:
    """A title without parts, at its ends, that name the site."""
    known = _known(site, domain)
    if (behind := _IN_BRACKETS.search(title)) is not None and _names_site(behind[1], *known):
        title = title[: behind.start()]
    if site and title.endswith(site) and (sign := _SIGN_BEFORE_SITE.search(title, 0, len(title) - len(site))):
        title = title[: sign.start()] or title  # scripts without blanks have none around the sign
    start, colon, rest = title.partition(": ")
    if colon and rest and " ".join(_words(start)) == " ".join(_words(site)) != "":
        return without_site(rest, site, domain)
    while True:
        separators = list(_PARTS.finditer(title))
        if not separators:
            return title.strip()
        if _names_site(title[separators[-1].end() :], *known):
            title = title[: separators[-1].start()]
        elif _names_site(title[: separators[0].start()], *known):
            title = title[separators[0].end() :]
        else:
            return title.strip()


def names_site(text: str, site: str, domain: str) -> bool:
    """True if a text is the name of the site, by what it calls itself or by its host."""
    return _names_site(text, *_known(site, domain))


def _known(site: str, domain: str) -> tuple[set[str], set[str]]:
    host = domain.removeprefix("www.")
    owned = ".".join(host.split(".")[-2:])  # without the part of the site: forums.example.org
    said = (site, host, host.partition(".")[0], host.rpartition(".")[0], owned, owned.partition(".")[0])
    names = {" ".join(_words(name)) for name in said if len(name) > 2}
    return names, {name.replace(" ", "") for name in names}


def _names_site(part: str, known: set[str], squeezed: set[str]) -> bool:
    same = " ".join(_words(part))
    if not same:
        return False
    longer = any(name and same.startswith(f"{name} ") and len(same.split()) <= len(name.split()) + 3 for name in known)
    return same in known or same.replace(" ", "") in squeezed or longer


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
