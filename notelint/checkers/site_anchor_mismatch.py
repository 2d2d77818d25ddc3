"""See site_anchor_mismatch.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Severity
from notelint.link import Link, LinkForm
from notelint.note import Outline
from notelint.permalink import slugify
from notelint.template import read_link
from notelint.vault import Anchor, Vault


class SiteAnchorMismatch(VaultChecker):
    """A link to a heading or block that Obsidian finds, and the site does not."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each wikilink of a published note whose anchor the site gives another id (DG-A1 to DG-A5)."""
        if note.is_published_form or not vault.publishes(note.path):
            return
        for link in note.links:
            if link.hidden or link.embed or link.in_property or link.form is not LinkForm.WIKILINK:
                continue
            target = vault.resolve_link(link, note.path).target if link.target.subpath else None
            if target is not None and vault.publishes(target):
                message = _mismatch(link, target, vault)
                if message is not None:
                    yield Finding(link.span, message, about=f"{target}#{link.target.subpath}")


def _mismatch(link: Link, target: str, vault: Vault) -> str | None:
    found = vault.resolve_anchor(target, link.target.subpath)
    if found.kind is Anchor.BLOCK and found.block is not None:
        slug = slugify(found.block)
        return None if slug == found.block else f"the site looks for the block {slug!r}: rename {found.block!r} so"
    if found.kind is not Anchor.HEADING or not found.headings:
        return None
    heading = found.headings[0]
    there = vault.site_anchors(target)[heading.span]
    fragment = (link.target.subpath or "").strip("#").partition("#")[0]
    read = read_link(f"x#{fragment}", older=vault.garden.older_template)
    wanted = None if read is None else read.anchor
    if wanted is None or wanted == there:
        return None
    cure = "make the heading plain"
    return f"on the site the heading {heading.text!r} is #{there}, and this link leads to #{wanted}: {cure}"
