"""See missing_permalink.md."""

import json
from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Fix
from notelint.note import Outline
from notelint.permalink import is_published
from notelint.text import Edit, Span
from notelint.vault import Vault


class MissingPermalink(VaultChecker):
    """A published note without its permalink: the site gives it another address."""

    family = "permalinks"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield once for a note in published form that has no `permalink`, or null for one (DG-U7)."""
        if not note.is_published_form or not is_published(note.properties):
            return
        if note.properties.get("permalink") is not None:
            return
        address = vault.permalink(note)
        written = json.dumps(address, ensure_ascii=False)
        if "permalink" in note.places:
            edit = Edit(note.place("permalink"), written)
        else:
            before = next(key for key in ("dg-permalink", "dg-path", "dg-publish") if key in note.places)
            end = note.place(before).end
            edit = Edit(Span(end, end), f',"permalink":{written}')
        message = f"no permalink: the site would not put the note at {address}, where links expect it"
        yield Finding(note.start, message, Fix(f"add {address}", (edit,)))
