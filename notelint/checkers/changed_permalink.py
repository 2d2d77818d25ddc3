"""See changed_permalink.md."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Fix, Safety
from notelint.note import Outline
from notelint.permalink import output_file
from notelint.text import Edit, Span
from notelint.vault import Vault


@dataclass(frozen=True)
class Options:
    """What the checker can be told."""

    redirects: Annotated[str | None, "A file of the vault that names each address that has moved."] = None
    root: Annotated[str, "The vault's folder: set by notelint."] = ""
    base: Annotated[dict[str, str], "The address that each note had, by its path: set by --since."] = field(
        default_factory=dict
    )


class ChangedPermalink(VaultChecker):
    """A published note whose address is another one than before, or none any more."""

    family = "permalinks"
    Options = Options

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding, if the note's address was another one at the base of `--since`."""
        old = self.options.base.get(note.path)
        if old is None:
            return
        new = vault.claimed(note)
        if new is not None and output_file(new) == output_file(old):
            return
        if self.is_redirected(old):
            return
        what = f"no longer published at {old}" if new is None else f"published at {new}, no longer at {old}"
        fix = _keep(note, old) if new is not None and not note.is_published_form else None
        yield Finding(note.place("dg-permalink"), f"{what}: {self.cure(old)}", fix, about=old)

    def cure(self, old: str) -> str:
        """What is to be done about an address that is gone."""
        named = self.options.redirects
        redirect = f"name it in {named}" if named else "name it in a file of redirects (option `redirects`)"
        return f"keep it with `dg-permalink`, or {redirect}"

    def is_redirected(self, old: str) -> bool:
        """Whether the file of redirects names an address: as a word, with or without its slashes."""
        if not self.options.redirects:
            return False
        file = Path(self.options.root) / self.options.redirects
        try:
            inside = file.resolve().is_relative_to(Path(self.options.root).resolve())
            words = file.read_text("utf-8", "replace").split() if inside else []
        except OSError:
            return False
        return old.strip("/") in {word.strip("\"',:=").strip("/") for word in words}


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
