"""See broken_permalink_link.md."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import unquote

from msgspec import Struct

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.spelling import slips
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.garden.permalinks import output_file
from notelint.note.links import Link, is_template
from notelint.note.note import Outline
from notelint.vault.link_style import spelt
from notelint.vault.resolution import Status
from notelint.vault.site import address_key
from notelint.vault.vault import Vault

_MOST = 3  # addresses that differ in capitals only and are named
_OF_THE_SITE = frozenset({"index.html", "404/index.html", "~random/index.html"})  # made by the site itself (DG-U6)


class BrokenPermalinkLinkOptions(Struct, frozen=True):
    """The options of `broken-permalink-link`."""

    ignore: Annotated[tuple[str, ...], "Addresses that other software serves."] = ()


class BrokenPermalinkLink(VaultChecker):
    """A link to an address of the published site that no note claims."""

    Options = BrokenPermalinkLinkOptions
    family = "permalinks"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each Markdown or HTML link to a path of the site that is nobody's address.

        Nothing is known of the addresses that other generators of websites make.
        """
        if vault.rules.heading_ids and not vault.site.is_garden:
            return
        for link in note.links:
            if not link.is_site_path or link.hidden or not vault.site.addresses or not vault.site.knows_addresses:
                continue
            path = unquote(link.target.path.partition("?")[0])
            if is_template(path):
                continue
            file = output_file(f"{path}/")
            if path in self.options.ignore or _exists(file, vault) or _in_vault(path, note, vault):
                continue
            other_case = vault.site.written_addresses(file.lower())[:_MOST]
            same = [] if other_case else _spelt_alike(path, vault)
            meant = other_case or same or _misspelt(path, vault)
            hint = f": did you mean {' or '.join(meant)}?" if meant else ""
            if other_case:
                hint = f", which differs from {other_case[0]} in capitals only"
            safety = Safety.SAFE if other_case else Safety.UNSAFE if same else Safety.SUGGESTION
            yield _finding(link, f"no note has the address {path}{hint}", path, meant, safety)


def _exists(file: str, vault: Vault) -> bool:
    """True if the site has a page there; a missing slash at the end does not matter here."""
    if file in _OF_THE_SITE or file.startswith("img/"):
        return True
    return file in vault.site.pages


def _in_vault(path: str, note: Outline, vault: Vault) -> bool:
    """True if it is a path of the vault after all (L5).

    Without the plugin, notes that have no permalink are served by their paths, and folders by their index.
    """
    if not vault.site.is_garden and path.strip("/").lower() in vault.names.folders:
        return True
    return vault.resolve(path if vault.site.is_garden else path.rstrip("/"), note.path).status is not Status.MISSING


def _spelt_alike(path: str, vault: Vault) -> list[str]:
    """Addresses that are the same but for hyphens, accents, a plural and the like, folder by folder."""
    return vault.site.addresses_by_spelling.get(address_key(path), [])[:_MOST]


def _misspelt(path: str, vault: Vault) -> list[str]:
    """Addresses of which the path is perhaps a slip. Each is looked up once a vault."""
    known = vault.similar.get(path)
    if known is None:
        wanted = f"/{path.strip('/')}/"
        known = vault.similar[path] = slips(wanted, vault.site.address_spellings.near(wanted))
    return known


def _finding(link: Link, message: str, path: str, meant: list[str], safety: Safety) -> Finding:
    """A finding with a fix if one address is meant, else with suggestions."""
    if not link.path_length or "?" in link.target.path:  # what is asked of the address would be lost
        return Finding(link.span, message, about=path)
    if len(meant) == 1 and safety is not Safety.SUGGESTION:
        return Finding(link.span, message, _fix(link, meant[0], safety), path)
    return Finding(link.span, message, None, path, tuple(_fix(link, one, Safety.SUGGESTION) for one in meant))


def _fix(link: Link, address: str, safety: Safety) -> Fix:
    return Fix(f"link to {address}", (Edit(link.path_span, spelt(address, link)),), safety)
