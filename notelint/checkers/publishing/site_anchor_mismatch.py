"""See site_anchor_mismatch.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.garden.permalinks import slugify
from notelint.garden.template import heading_id, read_link
from notelint.note.links import Link, LinkForm, heading_for_link
from notelint.note.note import Outline
from notelint.vault.published_links import Fate, PublishedLink, noteworthy_links
from notelint.vault.resolution import Anchor, AnchorResolution
from notelint.vault.vault import Vault

_LONGEST = 60


class SiteAnchorMismatch(VaultChecker):
    """A link to a heading or block that Obsidian finds, and the site does not."""

    family = "publishing"
    severity = Severity.WARNING
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link of a published note whose anchor the site gives another id (DG-A1 to DG-A5)."""
        if not vault.site.publishes(note.path):
            return
        for link, found in noteworthy_links(note, vault):
            if not link.target.subpath or found.target is None or found.fate is not Fate.ALIVE:
                continue
            named = vault.anchors.resolve(found.target, link.target.subpath)
            message, fix = None, None
            if named.kind is Anchor.BLOCK and named.block is not None:
                message = _block(link, named.block) or _unmade(found.target, named.block, vault)
            elif named.kind is Anchor.HEADING and found.anchor is not None and named.headings:
                message, fix = _heading(link, found, named, vault)
            if message is not None:
                yield Finding(link.span, message, fix, about=f"{found.target}#{(link.target.subpath or '').strip('#')}")


def _block(link: Link, block: str) -> str | None:
    """The id keeps its capitals, and the link is made a slug (DG-A5). A Markdown link inside its note keeps its `^`."""
    if link.form is not LinkForm.WIKILINK and not link.target.path:
        return f"on the site this link leads to #^{block}, and the block is #{block}: write it as a wikilink"
    slug = slugify(block)
    return None if slug == block else f"the site looks for the block {slug!r}: rename {block!r} so"


def _unmade(target: str, block: str, vault: Vault) -> str | None:
    """A block whose id the plugin leaves as text, for no blank stands before it (DG-A5)."""
    outline = vault.outlines[target]
    if vault.texts is None or vault.site.holds(outline):
        return None
    page, note = vault.page(outline), vault.texts.note(target)
    if page is not None and any(made.id == block for made in page.published.ids):
        return None
    carets = [one.span.start - 1 for one in outline.block_ids if one.id == block]
    if note is None or (page is None and any(note.text[caret - 1 : caret].isspace() for caret in carets)):
        return None
    return f"the plugin does not take ^{block} for a block id, and the site has none: put a blank before it there"


def _heading(link: Link, found: PublishedLink, named: AnchorResolution, vault: Vault) -> tuple[str | None, Fix | None]:
    """A heading that the site's link misses. Of nested ones the first counts, for the others are cut off (DG-L3)."""
    heading, parts = named.headings[0], vault.anchors.parts(found.target or "")
    there = None if parts is None else vault.anchors.ids_on_site(parts)[heading.span]
    if there is None or found.anchor == there:
        return None, None
    leads_to = _short(found.anchor or "")
    leads = f"on the site the heading {heading.text!r} is #{_short(there)}, and this link leads to #{leads_to}"
    if link.form is not LinkForm.WIKILINK and not link.target.path:
        return f"{leads}: write it as a wikilink", None
    if heading_id(heading.text) == found.anchor:
        return f"{leads}, which another heading has: rename one of them", None
    return f"{leads}: make the heading plain", _repeated(link, found, named, there, vault)


def _repeated(link: Link, found: PublishedLink, named: AnchorResolution, there: str, vault: Vault) -> Fix | None:
    """Name the heading with its marks, where both Obsidian and the site find it so (DG-A2)."""
    written, target = heading_for_link(named.headings[0].text), found.target or ""
    read = read_link(f"x#{written}", older=vault.garden.older_template)
    same = vault.anchors.resolve(target, f"#{written}").heading == named.headings[0]
    if (
        link.form is not LinkForm.WIKILINK
        or len(named.headings) > 1
        or not same
        or read is None
        or read.anchor != there
    ):
        return None
    place = Span(link.path_span.end, link.target_span.end)
    return Fix(f"write #{written}", (Edit(place, f"#{written}"),), Safety.UNSAFE)


def _short(id: str) -> str:
    """An id as it can be read: those of formulas hold a whole picture."""
    return id if len(id) <= _LONGEST else f"{id[:_LONGEST]}…"
