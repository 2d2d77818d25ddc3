"""Parts of notes that links name: a heading, a block id, a published address. No fix may take it away."""

from functools import cached_property
from urllib.parse import unquote

from msgspec import structs

from notelint.core.diagnostic import Diagnostic, Fix
from notelint.core.text import Span
from notelint.edits.apply import apply
from notelint.garden.permalinks import output_file
from notelint.note.note import Note
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault


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
        near = any(edit.span.start <= place.end and place.start <= edit.span.end
                   for edit in fix.edits for place in _places(note))  # fmt: skip
        named = self._named.get(note.path) if near else None
        return not named or self._holds(note, [fix], named)

    def _keep_address(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that give the note another address on the site than links name."""
        return [
            d if d.fix is None or self._holds_address(note, d.fix) else structs.replace(d, fix=None, edits=())
            for d in found
        ]

    def _holds_address(self, note: Note, fix: Fix) -> bool:
        """True if links that name the note by its address on the site still find it after a fix (DG-U6)."""
        if not any(edit.span.start < note.body_start for edit in fix.edits):
            return True
        address = self._vault.site.claimed(note.outline)
        if address is None or output_file(address).lower() not in self._linked:
            return True
        return self._address(note, fix) == output_file(address)

    def _address(self, note: Note, fix: Fix) -> str | None:
        """The file of the site that the note is written to when a fix is applied."""
        outline = Note(note.path, apply(note.text, [fix])[0]).outline
        address = Vault({note.path: outline}, garden=self._vault.garden).site.claimed(outline)
        return None if address is None else output_file(address)

    def _keep_parts(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that change a heading or block id so that a link loses it (H9)."""
        places = _places(note)
        touching = [d for d in found if d.fix and any(e.span.overlaps(p) for e in d.fix.edits for p in places)]
        named = self._named.get(note.path) if touching else None
        if not named:
            return found
        kept = list[Fix]()
        for diagnostic in touching:
            if diagnostic.fix is not None and self._holds(note, [*kept, diagnostic.fix], named):
                kept.append(diagnostic.fix)
        dropped = {id(d) for d in touching if not any(d.fix is fix for fix in kept)}
        return [structs.replace(d, fix=None, edits=()) if id(d) in dropped else d for d in found]

    def _holds(self, note: Note, fixes: list[Fix], named: set[str]) -> bool:
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


def _places(note: Note) -> list[Span]:
    """Where the parts stand that links can name."""
    return [*(one.span for one in note.headings), *(one.span for one in note.structure.block_ids)]
