"""See duplicate_permalink.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.note import Outline
from notelint.permalink import output_file
from notelint.vault import Vault

_SHOWN = 3
_KEYS = ("dg-home", "permalink", "dg-permalink", "dg-path")


class DuplicatePermalink(VaultChecker):
    """An address that two notes claim: the site's whole build fails."""

    family = "permalinks"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield once if other notes are written to the same file of the site (DG-U6)."""
        address = vault.claimed(note)
        if address is None:
            return
        file = output_file(address)
        others = [(path, other) for path, other in vault.addresses[file.lower()] if path != note.path]
        if not others:
            return
        names = ", ".join(repr(path) for path, _ in others[:_SHOWN])
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        if any(output_file(other) == file for _, other in others):
            message = f"address {address} is claimed by {names}{more} too: the site cannot be built"
        else:
            message = f"address {address} differs from that of {names}{more} in capitals only: many servers mix them up"
        key = next((key for key in _KEYS if key in note.places), "dg-publish")
        yield Finding(note.place(key), message, about=address)
