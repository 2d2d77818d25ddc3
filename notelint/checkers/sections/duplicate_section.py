"""See duplicate_section.md."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.profile import title_key


class DuplicateSectionOptions(Struct, frozen=True):
    """Options of `duplicate-section`."""

    synonyms: Annotated[bool, "Also report two headings that stand for one section by different names."] = False
    everywhere: Annotated[bool, "Also report equal headings that the note's profile does not know."] = False


class DuplicateSection(NoteChecker):
    """A section that stands twice under the same parent: links reach only the first."""

    Options = DuplicateSectionOptions
    family = "sections"
    rests_on_profile = True
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each heading that repeats an earlier one with the same parent."""
        if note.profile is None and not self.options.everywhere:
            return
        texts = [heading.text for heading in note.outer_headings]
        if (
            len(set(texts)) == len(texts)
            and len(set(map(title_key, texts))) == len(texts)
            and not self.options.synonyms
        ):
            return  # nor would any, were all of them judged
        named = [self._name(note, heading) for heading in note.outer_headings]
        if len(set(named) - {None}) == len(named) - named.count(None):
            return  # no name comes twice, wherever it stands
        path: list[Heading] = []
        seen: dict[tuple[int, int, str], Heading] = {}
        for heading, name in zip(note.outer_headings, named, strict=True):
            while path and path[-1].level >= heading.level:
                path.pop()
            parent = path[-1].span.start if path else -1
            path.append(heading)
            if name is None:
                continue
            first = seen.setdefault((parent, heading.level, name), heading)
            if first is not heading:
                line = note.lines.position(first.span.start)[0]
                message = f"section {heading.text!r} is there already as {first.text!r} on line {line}: join them"
                yield Finding(heading.span, message, about=name)

    def _name(self, note: Note, heading: Heading) -> str | None:
        """The text that two headings must share to be the same section; None for one that is not judged."""
        section = note.profile.section(heading.text) if note.profile is not None else None
        if section is None and not self.options.everywhere:
            return None
        if section is not None and self.options.synonyms:
            return section.name
        return title_key(heading.text) or None
