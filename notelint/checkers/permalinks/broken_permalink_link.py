"""See broken_permalink_link.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.garden.permalinks import output_file
from notelint.note.links import Link, is_template
from notelint.note.note import Outline
from notelint.vault.suggestions import closest
from notelint.vault.vault import Status, Vault

_MOST = 3  # addresses that differ in capitals only and are named
_OF_THE_SITE = frozenset({"index.html", "404/index.html", "~random/index.html"})  # made by the site itself (DG-U6)


@dataclass(frozen=True)
class Options:
    """The options of `broken-permalink-link`."""

    ignore: Annotated[tuple[str, ...], "Addresses that other software serves."] = ()


class BrokenPermalinkLink(VaultChecker):
    """A link to an address of the published site that no note claims."""

    Options = Options
    family = "permalinks"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each Markdown or HTML link to a path of the site that is nobody's address."""
        for link in note.links:
            if not link.is_site_path or link.hidden or not vault.addresses:
                continue
            path = unquote(link.target.path.partition("?")[0])
            if is_template(path):
                continue
            file = output_file(f"{path}/")
            if path in self.options.ignore or _exists(file, vault) or _in_vault(path, note, vault):
                continue
            other_case = vault.written_addresses(file.lower())[:_MOST]
            meant = other_case or _similar(path, vault)
            hint = f": did you mean {' or '.join(meant)}?" if meant else ""
            if other_case:
                hint = f", which differs from {other_case[0]} in capitals only"
            yield Finding(link.span, f"no note has the address {path}{hint}", _fix(link, meant), about=path)


def _exists(file: str, vault: Vault) -> bool:
    """Whether the site has a page there; a missing slash at the end does not matter here."""
    if file in _OF_THE_SITE or file.startswith("img/"):
        return True
    return file in vault.pages


def _in_vault(path: str, note: Outline, vault: Vault) -> bool:
    """Whether it is a path of the vault after all (link-semantics L5).

    Without the plugin, notes that have no permalink are served by their paths, and folders by their index.
    """
    if not vault.is_garden and path.strip("/").lower() in vault.folders:
        return True
    return vault.resolve(path if vault.is_garden else path.rstrip("/"), note.path).status is not Status.MISSING


def _similar(path: str, vault: Vault) -> list[str]:
    """Addresses that are spelt nearly so. Each path is looked up once a vault."""
    known = vault.similar.get(path)
    if known is None:
        wanted = f"/{path.strip('/')}/"
        known = vault.similar[path] = closest(wanted, vault.address_spellings.near(wanted))
    return known


def _fix(link: Link, meant: list[str]) -> Fix | None:
    if len(meant) != 1 or not link.path_length:
        return None
    return Fix(f"link to {meant[0]}", (Edit(link.path_span, meant[0]),), Safety.UNSAFE)
