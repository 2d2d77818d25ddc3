"""See changed_permalink.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Struct, field

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.safe_read import SETTINGS_LIMIT, VaultReader
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.edits.redirects import names
from notelint.garden.permalinks import is_published_form, output_file
from notelint.note.note import Outline
from notelint.vault.vault import Vault


class ChangedPermalinkOptions(Struct, frozen=True):
    """Options of this checker."""

    redirects: Annotated[str | None, "A file of the vault that names each address that has moved."] = None
    root: Annotated[str, "The vault's folder: set by notelint."] = ""
    base: Annotated[dict[str, str], "The address that each note had, by its path: set by --since."] = field(
        default_factory=dict
    )


class ChangedPermalink(VaultChecker):
    """A published note whose address is another one than before, or none any more."""

    family = "permalinks"
    takes = frozenset({Part.VALUES})
    compares = True
    Options = ChangedPermalinkOptions

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding, if the note's address was another one at the base of `--since`."""
        old = self.options.base.get(note.path)
        if old is None:
            return
        new = vault.site.claimed(note)
        if new is not None and output_file(new) == output_file(old):
            return
        if self.is_redirected(old):
            return
        place = note.place("dg-permalink")
        if new is None:
            yield Finding(place, f"no longer published at {old}: publish it again, or {self.redirect()}", about=old)
            return
        keep = "`permalink`" if is_published_form(note) else "`dg-permalink`"
        message = f"published at {new}, no longer at {old}: keep it with {keep}, or {self.redirect()}"
        yield Finding(place, message, None if is_published_form(note) else _keep(note, old), about=old)

    def redirect(self) -> str:
        """The advice for an address that no note can keep."""
        named = self.options.redirects
        return f"name the old address in {named}" if named else "name it in a file of redirects (option `redirects`)"

    def is_redirected(self, old: str) -> bool:
        """True if the file of redirects names an address: as a word, with or without its slashes."""
        if not self.options.redirects:
            return False
        try:
            text = VaultReader(Path(self.options.root)).read(self.options.redirects, SETTINGS_LIMIT)
            return names(text.decode("utf-8", "replace"), old)
        except OSError:
            return False


def _keep(note: Outline, old: str) -> Fix | None:
    """Write the address into the frontmatter, where the plugin takes it from (DG-U2)."""
    value = json.dumps(old.strip("/"), ensure_ascii=False)
    if "dg-permalink" in note.properties:
        return Fix(f"keep {old}", (Edit(note.place("dg-permalink"), value),), Safety.UNSAFE)
    publish = note.places.get("dg-publish")
    if publish is None or note.frontmatter_form != "yaml":
        return None
    at = publish.key.start
    return Fix(f"keep {old}", (Edit(Span(at, at), f"dg-permalink: {value}\n"),), Safety.UNSAFE)
