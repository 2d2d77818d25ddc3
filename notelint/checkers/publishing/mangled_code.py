"""See mangled_code.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.garden.plugin_patterns import PLACEHOLDER, SPECIAL, set_aside
from notelint.note.note import Outline
from notelint.vault.published_page import PublishedPage
from notelint.vault.vault import Vault

_BRACKETS = lazy_regex(
    r"\[\[(?:[^\r\n]*?\]\]|[^\r\n]*+)"
)  # where nothing closes one, nothing closes others of its line
_FILES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")
_HIGHLIGHTED = lazy_regex(r"(?:`{3,}|~{3,})[ \t]*[^\s`]")


class MangledCode(VaultChecker):
    """Code or a formula in a published note that is not on the site as it is written."""

    family = "publishing"
    severity = Severity.WARNING
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield code that the plugin changes (DG-L2, DG-E5, DG-C1, DG-C5), and in which the template links (DG-L6)."""
        page = vault.page(note)
        if page is None or page.has_safe_code:
            return
        linked = list(_linked(page))
        yield from linked
        yield from _taken_places(page)
        for region in page.mangled() if page.published.is_whole else ():
            found = _change(region, page)
            if found is not None and all(found.span != one.span for one in linked):
                yield found


def _linked(page: PublishedPage) -> Iterator[Finding]:
    """Double brackets with a pipe in code: the template makes a link of them, but where colours take them apart."""
    text = page.note.text
    for code in page.note.structure.code.spans:
        for match in _BRACKETS.finditer(text, code.start, code.end) if not _HIGHLIGHTED.match(text, code.start) else ():
            if "|" in match.group():
                yield Finding(
                    Span(*match.span()), "the site makes a link of this code: write it without double brackets"
                )


def _taken_places(page: PublishedPage) -> Iterator[Finding]:
    """Findings for text that looks like the marks which the plugin puts in place of code for a while: the code is
    put there, and not where it stood.
    """
    text = page.note.text
    if "{{CODE_BLOCK_" not in text:
        return
    codes = len(set_aside(text))
    for match in PLACEHOLDER.finditer(text):
        if int(match[1]) < codes:
            yield Finding(Span(*match.span()), "the plugin puts a block of code in place of this: write it differently")


def _change(region: Span, page: PublishedPage) -> Finding | None:
    """A finding for a change that the plugin makes in code that is not on the page as it stands; None for ids, which
    have their checker.
    """
    text = page.note.text
    what = "code" if region.start in page.note.structure.code else "formula"
    embed = page.embedded_in(region)
    if embed is not None:
        message = f"the plugin puts {embed.target!r} into this {what}: write it without double brackets"
        return Finding(embed.place or region, message)
    taken = page.taken_from(region)
    if taken is not None:
        place = Span(max(taken[0].start, region.start), min(taken[0].end, region.end))
        return Finding(place, f"the plugin takes this out of the {what}, as a comment: write %% differently")
    if page.has_id_in(region):
        return None
    special = SPECIAL.search(text, region.start, region.end)
    if special is not None and text.startswith("```", text.find("`", region.start)):
        place = Span(*special.span())
        return Finding(place, f"the plugin fills in other text for {special.group()} in this code: put a blank between")
    link = next(
        (m for m in _BRACKETS.finditer(text, region.start, region.end) if not page.stands(Span(*m.span()))), None
    )
    place = region if link is None else Span(*link.span())
    if link is None:
        return Finding(place, f"the plugin changes this {what}: what it replaces elsewhere stands in it, too")
    if place.of(text).removesuffix("]]").endswith(_FILES):
        return Finding(place, f"the plugin takes this {what} for a picture or file: write it without double brackets")
    message = f"in this {what} the plugin writes the link as it does in the text"
    elsewhere = page.written_links[place.of(text)] > 1
    return Finding(
        place, f"{message}: {'write one of them differently' if elsewhere else 'put it between three backticks'}"
    )
