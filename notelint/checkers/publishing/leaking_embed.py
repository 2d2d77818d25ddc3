"""See leaking_embed.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.text import Span
from notelint.garden.permalinks import slugify
from notelint.note.links import Link, LinkForm
from notelint.note.note import Outline
from notelint.vault.vault import Anchor, Vault

_DEPTH = 4  # how deep the plugin follows embeds in embeds
_SHOWN = 3


class LeakingEmbed(VaultChecker):
    """An embed that publishes the text of a note which is not to be published."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed, in a published note, of a note that is not published (digital-garden DG-E4)."""
        if vault.on_site(note) or not vault.publishes(note.path):
            return
        private = _Private(vault)
        for link, target in _embeds(note, vault):
            part, span = private.part(target, link)
            further = sorted(private.further(target, span) - {target})
            more = f" and {len(further) - _SHOWN} more" if len(further) > _SHOWN else ""
            with_it = f", and with it text of {', '.join(map(repr, further[:_SHOWN]))}{more}" if further else ""
            message = (
                f"publishes {part} of {target!r}, which is not to be published{with_it}: link to it, or publish it"
            )
            yield Finding(link.span, message, about=target)


def _embeds(note: Outline, vault: Vault) -> Iterator[tuple[Link, str]]:
    """The embeds, in a note, of notes that are not published; and these notes."""
    for link in note.links:
        if link.embed and not link.hidden and link.form is LinkForm.WIKILINK:
            target = vault.resolve_link(link, note.path).target
            if target is not None and vault.publishes(target) is False:
                yield link, target


class _Private:
    """The notes that a published one embeds though they are not, each looked through once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._embeds: dict[str, list[tuple[Link, str]]] = {}
        self._sections: dict[str, dict[str, tuple[str, Span]]] = {}

    def part(self, path: str, link: Link) -> tuple[str, Span | None]:
        """What of a note is published with an embed, in words, and where that stands (None: anywhere).

        Headings are compared by their slugs. All of the note is published where it does not have the part (DG-E4).
        """
        name = next((part for part in (link.target.subpath or "").split("#") if part.strip()), None)
        if name is None:
            return "all the text", None
        if name.startswith("^"):
            known = self._vault.resolve_anchor(path, f"#{name}").kind is Anchor.BLOCK
            return (f"the block {name}", Span(0, 0)) if known else (f"all the text (there is no block {name!r})", None)
        sections = self._sections.get(path)
        if sections is None:
            sections = self._sections[path] = _sections(self._vault.outlines[path])
        section = sections.get(slugify(name))
        return (f"all the text (there is no heading {name!r})", None) if section is None else section

    def further(self, path: str, within: Span | None) -> set[str]:
        """The notes whose text comes along, for they are embedded in what is embedded."""
        found: set[str] = set()
        level: list[tuple[str, Span | None]] = [(path, within)]
        for _ in range(_DEPTH - 1):
            below: list[tuple[str, Span | None]] = []
            for note, part in level:
                for link, target in self._embedded(note):
                    inside = part is None or part.start <= link.span.start < part.end
                    if inside and target not in found:
                        found.add(target)
                        below.append((target, self.part(target, link)[1]))
            level = below
        return found

    def _embedded(self, path: str) -> list[tuple[Link, str]]:
        embeds = self._embeds.get(path)
        if embeds is None:
            embeds = self._embeds[path] = list(_embeds(self._vault.outlines[path], self._vault))
        return embeds


def _sections(outline: Outline) -> dict[str, tuple[str, Span]]:
    """The sections of a note by the slugs of their headings, the first of each: in words, and where it stands."""
    found: dict[str, tuple[str, Span]] = {}
    spans = (*(link.span for link in outline.links), *(heading.span for heading in outline.headings))
    end = max((span.end for span in spans), default=0) + 1
    ends: list[tuple[int, int]] = []  # levels of the headings below, and where they begin; the nearest last
    for heading in reversed(outline.headings):
        while ends and ends[-1][0] > heading.level:
            ends.pop()
        span = Span(heading.span.start, ends[-1][1] if ends else end)
        found[slugify(heading.text)] = f"the section {heading.text!r}", span
        ends.append((heading.level, heading.span.start))
    return found
