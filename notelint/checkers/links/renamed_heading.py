"""See renamed_heading.md."""

import shlex
from collections.abc import Collection, Iterator
from typing import Annotated

from msgspec import Struct, field

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.note.links import heading_key
from notelint.note.note import Outline
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault


class RenamedHeadingOptions(Struct, frozen=True):
    """Options of this checker."""

    renames: Annotated[
        dict[str, dict[str, str]], "The new text of each renamed heading, by its note and old text: set by --since."
    ] = field(default_factory=dict)


class RenamedHeading(VaultChecker):
    """A heading that was given another text, and left broken links behind."""

    family = "links"
    compares = True
    Options = RenamedHeadingOptions

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding for each heading of the note that was renamed since the base, if that broke links."""
        for old, new in self.options.renames.get(note.path, {}).items():
            heading = next((one for one in note.headings if one.text == new), None)
            sources = [
                path for path, outline in vault.outlines.items() for _ in _broken(outline, note.path, old, vault)
            ]
            if heading is not None and sources:
                yield Finding(heading.text_span, message(note.path, old, new, sources), about=old)


def _broken(outline: Outline, target: str, old: str, vault: Vault) -> Iterator[str]:
    """The links of a note that name the old heading of another, which is not there any more."""
    for link in outline.links:
        parts = (link.target.subpath or "").split("#")
        if heading_key(parts[-1]) != heading_key(old) or vault.resolve_link(link, outline.path).target != target:
            continue
        if vault.anchors.resolve(target, link.target.subpath or "").kind is not Anchor.HEADING:
            yield outline.path


def message(path: str, old: str, new: str, sources: Collection[str]) -> str:
    """The message about a heading that left links behind; `sources` are the notes of these, one for each link."""
    links, where = len(sources), len(set(sources))
    what = f"{links} link{'s' if links > 1 else ''} in {where} note{'s' if where > 1 else ''}"
    names = " ".join(map(shlex.quote, (path, old, new)))
    remedy = f"`notelint rename-heading --already-renamed {names}` fixes {'them' if links > 1 else 'it'}"
    return f"renamed from {old!r}, which breaks {what}: {remedy}"
