"""Tells fast of a note that none of the plugin's steps can change what it shows: then its page is not modelled.

Nearly all notes are such. What is sought is found by the C library; a test holds this against the model.
"""

from notelint.core.text import Span
from notelint.garden import plugin_patterns as patterns
from notelint.garden.permalinks import is_published
from notelint.note.note import Note

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")


def is_plain(note: Note) -> bool:
    """Whether the page of a note shows what Obsidian shows, whatever else is in the vault; so if it is not published.

    Else it holds `%%`, an embed that is no image's, a caret that may be a block id, code with a link or with what
    `String.replace` fills in, a link that is in a property, too, or a line `---` by which the plugin finds another end
    of the frontmatter.
    """
    text = note.text
    if not is_published(note.properties):
        return True
    if "%%" in text or _may_have_id(text) or ("![[" in text and _embeds_notes(text)):
        return False
    if ("`" in text or "~~~" in text or "    " in text or "\t" in text or "$" in text) and _has_open_code(note):
        return False
    end = _head_end(note)
    if patterns.frontmatter_end(text) != end:
        return False
    return not any(text.find(span.of(text), end) >= 0 for span in patterns.bracketed(text[:end], "[["))


def _may_have_id(text: str) -> bool:
    return "^" in text and any(f"{before}^" in text for before in (" ", "\n", "\r", "\t", ">"))


def _embeds_notes(text: str) -> bool:
    """Whether any embed is of something else than an image that is written with its ending."""
    return any(
        not span.of(text)[3:-2].partition("|")[0].rstrip("\\").endswith(_IMAGES)
        for span in patterns.bracketed(text, "![[")
    )


def _has_open_code(note: Note) -> bool:
    """Whether code or a formula holds a link or embed, or what is filled in when code is put back (DG-C5)."""
    text = note.text
    if "```" in text and (patterns.SPECIAL.search(text) is not None or "{{CODE_BLOCK_" in text):
        return True
    if "[[" not in text and "](" not in text:
        return False
    return any(_holds_link(text, region) for region in note.structure.opaque.spans)


def _holds_link(text: str, region: Span) -> bool:
    return text.find("[[", region.start, region.end) >= 0 or text.find("](", region.start, region.end) >= 0


def _head_end(note: Note) -> int:
    """Where the frontmatter's closing fence ends, without its line end."""
    block = note.frontmatter
    return 0 if block is None else block.span.start + len(block.span.of(note.text).rstrip())
