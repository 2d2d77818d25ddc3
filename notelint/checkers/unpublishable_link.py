"""See unpublishable_link.md."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Fix, Safety
from notelint.link import Link, LinkForm
from notelint.note import Outline
from notelint.published_link import Fate, PublishedLink, published_link
from notelint.resolution import ResolutionProfile
from notelint.text import Edit, Span
from notelint.vault import Status, Vault

_SPECIAL = re.compile(r"[\s%()<>]")  # what a destination without <> cannot hold as it is


class UnpublishableLink(VaultChecker):
    """A link of a published note in a form that the site cannot follow, or not as far."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield links that stay text or lead nowhere (DG-L1, DG-L5), and nested headings that are cut (DG-L3)."""
        if not vault.publishes(note.path):
            return
        on_site = vault.rules.profile is ResolutionProfile.SITE
        for link in note.links:
            found = published_link(link, note.path, vault)
            if found is not None:
                yield from _judged(link, found, note, vault)
            elif on_site and not (link.embed or link.hidden) and _is_text(link, note, vault):
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
        parts = [part for part in (link.target.subpath or "").split("#") if part]
        message = f"on the site this link leads to the heading {parts[0]!r}: name {parts[-1]!r} alone"
        yield Finding(link.span, message, _shortened(link, found, parts[-1], vault), about)


def _unconverted(link: Link, note: Outline, found: PublishedLink, vault: Vault) -> tuple[str, Fix | None]:
    path = link.target.path
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
    """How a Markdown link is written that the plugin does not see, and how it would see it."""
    if link.form is LinkForm.REFERENCE:
        return "by reference", None
    if link.span.end != link.target_span.end + 1:
        if " " not in link.target.path or link.path_length > len(link.target.path):
            return "with a title", None
        written = _SPECIAL.sub(lambda match: quote(match.group()), link.target.path + (link.target.subpath or ""))
        place = Span(link.target_span.start - 1, link.target_span.end + 1)
        alone = link.span.end == place.end + 1  # no title behind it
        return "in <>", Fix("write %20 for spaces", (Edit(place, written),)) if alone else None
    return "with brackets in the text" if {"[", "]"} & set(link.alias or "") else "with parentheses in the path", None


def _shortened(link: Link, found: PublishedLink, last: str, vault: Vault) -> Fix | None:
    """Name the last heading alone, where Obsidian finds the same one by it. What the link shows may change."""
    target = found.target or ""
    meant = vault.resolve_anchor(target, link.target.subpath).heading
    if meant is None or vault.resolve_anchor(target, f"#{last}").heading != meant:
        return None
    place = Span(link.path_span.end, link.target_span.end)
    return Fix(f"name {last!r} alone", (Edit(place, f"#{last}"),), Safety.UNSAFE)
