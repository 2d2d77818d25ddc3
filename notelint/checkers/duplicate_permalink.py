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
        others = [(path, output_file(other)) for path, other in vault.addresses[file.lower()] if path != note.path]
        if not others:
            return
        same = [path for path, other in others if other == file]
        if same:
            effect = "the site cannot be built; " if vault.is_garden else ""
            message = f"address {address} is claimed by {_names(same)} too: {effect}change one of them"
        else:
            names = _names([path for path, _ in others])
            message = f"address {address} differs from that of {names} in capitals only: many servers mix them up"
        key = next((key for key in _KEYS if key in note.places), "dg-publish")
        yield Finding(note.place(key), message, about=address)


def _names(paths: list[str]) -> str:
    """The first paths, and how many more there are."""
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(repr(path) for path in paths[:_SHOWN]) + more
