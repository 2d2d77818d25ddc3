"""Links that find no note, for the two checkers that report them: broken ones, and notes that are yet to be written."""

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.core.diagnostic import Finding
from notelint.core.file_types import is_attachment, is_note
from notelint.core.lazy_regex import lazy_regex
from notelint.note.links import Link, LinkForm, is_placeholder
from notelint.note.note import Outline
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.resolution import Status
from notelint.vault.retargeting import fixes
from notelint.vault.suggestion_hints import hint
from notelint.vault.suggestions import meant
from notelint.vault.vault import Vault

_OF_WEB = lazy_regex(r"https?://", re.I)


class DeadLinkOptions(Struct, frozen=True):
    """The options of both."""

    ignore: Annotated[tuple[str, ...], "Targets, as written, that may be missing."] = ()


def dead_links(note: Outline, vault: Vault, ignored: tuple[str, ...], *, unwritten: bool) -> list[Link]:
    """The links of a note whose path resolves to nothing: those to notes that are yet to be written, or the others."""
    if vault.dead[0] is not note:  # found once for both checkers
        dead = list(_dead_links(note, vault))
        on_site = bool(dead) and vault.site.holds(note)
        judged = [(link, not on_site and _is_unwritten(link, note, vault)) for link in dead]
        if vault.rules.wikilinks_doubtful:  # a page's title may be found, which its properties hold (WS4)
            judged = [(link, unwritten) for link, unwritten in judged if not unwritten]
        vault.dead = note, judged
    return [link for link, is_it in vault.dead[1] if is_it is unwritten and link.target.path not in ignored]


def _dead_links(note: Outline, vault: Vault) -> Iterator[Link]:
    reads_wikilinks = vault.reads_wikilinks(note)
    for link, resolution in vault.unsettled(note):
        if resolution.status is not Status.MISSING:
            continue
        path = link.target.path
        if link.hidden or is_attachment(path) or is_placeholder(path):
            continue
        if link.form is LinkForm.WIKILINK and (path.startswith("[") or not reads_wikilinks):
            continue  # [[[Note]]]: nobody knows if Obsidian takes the first bracket for text or for part of the name
        if link.form is LinkForm.HTML or _is_address(link, vault):
            continue
        if link.in_property and vault.rules.profile is ResolutionProfile.SITE:
            continue  # the site makes no links of them
        yield link


def _is_address(link: Link, vault: Vault) -> bool:
    """Addresses of the published site are the subject of `broken-permalink-link`."""
    return link.is_site_path and (
        link.target.path.endswith("/") or bool(vault.site.addresses) or not vault.site.knows_addresses
    )


def _is_unwritten(link: Link, note: Outline, vault: Vault) -> bool:
    """True if a link names a note that is yet to be written: by its bare name, and nothing likely."""
    path = link.target.path
    if link.form is not LinkForm.WIKILINK or link.embed or "/" in path or is_note(path):
        return False
    if path.startswith("www.") or path.lower() in vault.names.folders:
        return False
    return not meant(link, note.path, vault).is_likely


def of_web(link: Link) -> str:
    """How a website, or what stands there, is linked; empty for a link that does not name one."""
    if link.form is not LinkForm.WIKILINK or not _OF_WEB.match(link.target.path):
        return ""
    return ": what is on the web is shown by ![](address)" if link.embed else ": a website is linked by [text](address)"


def finding(link: Link, note: Outline, vault: Vault, what: str) -> Finding:
    """The finding of a dead link, with its fix and suggestions; `what` begins the message."""
    path, found = link.target.path, meant(link, note.path, vault)
    fix, suggested = fixes(link, note.path, found, vault)
    return Finding(link.span, f"{what} {path!r}{of_web(link) or hint(link, found)}", fix, path, suggested)
