"""See ineffective_setting.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.garden.permalinks import is_published
from notelint.garden.published_properties import SWITCHES
from notelint.note.note import Note

_COPIED = frozenset({"dg-home", "dg-hide", "dg-hide-in-filetree", "dg-hide-in-graph", "dg-pinned"})


class IneffectiveSetting(NoteChecker):
    """A setting of a published note that does not do what it says."""

    family = "publishing"
    severity = Severity.WARNING
    supersedes = "schema-violation"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each setting that the plugin never emits, and each text that is taken for true (DG-P3)."""
        if not is_published(note.properties) or note.frontmatter is None or note.frontmatter.form == "json":
            return
        for key, value in note.properties.items():
            place = note.frontmatter.place((key,)).value
            if key in SWITCHES and value is False:
                yield Finding(place, f"{key}: false does nothing: a note can only switch on what is off on the site")
            elif (key in SWITCHES or key in _COPIED) and isinstance(value, str) and value:
                yield Finding(place, f"{key} is the text {value!r}, which counts as true: write true, or remove it")
