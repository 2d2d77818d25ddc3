"""See vanishing_text.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_CAUSES = {
    "comment": "it stands between two %% that the plugin takes for a comment; write one of them differently",
    "frontmatter": "the plugin takes the frontmatter to end at a later ---; write that line as *** instead",
}


class VanishingText(VaultChecker):
    """Text that Obsidian shows and the site does not."""

    family = "publishing"
    severity = Severity.WARNING
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each place of a published note that is not on its page (digital-garden DG-C1, DG-C2, DG-E8)."""
        page = vault.page(note)
        for rule, place, embed in page.lost if page is not None and page.published.is_whole else ():
            if embed is not None:
                message = f"embedded here, text of {embed.target!r} is not on the site: {_CAUSES[rule]}"
                yield Finding(embed.place or note.place("dg-publish"), message, about=embed.target)
            elif place is not None:
                yield Finding(place, f"the site does not show this: {_CAUSES[rule]}")
