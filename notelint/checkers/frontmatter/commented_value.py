"""See commented_value.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.frontmatter.model import Path, PropertyPlace
from notelint.note.note import Note

_COMMENT = lazy_regex(r"[ \t]+(#[^\s#][^\r\n]*)")  # a comment that is a remark has a blank behind the mark
_TAG = lazy_regex(r"(?=[^\s,]*[^\d\s,])[\w/-]+")
_BETWEEN = lazy_regex(r"[\s,]+")
_OF_TAGS = frozenset({"tags", "tag"})
_OF_TEXT = frozenset({"title", "aliases", "alias", "name", "description"})


class CommentedValue(NoteChecker):
    """A value that begins with `#`, which YAML takes for a comment, so that it is lost."""

    family = "frontmatter"
    takes = frozenset({Part.VALUES})

    def hint(self) -> str:
        """A blank, the mark, and no blank behind it."""
        return r"[ \t]#[^\s#]"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each mark behind which a value was meant: where nothing else stands, a tag, or a number in a text."""
        block = note.frontmatter
        if block is None or block.form == "json" or " #" not in block.content.of(note.text).replace("\t", " "):
            return
        for path, place in block.places.items():
            comment = _COMMENT.match(note.text, place.value.end, block.content.end)
            if comment is None or place.value.of(note.text)[:1] in ("'", '"', "[", "{", "|", ">", "*"):
                continue
            written = Span(comment.start(1), comment.start(1) + len(comment[1].rstrip()))
            value = place.value.of(note.text)
            if "\n" not in value and _is_meant(str(path[0]).casefold(), value, written.of(note.text)):
                yield _finding(note, path, place, written)


def _is_meant(key: str, value: str, written: str) -> bool:
    """True if a value was meant, and no remark: nothing else stands there, or it continues what does."""
    if not value:
        return True
    if key in _OF_TAGS:
        return all(one[:1] == "#" for one in _BETWEEN.split(written) if one)
    return key in _OF_TEXT and written[1:2].isdigit()


def _finding(note: Note, path: Path, place: PropertyPlace, written: Span) -> Finding:
    """The value that is lost, with what to write: tags without their mark, other texts in quotes."""
    key, value = str(path[0]), place.value.of(note.text)
    whole = Span(place.value.start if value else written.start, written.end)
    tags = [one.removeprefix("#") for one in _BETWEEN.split(whole.of(note.text)) if one]
    message = f"{written.of(note.text)} is a comment in YAML, and no part of {key!r}: "
    is_tags = key.casefold() in _OF_TAGS and all(map(_TAG.fullmatch, tags))
    if is_tags and len(tags) > 1 and len(path) > 1:
        return Finding(written, f"{message}write each tag on a line of its own, without #", about=key)
    if is_tags:
        better = tags[0] if len(tags) == 1 else f"[{', '.join(tags)}]"
    elif '"' in whole.of(note.text) or "\\" in whole.of(note.text):
        return Finding(written, f"{message}put it in quotes", about=key)
    else:
        better = f'"{whole.of(note.text)}"'
    are_marked = all(one[:1] == "#" for one in _BETWEEN.split(written.of(note.text)) if one)  # else it may be a remark
    safety = Safety.SAFE if is_tags and are_marked and not value else Safety.UNSAFE
    edit = Edit(whole, better)
    if not value:  # with the colon or the dash before it: what was empty is changed
        before = Span(place.value.end - 1, written.start)
        edit = Edit(Span(before.start, written.end), before.of(note.text) + better)
    return Finding(written, f"{message}write {better}", Fix(f"write {better}", (edit,), safety), key)
