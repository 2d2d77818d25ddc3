"""The blocks of a made-up page."""

from lxml import html

from notelint.importer import blocks


def cut(content: str) -> list[blocks.PageBlock]:
    """The blocks of a page whose body holds this HTML."""
    body = html.document_fromstring(f"<html><body>{content}</body></html>").find("body")
    assert body is not None
    return blocks.cut(body)
