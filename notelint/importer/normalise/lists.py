"""Lists: every child an item, numbers as the page shows them, tasks, and lists of terms."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise import bullets, task_states
from notelint.importer.normalise.dom import (
    BLOCKS,
    append_text,
    drop,
    holds_block,
    is_blank,
    make,
    move_into,
    text_of,
    unwrap,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LISTS = ("ul", "ol", "menu", "dir")
_LEVEL = lazy_regex(r"(?:^|\s)lst-(kix_\w+)-(\d)(?:\s|$)")  # of Google's documents
_SWITCH = lazy_regex(r"fold|collaps|expand|accordion|spoiler|menu|nav(?=$|[\s_-])", re.I)  # of what it shows
_LONG = 200  # characters of names
_OWN_NUMBER = lazy_regex(r"[\[(]?(\d{1,4})[.)\]]?")
_LARGEST = 999_999_999  # of a number that Markdown reads as one of a list


def normalise(body: "HtmlElement") -> None:
    """Bring lists to `<ul>` and `<ol>` of `<li>`; an item of an ordered list has its number in `number`."""
    bullets.normalise(body)
    for terms in list(body.iter("dl")):
        _terms(terms)
    for menu in list(body.iter("menu", "dir")):
        menu.tag = "ul"
    for items in list(body.iter(*_LISTS)):
        _items(items)
    for item in list(body.iter("li")):
        parent = item.getparent()
        if parent is not None and parent.tag not in _LISTS:
            _adopt(item)
    for items in list(body.iter("ul", "ol")):
        _join(items)
    for items in list(body.iter("ol")):
        _number(items)
    for box in list(body.iter("input")):
        _task(box)


def _items(items: "HtmlElement") -> None:
    """Make items of what stands directly in a list, in its order; a list right in a list goes to the item before."""
    loose: HtmlElement | None = None  # the item that text and inline elements beside each other share
    for piece in _taken_out(items):
        if isinstance(piece, str):
            if loose is not None:
                append_text(loose, piece)
            elif not is_blank(piece):
                loose = make(items, "li", piece)
                items.append(loose)
        elif piece.tag == "li":
            items.append(piece)
            loose = None
        elif piece.tag in _LISTS and len(items):
            items[-1].append(piece)
            loose = None
        elif piece.tag == "br":
            loose = None
        else:
            is_block = piece.tag in BLOCKS or holds_block(piece)
            if loose is None or is_block or (piece.tag == "a" and _holds_only_links(loose)):
                loose = make(items, "li")
                items.append(loose)
            loose.append(piece)
            loose = None if is_block else loose


def _taken_out(items: "HtmlElement") -> "list[HtmlElement | str]":
    """Empty a list; give its texts and children in order."""
    pieces: list[HtmlElement | str] = [items.text or ""]
    items.text = None
    for child in list(items):
        tail, child.tail = child.tail, None
        items.remove(child)
        pieces += [child, tail or ""]
    return pieces


def _holds_only_links(item: "HtmlElement") -> bool:
    """True if an item is links beside each other, which a crude list means as items."""
    return is_blank(item.text) and all(child.tag == "a" and is_blank(child.tail) for child in item)


def _adopt(item: "HtmlElement") -> None:
    """Items outside of any list make one, as many as stand beside each other."""
    before = item.getprevious()
    if before is not None and before.tag == "ul" and before.get("adopted") and is_blank(before.tail):
        home = before
    else:
        home = make(item, "ul", adopted="yes")
        item.addprevious(home)
    tail, item.tail = item.tail, None
    home.append(item)
    home.tail = tail


def signs(body: "HtmlElement") -> None:
    """Note the boxes to tick that are drawn by empty elements, while these are there."""
    for sign in list(body.iter("div", "span")):
        _sign_of_task(sign)
    task_states.note(body)


def _join(items: "HtmlElement") -> None:
    """Add a list to the one before it that it goes on with: some programs make a list of each item."""
    before = items.getprevious()
    if before is None or before.tag not in ("ul", "ol") or not is_blank(before.tail) or not len(before):
        return
    level, level_before = _LEVEL.search(items.get("class", "")), _LEVEL.search(before.get("class", ""))
    if level is not None and level_before is not None and level[1] == level_before[1]:
        if int(level[2]) > int(level_before[2]):
            before.tail, items.tail = items.tail, None
            before[-1].append(items)
            return
    elif level is not None or items.get("class") != before.get("class") or not items.get("class"):
        return
    first = _whole(items.get("start"), 1)
    said = before.get("last")  # counted once, however many lists follow each other
    last = int(said) if said and said.isdecimal() else _whole(before.get("start"), 1) + len(before) - 1
    if items.tag == before.tag and len(items) and (items.tag == "ul" or (first > 1 and first == last + 1)):
        before.set("last", str(last + len(items)))
        before.extend(list(items))
        before.tail = items.tail
        items.tail = None
        items.getparent().remove(items)


def _sign_of_task(sign: "HtmlElement") -> None:
    """An empty element at the start of an item that draws a box to tick."""
    names = sign.get("class", "").lower().split()
    item = sign.getparent()
    if "checkbox" not in names or item is None or item.tag != "li" or not is_blank(sign.text_content()):
        return
    if sign.getprevious() is None and is_blank(item.text) and not item.get("task"):
        item.set("task", "x" if "checkbox-on" in names or "checked" in names else " ")
        sign.tail = (sign.tail or "").lstrip()
        drop(sign)


def _number(items: "HtmlElement") -> None:
    children = [child for child in items if child.tag == "li"]
    backwards = items.get("reversed") is not None
    number = _whole(items.get("start"), len(children) if backwards else 1)
    for item in children:
        said = _whole(item.get("value"), number)
        if said != number and item is not children[0]:
            _split(items, item)
        number = said
        item.set("number", str(min(max(number, 0), _LARGEST)))
        number += -1 if backwards else 1
    bullets.without_own_numbers(items)


def _split(items: "HtmlElement", first: "HtmlElement") -> None:
    """Begin another list where the numbers jump: within one list Markdown counts on."""
    home = first.getparent()
    rest = make(items, "ol")
    rest.extend([first, *first.itersiblings()])
    rest.tail, home.tail = home.tail, None
    home.addnext(rest)


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.removeprefix("-").isdecimal() and len(text) <= 9 else otherwise


def _task(box: "HtmlElement") -> None:
    """A checkbox at the start of an item makes a task of it; any other is a control of the page."""
    item = next((outer for outer in box.iterancestors() if outer.tag == "li"), None)
    is_box = box.get("type", "").lower() == "checkbox" and _SWITCH.search(box.get("class", "")[:_LONG]) is None
    if item is not None and is_box and not item.get("task") and _is_first(box, item):
        item.set("task", "x" if box.get("checked") is not None else " ")
        if box.tail:
            box.tail = box.tail.lstrip()
    drop(box)


def _is_first(box: "HtmlElement", item: "HtmlElement") -> bool:
    at = box
    while at is not item:
        parent = at.getparent()
        if not is_blank(parent.text) or parent.index(at) != 0:
            return False
        at = parent
    return True


def _terms(terms: "HtmlElement") -> None:
    """A list of terms as a list of items: the term in bold, and what it means behind it or below it."""
    if terms.getparent() is None:
        return
    for group in list(terms.iterfind("div")):
        unwrap(group)
    if _are_numbers(terms):
        _numbered(terms)
        return
    if _is_named_code(terms):
        terms[0].tag, terms[1].tag, terms.tag = "p", "div", "div"
        return
    if not is_blank(terms.text):
        terms.addprevious(make(terms, "p", terms.text or ""))
        terms.text = None
    item: HtmlElement | None = None
    short = not any(holds_block(child) for child in terms if child.tag == "dd")
    for child in list(terms):
        tail, child.tail = child.tail, None
        if child.tag == "dt" or item is None:
            item = _term(child)
        elif short and child.tag == "dd":
            sign = "" if text_of(item).endswith((":", "：", "?", "？")) else ":"
            append_text(item, f"{sign} " if len(item) == 1 and is_blank(item[-1].tail) else "; ")
            child.tag = "span"
            item.append(child)
        else:
            child.tag = "div"
            item.append(child)
        if not is_blank(tail):
            append_text(item, f" {tail}")
    terms.tag = "ul"


def _are_numbers(terms: "HtmlElement") -> bool:
    """True if the terms are 1, 2, 3 and so on, each with one meaning: a list of references, written so."""
    children = list(terms)
    names, meanings = children[::2], children[1::2]
    return (
        len(names) == len(meanings) > 1
        and all(one.tag == "dt" and (match := _OWN_NUMBER.fullmatch(text_of(one))) is not None and int(match[1]) == at
                for at, one in enumerate(names, 1))
        and all(one.tag == "dd" for one in meanings)
        and all(is_blank(text) for text in (terms.text, *(one.tail for one in children)))
    )  # fmt: skip


def _is_named_code(terms: "HtmlElement") -> bool:
    """True if a list is one term and one meaning, which is a block of code: a file's name and what is in it."""
    if len(terms) != 2 or (terms[0].tag, terms[1].tag) != ("dt", "dd") or len(terms[1]) != 1:
        return False
    texts = (terms.text, terms[0].tail, terms[1].tail, terms[1].text, terms[1][0].tail)
    return terms[1][0].tag == "pre" and not holds_block(terms[0]) and all(is_blank(text) for text in texts)


def _numbered(terms: "HtmlElement") -> None:
    """Terms that are numbers as an ordered list of what they mean."""
    terms.tag = "ol"
    for child in list(terms):
        if child.tag == "dt":
            terms.remove(child)
        else:
            child.tag = "li"


def _term(child: "HtmlElement") -> "HtmlElement":
    """A term becomes an item that begins with it; a meaning without a term an item of its own."""
    if child.tag != "dt":
        child.tag = "li" if child.tag == "dd" else child.tag
        if child.tag != "li":
            wrapper = make(child, "li")
            child.getparent().replace(child, wrapper)
            wrapper.append(child)
            return wrapper
        return child
    if not holds_block(child):
        name = make(child, "strong", child.text or "")
        child.text = None
        move_into(name, list(child))
        child.append(name)
    child.tag = "li"
    return child
