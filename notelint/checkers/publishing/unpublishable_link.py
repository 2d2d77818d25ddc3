"""See unpublishable_link.md."""

from collections.abc import Iterator
from urllib.parse import quote

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.links import Link, LinkForm
from notelint.note.note import Outline
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.published_links import Fate, PublishedLink, around_destination, noteworthy_links, published_link
from notelint.vault.resolution import Status
from notelint.vault.vault import Vault

_TITLE = len(' ""')  # the least that a title takes
_SPECIAL = lazy_regex(r"[\s%()<>]")  # what a destination without <> cannot hold as it is


class UnpublishableLink(VaultChecker):
    """A link of a published note in a form that the site cannot follow, or not as far."""

    family = "publishing"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield links that stay text or lead nowhere (DG-L1, DG-L5), and nested headings that are cut (DG-L3)."""
        if not vault.site.publishes(note.path):
            return
        if vault.rules.profile is not ResolutionProfile.SITE:
            for link, found in noteworthy_links(note, vault):
                yield from _judged(link, found, note, vault)
            return
        for link in note.links:
            becomes = published_link(link, note.path, vault)
            if becomes is not None:
                yield from _judged(link, becomes, note, vault)
            elif not (link.embed or link.hidden) and _is_text(link, note, vault):
                yield Finding(link.span, "the site shows this as it is written: a link there needs `|` and a text")


def _is_text(link: Link, note: Outline, vault: Vault) -> bool:
    return vault.resolve_link(link, note.path).status is Status.NO_LINK


def _judged(link: Link, found: PublishedLink, note: Outline, vault: Vault) -> Iterator[Finding]:
    about = found.target
    if found.fate is Fate.UNCONVERTED:
        message, fix = _unconverted(link, note, found, vault)
        yield Finding(link.span, message, fix, about)
    elif found.fate is Fate.UNSHOWN:
        ending = (found.target or "").rpartition(".")[2]
        yield Finding(link.span, f"the site has no .{ending} files: there this link is dead", about=about)
    elif not found.whole and link.form is LinkForm.WIKILINK:
        yield from _cut(link, found, vault)


def _unconverted(link: Link, note: Outline, found: PublishedLink, vault: Vault) -> tuple[str, Fix | None]:
    path = link.target.path
    if found.target not in vault.faces:
        cure = f"on the site this one is dead; write [[{(found.target or '').rpartition('/')[2]}]]"
        return f"the plugin converts Markdown links to notes alone: {cure}", None
    if not path.endswith((".md", ".markdown")):
        message = "only Markdown links that end in .md are converted: on the site this one is dead; add .md"
        same = vault.resolve(f"{path}.md", note.path)
        if same.target != found.target or same.status is Status.AMBIGUOUS or not link.path_length:
            return message, None
        end = link.path_span.end
        return message, Fix("add .md", (Edit(Span(end, end), ".md"),))
    manner, fix = _manner(link)
    return f"the plugin leaves Markdown links {manner} alone: on the site this one is dead; write a wikilink", fix


def _manner(link: Link) -> tuple[str, Fix | None]:
    """The spelling for which the plugin does not see a Markdown link, and the fix that it would see."""
    if link.form is LinkForm.REFERENCE:
        return "by reference", None
    before, after = around_destination(link)
    if after >= _TITLE:
        return "with a title", None
    if " " in link.target.path and link.path_length == len(link.target.path):
        written = _SPECIAL.sub(lambda match: quote(match.group()), link.target.path + (link.target.subpath or ""))
        place = Span(link.target_span.start - before, link.target_span.end + after)
        return "in <>", Fix("write %20 for spaces", (Edit(place, written),))
    if before or after:
        start, end = link.target_span.start, link.target_span.end
        edits = (Edit(Span(start - before, start), ""), Edit(Span(end, end + after), ""))
        return "with blanks or <> around the path", Fix("remove what is around the path", edits)
    return "with brackets in the text" if {"[", "]"} & set(link.alias or "") else "with parentheses in the path", None


def _cut(link: Link, found: PublishedLink, vault: Vault) -> Iterator[Finding]:
    """Nested headings, of which the site's link keeps the first. Name the last one alone, where Obsidian finds it so.

    What the link shows may change by that. Headings that are not there are reported by `broken-heading-link`.
    """
    parts = [part for part in (link.target.subpath or "").split("#") if part]
    target = found.target or ""
    meant = vault.anchors.resolve(target, link.target.subpath).heading
    if meant is None:
        return
    message, fix = f"on the site this link leads to the heading {parts[0]!r}", None
    if vault.anchors.resolve(target, f"#{parts[-1]}").heading == meant:
        place = Span(link.path_span.end, link.target_span.end)
        fix = Fix(f"name {parts[-1]!r} alone", (Edit(place, f"#{parts[-1]}"),), Safety.UNSAFE)
        message += f": name {parts[-1]!r} alone"
    else:
        message += f": give {parts[-1]!r} a name that no other heading has, and name it alone"
    yield Finding(link.span, message, fix, target)
