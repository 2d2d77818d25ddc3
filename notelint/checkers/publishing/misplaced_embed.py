"""See misplaced_embed.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.text import Span
from notelint.note.markdown.blocks import Container, containers
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_ENDED = ("list item", "quote", "table")


class MisplacedEmbed(VaultChecker):
    """An embed of a note in a list, quote, callout or table: on the site it ends there."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each such embed of a published note (digital-garden DG-E7)."""
        page = vault.page(note)
        embeds = (
            []
            if page is None
            else [(embed, link) for embed, link in page.shown_embeds() if embed.number in page.showing]
        )
        found = containers(page.note) if page is not None and embeds else []
        for _, link in embeds:
            container = _innermost(link.span, found)
            if container is not None and container.kind in _ENDED:
                message = f"the plugin puts lines in place of this embed that end the {container.kind} on the site"
                yield Finding(link.span, f"{message}: write the embed on a line of its own outside it, or a link")


def _innermost(span: Span, found: list[Container]) -> Container | None:
    return next((one for one in reversed(found) if span.start in one.span), None)
