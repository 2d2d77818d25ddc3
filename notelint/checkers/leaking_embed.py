"""See leaking_embed.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.note import Outline
from notelint.vault import Vault


class LeakingEmbed(VaultChecker):
    """An embed that publishes the text of a note which is not to be published."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed, in a published note, of a note that is not published (digital-garden DG-E4)."""
        if note.is_published_form or not vault.publishes(note.path):
            return
        for link in note.links:
            target = vault.resolve_link(link, note.path).target if link.embed and not link.hidden else None
            if vault.publishes(target) is False:
                message = f"publishes the text of {target!r}, which is not to be published: link to it, or publish it"
                yield Finding(link.span, message, about=target)
