"""Parts of notes that links name: a heading, a block id, a published address. No fix may take it away."""

from collections.abc import Callable, Sequence
from functools import cached_property
from urllib.parse import unquote

from msgspec import structs

from notelint.core.diagnostic import Diagnostic, Fix
from notelint.core.text import Regions, Span
from notelint.edits.apply import apply
from notelint.garden.permalinks import output_file
from notelint.note.note import Note
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault

_TRIES, _CHARACTERS = 16, 10_000_000  # how often a note is read to find out which fixes it keeps, and of short ones


class LinkedParts:
    """The headings, block ids and addresses of a vault's notes that links name.

    A fix must not take away what a link of any note finds: those that would are dropped (`keep`, `holds`).
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """The subpaths by which links name parts of a note, by its path."""
        named: dict[str, set[str]] = {}
        for source, outline in self._vault.outlines.items():
            for link in outline.links:
                target = self._vault.resolve_link(link, source).target if link.target.subpath else None
                if target is not None and link.target.subpath is not None:
                    named.setdefault(target, set()).add(link.target.subpath)
        return named

    @cached_property
    def _linked(self) -> set[str]:
        """The files of the site that links name by their address, in lower case."""
        paths = (
            link.target.path for outline in self._vault.outlines.values() for link in outline.links if link.is_site_path
        )
        return {output_file(f"{unquote(path.partition('?')[0])}/").lower() for path in paths}

    def keep(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics without those fixes by which a link would lose what it finds: a part of a note, a page."""
        return self._keep_parts(note, self._keep_address(note, found))

    def holds(self, note: Note, fix: Fix) -> bool:
        """Tell whether all links still find what they name in a note after this one fix or suggestion."""
        if not self._holds_address(note, fix):
            return False
        named = self._named.get(note.path) if _is_near(fix, _places(note)) else None
        return not named or self._holds(note, [fix], named)

    def _keep_address(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that give the note another address on the site than links name (DG-U6)."""
        changing = [d for d in found if d.fix is not None and _is_above(d.fix, note)]
        address = self._linked_address(note) if changing else None  # all links of the vault are read for it
        if address is None:
            return found
        return _with_fixes(found, changing, note, lambda fixes: self._address(note, fixes) == address)

    def _holds_address(self, note: Note, fix: Fix) -> bool:
        """True if links that name the note by its address on the site still find it after a fix (DG-U6)."""
        address = self._linked_address(note) if _is_above(fix, note) else None
        return address is None or self._address(note, [fix]) == address

    def _linked_address(self, note: Note) -> str | None:
        """The file of the site that the note is written to, if links name it."""
        address = self._vault.site.claimed(note.outline)
        file = None if address is None else output_file(address)
        return file if file is not None and file.lower() in self._linked else None

    def _address(self, note: Note, fixes: Sequence[Fix]) -> str | None:
        """The file of the site that the note is written to when fixes are applied."""
        outline = Note(note.path, apply(note.text, fixes)[0]).outline
        address = Vault({note.path: outline}, garden=self._vault.garden).site.claimed(outline)
        return None if address is None else output_file(address)

    def _keep_parts(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that change a heading or block id so that a link loses it (H9)."""
        places = _places(note)
        touching = [d for d in found if d.fix is not None and _is_near(d.fix, places)]
        named = self._named.get(note.path) if touching else None
        if not named:
            return found
        return _with_fixes(found, touching, note, lambda fixes: self._holds(note, fixes, named))

    def _holds(self, note: Note, fixes: Sequence[Fix], named: set[str]) -> bool:
        """True if all that links find in a note is still found when these fixes are applied."""
        after = note.with_text(apply(note.text, fixes)[0])
        fixed = Vault({note.path: after.outline}, rules=self._vault.rules)
        return all(
            _finds(fixed, note.path, subpath) or not _finds(self._vault, note.path, subpath) for subpath in named
        )


def _finds(vault: Vault, path: str, subpath: str) -> bool:
    """True if a link finds a part of a note, by its id too where GitHub may be what the notes are for (UR1)."""
    if vault.anchors.resolve(path, subpath).kind not in (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK):
        return True
    return vault.rules.reader_unknown and vault.anchors.by_id(path, subpath) is not None


def _with_fixes(
    found: list[Diagnostic], some: Sequence[Diagnostic], note: Note, holds: Callable[[Sequence[Fix]], bool]
) -> list[Diagnostic]:
    """What was found, where of `some` only those have their fixes that may be applied together; the first ones win.

    They are tried together, and by halves if that fails, as each try reads the note. After many tries on a long note
    no other is kept.
    """
    kept = list[Diagnostic]()
    waiting = [some] if some else []
    tries = max(_TRIES, _CHARACTERS // max(1, len(note.text)))
    while waiting and tries:
        tries -= 1
        part = waiting.pop()
        if holds([d.fix for d in (*kept, *part) if d.fix is not None]):
            kept += part
        elif len(part) > 1:
            half = len(part) // 2
            waiting += [part[half:], part[:half]]
    dropped = set(map(id, some)).difference(map(id, kept))
    return [structs.replace(d, fix=None, edits=()) if id(d) in dropped else d for d in found]


def _places(note: Note) -> Regions:
    """Where the parts stand that links can name."""
    return Regions([*(one.span for one in note.headings), *(one.span for one in note.structure.block_ids)])


def _is_near(fix: Fix, places: Regions) -> bool:
    """True if a fix changes one of the places, or what is next to it."""
    return any(places.touching(Span(edit.span.start - 1, edit.span.end + 1)) for edit in fix.edits)


def _is_above(fix: Fix, note: Note) -> bool:
    """True if a fix changes the frontmatter."""
    return any(edit.span.start < note.body_start for edit in fix.edits)
