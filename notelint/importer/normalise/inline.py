"""Inline elements: quotation marks, links that lead somewhere, ruby, and no element without a meaning."""

import re
from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import (
    BLOCKS,
    append_text,
    drop,
    give_way,
    is_blank,
    make,
    move_into,
    unwrap,
    unwrap_marked,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MEANING = frozenset("a img strong em code del mark sub sup kbd br x-math x-noteref x-note x-callout pre input".split())
_RENAMED = {
    "b": "strong",
    "i": "em",
    "s": "del",
    "strike": "del",
    "tt": "code",
    "samp": "code",
    "cite": "em",
    "dfn": "em",
    "var": "em",
}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_ALLOWED = ("http", "https", "mailto", "tel", "ftp", "doi", "obsidian")
_SILENT = (
    "script",
    "style",
    "link",
    "meta",
    "head",
    "title",
    "select",
    "textarea",
    "option",
    "datalist",
    "noscript",
    "param",
    "source",
    "track",
    "colgroup",
)
_HIDDEN_BREAKS = re.compile("[\u00ad\u200b\u2060\ufeff]")


def normalise(body: "HtmlElement") -> None:
    """Leave inline elements that Markdown has a sign for; unwrap the rest."""
    for element in list(body.iter(*_SILENT)):
        drop(element)
    for ruby in list(body.iter("ruby")):
        _ruby(ruby)
    for quote in list(body.iter("q")):
        quote.text = f"“{quote.text or ''}"
        append_text(quote, "”")
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element is body:
            continue
        if element.tag == "cite" and element.find(".//*") is not None:
            element.tag = "span"  # a whole reference, whose title is marked by itself
        element.tag = _RENAMED.get(element.tag, element.tag)
        if element.tag == "a":
            _link(element)
        elif element.tag == "wbr":
            drop(element)
        elif element.tag not in _MEANING and element.tag not in BLOCKS and element.tag != "hr":
            give_way(element)
    unwrap_marked(body)
    for link in list(body.iter("a")):
        if any(inner.tag in BLOCKS for inner in link.iterdescendants()):
            _move_inside(link)
    for tag in ("strong", "em", "del", "mark", "sub", "sup", "kbd", "code"):
        for element in list(body.iter(tag)):
            _inline(element)
        unwrap_marked(body)
    _soft_breaks(body)


def _soft_breaks(body: "HtmlElement") -> None:
    for element in body.iter():
        if element.tag == "pre":
            element.tail = _HIDDEN_BREAKS.sub("", element.tail) if element.tail else element.tail
            continue
        if element.text:
            element.text = _HIDDEN_BREAKS.sub("", element.text)
        if element.tail:
            element.tail = _HIDDEN_BREAKS.sub("", element.tail)


def _ruby(ruby: "HtmlElement") -> None:
    """A reading stands in brackets behind what it reads."""
    if ruby.find(".//rp") is None:
        for reading in ruby.iter("rt"):
            reading.text = f"({reading.text or ''}"
            append_text(reading, ")")


def _link(link: "HtmlElement") -> None:
    href = link.get("href", "").strip()
    scheme = _SCHEME.match(href)
    dead = not href or href == "#" or (scheme is not None and scheme[1].lower() not in _ALLOWED)
    if dead or href.startswith("#") or (is_blank(link.text_content()) and link.find(".//img") is None):
        give_way(link)


def _move_inside(link: "HtmlElement") -> None:
    """A link around blocks, which Markdown cannot write, becomes one within its first heading or paragraph."""
    href = link.get("href", "")
    inner = [part for part in link.iterdescendants() if part.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    inner += [part for part in link.iterdescendants() if part.tag in ("p", "div", "li")]
    leaf = next(
        (
            part
            for part in inner
            if not is_blank(part.text_content())
            and not any(one.tag in BLOCKS or one.tag == "a" for one in part.iterdescendants())
        ),
        None,
    )
    if leaf is not None:
        inside = make(link, "a", leaf.text or "", href=href)
        leaf.text = None
        move_into(inside, list(leaf))
        leaf.append(inside)
    unwrap(link)


def _inline(element: "HtmlElement") -> None:
    """An inline element around blocks gives way; one within its like, or in code, is one too many."""
    if element.getparent() is None:
        return
    around_block = any(inner.tag in BLOCKS or inner.tag == "hr" for inner in element.iterdescendants())
    repeated = any(outer.tag in (element.tag, "code") for outer in element.iterancestors())
    in_heading = element.tag == "strong" and any(
        outer.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for outer in element.iterancestors()
    )
    empty = is_blank(element.text_content()) and not len(element)
    if around_block or repeated or in_heading or empty:
        if empty and element.text:
            element.text = " "
        give_way(element)
