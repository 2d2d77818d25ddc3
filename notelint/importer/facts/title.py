"""The title of an article, without the name of its site."""

import re

_PARTS = re.compile(r"\s+[|–—•·»«:/\\-]{1,2}\s+|\s*\|\s*|\s+::\s+")
_WORD = re.compile(r"\w+")
_SHARE = 0.5  # of the words of a statement that a heading has, which is the title then
_LONGEST_HEADING = 40  # words


def best(headings: list[str], said: list[str], site: str, domain: str) -> str:
    """The title among what the page's first headings and its head say.

    The heading that shares most words with a statement of the head is it, written as readers see it; else the first
    statement, without the site; else the only heading.
    """
    cleaned = [without_site(statement, site, domain) for statement in said if statement]
    known = _known(site, domain)
    candidates = [
        one for one in headings if one and not _names_site(one, *known) and len(one.split()) <= _LONGEST_HEADING
    ]
    best_share, found = 0.0, ""
    parts = [part for statement in cleaned for part in (statement, *_PARTS.split(statement))]
    for statement in parts:
        for heading in candidates:
            share = _likeness(heading, statement)
            if share > best_share:
                best_share, found = share, heading
    if best_share >= _SHARE or (found and not cleaned):
        return found
    return cleaned[0] if cleaned else (candidates or headings or [""])[0]


def _likeness(heading: str, statement: str) -> float:
    """The words that both have, as a share of the longer one."""
    one, other = _words(heading), _words(statement)
    return len(set(one) & set(other)) / max(len(set(one)), len(set(other)), 1)


def without_site(title: str, site: str, domain: str) -> str:
    """A title without parts, at its ends, that name the site."""
    known = _known(site, domain)
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


def _known(site: str, domain: str) -> tuple[set[str], set[str]]:
    host = domain.removeprefix("www.")
    names = {" ".join(_words(name)) for name in (site, host, host.partition(".")[0], host.rpartition(".")[0]) if name}
    return names, {name.replace(" ", "") for name in names}


def _names_site(part: str, known: set[str], squeezed: set[str]) -> bool:
    same = " ".join(_words(part))
    if not same:
        return False
    longer = any(name and same.startswith(f"{name} ") and len(same.split()) <= len(name.split()) + 3 for name in known)
    return same in known or same.replace(" ", "") in squeezed or longer


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
