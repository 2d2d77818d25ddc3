"""See inconsistent_link_style.md."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from msgspec import Struct, structs

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.file_types import is_note
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.links import Link, LinkForm, find_wikilinks, is_external, markdown_target
from notelint.note.note import Outline
from notelint.vault.link_style import destination
from notelint.vault.resolution import Status
from notelint.vault.vault import Vault

_MARKS = lazy_regex(r"[\[\]|`*_~=<$\\&!%^\n\r]")  # with which a link's text could become something else than text


class LinkStyle(StrEnum):
    """A style of links to notes."""

    WIKILINK = "wikilink"
    MARKDOWN = "markdown"  # with the ending .md, as other programs need it
    MARKDOWN_WITHOUT_EXTENSION = "markdown-without-extension"


class InconsistentLinkStyleOptions(Struct, frozen=True):
    """The vault's style."""

    style: Annotated[
        LinkStyle, "How links to notes are written: wikilink, markdown (ending in .md), markdown-without-extension."
    ] = LinkStyle.WIKILINK


class InconsistentLinkStyle(VaultChecker):
    """A link to a note that is written in another style than the vault's."""

    Options = InconsistentLinkStyleOptions
    family = "links"
    severity = Severity.WARNING
    default = False
    takes = frozenset({Part.TARGETS, Part.LINKS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link in the text that finds a note and is in another form, or has another ending."""
        style: LinkStyle = self.options.style
        if style is LinkStyle.MARKDOWN_WITHOUT_EXTENSION and vault.rules.publishes and vault.site.publishes(note.path):
            return  # the site cannot follow such links (DG-L5)
        for link in note.links:
            target = _judged(link, note, vault)
            if target is None or _has(style, link):
                continue
            new = _written(style, link, target, note, vault)
            if new is not None:
                yield Finding(link.span, f"this vault writes its links otherwise: write {new[0]}", new[1], target)


def _judged(link: Link, note: Outline, vault: Vault) -> str | None:
    """The note that a link in the text surely means; None for embeds, properties, comments and what is not a link."""
    if link.embed or link.hidden or link.in_property or not link.target.path:
        return None
    found = vault.resolve_link(link, note.path) if link.form in (LinkForm.WIKILINK, LinkForm.MARKDOWN) else None
    if found is None or found.status is not Status.RESOLVED or found.rule == "L12":
        return None
    if any(link.span.start in heading.span for heading in note.headings):
        return None  # a heading's text is its name for other links
    return found.target if found.target is not None and is_note(found.target) else None


def _has(style: LinkStyle, link: Link) -> bool:
    """True if a link is in a style."""
    if (style is LinkStyle.WIKILINK) != (link.form is LinkForm.WIKILINK):
        return False
    return style is LinkStyle.WIKILINK or is_note(link.target.path) == (style is LinkStyle.MARKDOWN)


def _written(style: LinkStyle, link: Link, target: str, note: Outline, vault: Vault) -> tuple[str, Fix] | None:
    """A link in another style, and the fix; None where it would find another note, or show another text."""
    text = None if vault.texts is None else vault.texts.note(note.path)
    label = None if text is None else _label(link, text.text)
    if text is None or label is None:
        return None
    subpath = "" if link.target.subpath is None else f"#{link.target.subpath}"
    stem = link.target.path[:-3] if is_note(link.target.path) else link.target.path
    if style is LinkStyle.WIKILINK:
        shown = _shown(structs.replace(link, alias=None, target=structs.replace(link.target, path=stem)))
        pipe = r"\|" if link.span.start in text.structure.tables else "|"
        new = f"[[{stem}{subpath}]]" if label == shown else f"[[{stem}{subpath}{pipe}{label}]]"
    else:
        path = f"{stem}.md" if style is LinkStyle.MARKDOWN else stem
        new = f"[{label}]({destination(path + subpath)})"
    if not _means_the_same(new, link, target, note, vault):
        return None
    if link.form is LinkForm.MARKDOWN and style is not LinkStyle.WIKILINK:
        place = Span(link.target_span.start, link.target_span.start + link.path_length)
        written = place.of(text.text)
        ending = written[:-3] if is_note(written) else f"{written}.md"
        return new, Fix(f"write {ending}", (Edit(place, ending),))
    if label != label.strip() or _MARKS.search(label) or label.startswith((">", "#")):
        return None
    return new, Fix(f"write {new}", (Edit(link.span, new),), Safety.UNSAFE)


def _label(link: Link, text: str) -> str | None:
    """The text of a link as it is written; None where it has a title, or is not written as plainly as that."""
    if link.form is LinkForm.WIKILINK:
        return _shown(link)
    written = link.span.of(text)
    close = link.target_span.start - link.span.start
    before, after = written[:close], text[link.target_span.end : link.span.end]
    if not before.startswith("[") or not before.endswith(("](", "](<")) or after not in (")", ">)"):
        return None
    return before[1:].removesuffix("<").removesuffix("](")


def _shown(link: Link) -> str:
    """The text that Obsidian shows of a wikilink (G7)."""
    if link.alias:
        return link.alias
    parts = [part.strip() for part in (link.target.subpath or "").split("#") if part.strip()]
    return " > ".join([link.target.path, *parts])


def _means_the_same(new: str, link: Link, target: str, note: Outline, vault: Vault) -> bool:
    """True if a link, read again, leads to the same part of the same note."""
    if new.startswith("[["):
        read = [found for found in find_wikilinks(new) if found.span == Span(0, len(new))]
        meant = read[0].target if read else None
    else:
        written = new[new.index("](") + 2 : -1]
        meant = None if is_external(written) else markdown_target(written)
    if meant is None:
        return False
    form = LinkForm.WIKILINK if new.startswith("[[") else LinkForm.MARKDOWN
    again = vault.resolve_link(structs.replace(link, form=form, target=meant), note.path)
    same_part = (meant.subpath or "") == (link.target.subpath or "")
    return again.status is Status.RESOLVED and again.target == target and again.rule != "L12" and same_part
