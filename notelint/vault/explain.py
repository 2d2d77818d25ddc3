"""Explain a link, written as in a note: its target, and the rule that found it."""

from dataclasses import dataclass
from typing import Any

from notelint.core.text import Span
from notelint.note.links import Link, LinkForm, find_wikilinks, path_length, split_target
from notelint.note.markdown.parse import structure
from notelint.vault.published_links import Fate, PublishedLink, published_link
from notelint.vault.resolution import Anchor, Status
from notelint.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Explained:
    """One link and what became of it. `heading` is the heading's text as written, `block` an id.

    `on_site` is what becomes of it when its note is published, where that was asked.
    """

    link: str
    status: Status
    target: str | None
    heading: str | None
    block: str | None
    candidates: tuple[str, ...]
    rule: str
    missing_part: str | None = None
    on_site: PublishedLink | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields that `notelint resolve --output-format json` promises."""
        on_site = self.on_site and {"href": self.on_site.href, "fate": str(self.on_site.fate)}
        fields = {
            "link": self.link,
            "status": str(self.status),
            "target": self.target,
            "heading": self.heading,
            "block": self.block,
            "candidates": list(self.candidates),
            "rule": self.rule,
        }
        return fields if on_site is None else {**fields, "site": on_site}

    def as_text(self) -> str:
        """One line for people."""
        if self.target is None:
            return f"{self.link}: {self.status} (rule {self.rule}){self._site()}"
        part = f"#{self.heading}" if self.heading else f"#^{self.block}" if self.block else ""
        others = f"; also {', '.join(self.candidates[1:])}" if len(self.candidates) > 1 else ""
        lost = f"; no {self.missing_part} there, it opens at the top" if self.missing_part else ""
        return f"{self.link}: {self.status}, {self.target}{part} (rule {self.rule}){others}{lost}{self._site()}"

    def _site(self) -> str:
        if self.on_site is None:
            return ""
        if self.on_site.fate is Fate.ALIVE:
            return f"; on the site {self.on_site.href or 'alive, at an address that the settings here do not show'}"
        return f"; on the site {self.on_site.href or 'text'} ({self.on_site.fate})"


def explain_link(written: str, source: str, vault: Vault) -> Explained:
    """Resolve a link as written in the note `source`: a wikilink, an embed, a Markdown link, or a bare target.

    What is not an internal link (an external address, a malformed escape: rules M2 to M4) is `missing`, by that rule.
    """
    link = _parse(written)
    if link is None:
        return Explained(written, Status.MISSING, None, None, None, (), "M4" if ":" in written else "M3")
    found = vault.resolve_link(link, source)
    on_site = published_link(link, source, vault) if vault.rules.publishes and vault.site.publishes(source) else None
    if found.target is None:
        return Explained(written, found.status, None, None, None, (), found.rule, on_site=on_site)
    anchor = vault.anchors.resolve(found.target, link.target.subpath)
    lost = {Anchor.MISSING_HEADING: "such heading", Anchor.MISSING_BLOCK: "such block"}.get(anchor.kind)
    heading = None if anchor.heading is None else anchor.heading.text
    candidates = tuple(found.candidates)
    return Explained(written, found.status, found.target, heading, anchor.block, candidates, found.rule, lost, on_site)


def _parse(written: str) -> Link | None:
    text = written.strip()
    if text.startswith(("[", "![")):
        return next(iter(structure(text).links), None) or next(find_wikilinks(text), None)
    return Link(Span(0, len(text)), Span(0, len(text)), LinkForm.WIKILINK, split_target(text), path_length(text))
