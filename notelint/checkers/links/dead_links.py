"""Links that find no note, for the two checkers that report them: broken ones, and notes that are yet to be written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from notelint.core.diagnostic import Finding
from notelint.core.file_types import is_attachment, is_note
from notelint.note.links import Link, LinkForm, is_template
from notelint.note.note import Outline
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.suggestions import Meant, fixes, hint, meant
from notelint.vault.vault import Status, Vault


@dataclass(frozen=True)
class Options:
    """The options of both."""

    ignore: Annotated[tuple[str, ...], "Targets, as written, that may be missing."] = ()


def dead_links(note: Outline, vault: Vault, ignored: tuple[str, ...]) -> Iterator[Link]:
    """The links of a note whose path resolves to nothing, and that are judged."""
    for link, resolution in vault.unsettled(note):
        if resolution.status is not Status.MISSING:
            continue
        path = link.target.path
        if link.hidden or is_attachment(path) or is_template(path) or path in ignored:
            continue
        if link.form is LinkForm.HTML or _is_address(link, vault):
            continue
        if link.in_property and vault.rules.profile is ResolutionProfile.SITE:
            continue  # the site makes no links of them
        yield link


def _is_address(link: Link, vault: Vault) -> bool:
    """Addresses of the published site are the subject of `broken-permalink-link`."""
    return link.is_site_path and (link.target.path.endswith("/") or bool(vault.addresses) or not vault.knows_addresses)


def names_no_note(link: Link, vault: Vault) -> bool:
    """Whether a link names a folder, or a website without its scheme."""
    path = link.target.path
    return path.startswith("www.") or path.strip("/").lower() in vault.folders


def can_be_unwritten(link: Link, note: Outline, vault: Vault) -> bool:
    """Whether a link may name a note that is yet to be written: by its bare name, and not on a website."""
    path = link.target.path
    if link.form is not LinkForm.WIKILINK or link.embed or "/" in path or is_note(path):
        return False
    return not names_no_note(link, vault) and not vault.on_site(note)


def meant_by(link: Link, note: Outline, vault: Vault) -> Meant:
    """What a dead link may have meant, found once for both checkers."""
    if vault.dead[0] is not note:
        vault.dead = note, {}
    known = vault.dead[1]
    if link.span not in known:
        known[link.span] = meant(link, note.path, vault)
    found: Meant = known[link.span]
    return found


def finding(link: Link, note: Outline, vault: Vault, what: str) -> Finding:
    """The finding of a dead link, with its fix and suggestions; `what` begins the message."""
    path, found = link.target.path, meant_by(link, note, vault)
    fix, suggested = fixes(link, note.path, found, vault)
    return Finding(link.span, f"{what} {path!r}{hint(link, found)}", fix, path, suggested)
