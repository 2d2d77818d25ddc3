"""See broken_heading_link.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.garden.permalinks import slugify
from notelint.note.links import Link, LinkForm, heading_key
from notelint.note.note import Outline
from notelint.vault.link_style import spelt
from notelint.vault.suggestions import closest
from notelint.vault.vault import Anchor, AnchorNames, Vault


class BrokenHeadingLink(VaultChecker):
    """A link to a heading that the target note does not have."""

    family = "links"
    severity = Severity.WARNING  # the note opens all the same, at its top (H9)
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link that resolves to a note without the heading it names."""
        for link, target in vault.links_without(note, Anchor.MISSING_HEADING):
            subpath = link.target.subpath or ""
            meant = [vault.fragment(target, heading) for heading in _meant(subpath, vault.anchor_names(target))]
            where = "this note" if target == note.path else repr(target)
            message = f"no heading {subpath.strip()!r} in {where}"
            if meant:
                message += f": did you mean {' or '.join(map(repr, meant))}?"
            yield Finding(link.span, message, _fix(link, meant), about=f"{target}#{subpath}")


def _meant(subpath: str, names: AnchorNames) -> list[str]:
    """The heading whose slug is what was written (an address from another tool), else those spelt nearly so."""
    last = subpath.rpartition("#")[2]
    slug, key = slugify(last), heading_key(last)
    if slug and slug in names.by_slug:
        return [names.by_slug[slug]]
    return [names.by_key[near] for near in closest(key, names.keys.near(key))]


def _fix(link: Link, meant: list[str]) -> Fix | None:
    if len(meant) != 1 or link.path_span.end >= link.target_span.end:
        return None
    heading = meant[0]
    if link.form is not LinkForm.WIKILINK:
        heading = spelt(heading, link)
    elif link.in_table or "|" in heading:
        return None
    place = Span(link.path_span.end, link.target_span.end)
    return Fix(f"link to the heading {heading!r}", (Edit(place, f"#{heading}"),), Safety.UNSAFE)
