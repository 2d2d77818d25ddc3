"""See publish_flag.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.garden.permalinks import is_published
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.note import Note

_YES = ("yes", "on", "true", "y", "t", "1")
_NO = ("no", "off", "false", "n", "f", "0", "never", "draft", "private")
_MEANT = dict.fromkeys(_YES, "true") | dict.fromkeys(_NO, "false")  # of another word nobody knows what it means


class PublishFlag(NoteChecker):
    """A `dg-publish` that is neither true nor false: nearly anything publishes the note."""

    family = "publishing"
    takes = frozenset({Part.PROPERTIES, Part.VALUES})
    supersedes = "schema-violation"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding, at the property's value (digital-garden DG-P1)."""
        value = note.properties.get("dg-publish")
        if note.frontmatter is None:
            return
        if "dg-publish" not in note.properties:
            yield from _misspelt(note, note.frontmatter)
        if value is None or isinstance(value, bool):
            return
        does = "publishes" if is_published(note.properties) else "does not publish"
        meant = _MEANT.get(str(value).strip().lower())
        place = note.frontmatter.place(("dg-publish",)).value
        fix = None if meant is None else Fix(f"write {meant}", (Edit(place, meant),), Safety.UNSAFE)
        yield Finding(place, f"dg-publish is {value!r}, which {does} the note: write true or false", fix)


def _misspelt(note: Note, block: Frontmatter) -> Iterator[Finding]:
    """The same word with other capitals or signs, which Obsidian shows alike and the plugin does not read."""
    for key in note.properties:
        if key.lower().replace("_", "").replace("-", "") == "dgpublish":
            place = block.place((key,)).key
            fix = Fix("write dg-publish", (Edit(place, "dg-publish"),), Safety.UNSAFE) if block.form == "yaml" else None
            message = f"the plugin reads dg-publish alone: {key} publishes nothing; write dg-publish, or remove it"
            yield Finding(place, message, fix)
