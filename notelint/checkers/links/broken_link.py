"""See broken_link.md."""

from collections.abc import Iterator
from typing import Annotated

from notelint.checkers.base import VaultChecker
from notelint.checkers.links import dead_links
from notelint.core.diagnostic import Finding
from notelint.edits.allowance import Part
from notelint.note.note import Outline
from notelint.vault.vault import Vault


class BrokenLinkOptions(dead_links.DeadLinkOptions, frozen=True):
    """The options of `broken-link`."""

    unwritten: Annotated[bool, "Report notes that are yet to be written, too: so where it is selected alone."] = False


class BrokenLink(VaultChecker):
    """A link to a note that is not in the vault."""

    Options = BrokenLinkOptions
    family = "links"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link whose path resolves to nothing, but for notes that are yet to be written."""
        ignored = self.options.ignore
        for link in dead_links.dead_links(note, vault, ignored, unwritten=False):
            path = link.target.path
            if path.strip("/").lower() in vault.names.folders:
                yield Finding(link.span, f"{path!r} is a folder, and a link names a note", about=path)
            elif path.startswith("www."):
                yield Finding(link.span, f"no note {path!r}: for a website write https:// before it", about=path)
            else:
                yield dead_links.finding(link, note, vault, "no note")
        if self.options.unwritten:
            for link in dead_links.dead_links(note, vault, ignored, unwritten=True):
                yield dead_links.finding(link, note, vault, "no note")
