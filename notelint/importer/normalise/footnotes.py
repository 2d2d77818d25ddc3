"""Footnotes: a short link to a note of the page becomes `<x-noteref>`, the note itself `<x-note>`.

The forms differ (Pandoc, WordPress, MediaWiki, Substack, journals), the relation does not: a link of a number or a sign
leads to a place further down, whose text is the note, and which mostly leads back.
"""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise import around_notes, sidenotes
from notelint.importer.normalise.dom import append_text, classes, drop, is_blank, make, replace, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARK = lazy_regex(
    r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶]{1,3}|[a-zA-Z]{1,2}|[ivxlc]{1,6}|(?:note|fn|ref)\s*\d{1,3})\s*[\])]?\.?", re.I
)
_STOP = lazy_regex(r"^\s*[.:)\]]+\s+")
_NUMBER = lazy_regex(r"\d{1,4}")
_NOTE = lazy_regex(
    r"(?:^|[\s_:.#-])(?:foot|end|side)?-?(?:notes?|noteref|fn|fnref|cite|citation|ref|refs|references?|bib|bibr|easy-footnote|cit|rf|r|b|cr|ftn|sdfootnote)\d*(?:$|[\s_:.-]|\d)",
    re.I,
)
_BACK_TEXT = lazy_regex(
    r"[\s\ufe0e\ufe0f]*(?:[↩↑^⤴⏎⇑«↵⬆]|\[?(?:back|return|jump up|jump to text|zurück|retour|go to)[\w\s]{0,30}\]?|\^)[\s\ufe0e\ufe0f\]]*",  # noqa: E501
    re.I,
)
_BACK_LINKS = (
    "mw-cite-backlink",
    "footnote-backref",
    "footnote-back",
    "data-footnote-backref",
    "footnote_backlink",
    "reversefootnote",
    "backrefs",
)
_SHELLS = ("sup", "span", "b", "i", "small", "em", "strong")  # that hold nothing but a reference
_MOST_WORDS = 600  # of a note


def normalise(body: "HtmlElement", address: str | None) -> None:
    """Pair links and notes; what has no partner stays as it is."""
    sidenotes.normalise(body)
    found = pairs(body, address)
    labels = _labels(found)
    backs = {id for links in found.values() for link in links for id in _ids_around(link)}
    for home, links in found.items():
        for link in links:
            _refer(link, labels[home])
        _note(home, labels[home], backs, address)
    around_notes.gather_references(body)


def pairs(body: "HtmlElement", address: str | None) -> "dict[HtmlElement, list[HtmlElement]]":
    """The notes of a page, each with the links that refer to it. The tree stays as it is."""
    targets = _targets(body)
    leading: list[tuple[HtmlElement, HtmlElement]] = []  # links with the note that each leads to
    for link in list(body.iter("a")):
        target = targets.get(_fragment(link, address))
        home = None if target is None or not _MARK.fullmatch(text_of(link)) else _home(target)
        if home is not None and (_is_reference(link) or _leads_back(home, link, address)):
            leading.append((link, home))
    order = {element: number for number, element in enumerate(body.iter())} if leading else {}
    found: dict[HtmlElement, list[HtmlElement]] = {}
    for link, home in leading:
        if link not in set(home.iter("a")) and order[home] > order[link] and not _holds_much(home):
            found.setdefault(home, []).append(link)
    homes = set(found)
    return {home: links for home, links in found.items() if not any(outer in homes for outer in home.iterancestors())}


def _targets(body: "HtmlElement") -> "dict[str, HtmlElement]":
    found: dict[str, HtmlElement] = {}
    for element in body.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def _fragment(link: "HtmlElement", address: str | None) -> str:
    href = link.get("href", "").strip()
    page, sign, fragment = href.partition("#")
    if not sign or not fragment or (page and page != (address or "").partition("#")[0]):
        return ""
    return unquote(fragment)


def _is_reference(link: "HtmlElement") -> bool:
    """True if a link is a reference to a note: a number or a sign, raised, in brackets, or named so."""
    text = text_of(link)
    if not _MARK.fullmatch(text):
        return False
    raised = link.find(".//sup") is not None or any(outer.tag == "sup" for outer in list(link.iterancestors())[:3])
    bracketed = text[0] in "[(" or _stands_in_brackets(link)
    names = list(
        _NOTE.finditer(
            f"{link.get('class', '')} {link.get('id', '')} {link.get('href', '')} {link.get('role', '')} {link.get('rel', '')} {link.get('epub:type', '')}"  # noqa: E501
        )
    )
    return (
        raised
        or any(bool(_NUMBER.search(text)) or "note" in named[0].lower() for named in names)
        or (bracketed and bool(_NUMBER.search(text)))
    )


def _leads_back(home: "HtmlElement", link: "HtmlElement", address: str | None) -> bool:
    """Whether a note holds a link to the link that led to it."""
    own = _ids_around(link)
    return any(_fragment(back, address) in own for back in home.iter("a")) if own else False


def _stands_in_brackets(link: "HtmlElement") -> bool:
    before = link.getprevious()
    text = (before.tail if before is not None else link.getparent().text) or ""
    return text.endswith(("[", "(")) and (link.tail or "").startswith(("]", ")"))


def _home(target: "HtmlElement") -> "HtmlElement | None":
    """The element that holds the whole note whose place is named."""
    at: HtmlElement | None = target
    while at is not None:
        if at.tag in sidenotes.HOMES and not _is_only_mark(at):
            return at
        at = at.getparent()
        if at is not None and at.tag in ("body", "article", "main", "ol", "ul", "table", "tbody", "dl"):
            return None
    return None


def _is_only_mark(element: "HtmlElement") -> bool:
    text = text_of(element)
    return not text or _MARK.fullmatch(text) is not None


def _holds_much(home: "HtmlElement") -> bool:
    return (
        len(home.text_content().split()) > _MOST_WORDS
        or home.find(".//h1") is not None
        or home.find(".//h2") is not None
    )


def _labels(found: "dict[HtmlElement, list[HtmlElement]]") -> "dict[HtmlElement, str]":
    """The number that the page shows, where it is one and no other note's; else the next that is free."""
    shown = {}
    for home, links in found.items():
        match = _NUMBER.search(text_of(links[0]))
        shown[home] = match[0].lstrip("0") or "0" if match is not None else ""
    taken: set[str] = set()
    labels = {}
    for home, label in shown.items():
        if label and label not in taken:
            labels[home] = label
            taken.add(label)
    numbers = (str(number) for number in range(1, len(found) * 2 + 2))
    free = iter([number for number in numbers if number not in taken])
    return {home: labels.get(home) or next(free) for home in found}


def _ids_around(link: "HtmlElement") -> list[str]:
    near = (link, *list(link.iterancestors())[:2], *link.iterdescendants(), link.getprevious(), link.getnext())
    return [name for one in near if one is not None for name in (one.get("id"), one.get("name")) if name]


def _refer(link: "HtmlElement", label: str) -> None:
    """Put the reference in the link's place, out of the raised and bracketed around it."""
    place = link
    while True:
        parent = place.getparent()
        if parent is None or parent.tag not in _SHELLS:
            break
        if _bare(parent) != _bare(place):
            break
        place = parent
    mark = make(link, "x-noteref", label)
    before = place.getprevious()
    text = (before.tail if before is not None else place.getparent().text) or ""
    tail = place.tail or ""
    if text.endswith(("[", "(")) and tail.startswith(("]", ")")):
        if before is not None:
            before.tail = text[:-1]
        else:
            place.getparent().text = text[:-1]
        place.tail = tail[1:]
    replace(place, mark)


def _note(home: "HtmlElement", label: str, backs: set[str], address: str | None) -> None:
    """Make a note of what stands at a named place, without its links back and its own number."""
    for part in list(home.iterdescendants()):
        if home not in part.iterancestors():
            continue  # what it was in has been taken out
        if any(name in _BACK_LINKS for name in classes(part)):
            drop(part)
        elif part.tag == "a":
            back = _fragment(part, address) in backs and len(text_of(part)) <= 40
            if back or _BACK_TEXT.fullmatch(text_of(part)):
                _drop_with_shell(part, home)
    _drop_number(home, label)
    if home.tag == "tr":
        for cell in list(home):
            cell.tag = "span"
            cell.tail = " "
    kept = home.tail
    home.tag = "x-note"
    home.attrib.clear()
    home.set("label", label)
    home.tail = kept
    _lift(home)


def _drop_with_shell(part: "HtmlElement", home: "HtmlElement") -> None:
    """Take a link out, and the raised or bold element that held nothing else but its brackets."""
    parent = part.getparent()
    while parent is not home and parent.tag in _SHELLS and _bare(parent) == _bare(part):
        part, parent = parent, parent.getparent()
    drop(part)


def _bare(mark: "HtmlElement") -> str:
    return text_of(mark).strip("[]() ")


def _drop_number(home: "HtmlElement", label: str) -> None:
    """Take the note's own number off its start: "1. Writer A." or "[1] Writer A."."""
    if home.tag == "li" and not is_blank(home.text):
        return
    _drop_stop(home)
    start = re.compile(rf"\s*[\[(]?\s*{re.escape(label)}\s*[\]).:]?(?=\s|$)\s*")
    at: HtmlElement | None = home
    while at is not None:
        if not is_blank(at.text):
            match = start.match(at.text or "")
            if match is not None:
                at.text = (at.text or "")[match.end() :]
            return
        first = at[0] if len(at) else None
        if first is not None and text_of(first).strip("[]().: ") == label:
            tail = first.tail
            drop(first)
            if tail:
                at.text = (at.text or "").lstrip(" .:)]\u00a0\n")
            return
        if first is None or is_blank(first.text_content()):
            return
        at = first


def _lift(note: "HtmlElement") -> None:
    """Take a note out of the list or the table it stood in; what stands before and behind it stays in two halves."""
    parent = note.getparent()
    while parent is not None and parent.tag in ("ol", "ul", "tbody", "thead", "table", "dl"):
        rest = make(parent, str(parent.tag), **{str(k): str(v) for k, v in parent.attrib.items()})
        following = list(note.itersiblings())
        if parent.tag == "ol":
            first = next((one.get("number") for one in following if one.get("number")), None)
            if first:
                rest.set("start", first)
        rest.extend(following)
        tail, parent.tail = parent.tail, None
        parent.addnext(note)
        stray, note.tail = note.tail, None
        if len(rest):
            note.addnext(rest)
            rest.tail = tail
        else:
            note.tail = tail
        if not is_blank(stray):
            append_text(note, f" {stray}")
        if not len(parent) and is_blank(parent.text):
            drop(parent)
        parent = note.getparent()


def _drop_stop(home: "HtmlElement") -> None:
    """Take off a note's start what stood behind its number, which was a link back."""
    at: HtmlElement | None = home
    while at is not None and is_blank(at.text) and len(at):
        at = at[0]
    if at is not None and at.text:
        at.text = _STOP.sub("", at.text)
