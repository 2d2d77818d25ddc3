"""Tells fast of a note that none of the plugin's steps can change what it shows: then its page is not modelled.

Nearly all notes are such. What is sought is found by the C library; a test holds this against the model.
"""

from collections.abc import Iterator

from notelint.core.text import Regions, Span
from notelint.garden import plugin_patterns as patterns
from notelint.garden.permalinks import is_published
from notelint.note.note import Note

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")


def is_plain(note: Note) -> bool:
    """True if the page of a note shows what Obsidian shows, whatever else is in the vault; so if it is not published.

    Else it embeds a note, or has comments or block ids that the plugin reads otherwise, code with a link or with what
    `String.replace` fills in, a link that is in a property, too, or a line `---` that ends the frontmatter elsewhere.
    """
    text = note.text
    if not is_published(note.properties):
        return True
    if "![[" in text and _embeds_notes(text):
        return False
    if ("`" in text or "~~~" in text or "    " in text or "\t" in text or "$" in text) and _has_open_code(note):
        return False
    if ("%%" in text and not _same_comments(note)) or ("^" in text and not _same_ids(note)):
        return False
    end = _head_end(note)
    if patterns.frontmatter_end(text) != end:
        return False
    head = text[:end]
    return "[[" not in head or not any(text.find(span.of(text), end) >= 0 for span in patterns.bracketed(head, "[["))


def _same_comments(note: Note) -> bool:
    """True if the plugin takes out the comments that Obsidian hides, and nothing else (DG-C1, DG-C3)."""
    text = note.text
    found = list(patterns.comments(text))
    hidden = [span for span in note.structure.comments.spans if text.startswith("%%", span.start)]
    if found != hidden or ":[[" in text:
        return False
    if "`" not in text:
        return True
    codes = (*(span.of(text) for span in patterns.code_blocks(text)), *patterns.code_spans(text))
    return patterns.comments_in(codes).isdisjoint(span.of(text) for span in found)


def _same_ids(note: Note) -> bool:
    """True if the plugin and Obsidian know the same block ids, those right behind a word left out (DG-A7)."""
    text, structure = note.text, note.structure
    aside = Regions(patterns.set_aside(text)) if "```" in text else Regions(())
    found = [*patterns.BLOCK_ID.finditer(text), *patterns.OWN_LINE_ID.finditer(text)]
    made = {match.start(1) for match in found if match.start(1) not in aside}
    ids = {one.span.start for one in structure.block_ids if text[one.span.start - 2].isspace()}
    return made == ids


def _embeds_notes(text: str) -> bool:
    """True if any embed is of something else than an image that is written with its ending."""
    return any(
        not span.of(text)[3:-2].partition("|")[0].rstrip("\\").endswith(_IMAGES)
        for span in patterns.bracketed(text, "![[")
    )


def _has_open_code(note: Note) -> bool:
    """True if code or a formula holds a link or embed, or what is filled in when code is put back (DG-C5)."""
    text = note.text
    if "```" in text and ("{{CODE_BLOCK_" in text or ("$" in text and _is_filled_in(text))):
        return True
    return _has_link_in_code(note)


def _is_filled_in(text: str) -> bool:
    codes = patterns.set_aside(text)
    return any(patterns.SPECIAL.search(text, code.start, code.end) is not None for code in codes)


def _has_link_in_code(note: Note) -> bool:
    """True if code or a formula of a note holds what the plugin or the template takes for a link (DG-L2, DG-L6).

    That is a link with a pipe, or one that stands, word for word, in what the plugin does not take for code.
    """
    text = note.text
    if "[[" not in text and "](" not in text:
        return False
    found = [literal for region in note.structure.opaque.spans for literal in _links_in(text, region)]
    if not found or any("|" in literal or literal.removesuffix("]]").endswith(_IMAGES) for literal in found):
        return bool(found)  # images and files are replaced wherever they stand (DG-E1)
    sought = patterns.linkable(text)
    return any(literal in sought for literal in found)


def _links_in(text: str, region: Span) -> Iterator[str]:
    if text.find("[[", region.start, region.end) >= 0:
        code = region.of(text)
        yield from (span.of(code) for span in patterns.bracketed(code, "[[", each=True))
    if text.find("](", region.start, region.end) >= 0:
        yield from (match.group() for match in patterns.MARKDOWN_LINK.finditer(text, region.start, region.end))


def _head_end(note: Note) -> int:
    """Where the frontmatter's closing fence ends, without its line end."""
    block = note.frontmatter
    return 0 if block is None else block.span.start + len(block.span.of(note.text).rstrip())
