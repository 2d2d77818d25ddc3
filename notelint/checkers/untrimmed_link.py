"""See untrimmed_link.md."""

import re
from collections.abc import Iterator

from notelint.checker import NoteChecker
from notelint.diagnostic import Finding, Fix
from notelint.link import LinkForm
from notelint.note import Note
from notelint.permalink import is_published
from notelint.text import Edit, Span

_TARGET = re.compile(r"!?\[\[([^\[\]|]*?)\\?(?:\||\]\])")


class UntrimmedLink(NoteChecker):
    """A link of a published note with a blank at its target's edge: on the site it is dead."""

    family = "publishing"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such wikilink (digital-garden DG-L4)."""
        if not is_published(note.properties):
            return
        for link in note.links:
            match = _TARGET.match(note.text, link.span.start) if link.form is LinkForm.WIKILINK else None
            if match is None or link.hidden or link.in_property or match[1] == match[1].strip() or not match[1].strip():
                continue
            fix = Fix("remove the blanks", (Edit(Span(*match.span(1)), match[1].strip()),))
            yield Finding(link.span, "a blank beside the target: Obsidian follows this link, the site does not", fix)
