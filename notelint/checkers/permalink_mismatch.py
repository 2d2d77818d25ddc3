"""See permalink_mismatch.md."""

import json
from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Fix, Safety, Severity
from notelint.note import Outline
from notelint.permalink import is_published
from notelint.text import Edit
from notelint.vault import Vault


class PermalinkMismatch(VaultChecker):
    """A permalink that is not the address the Digital Garden plugin gives the note."""

    family = "permalinks"
    severity = Severity.WARNING

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield once for a published note whose `permalink` differs from what the plugin computes (DG-U1 to DG-U3)."""
        written = note.properties.get("permalink")
        if not isinstance(written, str) or not is_published(note.properties):
            return
        address = vault.permalink(note)
        if written == address or "permalink" not in note.places:
            return
        by = next((key for key in ("dg-permalink", "dg-path") if note.properties.get(key)), "the note's path")
        if note.is_published_form:
            message = f"permalink is {written}, but by {by} the plugin publishes the note at {address}"
        else:
            message = f"the plugin ignores permalink: by {by} the address is {address} (dg-permalink would change it)"
        value = note.place("permalink")
        fix = Fix(f"write {address}", (Edit(value, json.dumps(address, ensure_ascii=False)),), Safety.UNSAFE)
        yield Finding(value, message, fix, about=written)
