"""The values that parsing the Markdown of a note gives."""

from msgspec import Struct

from notelint.core.text import Regions, Span
from notelint.note.links import Link


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """A heading: its level, its text as written (H3), the spans of its line and of that text."""

    level: int
    text: str
    span: Span
    text_span: Span
    nested: bool = False  # inside a quote, callout, list or footnote: no target for links (H3)
    hidden: bool = False  # inside a comment


class BlockId(Struct, frozen=True, array_like=True, gc=False):
    """A block id and where it stands, without the caret."""

    id: str
    span: Span


class Structure(Struct, frozen=True):
    """The structure of a body: the places of its parts. All spans are character offsets into the text given to
    `structure`.
    """

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    block_ids: tuple[BlockId, ...]
    footnotes: tuple[str, ...]
    code: Regions  # code blocks and code spans
    opaque: Regions  # code, mathematics and HTML: no links there (N1-N6)
    html: Regions
    html_ids: tuple[str, ...]
    attribute_ids: tuple[str, ...]  # for generators of websites: `{#id}`, and `*` if they make a part of the page
    comments: Regions  # `%%...%%`, and commands of templates
    tables: Regions
