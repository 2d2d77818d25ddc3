"""See unpublishable_link.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding, Fix, Safety
from notelint.link import Link, LinkForm
from notelint.note import Outline
from notelint.published_link import Fate, PublishedLink, published_link
from notelint.resolution import ResolutionProfile
from notelint.text import Edit, Span
from notelint.vault import Status, Vault


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
    if path.endswith((".md", ".markdown")):
        return (
            "on the site this Markdown link is dead: write the path without <>, title, ( ) and [ ], or a wikilink",
            None,
        )
    message = "only Markdown links that end in .md are converted: on the site this one is dead; add .md"
    same = vault.resolve(f"{path}.md", note.path)
    if same.target != found.target or same.status is Status.AMBIGUOUS or not link.path_length:
        return message, None
    end = link.path_span.end
    return message, Fix("add .md", (Edit(Span(end, end), ".md"),))


def _shortened(link: Link, found: PublishedLink, last: str, vault: Vault) -> Fix | None:
    """Name the last heading alone, where Obsidian finds the same one by it. What the link shows may change."""
    target = found.target or ""
    meant = vault.resolve_anchor(target, link.target.subpath).heading
    if meant is None or vault.resolve_anchor(target, f"#{last}").heading != meant:
        return None
    place = Span(link.path_span.end, link.target_span.end)
    return Fix(f"name {last!r} alone", (Edit(place, f"#{last}"),), Safety.UNSAFE)
