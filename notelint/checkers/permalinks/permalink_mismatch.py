"""See permalink_mismatch.md."""

import json
from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.garden.permalinks import garden_path, is_home, is_published
from notelint.note.links import is_template
from notelint.note.note import Outline
from notelint.vault.face import path_in_garden
from notelint.vault.vault import Vault

_CANVAS = ".canvas.md"


class PermalinkMismatch(VaultChecker):
    """A permalink that is not the address the Digital Garden plugin gives the note."""

    family = "permalinks"
    severity = Severity.WARNING
    takes = frozenset({Part.VALUES})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield once for a published note whose `permalink` differs from what the plugin computes (DG-U1 to DG-U3).

        Where its settings are not known, only if it differs from all that it may compute (DG-S1).
        """
        written = note.properties.get("permalink")
        if not isinstance(written, str) or not is_published(note.properties) or is_template(written):
            return
        on_site = vault.site.holds(note)
        if on_site and note.path.endswith(_CANVAS):
            return  # a canvas became this page, or a note of that name: their addresses differ
        by, address = _decided(note, vault, on_site)
        if written == address or (is_home(note.properties) and written == "/"):
            return
        possible = (address,) if by == "dg-home" else vault.site.possible_permalinks(note)
        if not possible or written in possible or (len(possible) > 1 and not on_site):
            return
        if on_site:
            message = f"permalink is {written!r}, but by {by} the plugin writes {' or '.join(possible)}"
        else:
            hint = "" if by in ("dg-home", "dg-permalink") else " (dg-permalink would change it)"
            message = f"the plugin ignores permalink {written!r}: by {by} the address is {address}{hint}"
        value = note.place("permalink")
        edit = Edit(value, json.dumps(address, ensure_ascii=False))
        fix = Fix(f"write {address}", (edit,), Safety.UNSAFE) if len(possible) == 1 else None
        yield Finding(value, message, fix, about=written)


def _decided(note: Outline, vault: Vault, on_site: bool) -> tuple[str, str]:
    """The property or path that decides about a note's address, in words, and the address."""
    if is_home(note.properties) and not on_site:
        return "dg-home", "/"  # DG-U8; in a published home note stands what its path gives
    address = vault.site.permalink(note)
    for key in ("dg-permalink", "dg-path"):
        if isinstance(note.properties.get(key), str) and note.properties[key]:
            return key, address
    path = path_in_garden(note.path)
    rewritten = garden_path(path, vault.garden.rules) != path
    return "a path rewrite rule" if rewritten else "the note's path", address
