"""See missing_permalink.md."""

import json
from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.text import Edit, Span
from notelint.garden.permalinks import is_home, is_published, is_published_form
from notelint.note.note import Outline
from notelint.vault.face import unaddressed
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.vault import Vault


class MissingPermalink(VaultChecker):
    """A published note without its permalink: the site gives it another address."""

    family = "permalinks"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield once for a note of a published garden that has no `permalink`, or null for one (DG-U7)."""
        if note.properties.get("permalink") is not None or is_home(note.properties):
            return
        if not is_published_form(note) or not is_published(note.properties):
            if vault.rules.profile is ResolutionProfile.SITE and vault.site.publishes(note.path):
                yield _at_its_path(note, "publish it with the plugin, or write its permalink")
            return
        possible = vault.site.possible_permalinks(note)
        if len(possible) != 1:  # whether names become slugs is not known (DG-S1)
            yield _at_its_path(note, "publish it again with the plugin")
            return
        address = possible[0]
        written = json.dumps(address, ensure_ascii=False)
        if "permalink" in note.places:
            edit = Edit(note.place("permalink"), written)
        else:
            before = next(key for key in ("dg-permalink", "dg-path", "dg-publish") if key in note.places)
            end = note.place(before).end
            edit = Edit(Span(end, end), f',"permalink":{written}')
        message = f"no permalink: the site would not put the note at {address}, where links expect it"
        yield Finding(note.start, message, Fix(f"add {address}", (edit,)), of_note=True)


def _at_its_path(note: Outline, cure: str) -> Finding:
    where = unaddressed(note.path)
    return Finding(note.start, f"no permalink: the site puts this note at {where}; {cure}", of_note=True)
