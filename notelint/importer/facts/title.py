"""The title of an article, without the name of its site."""

import re

_PARTS = re.compile(r"\s+[|–—•·»«:/\\-]{1,2}\s+|\s*\|\s*|\s+::\s+| — ")


def best(headings: list[str], said: list[str], site: str, domain: str) -> str:
    """The title among what the page's first headings and its head say.

    A heading that a statement of the head begins with or holds is it; else the first statement, without the site.
    """
    for statement in said:
        for heading in headings:
            if heading and len(heading) > 2 and _same(heading) in _same(statement):
                return heading
    cleaned = [without_site(statement, site, domain) for statement in said if statement]
    if cleaned:
        return cleaned[0]
    return headings[0] if headings else ""


def without_site(title: str, site: str, domain: str) -> str:
    """A title without parts, at its ends, that name the site."""
    parts = _PARTS.split(title)
    if len(parts) < 2:
        return title.strip()
    known = {_same(name) for name in (site, domain.removeprefix("www."), domain.removeprefix("www.").partition(".")[0]) if name}
    squeezed = {name.replace(" ", "") for name in known}
    start, end = title, title
    separators = list(_PARTS.finditer(title))
    last = title[separators[-1].end() :]
    first = title[: separators[0].start()]
    if _names_site(last, known, squeezed):
        return without_site(title[: separators[-1].start()], site, domain)
    if _names_site(first, known, squeezed):
        return without_site(title[separators[0].end() :], site, domain)
    return (start or end).strip()


def _names_site(part: str, known: set[str], squeezed: set[str]) -> bool:
    same = _same(part)
    return bool(same) and (same in known or same.replace(" ", "") in squeezed or any(name and same.startswith(f"{name} ") and len(same.split()) <= 5 for name in known))


def _same(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
