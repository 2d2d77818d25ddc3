"""Inline elements: quotation marks, links that lead somewhere, ruby, and no element without a meaning."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise import redirects
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
_PASSED_OVER = lazy_regex(r"[\t\n\r]|\A[\x00-\x20]+")  # by browsers, in the middle of a scheme too
_SCHEME = lazy_regex(r"([a-z][a-z0-9+.-]*):", re.I)
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
    "x-unseen",
)
_BOLD = lazy_regex(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ITALIC = lazy_regex(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_LONGEST_STYLE = 1000
_HIDDEN_BREAKS = lazy_regex("[\u00ad\u200b\u2060\ufeff]")


def normalise(body: "HtmlElement") -> None:
    """Leave inline elements that Markdown has a sign for; unwrap the rest."""
    for element in list(body.iter(*_SILENT)):
        drop(element)
    for part in body.iter("span"):
        if "ltx_bibblock" in part.get("class", ""):  # LaTeXML sets each on a line
            part.tail = f" {part.tail or ''}"
    for ruby in list(body.iter("ruby")):
        _ruby(ruby)
    for quote in list(body.iter("q")):
        quote.text = f"“{quote.text or ''}"
        append_text(quote, "”")
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element is body:
            continue
        if element.tag == "cite" and _heads_quotation(element):
            element.tag = "p"
        elif element.tag == "cite" and _is_reference(element):
            element.tag = "span"
        elif element.tag in ("span", "font") and element.get("style"):
            _of_style(element)
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
            if tag != "code" and element.getparent() is not None:
                _let_breaks_out(element)
            _inline(element)
        unwrap_marked(body)
    _soft_breaks(body)


def _heads_quotation(cite: "HtmlElement") -> bool:
    """True if a `<cite>` says who is quoted below it, as forums write: "Ada wrote: 3 May 2021"."""
    around = cite.getparent()
    is_first = is_blank(around.text) and cite.getprevious() is None
    quotes = (around, around.getparent())
    in_quotation = any(one is not None and one.tag == "blockquote" for one in quotes)
    return is_first and in_quotation and ":" in (cite.text_content() or "")


def _is_reference(cite: "HtmlElement") -> bool:
    """True if a `<cite>` is a whole reference and not the title of a work: it holds marks, or all of its paragraph."""
    around = cite.getparent()
    alone = (
        around.tag in ("li", "p", "dd", "td")
        and is_blank(around.text)
        and cite.getprevious() is None
        and cite.getnext() is None
        and is_blank(cite.tail)
    )
    return len(cite) > 0 or (alone and next(cite.iterancestors("blockquote"), None) is None)


def _of_style(element: "HtmlElement") -> None:
    """Mark what the style of an element makes bold or italic."""
    style = element.get("style", "")[:_LONGEST_STYLE]
    if _BOLD.search(style) is not None:
        element.tag = "strong"
    elif _ITALIC.search(style) is not None:
        element.tag = "em"


def _let_breaks_out(element: "HtmlElement") -> None:
    """Put a line break at the end of an emphasis behind it, where it breaks the line still."""
    while len(element) and element[-1].tag == "br" and is_blank(element[-1].tail):
        line_break = element[-1]
        line_break.tail = None
        tail, element.tail = element.tail, None
        element.addnext(line_break)
        line_break.tail = tail


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
    href = redirects.target(_PASSED_OVER.sub("", link.get("href", "")).strip())
    link.set("href", href)
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
