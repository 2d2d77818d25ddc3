"""Renaming a tag in the properties and texts of notes, with the tags nested in it. Pure: notes in, edits out."""

from collections.abc import Iterable, Mapping

from notelint.core.diagnostic import Fix
from notelint.core.errors import NotelintError
from notelint.core.text import Edit, Span
from notelint.edits.apply import apply
from notelint.edits.merge_conflict import conflict
from notelint.edits.verify import violation
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note
from notelint.note.tags import tags


def rename_tag(notes: Iterable[Note], old: str, new: str) -> Mapping[str, list[Edit]]:
    """The edits, by note, that call the tag `old` (capitals alike) `new`, and `old/x` `new/x`.

    Raises `NotelintError` that says why it cannot be.
    """
    new = new.removeprefix("#")
    if not _is_tag(new):
        raise NotelintError(f"{new!r} cannot be a tag: write letters, digits, hyphens and slashes, without blanks")
    edits: dict[str, list[Edit]] = {}
    for note in notes:
        wanted = [edit for tag, span in tags(note) if (edit := _edit(note, tag, span, old, new)) is not None]
        if wanted:
            edits[note.path] = wanted
            _check(note, wanted, old, new)
    return edits


def _is_tag(text: str) -> bool:
    """Tell whether a text is read as one tag where it stands in a note."""
    return [tag for tag, _ in tags(Note("", f"#{text} end"))] == [text]


def renamed(tag: str, old: str, new: str) -> str | None:
    """A tag after `old` is called `new`; None if that is another tag."""
    if tag.lower() == old.lower():
        return new
    return new + tag[len(old) :] if tag.lower().startswith(f"{old.lower()}/") else None


def _edit(note: Note, tag: str, span: Span, old: str, new: str) -> Edit | None:
    after = renamed(tag, old, new)
    if after is None or after == tag:
        return None
    written = span.of(note.text)
    if written == tag:
        return Edit(span, after)
    mark = "#" if written.strip("\"'").startswith("#") else ""
    return Edit(span, scalar(mark + after, written[:1]))


def _check(note: Note, edits: list[Edit], old: str, new: str) -> None:
    """Raise `NotelintError` if edits would do anything else in a note than rename the tag."""
    after = note.with_text(apply(note.text, [Fix("", tuple(edits))])[0])
    lost = conflict(note) or violation(note, after, edits)
    wanted = [renamed(tag, old, new) or tag for tag, _ in tags(note)]
    if lost is None and [tag for tag, _ in tags(after)] != wanted:
        lost = "the tags would not be read as they are meant"
    if lost is None and [link.target for link in after.links] != [link.target for link in note.links]:
        lost = "a link would lead elsewhere"
    if lost is not None:
        raise NotelintError(f"nothing is changed: in {note.path} {lost}")
