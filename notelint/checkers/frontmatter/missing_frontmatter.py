"""See missing_frontmatter.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.text import Edit, Span, newline
from notelint.note.frontmatter import parse
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note
from notelint.note.sections import first_line
from notelint.residue import imports


class MissingFrontmatter(NoteChecker):
    """A note without frontmatter where its profile asks for it."""

    family = "frontmatter"
    rests_on_profile = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding, at the note's first line."""
        profile = note.profile
        if profile is None or not profile.frontmatter or note.frontmatter is not None:
            return
        if parse.misplaced(note.text) is not None:
            return  # malformed-frontmatter says so, and fixes it
        what = f"no frontmatter, which a note of profile {profile.name!r} must have"
        if _opens(note.text):
            fence = Span(0, 3)
            yield Finding(fence, f"{what}: the '---' here is never closed by another", about=profile.name)
            return
        yield Finding(first_line(note), what, self._fix(note), about=profile.name, of_note=True)

    def _fix(self, note: Note) -> Fix | None:
        """The profile's template, put before everything else."""
        template = note.profile.template if note.profile is not None else {}
        if not template or (note.profile is not None and note.profile.imported and not imports.is_import(note)):
            return None  # what only looks like an import is not declared one
        lines = ["---", *(f"{scalar(key)}: {scalar(value)}" for key, value in template.items()), "---", "", ""]
        edit = Edit(Span(0, 0), newline(note.text).join(lines))
        return Fix("add the frontmatter that the profile starts with", (edit,))


def _opens(text: str) -> bool:
    return text.split("\n", 1)[0].rstrip() == "---"
