"""See unpublishable_embed.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.note.note import Outline
from notelint.vault.vault import Vault


class UnpublishableEmbed(VaultChecker):
    """An embed of a note that Obsidian shows, and of which the site shows nothing."""

    family = "publishing"
    severity = Severity.WARNING
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield embeds of a part of the same note (DG-E8), and those that go with what is taken for a comment."""
        page = vault.page(note)
        if page is None:
            return
        for _, place in page.published.unembedded:
            if place is not None and place in page.shown_links:
                message = "the plugin does not embed a part of the same note: on the site this is `!` and a link"
                yield Finding(place, f"{message}; write a link", about=note.path)
        for embed in page.swallowed() if page.published.is_whole else ():
            message = "the site shows nothing of this embed: it goes with what the plugin takes for a comment"
            place = embed.place or note.place("dg-publish")
            yield Finding(place, f"{message}; look for a %% near it that has no pair", about=embed.target)
