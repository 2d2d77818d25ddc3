"""See broken_block_link.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.note import Outline
from notelint.vault.suggestions import closest
from notelint.vault.vault import Anchor, Vault


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
            meant = closest(wanted, vault.anchor_names(target).blocks.near(wanted))
            where = "this note" if target == note.path else repr(target)
            message = f"no block {subpath.strip()!r} in {where}"
            if meant:
                message += f": did you mean {' or '.join(f'^{id}' for id in meant)}?"
            fix = None
            if len(meant) == 1 and link.path_length < link.target_span.end - link.target_span.start:
                place = Span(link.path_span.end, link.target_span.end)
                fix = Fix(f"link to the block ^{meant[0]}", (Edit(place, f"#^{meant[0]}"),), Safety.UNSAFE)
            yield Finding(link.span, message, fix, about=f"{target}#{subpath}")
