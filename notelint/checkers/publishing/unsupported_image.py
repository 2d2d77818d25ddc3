"""See unsupported_image.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.note.links import Link, LinkForm, decode_uri, embed_size
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_SIZED = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_SHOWN = (*_SIZED, ".svg", ".pdf", ".canvas", ".base", ".excalidraw")
_IMAGES = frozenset({"avif", "bmp", "tif", "tiff", "heic", "heif", "jfif", "ico", "apng", "jxl"})
_BOTH_SIZES = lazy_regex(r"\s*(\d+)\s*x\s*\d+\s*\Z")
_BARE_PERCENT = lazy_regex(r"%(?![0-9A-Fa-f]{2})")
_CUTS = lazy_regex(r"[?#]")  # what encodeURI leaves, and what ends the path of an address


class UnsupportedImage(VaultChecker):
    """An embed in a published note that the site does not show, or not in its size."""

    family = "publishing"
    severity = Severity.WARNING
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed of a file that the plugin leaves alone (digital-garden DG-E1, DG-E2)."""
        if not vault.site.publishes(note.path):
            return
        for link in note.links:
            target = vault.resolve_link(link, note.path).target if link.embed and not link.hidden else None
            if target is not None and target.endswith(".md") and link.alias and embed_size(link.alias):
                message = f"on the site the width {link.alias} of an embedded note becomes a heading: take it out"
                yield Finding(link.span, message, about=target)
            elif target is not None and not target.lower().endswith(".md") and "." in target.rpartition("/")[2]:
                yield from _judged(link, target)


def _judged(link: Link, target: str) -> Iterator[Finding]:
    """The plugin finds an embed by the ending that is written in it, where capitals count."""
    written = link.target.path
    if not written.endswith(_SHOWN):
        yield Finding(link.span, _unshown(written), about=target)
    elif (cut := _CUTS.search(target)) is not None:
        message = f"the site does not find this file, for its address ends at {cut.group()!r}: rename the file"
        yield Finding(link.span, message, about=target)
    elif link.form is LinkForm.MARKDOWN and link.path_length == len(written) and decode_uri(written) is None:
        fix = Fix("write %25", (Edit(link.path_span, _BARE_PERCENT.sub("%25", written)),))
        yield Finding(link.span, "the plugin leaves an image with a bare % in its path alone: write %25", fix, target)
    elif written.endswith(_SIZED) and (size := _size(link)) is not None:
        yield Finding(link.span, f"the site ignores a width with a height: write the width {size} alone")


def _unshown(path: str) -> str:
    ending = path.rpartition(".")[2]
    if f".{ending.lower()}" in _SHOWN:
        return f"the site does not show .{ending} files: write its ending in small letters"
    cure = "convert it to png, jpg, gif or webp" if ending.lower() in _IMAGES else "there the embed is a dead link"
    return f"the site does not show .{ending} files: {cure}"


def _size(link: Link) -> str | None:
    """The width of an embed that has a height too."""
    match = _BOTH_SIZES.match((link.alias or "").rpartition("|")[2])
    return None if match is None else match[1]
