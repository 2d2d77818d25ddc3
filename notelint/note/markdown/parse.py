"""The parts of a Markdown text. The only module that knows the Markdown parser.

The parser (pulldown-cmark) says what is code, mathematics, HTML, a table cell, a heading, a Markdown link. Wikilinks,
comments and block ids are Obsidian's own: they are found in the source by Obsidian's grammar, where those places allow.
"""

from operator import attrgetter

from msgspec.structs import replace

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import ByteOffsets, Regions
from notelint.note.markdown.attributes import find_attribute_ids
from notelint.note.markdown.events import find_definitions, read_events
from notelint.note.markdown.html import find_html_ids, find_html_links
from notelint.note.markdown.model import Structure
from notelint.note.markdown.obsidian import (
    find_block_ids,
    find_comments,
    find_footnotes,
    find_template_commands,
    visible_wikilinks,
)
from notelint.note.markdown.prefilter import text_for_parser

_LONE_CR = lazy_regex(r"\r(?!\n)")
_start = attrgetter("span.start")


def structure(text: str, start: int = 0) -> Structure:
    """Parse the body of a note, which begins at offset `start` of `text`. Never fails, whatever the text.

    It holds no lone surrogates, which the parser does not take.
    """
    body = "\n" * start + text[start:] if start else text  # so that offsets stay those of the text
    if "\r" in body:
        body = _LONE_CR.sub("\n", body)  # the parser ends no fenced code there
    given, left_out, headings = text_for_parser(body)
    at = ByteOffsets(given, left_out).characters
    seen = read_events(body, given, at)
    headings += seen.headings
    code, html = Regions(seen.code), Regions(seen.html)
    opaque = Regions([*seen.code, *seen.maths, *seen.html])
    comments = Regions([*find_comments(body, opaque), *find_template_commands(body, opaque)])
    wikilinks = list(visible_wikilinks(body, seen, opaque))
    if seen.labels and wikilinks:  # a wikilink stays one whatever follows it (G1a)
        openings = {link.span.start for link in wikilinks}
        seen.links = [link for link in seen.links if link.span.start not in openings]
    links = [*wikilinks, *seen.links, *find_definitions(body, given, at), *find_html_links(body, html)]
    if comments.spans:
        headings = [replace(h, hidden=True) if h.span.start in comments else h for h in headings]
        links = [replace(link, hidden=True) if link.span.start in comments else link for link in links]
    return Structure(
        headings=tuple(sorted(headings, key=_start)),
        links=tuple(sorted(links, key=_start)),
        block_ids=tuple(find_block_ids(body, opaque, headings)),
        footnotes=tuple(find_footnotes(body, code)),
        code=code,
        opaque=opaque,
        html=html,
        html_ids=tuple(find_html_ids(body, html)),
        attribute_ids=find_attribute_ids(body),
        comments=comments,
        tables=Regions(seen.tables),
    )
