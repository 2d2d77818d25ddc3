"""What is left around footnotes: rules above them, the sections that held them, the marks around their references."""

from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import classes, drop, is_blank, unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BETWEEN = " ,;\u2009\u00a0\n[]()"  # references that stand beside each other


def leave(body: "HtmlElement") -> None:
    """Take out what is left of the sections that held notes: rules and empty lists."""
    for note in list(body.iter("x-note")):
        rule = _before(note)
        if rule is not None and rule.tag == "hr" and is_blank(rule.tail):
            drop(rule)
    for section in list(body.iter("section", "div")):
        if "footnotes" in " ".join(classes(section)):
            for rule in list(section.iter("hr")):
                drop(rule)
            unwrap(section)


def _before(note: "HtmlElement") -> "HtmlElement | None":
    """The element that stands before a note, or before the container that it is the first in."""
    at: HtmlElement | None = note
    while at is not None and at.getprevious() is None and at.tag != "body":
        at = at.getparent()
        if at is not None and not is_blank(at.text):
            return None
    return at.getprevious() if at is not None else None


def gather_references(body: "HtmlElement") -> None:
    """Take references beside each other out of the raised element around them, which shows them as they are shown."""
    for raised in list(body.iter("sup")):
        texts = [raised.text, *(child.tail for child in raised)]
        if (
            len(raised)
            and all(child.tag == "x-noteref" for child in raised)
            and not "".join(filter(None, texts)).strip(_BETWEEN)
        ):
            raised.text = None
            for child in raised:
                child.tail = None
            unwrap(raised)
