"""Paragraphs: every text in one, none in another, and no container that means nothing."""

from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import BLOCKS, is_blank, make, replace, unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTAINERS = frozenset(
    """address article aside body button center details dialog div fieldset figcaption figure footer form header hgroup
    legend main menu nav search section summary label""".split()
)
# Elements that may hold paragraphs beside each other.
_HOLD_BLOCKS = ("body", "li", "blockquote", "x-callout", "x-note")
_AROUND_FORMULAS = _CONTAINERS | {"blockquote", "x-callout"}  # in which a displayed formula is a paragraph


def normalise(body: "HtmlElement") -> None:
    """Wrap loose text in `<p>`, then unwrap containers: paragraphs, headings, lists and the like remain."""
    for formula in list(body.iter("x-math")):
        if formula.get("display") == "block" and formula.getparent().tag in _AROUND_FORMULAS:
            paragraph = make(formula, "p")
            replace(formula, paragraph)
            paragraph.append(formula)
    for element in [body, *body.iterdescendants()]:
        if element.tag in _CONTAINERS or element.tag in _HOLD_BLOCKS or element.tag in ("dd", "dt"):
            _wrap_loose(element)
    for paragraph in list(body.iter("p")):
        if any(inner.tag in BLOCKS or inner.tag in ("pre", "hr") for inner in paragraph.iterdescendants()):
            _wrap_loose(paragraph)
            paragraph.tag = "div"
    for element in list(body.iterdescendants()):
        if element.tag in _CONTAINERS or element.tag in ("dd", "dt"):
            unwrap(element)


def _wrap_loose(container: "HtmlElement") -> None:
    """Put each stretch of text and inline elements in a paragraph; an empty line (`<br><br>`) parts two."""
    loose_only = not any(_is_block(child) for child in container)
    tight = container.tag in ("li", "x-note", "dd", "dt") or not _has_empty_line(container)
    if loose_only and tight and container.tag not in ("body", *_CONTAINERS):
        if container.tag in ("blockquote", "x-callout"):
            _wrap(container, list(container), container.text)
        return
    stretch: list[HtmlElement] = []
    text, container.text = container.text, None
    for child in list(container):
        if _is_block(child):
            tail, child.tail = child.tail, None
            _before(container, child, stretch, text)
            stretch, text = [], tail
        else:
            stretch.append(child)
    _before(container, None, stretch, text)


def _has_empty_line(container: "HtmlElement") -> bool:
    return any(child.tag == "br" and _follows_break(child) for child in container)


def _follows_break(child: "HtmlElement") -> bool:
    before = child.getprevious()
    return before is not None and before.tag == "br" and is_blank(before.tail)


def _is_block(child: "HtmlElement") -> bool:
    if child.tag in BLOCKS or child.tag in ("pre", "hr"):
        return True
    return child.tag in ("a", "strong", "em", "del", "mark") and any(
        inner.tag in BLOCKS for inner in child.iterdescendants()
    )


def _before(
    container: "HtmlElement", block: "HtmlElement | None", stretch: "list[HtmlElement]", text: str | None
) -> None:
    """Put a stretch in paragraphs of its own before a block of the container, or at its end."""
    parts: list[tuple[str | None, list[HtmlElement]]] = [(text, [])]
    for child in stretch:
        if child.tag == "br" and parts[-1][1] and parts[-1][1][-1].tag == "br" and is_blank(parts[-1][1][-1].tail):
            tail = child.tail
            parts[-1][1].pop().drop_tree()
            child.tail = None
            child.drop_tree()
            parts.append((tail, []))
        else:
            parts[-1][1].append(child)
    for own, children in parts:
        if is_blank(own) and not children:
            continue
        if is_blank(own) and all(child.tag == "br" and is_blank(child.tail) for child in children):
            for child in children:
                child.drop_tree()
            continue
        paragraph = make(container, "p", own or "")
        for child in children:
            paragraph.append(child)
        if block is None:
            container.append(paragraph)
        else:
            block.addprevious(paragraph)


def _wrap(container: "HtmlElement", children: "list[HtmlElement]", text: str | None) -> None:
    paragraph = make(container, "p", text or "")
    container.text = None
    for child in children:
        paragraph.append(child)
    container.append(paragraph)
