"""See broken_link.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.file_types import is_attachment
from notelint.edits.allowance import Part
from notelint.note.links import Link, LinkForm, is_template
from notelint.note.note import Outline
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.suggestions import fix, hint, suggestions
from notelint.vault.vault import Status, Vault


@dataclass(frozen=True)
class Options:
    """The options of `broken-link`."""

    ignore: Annotated[tuple[str, ...], "Targets, as written, that may be missing."] = ()


class BrokenLink(VaultChecker):
    """A link to a note that is not in the vault."""

    Options = Options
    family = "links"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link whose path resolves to nothing."""
        for link, resolution in vault.unsettled(note):
            if resolution.status is not Status.MISSING:
                continue
            path = link.target.path
            if link.hidden or is_attachment(path) or is_template(path) or path in self.options.ignore:
                continue
            if link.form is LinkForm.HTML or _is_address(link, vault):
                continue
            if link.in_property and vault.rules.profile is ResolutionProfile.SITE:
                continue  # the site makes no links of them
            if path.strip("/").lower() in vault.folders:
                yield Finding(link.span, f"{path!r} is a folder, and a link names a note", about=path)
            elif path.startswith("www."):
                yield Finding(link.span, f"no note {path!r}: for a website write https:// before it", about=path)
            else:
                found = suggestions(link, note.path, vault)
                message = f"no note {path!r}{hint(link, found)}"
                yield Finding(link.span, message, fix(link, note.path, found, vault), about=path)


def _is_address(link: Link, vault: Vault) -> bool:
    """Addresses of the published site are the subject of `broken-permalink-link`."""
    return link.is_site_path and (link.target.path.endswith("/") or bool(vault.addresses))
