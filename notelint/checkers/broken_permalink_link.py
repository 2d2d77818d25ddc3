"""See broken_permalink_link.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Fix, Safety
from notelint.link import Link
from notelint.note import Outline
from notelint.permalink import output_file
from notelint.suggest import closest
from notelint.text import Edit
from notelint.vault import Status, Vault

_OF_THE_SITE = frozenset({"index.html", "404/index.html", "~random/index.html"})  # made by the site itself (DG-U6)


@dataclass(frozen=True)
class Options:
    """The options of `broken-permalink-link`."""

    ignore: Annotated[tuple[str, ...], "Addresses that other software serves."] = ()


class BrokenPermalinkLink(VaultChecker):
    """A link to an address of the published site that no note claims."""

    Options = Options
    family = "permalinks"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each Markdown or HTML link to a path of the site that is nobody's address."""
        for link in note.links:
            path = link.target.path
            if link.hidden or not link.is_site_path or not vault.addresses or path in self.options.ignore:
                continue
            wanted = output_file(f"{path}/")
            if wanted in _OF_THE_SITE or wanted.startswith("img/"):
                continue
            claims = vault.addresses.get(wanted.lower(), [])
            if any(output_file(address) == wanted for _, address in claims):
                continue
            if vault.resolve(path, note.path).status is not Status.MISSING:
                continue  # a path of the vault after all (link-semantics L5)
            meant = [address for _, address in claims] or _similar(path, vault)
            hint = f": did you mean {' or '.join(meant)}?" if meant else ""
            yield Finding(link.span, f"no note has the address {path}{hint}", _fix(link, meant), about=path)


def _similar(path: str, vault: Vault) -> list[str]:
    known = {address for claims in vault.addresses.values() for _, address in claims}
    return closest(f"/{path.strip('/')}/", known)


def _fix(link: Link, meant: list[str]) -> Fix | None:
    if len(meant) != 1 or not link.path_length:
        return None
    return Fix(f"link to {meant[0]}", (Edit(link.path_span, meant[0]),), Safety.UNSAFE)
