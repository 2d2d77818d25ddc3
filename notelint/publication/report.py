"""The outcome of publishing a vault with the Digital Garden plugin: `notelint publish-report`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from notelint.core.diagnostic import LEAKS, Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.printable import first_of
from notelint.engine.named_paths import path_in_vault
from notelint.engine.remarks import unknown_settings
from notelint.engine.workspace import Workspace
from notelint.garden.permalinks import fails_build, output_file
from notelint.garden.published_properties import PROPERTIES, published_properties
from notelint.garden.queries import queries
from notelint.note.note import Outline
from notelint.vault.face import in_site, unaddressed
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.published_links import Fate, published_link
from notelint.vault.published_page import PublishedPage
from notelint.vault.vault import Vault

MISSED = "unpublished-target"
_FATAL = frozenset(
    {"duplicate-home", "reserved-permalink", "broken-page"}
)  # with the duplicates of one file: nothing is built (DG-U6)
_NAMED = 5  # folders that a message names
_LOOKED_INTO = 200  # notes of which it is found out what else they would publish: the first ones are shown
_ASKED = (
    "publishing",
    "broken-link",
    "broken-heading-link",
    "broken-block-link",
    "missing-attachment",
    "malformed-permalink",
    "duplicate-permalink",
)


@dataclass(frozen=True)
class PublishedNote:
    """A note that would be published: where, which of the author's properties show, what leaks, what breaks.

    `address` is None where the settings of the plugin, which decide about it, are not known.
    `is_silenced` is whether something leaks of which nothing is said, for it is suppressed in the note or switched off.
    `queries` are the lines of its own queries, `has_embedded_queries` whether notes that it embeds have more: their
    results are not known here.
    """

    path: str
    address: str | None
    properties: tuple[str, ...]
    leaks: tuple[Diagnostic, ...]
    breaks: tuple[Diagnostic, ...]
    is_silenced: bool = False
    queries: tuple[int, ...] = ()
    has_embedded_queries: bool = False

    @property
    def has_queries(self) -> bool:
        """True if results of queries are published with it."""
        return bool(self.queries) or self.has_embedded_queries


@dataclass(frozen=True)
class Wish:
    """A note that is not published, and that so many `links` of so many published `notes` lead to.

    `brings` counts the links that would be dead in it in turn; `refused` is whether it says `dg-publish: false`;
    `besides` are notes that are private, and whose text would be published with it. In a published garden all that is
    known of it is how links name it.
    """

    path: str
    links: int
    notes: int
    brings: int = 0
    refused: bool = False
    besides: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishReport:
    """The outcome of publishing. `fatal` keeps anything from being built; `wishes` are ranked, the best first."""

    root: Path
    notes: tuple[PublishedNote, ...]
    vault_notes: int
    fatal: tuple[Diagnostic, ...]
    wishes: tuple[Wish, ...]
    remarks: tuple[str, ...] = ()


def report(run: Workspace) -> PublishReport:
    """Report the outcome of publishing the vault of this run. Raises `NotelintError` if no note is to be published.

    A vault that is not said to be a garden is taken for one: for a published one if the plugin's folder is in it.
    """
    run = _as_garden(run)
    published = sorted(path for path in run.files.notes if run.vault.site.publishes(path))
    if not published:
        nested = first_of(sorted(run.files.nested), _NAMED)
        left_out = f" (left out, as vaults of their own: {nested}; name one with --vault)" if nested else ""
        raise NotelintError(f"nothing to publish: no note of this vault has `dg-publish: true`{left_out}")
    found = run.diagnostics(published)
    by_note: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in sorted(found, key=Diagnostic.sort_key):
        by_note[diagnostic.path].append(diagnostic)
    fatal = tuple(d for path in published for d in by_note[path] if _is_fatal(d, run.vault))
    notes = tuple(_published(path, by_note[path], run) for path in published)
    wishes = tuple(_wishes([d for path in published for d in by_note[path]], run.vault))
    remarks = tuple(unknown_settings(run.loaded, run.vault))
    return PublishReport(run.root, notes, len(run.files.notes), fatal, wishes, remarks)


def published_text(run: Workspace, note: Path) -> str:
    """The text that is published of a note. Raises `NotelintError` for a note that is not, or cannot be read."""
    run, path = _as_garden(run), path_in_vault(run, note)
    run.diagnostics([])
    vault = run.tables
    outline = vault.outlines.get(path)
    if outline is None or not vault.site.publishes(path):
        raise NotelintError(f"{path} is not to be published: it has no `dg-publish: true`")
    text = None if vault.published_pages is None or vault.site.holds(outline) else vault.published_pages.text_of(path)
    if text is None:
        raise NotelintError(f"{path} is a published page already: it is shown as it is")
    return text


def _as_garden(run: Workspace) -> Workspace:
    rules = run.config.resolution
    if not run.loaded.rules.publishes:
        on_site = any(map(in_site, run.files.notes))
        rules = ResolutionProfile.SITE if on_site else ResolutionProfile.GARDEN
    selection = structs.replace(run.selection, select=_ASKED, resolution=rules)
    return Workspace.open(
        run.root, file=run.loaded.file, selection=selection, progress=run.progress,
        cached=run.cached, cache_dir=run.cache_dir,
    )  # fmt: skip


def _published(path: str, found: Iterable[Diagnostic], run: Workspace) -> PublishedNote:
    outline, found = run.vault.outlines[path], list(found)
    known = run.vault.site.knows_address(path)
    leaks = tuple(d for d in found if d.checker in LEAKS)
    page = run.vault.page(outline)
    return PublishedNote(
        path,
        (run.vault.site.claimed(outline) or unaddressed(path)) if known else None,
        tuple(_own_properties(outline, run.vault)),
        leaks,
        tuple(d for d in found if d.checker not in LEAKS),
        not leaks and page is not None and bool(page.leaks or page.shown_comments or page.shown_in_embeds),
        *_queries(outline, page, run.vault),
    )


def _queries(outline: Outline, page: PublishedPage | None, vault: Vault) -> tuple[tuple[int, ...], bool]:
    """The lines of the queries of a note that are published, and whether notes that it embeds bring more."""
    note = None if vault.site.holds(outline) else vault.note(outline.path)
    if note is None:
        return (), False  # a published page holds the results
    own = sorted(queries(note.text))
    on_page = len(own) if page is None else sum(1 for _ in queries(page.published.text.text))
    lines = {note.text.count("\n", 0, at) + 1: at for at in own}
    return (tuple(lines), on_page > len(own)) if on_page else ((), False)


def _own_properties(outline: Outline, vault: Vault) -> list[str]:
    """The names of the author's properties that every reader of the page's source can see."""
    if vault.site.holds(outline):
        own = outline.properties.get(PROPERTIES)
        return list(own) if isinstance(own, Mapping) else []
    written = published_properties(outline.path, outline.properties, vault.garden, lambda _: None)
    return list(written[PROPERTIES])


def _is_fatal(found: Diagnostic, vault: Vault) -> bool:
    """True if nothing is built: two notes in one file, not two that differ in capitals only (DG-U6, DG-U7)."""
    if found.checker == "malformed-permalink":
        return found.about == "permalink" and fails_build(vault.site.claimed(vault.outlines[found.path]) or "/")
    if found.checker == "duplicate-permalink":
        return len(vault.site.claimants(output_file(found.about or ""))) > 1
    return found.checker in _FATAL


def _wishes(found: Sequence[Diagnostic], vault: Vault) -> Iterator[Wish]:
    """The targets of dead links, most links first; links in notes that are wished for by then count no more.

    In a published garden a link can also be dead because its own note is to be published again.
    """
    missed = [d for d in found if d.checker == MISSED and d.about is not None and not vault.site.publishes(d.about)]
    links = Counter(d.about or "" for d in missed)
    notes = Counter(about for _, about in {(d.path, d.about or "") for d in missed})
    wished: set[str] = set()
    for path, count in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        wished.add(path)
        outline = vault.outlines.get(path)
        if outline is None:
            yield Wish(path, count, notes[path])
        else:
            refused = outline.properties.get("dg-publish") is not None
            besides = _besides(outline, vault) if len(wished) <= _LOOKED_INTO else ()
            yield Wish(path, count, notes[path], _brings(outline, vault, wished), refused, besides)


def _besides(outline: Outline, vault: Vault) -> tuple[str, ...]:
    """The private notes whose text would be published with a note."""
    pages = None if vault.site.holds(outline) else vault.published_pages
    return () if pages is None else tuple(pages.brought(outline.path))


def _brings(outline: Outline, vault: Vault, wished: set[str]) -> int:
    """Number of links of a note that would be dead if it and those that are wished for were published."""
    becomes = (published_link(link, outline.path, vault) for link in outline.links)
    return sum(
        one is not None and (one.fate is Fate.MISSING or (one.fate is Fate.UNPUBLISHED and one.target not in wished))
        for one in becomes
    )
