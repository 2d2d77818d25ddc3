"""See heading_id_link.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.checkers.links.heading_fix import heading_fix
from notelint.core.diagnostic import Finding, Safety, Severity
from notelint.edits.allowance import Part
from notelint.note.note import Outline
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault


class HeadingIdLink(VaultChecker):
    """A link to a heading by the id that GitHub and websites give it, where they may be what the notes are for."""

    family = "links"
    severity = Severity.INFO
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each Markdown link that Obsidian does not follow to a heading, and others do (UR1)."""
        for link, target in vault.links_without(note, Anchor.ID_OF_HEADING):
            subpath = (link.target.subpath or "").strip()
            there = vault.anchors.by_id(target, subpath)
            if there is None or there.heading is None:
                continue
            text = vault.anchors.fragment(target, there.heading.text)
            where = "this note" if target == note.path else repr(target)
            meant = f"did you mean {text!r}, which has this id on GitHub and websites?"
            fix = heading_fix(link, text, Safety.SUGGESTION)
            message = f"no heading {subpath!r} in {where}: {meant}"
            yield Finding(link.span, message, None, f"{target}#{link.target.subpath}", () if fix is None else (fix,))
