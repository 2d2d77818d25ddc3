"""The steps of normalising a page, in the order that they need."""

from typing import TYPE_CHECKING

from notelint.importer import unseen
from notelint.importer.normalise import (
    around_notes,
    callouts,
    code,
    footnotes,
    grids,
    headings,
    inline,
    listed_sections,
    lists,
    mathematics,
    media,
    paragraphs,
    tables,
    tabs,
    word_lists,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def prepare(body: "HtmlElement") -> None:
    """Bring what extractors would take apart into one piece, before they look at the page: code, and tabs."""
    unseen.hide(body)
    unseen.show_captions(body)
    code.normalise(body)
    grids.normalise(body)
    tabs.normalise(body)
    lists.signs(body)
    word_lists.normalise(body)


def normalise(body: "HtmlElement", address: str | None) -> None:
    """Bring a page's kept tree to the forms that the converter knows; `address` is the page's own."""
    mathematics.normalise(body)
    headings.normalise(body)
    listed_sections.normalise(body)
    lists.normalise(body)
    footnotes.normalise(body, address)
    around_notes.leave(body)
    callouts.normalise(body)
    media.normalise(body)
    tables.normalise(body)
    inline.normalise(body)
    paragraphs.normalise(body)
