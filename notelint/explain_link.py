"""What a link, written as in a note, resolves to, and by which rule."""

from dataclasses import dataclass
from typing import Any

from notelint.link import Link, LinkForm, find_wikilinks, path_length, split_target
from notelint.markdown import structure
from notelint.text import Span
from notelint.vault import Anchor, Status, Vault


@dataclass(frozen=True, slots=True)
class Explained:
    """One link and what became of it. `heading` is the heading's text as written, `block` an id."""

    link: str
    status: Status
    target: str | None
    heading: str | None
    block: str | None
    candidates: tuple[str, ...]
    rule: str
    missing_part: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields that `notelint resolve --output-format json` promises."""
        return {
            "link": self.link,
            "status": str(self.status),
            "target": self.target,
            "heading": self.heading,
            "block": self.block,
            "candidates": list(self.candidates),
            "rule": self.rule,
        }

    def as_text(self) -> str:
        """One line for people."""
        if self.status is Status.MISSING:
            return f"{self.link}: missing (rule {self.rule})"
        part = f"#{self.heading}" if self.heading else f"#^{self.block}" if self.block else ""
        others = f"; also {', '.join(self.candidates[1:])}" if len(self.candidates) > 1 else ""
        lost = f"; no {self.missing_part} there, it opens at the top" if self.missing_part else ""
        return f"{self.link}: {self.status}, {self.target}{part} (rule {self.rule}){others}{lost}"


def explain_link(written: str, source: str, vault: Vault) -> Explained:
    """Resolve a link as written in the note `source`: a wikilink, an embed, a Markdown link, or a bare target.

    What is no internal link (an external address, a malformed escape: rules M2 to M4) is `missing`, by that rule.
    """
    link = _parse(written)
    if link is None:
        return Explained(written, Status.MISSING, None, None, None, (), "M4" if ":" in written else "M3")
    found = vault.resolve_link(link, source)
    if found.target is None:
        return Explained(written, found.status, None, None, None, (), found.rule)
    anchor = vault.resolve_anchor(found.target, link.target.subpath)
    lost = {Anchor.MISSING_HEADING: "such heading", Anchor.MISSING_BLOCK: "such block"}.get(anchor.kind)
    heading = None if anchor.heading is None else anchor.heading.text
    candidates = tuple(found.candidates)
    return Explained(written, found.status, found.target, heading, anchor.block, candidates, found.rule, lost)


def _parse(written: str) -> Link | None:
    text = written.strip()
    if text.startswith(("[", "![")):
        return next(iter(structure(text).links), None) or next(find_wikilinks(text), None)
    return Link(Span(0, len(text)), Span(0, len(text)), LinkForm.WIKILINK, split_target(text), path_length(text))
