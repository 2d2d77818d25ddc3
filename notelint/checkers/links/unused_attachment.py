"""See unused_attachment.md."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Struct

from notelint.checkers.base import FileChecker, OncePerVault
from notelint.core.diagnostic import Finding, Severity
from notelint.core.file_types import is_shown
from notelint.core.globs import Globs
from notelint.core.text import Span
from notelint.note.links import normalise
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.mentions import named_files
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.vault import Vault


class UnusedAttachmentOptions(Struct, frozen=True):
    """Options of `unused-attachment`: files that need no link."""

    kept: Annotated[tuple[str, ...], "Files that need no link (patterns as in .gitignore)."] = ()


class UnusedAttachment(FileChecker):
    """An image, sound, film or PDF that nothing in the vault links to, embeds or names."""

    Options = UnusedAttachmentOptions
    family = "links"
    severity = Severity.INFO
    default = False

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        super().__init__(options, id)
        self._kept = Globs(self.options.kept)
        self._unused = OncePerVault(_unused)

    def check(self, path: str, vault: Vault) -> Iterator[Finding]:
        """Yield one finding for a file of a kind that Obsidian shows, and that is used nowhere."""
        if path in self._unused.of(vault) and not self._kept.match(path):
            yield Finding(Span(0, 0), "nothing links to this file or names it: delete it, or link it", about=path)


def _unused(vault: Vault) -> frozenset[str]:
    """The attachments that no link may mean, and whose name stands in no text of the vault."""
    files = {path for path in vault.files if _is_judged(path, vault)}
    for path, outline in vault.outlines.items() if files else ():
        for link in outline.links:
            files.difference_update(vault.resolve_link(link, path).candidates)
    named = named_files(vault, {path.rpartition("/")[2] for path in files})
    known = {normalise(name).lower() for name in named}
    return frozenset(path for path in files if normalise(path.rpartition("/")[2]).lower() not in known)


def _is_judged(path: str, vault: Vault) -> bool:
    """True if it is known what a file is for: the site's own pictures, in a published garden, serve its templates."""
    if "/." in path or path.startswith("."):
        return False
    return is_shown(path) and (vault.rules.profile is not ResolutionProfile.SITE or SITE_IMAGES in f"/{path}")
