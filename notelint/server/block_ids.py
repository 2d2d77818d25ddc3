"""Blocks that have no id yet, and the id that each would get."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.note.note import Note

ADD_BLOCK_ID = "notelint.addBlockId"
_MOST = 200
_LETTERS = 6
_ITEM = lazy_regex(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[.\][ \t]+)?(?P<text>\S.*)")
_NO_TEXT = lazy_regex(r"[ \t]*(?:>|\||```|~~~|\$\$|<|#{1,6} |%%|\[\^[^\]]+\]:|(?:[-*_][ \t]*){3,}$|=+[ \t]*$)")


@dataclass(frozen=True)
class UnnamedBlock:
    """A paragraph or an item of a list: its first words, the id that it would get, and the edit that adds it."""

    text: str
    id: str
    edit: Edit


def unnamed_blocks(note: Note) -> Iterator[UnnamedBlock]:
    """The paragraphs and items of lists that have no id, as far as one line shows them whole."""
    taken = {block.id.lower() for block in note.structure.block_ids}
    named = {note.lines.position(block.span.start)[0] for block in note.structure.block_ids}
    found = 0
    for number in range(note.lines.position(note.body_start)[0], len(note.lines) + 1):
        if number in named or not _is_block(note, number):
            continue
        line = note.lines.line_span(number)
        text = line.of(note.text).rstrip()
        item = _ITEM.match(text)
        shown = item["text"] if item is not None else text.strip()
        id = _new_id(shown, taken)
        end = line.start + len(text)
        yield UnnamedBlock(shown[:80], id, Edit(Span(end, end), f" ^{id}"))
        found += 1
        if found >= _MOST:
            return


def _is_block(note: Note, number: int) -> bool:
    """Tell whether a line is a paragraph of its own or an item of a list, so that an id at its end is that block's."""
    line = note.lines.line_span(number)
    text, found = line.of(note.text), note.structure
    last = line.start + len(text.rstrip()) - 1
    apart = (found.opaque, found.comments, found.tables)
    if not text.strip() or _NO_TEXT.match(text) or any(at in one for one in apart for at in (line.start, last)):
        return False
    following = note.lines.line_span(number + 1).of(note.text) if number < len(note.lines) else ""
    if _ITEM.match(text) is not None:
        return not following.strip() or _ITEM.match(following) is not None
    above = note.lines.line_span(number - 1).of(note.text) if line.start > note.body_start else ""
    return not text.startswith(("    ", "\t")) and not following.strip() and not above.strip()


def _new_id(text: str, taken: set[str]) -> str:
    """An id that no block of the note has: the same for the same text."""
    salt = 0
    while True:
        digest = blake2b(f"{salt}{text}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()[:_LETTERS]
        if digest not in taken:
            taken.add(digest)
            return digest
        salt += 1
