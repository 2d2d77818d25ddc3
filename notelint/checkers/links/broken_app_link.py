"""See broken_app_link.md."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.note.links import is_template
from notelint.note.note import Outline
from notelint.vault.moves import TABLES
from notelint.vault.resolution import Anchor, Status
from notelint.vault.vault import Vault


class BrokenAppLinkOptions(Struct, frozen=True):
    """Options of `broken-app-link`: the vault's name."""

    vault: Annotated[str, "The vault's name in Obsidian; empty: that of its folder."] = ""
    root: Annotated[str, "The vault root. A run sets it."] = "."


class BrokenAppLink(VaultChecker):
    """An `obsidian://` address that names this vault, and a file or heading that is not in it."""

    Options = BrokenAppLinkOptions
    family = "links"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each address whose file resolves to nothing, or whose heading or block is not there."""
        if not note.app_links:
            return
        name = self.options.vault or PurePath(self.options.root).name
        for link in note.app_links:
            path = link.target.path
            if link.vault != name or is_template(path):
                continue
            vault.depend_on(TABLES)
            found = vault.resolve(path, "")
            if found.status is Status.MISSING:
                yield Finding(link.span, f"no file {path!r} in this vault: Obsidian would open nothing", about=path)
            elif _lacks(vault, found.target, link.target.subpath):
                message = f"no heading or block {link.target.subpath!r} in {found.target!r}"
                yield Finding(link.span, message, about=path)


def _lacks(vault: Vault, target: str | None, subpath: str | None) -> bool:
    if target is None or not subpath:
        return False
    return vault.anchors.resolve(target, subpath).kind in (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK)
