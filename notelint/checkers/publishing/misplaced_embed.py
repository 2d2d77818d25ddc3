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
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each such embed of a published note (digital-garden DG-E7)."""
        page = vault.page(note)
        if page is None:
            return
        shown = (link for embed, link in page.shown_embeds() if embed.number in page.showing)
        links = [link for link in shown if not _stands_alone(link.span, page.note.text)]
        found = containers(page.note) if links else []
        for link in links:
            container = _innermost(link.span, found)
            if container is not None and container.kind in _ENDED:
                message = f"the plugin puts lines in place of this embed that end the {container.kind} on the site"
                yield Finding(link.span, f"{message}: write the embed on a line of its own outside it, or a link")


def _stands_alone(span: Span, text: str) -> bool:
    """True if an embed begins its line, behind a blank line or the frontmatter: then it is in nothing."""
    return text.endswith(("\n\n", "\n---\n"), 0, span.start)


def _innermost(span: Span, found: list[Container]) -> Container | None:
    return next((one for one in reversed(found) if span.start in one.span), None)
