"""Rewriting links across a vault whose notes move or whose headings are renamed, and distrusting the result.

A rewrite is made in memory, whole. It stands only if every link of the vault then means what it meant before, and if
no note has changed outside the targets of its links.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from msgspec import Struct, field, structs

from notelint.core.diagnostic import Fix
from notelint.core.errors import NotelintError
from notelint.core.text import Edit, Span, merge
from notelint.edits.apply import apply
from notelint.edits.verify import violation
from notelint.note.frontmatter.parse import string_values
from notelint.note.frontmatter.values import scalar
from notelint.note.links import Link, wikilink
from notelint.note.note import Note
from notelint.vault.face import Face
from notelint.vault.files import with_paths
from notelint.vault.overlaid_outlines import MovedOutlines, OverlaidOutlines
from notelint.vault.resolution import Anchor, Status
from notelint.vault.vault import Vault

Moves = Mapping[str, str]  # paths of files before and after


class VaultMove(Struct, frozen=True):
    """A vault before and after some of its files have moved."""

    before: Vault
    after: Vault
    moves: Moves = field(default_factory=dict)

    def path(self, before: str) -> str:
        """The path afterwards of what had this one."""
        return self.moves.get(before, before)


class Rewrite(Struct, frozen=True):
    """The changes to a vault. `edits` and `notes` (those edited, as they will be) are by the path before."""

    moves: Moves = field(default_factory=dict)
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)


class Renamed(Struct, frozen=True):
    """A heading that gets another text: the note it is in, and its number among that note's headings."""

    note: str
    number: int

    def place(self, note: Note) -> list[Span]:
        """Where the heading's text stands in a note, if it is this note's."""
        return [note.headings[self.number].text_span] if note.path == self.note else []


def moved(vault: Vault, moves: Moves) -> Vault:
    """The vault once its files have moved, in the order in which a walk finds them."""
    outlines = MovedOutlines(vault.outlines, moves)
    faces = {moves.get(path, path): face for path, face in vault.faces.items()}
    faces |= {new: Face.of(outlines[new], vault.garden) for old, new in moves.items() if old in vault.outlines}
    known = {*vault.files, *vault.outlines}
    new = (moves[path] for path in moves if path in known)
    unlisted = known.difference(vault.files, moves)
    files = with_paths((path for path in vault.files if path not in moves), (*new, *unlisted))
    return replace(vault, outlines=outlines, files=files, known_faces=faces)


class WrittenLink(Struct, frozen=True):
    """A link in the text that it is written in: the note's, or the value of a property that is written with escapes.

    `scalar` is where that value stands in the note, with its quotes; None in the body.
    """

    note: Note
    text: str
    link: Link
    scalar: Span | None = None

    @classmethod
    def of(cls, note: Note, link: Link) -> "WrittenLink | None":
        """None where it cannot be edited: a property that takes several lines without quotes, or repeats another."""
        if not link.in_property:
            return cls(note, note.text, link)
        place = _scalar(note, link)
        if place is None or place[1].of(note.text)[:1] not in ('"', "'"):
            return None
        value, span = place
        if link.span != link.target_span:
            return cls(note, note.text, link, span)
        start = len(value) - len(value.lstrip())
        inner = wikilink(value, Span(start, len(value.rstrip())), in_property=True) if value[start] == "[" else None
        return None if inner is None or value[start : start + 2] != "[[" else cls(note, value, inner, span)

    def edit(self, target: str) -> Edit:
        """The edit of the note that puts `target`, encoded, in the place of this link's path and subpath."""
        if self.scalar is None:
            return Edit(self.link.target_span, target)
        quote = self.scalar.of(self.note.text)[0]
        if self.text is self.note.text and not any(mark in target for mark in ('"', "'", "\\")):
            return Edit(self.link.target_span, target)
        whole = Span(0, len(self.text))
        if self.text is self.note.text:
            whole = Span(self.scalar.start + 1, self.scalar.end - 1)
        value = self.text[whole.start : self.link.target_span.start] + target
        value += self.text[self.link.target_span.end : whole.end]
        return Edit(self.scalar, scalar(value, like=quote))


def _scalar(note: Note, link: Link) -> tuple[str, Span] | None:
    """The value of the property that a link is, and where it stands."""
    if note.frontmatter is None:
        return None
    for _, value, span in string_values(note.frontmatter):
        if span.start <= link.span.start and link.span.end <= span.end:
            return value, span
    return None


def rewrite(
    change: VaultMove, notes: Mapping[str, Note], edits: Mapping[str, Sequence[Edit]], renamed: Renamed | None = None
) -> Rewrite:
    """Move files and apply edits in memory. `notes` are all whose links may mean something else then, and those to
    edit; the keys of both are the paths before.

    Raises `NotelintError` if a link would mean something else than before, or anything else of a note would change.
    """
    changed: dict[str, Note] = {}
    for path, wanted in edits.items():
        note = notes[path]
        text, _ = apply(note.text, [Fix("", tuple(wanted))])
        changed[path] = replace(note.with_text(text), path=change.path(path))
        _check_text(note, changed[path], wanted, renamed)
    change = structs.replace(change, after=with_notes(change.after, changed.values()))
    for path, note in notes.items():
        for old, new in _links(note, changed.get(path, note), renamed):
            why = _difference(change, path, old, new, renamed)
            if why is not None:
                raise NotelintError(_refusal(note, old, why))
    return Rewrite(change.moves, {path: tuple(wanted) for path, wanted in edits.items()}, changed)


def with_notes(vault: Vault, changed: Iterable[Note]) -> Vault:
    """The vault in which these notes are other ones. Nothing else of it is read."""
    outlines = {note.path: note.outline for note in changed}
    faces = {path: Face.of(outline, vault.garden) for path, outline in outlines.items()}
    return vault.with_outlines(OverlaidOutlines(vault.outlines, outlines), faces, vault.files)


def _refusal(note: Note, link: Link, why: str) -> str:
    line, _ = note.lines.position(link.span.start)
    return f"nothing is changed: {note.path}:{line}: {link.span.of(note.text)} {why}; change that link first"


def _check_text(before: Note, after: Note, edits: Sequence[Edit], renamed: Renamed | None) -> None:
    lost = violation(before, after, edits)
    if lost is None and _outside_links(before, renamed) != _outside_links(after, renamed):
        lost = "the text around its links would change"
    if lost is None and len(before.links) != len(after.links):
        lost = f"a link would be {'lost' if len(after.links) < len(before.links) else 'added'}"
    if lost is not None:
        raise NotelintError(f"nothing is changed: in {before.path} {lost}")


def _outside_links(note: Note, renamed: Renamed | None) -> list[str]:
    """The pieces of a note's text between the targets of its links. A property that is a link is compared link by
    link.
    """
    spans = [] if renamed is None else renamed.place(note)
    for link in note.links:
        place = _scalar(note, link) if link.in_property else None
        spans.append(link.target_span if place is None else place[1])
    merged = merge(spans)
    ends = [0, *(span.end for span in merged)]
    starts = [*(span.start for span in merged), len(note.text)]
    return [note.text[end:start] for end, start in zip(ends, starts, strict=True)]


def _links(before: Note, after: Note, renamed: Renamed | None) -> Iterator[tuple[Link, Link]]:
    """The same links before and after; those in a heading that is replaced are not compared."""

    def kept(note: Note) -> list[Link]:
        gone = [] if renamed is None else renamed.place(note)
        return [link for link in note.links if not any(span.overlaps(link.span) for span in gone)]

    return zip(kept(before), kept(after), strict=True)


def _difference(change: VaultMove, path: str, old: Link, new: Link, renamed: Renamed | None) -> str | None:
    """In which way a link would not mean what it meant; None if it does. What named nothing may find something."""
    if (old.form, old.embed, old.alias, old.hidden) != (new.form, new.embed, new.alias, new.hidden):
        return "would read differently"
    was, now = change.before.resolve_link(old, path), change.after.resolve_link(new, change.path(path))
    if was.target is None:
        return None
    if now.target != change.path(was.target):
        return "would name nothing" if now.target is None else f"would name {now.target!r}"
    if now.status is Status.AMBIGUOUS and was.status is Status.RESOLVED:
        return f"could name {' or '.join(repr(one) for one in now.candidates[:2])}"
    one = _part(change.before, was.target, old.target.subpath)
    two = _part(change.after, now.target, new.target.subpath)
    found_at_last = one[0] is Anchor.MISSING_HEADING and renamed is not None and two[2] == renamed.number
    return None if one == two or found_at_last else "would name another part of the note"


def _part(vault: Vault, target: str, subpath: str | None) -> tuple[Anchor, str | None, int | None]:
    """The part of a note that a subpath names, in a form that can be compared: a heading is known by its number in
    the note.
    """
    anchor = vault.anchors.resolve(target, subpath)
    if anchor.heading is None:
        return anchor.kind, anchor.block, None
    headings = vault.outlines[target].headings
    return anchor.kind, None, next(at for at, one in enumerate(headings) if one == anchor.heading)
