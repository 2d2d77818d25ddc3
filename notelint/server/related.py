"""Other places that a diagnostic is about: what a link could mean, who else claims an address, the first of two."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from notelint.core.diagnostic import Diagnostic
from notelint.core.text import Span
from notelint.garden.permalinks import output_file
from notelint.note.footnotes import footnotes
from notelint.note.note import Note
from notelint.note.sections import known
from notelint.vault.vault import Vault

_MOST = 5
_START = Span(0, 0)


class Place(NamedTuple):
    """A place in a note of the vault, and its part in the matter. In other notes it is the note as a whole."""

    path: str
    span: Span
    message: str


def related_places(found: Diagnostic, note: Note, vault: Vault) -> list[Place]:
    """The other places that a diagnostic of a note is about."""
    ask = _BY_CHECKER.get(found.checker)
    return [] if ask is None else [*ask(found, note, vault)][:_MOST]


def _candidates(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    """The files that a link could mean."""
    for link in note.links:
        if link.span == found.span:
            resolved = vault.resolve_link(link, note.path)
            for path in resolved.candidates:
                opened = " (Obsidian opens this one)" if path == resolved.target else ""
                yield Place(path, _START, f"could be meant{opened}")


def _target(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    """The note in which a link seeks a part that is not there."""
    for link in note.links:
        target = vault.resolve_link(link, note.path).target if link.span == found.span else None
        if target is not None and target != note.path:
            yield Place(target, _START, "the note that is linked")


def _about(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    """The note that a diagnostic names."""
    if found.about is not None and found.about in vault.outlines:
        yield Place(found.about, _START, "this note is not published")


def _claimants(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    """The other notes that claim an address."""
    file = output_file(found.about or "").lower()
    for path, address in vault.site.addresses.get(file, ()):
        if path != note.path:
            yield Place(path, _START, f"also claims {address}")


def _first_key(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    for again in () if note.frontmatter is None else note.frontmatter.duplicates:
        if again.span == found.span:
            yield Place(note.path, again.first, "the first one")


def _first_section(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    first = next((heading for heading, section in known(note) if section.name == found.about), None)
    if first is not None and first.span.start < found.span.start:
        yield Place(note.path, first.text_span, "the first one")


def _first_footnote(found: Diagnostic, note: Note, vault: Vault) -> Iterator[Place]:
    first = next((span for label, span in footnotes(note).definitions if label == found.about), None)
    if first is not None and first != found.span:
        yield Place(note.path, first, "the first one")


_BY_CHECKER: Mapping[str, Callable[[Diagnostic, Note, Vault], Iterator[Place]]] = {
    "ambiguous-link": _candidates,
    "broken-heading-link": _target,
    "broken-block-link": _target,
    "site-anchor-mismatch": _target,
    "unpublished-target": _about,
    "leaking-embed": _about,
    "duplicate-permalink": _claimants,
    "duplicate-home": _claimants,
    "duplicate-key": _first_key,
    "duplicate-section": _first_section,
    "duplicate-footnote": _first_footnote,
}
