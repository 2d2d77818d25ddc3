"""See unsupported_image.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Severity
from notelint.note import Outline
from notelint.vault import Vault

_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".md", ".canvas", ".base", ".excalidraw")


class UnsupportedImage(VaultChecker):
    """An embed in a published note of a kind that the site does not show."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed of a file that the plugin leaves alone (digital-garden DG-E1): capitals count."""
        if not vault.publishes(note.path):
            return
        for link in note.links:
            target = vault.resolve_link(link, note.path).target if link.embed and not link.hidden else None
            if target is None or target.endswith(_SHOWN) or "." not in target.rpartition("/")[2]:
                continue
            ending = target.rpartition(".")[2]
            lower = f".{ending.lower()}" in _SHOWN
            cure = "write its ending in small letters" if lower else "convert it to png, jpg, gif or webp"
            yield Finding(link.span, f"the site does not show .{ending} files: {cure}", about=target)
