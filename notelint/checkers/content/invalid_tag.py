"""See invalid_tag.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.note.links import is_template
from notelint.note.note import Note
from notelint.note.tags import property_tags

_FORBIDDEN = lazy_regex("[\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\\[\\]\\\\\\s]")
_JOINERS = "\u200d"  # makes one emoji of several


class InvalidTag(NoteChecker):
    """A tag in the properties that is none, because of a character in it, or because it is a number."""

    family = "content"
    severity = Severity.WARNING
    supersedes = "schema-violation"

    def hint(self) -> str:
        """The property's name: few notes have it, and most of these only letters behind it."""
        return r"(?i)\btags[\"']?[ \t]*:"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each tag that Obsidian does not take, at its place."""
        block = note.frontmatter
        if block is None or block.fault is not None:
            return
        for key, value in block.properties.items():
            if str(key).lower() != "tags":  # F6
                continue
            for tag, span in property_tags(note.text, block, str(key), value):
                wrong = _wrong(tag)
                if wrong and not is_template(tag) and "<%" not in tag:
                    yield Finding(span, f"{tag!r} is not a tag: {wrong}", about=tag)


def _wrong(tag: str) -> str:
    """The reason why a text is not a tag, in words; empty if it is one."""
    bare = tag.removeprefix("#")
    if not bare:
        return ""
    character = _FORBIDDEN.search(bare.replace(_JOINERS, ""))
    if character is not None:
        shown = "a blank" if character[0].isspace() else repr(character[0])
        return f"it holds {shown}, and Obsidian allows letters, digits, '_', '-' and '/'"
    if bare.replace("/", "").isdecimal():
        return "it is a number, and a tag needs a character that is not a digit"
    return ""
