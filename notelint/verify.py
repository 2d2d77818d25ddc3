"""The fixer distrusts itself: what must still hold of a mended note before it is written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from notelint.link import heading_key
from notelint.note import Note
from notelint.text import Edit, Regions, Span

_WORD = re.compile(r"\w+")


def violation(before: Note, after: Note, edits: Iterable[Edit]) -> str | None:
    """What applying `edits` to `before` has lost in `after`, in words, or None if nothing is.

    Outside the places that the edits name, every word, property, link, heading and block id must still be there, and
    code must be the same to the letter. Inside them the edit says what it does.
    """
    touched = Regions(_widened(edit.span) for edit in edits)
    for lost in (_frontmatter, _code, _words, _links, _headings, _block_ids):
        found = lost(before, after, touched)
        if found is not None:
            return found
    return None


def _widened(span: Span) -> Span:
    """An insertion has no length, and yet it touches what stands around it."""
    return span if span.end > span.start else Span(max(span.start - 1, 0), span.end + 1)


def _frontmatter(before: Note, after: Note, touched: Regions) -> str | None:
    if before.frontmatter is None or before.frontmatter.fault is not None:
        return None
    if after.frontmatter is None or after.frontmatter.fault is not None:
        return "the frontmatter would not be readable any more"
    for key, value in before.properties.items():
        place = before.frontmatter.place((key,))
        if not touched.touching(Span(place.key.start, place.value.end)) and after.properties.get(key, _GONE) != value:
            return f"the property {key!r} would change"
    return None


_GONE = object()


def _code(before: Note, after: Note, touched: Regions) -> str | None:
    # What is code by its indentation alone changes with the lines around it, and crude scrapes are full of that; its
    # words are kept like all others.
    def sources(note: Note, outside: Regions) -> Counter[str]:
        written = (span.of(note.text) for span in note.structure.code.spans if not outside.touching(span))
        return Counter(code for code in written if code.lstrip()[:1] in ("`", "~"))

    if sources(before, touched) - sources(after, Regions(())):
        return "code would change"
    return None


def _words(before: Note, after: Note, touched: Regions) -> str | None:
    unseen = (span for span in touched.spans if _is_unseen(span.of(before.text)))
    beside = Regions(Span(max(span.start - 1, 0), span.end + 1) for span in unseen)
    kept, joined = Counter[str](), Counter[str]()
    for match in _WORD.finditer(before.text):
        word = Span(*match.span())
        if not touched.touching(word):
            (joined if beside.touching(word) else kept)[match.group()] += 1
    found = Counter(_WORD.findall(after.text))
    lost = list(kept - found)
    if not lost and joined:  # "haemor" and "rhage" are one word when the soft hyphen between them is gone
        rest = " ".join(found - kept)
        lost = [part for part in joined if part not in rest]
    return f"the word {lost[0]!r} would be lost" if lost else None


def _is_unseen(text: str) -> bool:
    """Whether a text is nothing that parts words: characters without a shape, bytes that are no characters, NUL."""
    return not any(char.isspace() or unicodedata.category(char)[0] != "C" for char in text)


def _links(before: Note, after: Note, touched: Regions) -> str | None:
    kept = Counter((k.target, k.embed) for k in before.links if not touched.touching(k.span))
    lost = kept - Counter((link.target, link.embed) for link in after.links)
    return f"the link to {next(iter(lost))[0].path!r} would be lost" if lost else None


def _headings(before: Note, after: Note, touched: Regions) -> str | None:
    def keys(note: Note, outside: Regions) -> Iterator[str]:
        outer = (heading for heading in note.headings if heading.text and not heading.nested)
        return (heading_key(heading.text) for heading in outer if not outside.touching(heading.text_span))

    lost = Counter(keys(before, touched)) - Counter(keys(after, Regions(())))
    return f"the heading {next(iter(lost))!r} would be lost" if lost else None


def _block_ids(before: Note, after: Note, touched: Regions) -> str | None:
    kept = {block.id for block in before.structure.block_ids if not touched.touching(block.span)}
    lost = kept - {block.id for block in after.structure.block_ids}
    return f"the block id ^{min(lost)} would be lost" if lost else None
