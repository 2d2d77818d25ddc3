"""See broken_block_link.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.spelling import slips, spelling_key
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.links import Link
from notelint.note.note import Outline
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault


class BrokenBlockLink(VaultChecker):
    """A link to a block id that the target note does not have."""

    family = "links"
    severity = Severity.WARNING  # the note opens all the same, at its top (H9)
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link that resolves to a note without the block it names."""
        for link, target in vault.links_without(note, Anchor.MISSING_BLOCK):
            subpath = link.target.subpath or ""
            wanted = subpath.strip().removeprefix("^")
            names = vault.anchors.names_of(target)
            same = names.blocks_by_spelling.get(spelling_key(wanted), [])
            meant = same or slips(wanted, names.blocks.near(wanted))
            safety = Safety.UNSAFE if len(same) == 1 else Safety.SUGGESTION
            where = "this note" if target == note.path else repr(target)
            message = f"no block {subpath.strip()!r} in {where}"
            if meant:
                message += f": did you mean {' or '.join(f'^{id}' for id in meant)}?"
            made = tuple(_fix(link, id, safety) for id in meant) if _is_written(link) else ()
            about = f"{target}#{subpath}"
            if safety is Safety.UNSAFE and made:
                yield Finding(link.span, message, made[0], about)
            else:
                yield Finding(link.span, message, None, about, made)


def _is_written(link: Link) -> bool:
    """True if the subpath's place in the note is known."""
    return link.path_length < link.target_span.end - link.target_span.start


def _fix(link: Link, id: str, safety: Safety) -> Fix:
    place = Span(link.path_span.end, link.target_span.end)
    return Fix(f"link to the block ^{id}", (Edit(place, f"#^{id}"),), safety)
