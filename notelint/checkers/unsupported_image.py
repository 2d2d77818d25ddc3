"""See unsupported_image.md."""

import re
from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Severity
from notelint.link import Link
from notelint.note import Outline
from notelint.vault import Vault

_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".md", ".canvas", ".base", ".excalidraw")
_IMAGES = frozenset({"avif", "bmp", "tif", "tiff", "heic", "heif", "jfif", "ico", "apng", "jxl"})
_BOTH_SIZES = re.compile(r"\s*(\d+)\s*x\s*\d+\s*\Z")


class UnsupportedImage(VaultChecker):
    """An embed in a published note that the site does not show, or not in its size."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed of a file that the plugin leaves alone: capitals count (digital-garden DG-E1)."""
        if not vault.publishes(note.path):
            return
        for link in note.links:
            target = vault.resolve_link(link, note.path).target if link.embed and not link.hidden else None
            if target is None or target in vault.faces or "." not in target.rpartition("/")[2]:
                continue
            if not target.endswith(_SHOWN):
                yield Finding(link.span, _unshown(target), about=target)
            elif (size := _size(link)) is not None:
                yield Finding(link.span, f"the site ignores a width with a height: write the width {size} alone")


def _unshown(target: str) -> str:
    ending = target.rpartition(".")[2]
    if f".{ending.lower()}" in _SHOWN:
        return f"the site does not show .{ending} files: write its ending in small letters"
    cure = "convert it to png, jpg, gif or webp" if ending.lower() in _IMAGES else "there the embed is a dead link"
    return f"the site does not show .{ending} files: {cure}"


def _size(link: Link) -> str | None:
    """The width of an embed that has a height too."""
    match = _BOTH_SIZES.match((link.alias or "").rpartition("|")[2])
    return None if match is None else match[1]
