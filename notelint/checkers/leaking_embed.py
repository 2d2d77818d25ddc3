"""See leaking_embed.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.link import Link, LinkForm
from notelint.note import Outline
from notelint.permalink import slugify
from notelint.text import Span
from notelint.vault import Vault

_DEPTH = 4  # how deep the plugin follows embeds in embeds
_SHOWN = 3


class LeakingEmbed(VaultChecker):
    """An embed that publishes the text of a note which is not to be published."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed, in a published note, of a note that is not published (digital-garden DG-E4)."""
        if vault.on_site(note) or not vault.publishes(note.path):
            return
        for link, target in _embeds(note, vault):
            part, span = _part(vault.outlines[target], link)
            further = sorted(_further(target, span, vault) - {target})
            more = f" and {len(further) - _SHOWN} more" if len(further) > _SHOWN else ""
            with_it = f", and with it text of {', '.join(map(repr, further[:_SHOWN]))}{more}" if further else ""
            message = (
                f"publishes {part} of {target!r}, which is not to be published{with_it}: link to it, or publish it"
            )
            yield Finding(link.span, message, about=target)


def _embeds(note: Outline, vault: Vault, within: Span | None = None) -> Iterator[tuple[Link, str]]:
    """The embeds, in a note or a part of it, of notes that are not published; and these notes."""
    for link in note.links:
        if not link.embed or link.hidden or link.form is not LinkForm.WIKILINK:
            continue
        if within is None or within.start <= link.span.start < within.end:
            target = vault.resolve_link(link, note.path).target
            if target is not None and vault.publishes(target) is False:
                yield link, target


def _part(outline: Outline, link: Link) -> tuple[str, Span | None]:
    """What of a note is published with an embed, in words, and where that stands (None: anywhere).

    Headings are compared by their slugs. All of the note is published where it does not have the heading (DG-E4).
    """
    name = next((part for part in (link.target.subpath or "").split("#") if part.strip()), None)
    if name is None:
        return "all the text", None
    if name.startswith("^"):
        known = {block.id.lower() for block in outline.block_ids}
        if name[1:].strip().lower() not in known:
            return f"all the text (there is no block {name!r})", None
        return f"the block {name}", Span(0, 0)
    wanted = slugify(name)
    for at, heading in enumerate(outline.headings):
        if slugify(heading.text) == wanted:
            after = (other.span.start for other in outline.headings[at + 1 :] if other.level <= heading.level)
            end = next(after, max((other.span.end for other in outline.links), default=heading.span.end) + 1)
            return f"the section {heading.text!r}", Span(heading.span.start, max(end, heading.span.end))
    return f"all the text (there is no heading {name!r})", None


def _further(path: str, within: Span | None, vault: Vault) -> set[str]:
    """The notes whose text comes along, for they are embedded in what is embedded."""
    found: set[str] = set()
    level: list[tuple[str, Span | None]] = [(path, within)]
    for _ in range(_DEPTH - 1):
        below: list[tuple[str, Span | None]] = []
        for note, part in level:
            for link, target in _embeds(vault.outlines[note], vault, part):
                if target not in found:
                    found.add(target)
                    below.append((target, _part(vault.outlines[target], link)[1]))
        level = below
    return found
