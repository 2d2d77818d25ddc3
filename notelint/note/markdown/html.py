"""Links and ids in HTML."""

import re
from collections.abc import Iterator

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.links import Link, LinkForm, is_external, markdown_target, path_length

# But for the link that the Digital Garden plugin puts beside a note which it embedded: nobody wrote that one.
_HTML_LINK = lazy_regex(
    r"<(a|img)\b(?! class=\"markdown-embed-link\")[^<>]*?\s(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.I
)
_HTML_ID = lazy_regex(
    r"<(?:a\b[^<>]*?\sname|[a-z][a-z0-9]*\b[^<>]*?\sid)\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)'|([^\s\"'`=<>]+))", re.I
)


def find_html_links(body: str, html: Regions) -> Iterator[Link]:
    """`href` and `src` of HTML tags that name something on the same site."""
    for region in html.spans:
        for match in _HTML_LINK.finditer(body, region.start, region.end):
            group = 2 if match[2] is not None else 3
            destination = match[group]
            target = None if not destination or is_external(destination) else markdown_target(destination)
            if target is not None:
                embed = match[1].lower() == "img"
                length = path_length(match[group])
                yield Link(Span(*match.span()), Span(*match.span(group)), LinkForm.HTML, target, length, embed)


def find_html_ids(body: str, html: Regions) -> Iterator[str]:
    """Names that an address can give with `#` besides headings: `id` of HTML tags, and `name` of anchors."""
    for region in html.spans:
        for match in _HTML_ID.finditer(body, region.start, region.end):
            yield match[1] or match[2] or match[3]
