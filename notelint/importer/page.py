"""A web page as a tree: parsed, without what no reader sees, no deeper than recursive readers can go."""

import re
from typing import TYPE_CHECKING

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.importer import custom_elements, doc_comments, glued, page_styles, post_texts, unseen
from notelint.importer.normalise.dom import append_text, drop, is_blank

if TYPE_CHECKING:
    from lxml.html import HtmlElement, HTMLParser

DEEPEST = 120  # levels of elements in one another; what lies deeper moves up, with all its words
_CONTROL = lazy_regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_NUMBER = (  # with or without the semicolon that browsers do not need
    r"&#(?:0*(?:1[1-9]|2\d|3[01]|[0-8]|6553[45])(?!\d)|"
    r"x0*(?:0?[0-8bce-f]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])(?![0-9a-f]));?"
)
_NUMERIC = lazy_regex(_NUMBER, re.I)
_JOINED = lazy_regex(rf"&(?=#?x?[0-9a-f]*+{_NUMBER})", re.I)  # what would be a number, once the next one is taken out
_MOST_ATTRIBUTES = 500  # of one element; the parser compares each with all before it
_ATTRIBUTE = r"[\s/]*+[^\s/<>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_MANY_ATTRIBUTES = lazy_regex(rf"(<[A-Za-z][^\s/<>]*+(?:{_ATTRIBUTE}){{{_MOST_ATTRIBUTES}}}+)(?:{_ATTRIBUTE})++")
_WORDS_OF_CONTENT = 40  # a <noscript> of so many words is the page for readers without scripts
_WORDS_OF_PAGE = 150  # and one of so many is it even if it asks for scripts
_ASKS_FOR_SCRIPTS = lazy_regex(r"javascript", re.I)
_NAME = lazy_regex(r"[A-Za-z_][\w.:-]*", re.A)
_DEEP = "too-deep"
_HEAD = frozenset("title meta link script style base basefont noscript template object bgsound".split())
_AMP = {
    "amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-audio": "audio", "amp-iframe": "iframe",
}  # fmt: skip
_OF_AMP_SITE = (  # what AMP has for advertising, consent and menus
    "amp-ad", "amp-sticky-ad", "amp-auto-ads", "amp-consent", "amp-user-notification", "amp-social-share",
    "amp-sidebar",
)  # fmt: skip
_WIDEST = 30  # columns or rows of one cell
_LONGEST_ROW = 500  # cells; the rest are rows of their own


def parse(text: str, name: str) -> "HtmlElement":
    """The tree of a page's HTML without comments, processing instructions and control characters.

    `<noscript>` counts where it holds the page for readers without scripts, and is dropped elsewhere. Raises
    `NotelintError` if the text holds no element; `name` is what the message calls the page.
    """
    from lxml import html
    from lxml.etree import ParserError

    parser = _parser()
    numbered = _JOINED.sub("&amp;", _CONTROL.sub("", text))
    cleaned = _MANY_ATTRIBUTES.sub(r"\1", _NUMERIC.sub("", numbered))
    try:
        tree = html.document_fromstring(cleaned.encode(), parser=parser)
    except (ValueError, ParserError) as error:
        raise NotelintError(f"{name} is not an HTML page") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise NotelintError(f"{name} has more elements in one another than can be read")
    for element in tree.iter():
        if isinstance(element.tag, str) and _NAME.fullmatch(element.tag) is None:
            element.tag = "span"  # `<td<b>`: no such name can be written again
    _begin_body(tree)
    _open_amp(tree)
    _flatten(tree)
    _empty_void(tree)
    _settle_quotations(tree)
    for picture in list(tree.iter("picture")):
        if next(picture.iter("img", "source"), None) is None or picture.text_content().strip():
            picture.tag = "span"  # no picture, whatever it is called: readers see its words
    _bound_spans(tree)
    _open_noscript(tree)
    _part_terms(tree)
    _lead_details(tree)
    _open_shadows(tree)
    custom_elements.settle(tree)
    doc_comments.settle(tree)
    post_texts.settle(tree)
    page_styles.settle(tree)
    glued.part(tree)
    return tree


def _open_shadows(tree: "HtmlElement") -> None:
    """Show what elements hold in a tree of their own."""
    for shadow in list(tree.iter("template")):
        if shadow.get("shadowrootmode") or shadow.get("shadowroot"):
            shadow.tag = "div"


def _parser() -> "HTMLParser":
    """A parser that makes all elements of one class: Python is not asked for that of each, as only forms need."""
    from lxml import html
    from lxml.etree import ElementDefaultClassLookup

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def body(tree: "HtmlElement") -> "HtmlElement":
    """The body of a page, or all of it, if it has none."""
    found = tree.find("body")
    return tree if found is None else found


def _begin_body(tree: "HtmlElement") -> None:
    """Move to the body what begins it without `<body>`: the parser leaves elements it does not know in the head."""
    head = tree.find("head")
    first = (
        None if head is None else next((one for one in head if isinstance(one.tag, str) and one.tag not in _HEAD), None)
    )
    if head is None or first is None:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        head.addnext(body)
    moved = [first, *first.itersiblings()]
    text, body.text = body.text, None
    for at, element in enumerate(moved):
        body.insert(at, element)
    moved[-1].tail = f"{moved[-1].tail or ''}{text or ''}"


def _open_amp(tree: "HtmlElement") -> None:
    """Name the elements of AMP as those of HTML that they stand for."""
    for element in list(tree.iter(*_AMP)):
        element.tag = _AMP[str(element.tag)]
        for inner in list(element.iter("noscript", "img")) if element.tag == "img" else ():
            if inner is not element and inner.getparent() is not None:
                inner.drop_tree()
    for element in list(tree.iter(*_OF_AMP_SITE)):
        element.tag = unseen.TAG
    for element in tree.iter("amp-youtube"):
        element.tag = "iframe"
        element.set("src", f"https://www.youtube.com/embed/{element.get('data-videoid', '')}")


def _flatten(tree: "HtmlElement") -> None:
    """Lift what lies deeper than `DEEPEST` levels, keeping its words apart."""
    from lxml import etree

    depth = 0
    deep = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > DEEPEST:
            deep.append(element)
    for element in deep:
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"
        element.tag = _DEEP
    if deep:
        etree.strip_tags(tree, _DEEP)


def _empty_void(tree: "HtmlElement") -> None:
    """Put behind elements that hold nothing what the parser, which does not know them as such, put into them."""
    for element in reversed(list(tree.iter("source", "track", "wbr"))):
        at = element
        if element.text:
            held, element.text = element.text, None
            element.tail = f"{held}{element.tail or ''}"
        for child in list(element):
            at.addnext(child)
            at = child


def _settle_quotations(tree: "HtmlElement") -> None:
    """Name what a program for forums quotes a quotation, and what it does not quote none."""
    for element in list(tree.iter("blockquote", "div")):
        names = element.get("class", "").split()
        if element.tag == "blockquote" and "postcontent" in names:
            element.tag = "div"
        elif element.tag == "div" and "bbcode_quote" in names:
            element.tag = "blockquote"


def _bound_spans(tree: "HtmlElement") -> None:
    """Bound how many columns and rows a cell may claim (readers of tables make as many), and the cells of a row."""
    for cell in tree.iter("td", "th"):
        for name in ("colspan", "rowspan"):
            said = cell.get(name, "").strip()
            if said.isdecimal() and (len(said) > 3 or int(said) > _WIDEST):
                cell.set(name, str(_WIDEST))
    for row in list(tree.iter("tr")):
        line = row
        for number, cell in enumerate(list(row)):
            if number and number % _LONGEST_ROW == 0:  # readers count the cells of a row again with each cell
                line.addnext(rest := line.makeelement("tr"))
                line = rest
            if number >= _LONGEST_ROW:
                line.append(cell)


def _part_terms(tree: "HtmlElement") -> None:
    """Put terms and meanings beside each other that the parser nested, as the end tags before them are missing."""
    for term in reversed(list(tree.iter("dt", "dd"))):
        last = term
        behind, term.tail = term.tail, None
        for child in list(term):
            if child.tag in ("dt", "dd"):
                tail, child.tail = child.tail, None
                last.addnext(child)
                last = child
                append_text(child, tail or "")
            elif last is not term:
                last.append(child)
        last.tail = behind


def _lead_details(tree: "HtmlElement") -> None:
    """Put the summary of details before the rest of them, as browsers show it wherever it stands."""
    for details in list(tree.iter("details")):
        summary = details.find("summary")
        if summary is not None and (details.index(summary) > 0 or not is_blank(details.text)):
            drop(summary)
            summary.tail, details.text = details.text, None
            details.insert(0, summary)


def _open_noscript(tree: "HtmlElement") -> None:
    for element in list(tree.iter("noscript")):
        words = element.text_content().split()
        asks = len(words) < _WORDS_OF_PAGE and _ASKS_FOR_SCRIPTS.search(" ".join(words[:40])) is not None
        if len(words) >= _WORDS_OF_CONTENT and not asks:
            element.tag = "div"
        else:
            _keep_lone_image(element)
            element.drop_tree()


def _keep_lone_image(element: "HtmlElement") -> None:
    """Put the image that a page has for readers without scripts in the place of the one that a script would load."""
    inside = element.findall(".//img[@src]")
    before = element.getprevious()
    if len(inside) != 1 or before is None:
        return
    late = before if before.tag == "img" else next(iter(before.iter("img")), None)
    if late is not None and not late.get("src", "").startswith(("http:", "https:", "/", ".")):
        late.set("src", inside[0].get("src"))
