"""One page as it is published: what of the note it shows, hides, loses and leaks."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from notelint.core.text import Regions, Span
from notelint.garden.plugin_patterns import bracketed, comments
from notelint.garden.published_embeds import Removal
from notelint.garden.published_text import Embedding, Published
from notelint.garden.traced_text import HOST
from notelint.note.links import Link, LinkForm
from notelint.note.note import Note, Outline
from notelint.vault.hidden_regions import SHOWING
from notelint.vault.unseen_places import UnseenPlaces

if TYPE_CHECKING:
    from notelint.vault.vault import Vault

_NEAR = 64  # pieces of one place of a note: `$'` in code copies what follows it
_place = itemgetter(0)


class Others(Protocol):
    """The other notes, as far as a page needs them."""

    def page(self, path: str) -> "PublishedPage | None":
        """The page of the note at a path; None if it shows what the note shows."""

    def publishes(self, path: str) -> bool:
        """True if the note at a path is published."""

    def comments(self, note: Note) -> Sequence[Span]:
        """The places that Obsidian hides in a note that is embedded."""


class PublishedPage:
    """A published page, beside its note as Obsidian shows it."""

    def __init__(self, published: Published, vault: "Vault", pages: Others, outline: Outline | None = None) -> None:
        """`outline` is the note's own, where it need not be found out."""
        self.published, self._vault, self._pages = published, vault, pages
        self.note = published.note
        self._stands: dict[int, tuple[Regions, list[int]]] = {}
        self._unseen = UnseenPlaces(published, pages.comments, None if outline is None else outline.comments)
        self._outline = outline

    @cached_property
    def kept(self) -> dict[int, list[tuple[Span, int]]]:
        """The parts of each note that stand on the page, by the embeds' numbers: `TracedText.kept`."""
        return self.published.text.kept()

    @cached_property
    def showing(self) -> set[int]:
        """The numbers of the embeds of whose notes something is to be read on the page, and `HOST`."""
        drawings = {one.number for one in self.published.embeddings if one.is_drawing}
        return {
            origin.owner
            for text, origin in self.published.text.pieces()
            if (origin.offset >= 0 or origin.owner in drawings) and SHOWING.search(text)
        }

    def embedding(self, number: int) -> Embedding:
        """The embed with a number."""
        return self.published.embeddings[number - 1]

    @cached_property
    def leaks(self) -> list[tuple[Embedding, list[Embedding]]]:
        """The embeds in the note by which text of notes that are not to be published is on the page, each with those.

        What a published note embeds leaks on that note's own page, too, and is reported there alone.
        """
        found: dict[int, list[Embedding]] = {}
        for one in self.published.embeddings:
            if (
                one.number in self.showing
                and not self._pages.publishes(one.target)
                and not self._is_reported_elsewhere(one)
            ):
                found.setdefault(self.published.outermost(one.number), []).append(one)
        return [(self.embedding(number), leaking) for number, leaking in found.items()]

    @cached_property
    def leaked(self) -> frozenset[str]:
        """The notes that are not to be published, and of which text is on the page."""
        numbers = (one for one in self.published.embeddings if one.number in self.showing)
        return frozenset(one.target for one in numbers if not self._pages.publishes(one.target))

    def _is_reported_elsewhere(self, one: Embedding) -> bool:
        while one.parent != HOST:
            one, target = self.embedding(one.parent), one.target
            page = self._pages.page(one.target) if one.target in self._vault.faces else None
            if page is not None and page is not self and target in page.leaked:
                return True
        return False

    @cached_property
    def shown_comments(self) -> list[Span]:
        """The comments of the note of which something is to be read on the page (DG-C1)."""
        return [span for span in self._unseen.comments(HOST) if self._shows(HOST, span)]

    @cached_property
    def shown_in_embeds(self) -> list[Embedding]:
        """The embeds of published notes whose comments are to be read here, though not on their own pages (DG-C2)."""
        found: dict[int, Embedding] = {}
        for one in self.published.embeddings:
            if one.number not in self.showing or not self._pages.publishes(one.target):
                continue
            hidden = [span for span in self._unseen.comments(one.number) if self._shows(one.number, span)]
            own = self._pages.page(one.target) if hidden and one.target in self._vault.faces else None
            if hidden and one.target != self.note.path and not (own and set(hidden) <= set(own.shown_comments)):
                outer = self.published.outermost(one.number)
                found.setdefault(outer, self.embedding(outer))
        return list(found.values())

    def _shows(self, owner: int, span: Span) -> bool:
        text = self.published.notes[owner].text
        exact, points = self._standing(owner)
        if any(SHOWING.search(text, place.start, place.end) for place in exact.within(span)):
            return True
        at = bisect_left(points, span.start)
        return at < len(points) and points[at] < span.end

    def _standing(self, owner: int) -> tuple[Regions, list[int]]:
        """The parts of a note that stand on the page, and the places where what was rewritten begins."""
        if owner not in self._stands:
            kept = [place for place, _ in self.kept.get(owner, ())]
            points = sorted(place.start for place in kept if place.start == place.end)
            self._stands[owner] = Regions(place for place in kept if place.start < place.end), points
        return self._stands[owner]

    @cached_property
    def _by_start(self) -> tuple[list[int], list[tuple[Span, int]]]:
        """The parts of the note itself that stand on the page, by where it begins in the note; and these beginnings."""
        kept = sorted(self.kept.get(HOST, ()))
        return [place.start for place, _ in kept], kept

    @cached_property
    def _taken_out(self) -> tuple[list[int], list[tuple[Span, Removal]]]:
        """The parts taken out of the note as comments, by where it begins; and these beginnings."""
        taken = (one for one in self.published.removals if one.rule == "comment")
        found = sorted(((span, one) for one in taken for owner, span in one.places if owner == HOST), key=_place)
        return [span.start for span, _ in found], found

    def taken_from(self, span: Span) -> tuple[Span, Removal] | None:
        """The first of what was taken out of a place of the note as a comment, and with what."""
        starts, found = self._taken_out
        at = max(bisect_right(starts, span.start) - 1, 0)
        return next((one for one in found[at : at + 3] if one[0].overlaps(span)), None)

    def stands(self, span: Span) -> bool:
        """True if a place of the note stands on the page as it is written."""
        begins, kept = self._by_start
        known = bisect_right(begins, span.start)
        return any(span.end <= place.end for place, _ in kept[max(known - _NEAR, 0) : known])

    @cached_property
    def _embeds(self) -> tuple[list[int], list[Embedding]]:
        own = [one for one in self.published.embeddings if one.parent == HOST and one.place is not None]
        found = sorted(own, key=lambda one: one.place or Span(0, 0))
        return [one.place.start if one.place else 0 for one in found], found

    def embedded_in(self, span: Span) -> Embedding | None:
        """The first embed in a place of the note."""
        starts, found = self._embeds
        at = bisect_left(starts, span.start)
        return found[at] if at < len(found) and starts[at] < span.end else None

    @cached_property
    def _ids(self) -> list[int]:
        return sorted(one.place.start for one in self.published.ids if one.place is not None)

    def has_id_in(self, span: Span) -> bool:
        """True if a caret in a place of the note became a block id."""
        at = bisect_left(self._ids, span.start)
        return at < len(self._ids) and self._ids[at] < span.end

    @cached_property
    def written_links(self) -> Counter[str]:
        """Texts in double brackets in the note, with their number."""
        return Counter(span.of(self.note.text) for span in bracketed(self.note.text, "[["))

    @cached_property
    def references(self) -> dict[int, list[Span]]:
        """Places taken from embedded notes as ids of blocks, by the numbers of the embeds (DG-E8)."""
        found: dict[int, list[Span]] = {}
        for removal in self.published.removals:
            for owner, span in removal.places if removal.rule == "block-reference" else ():
                found.setdefault(owner, []).append(span)
        return found

    @cached_property
    def comments(self) -> Counter[str]:
        """Texts that look like a comment in the note, with their number."""
        return Counter(span.of(self.note.text) for span in comments(self.note.text))

    @cached_property
    def lost(self) -> list[tuple[str, Span | None, Embedding | None]]:
        """Texts that Obsidian shows and the page does not, for they were taken for something else: by which rule, and
        where.

        In the note itself it is a place, in an embedded note the embed.
        """
        found: list[tuple[str, Span | None, Embedding | None]] = []
        seen: set[tuple[str, int]] = set()
        for removal in self.published.removals:
            owners: dict[int, list[Span]] = {}
            for owner, span in removal.places:
                owners.setdefault(owner, []).append(span)
            for owner, spans in owners.items() if removal.rule != "block-reference" else ():
                rest = self._unseen.shown(owner, removal.rule, spans)
                outer = self.published.outermost(owner)
                if rest and owner == HOST:
                    found.append((removal.rule, Span(rest[0].start, rest[-1].end), None))
                elif rest and (removal.rule, outer) not in seen and self.is_shown(outer):
                    seen.add((removal.rule, outer))
                    found.append((removal.rule, None, self.embedding(outer)))
        return found

    @cached_property
    def shown_links(self) -> dict[Span, Link]:
        """The embeds of the note that Obsidian shows, by their places."""
        hidden = Regions(self._unseen.comments(HOST))
        return {
            link.span: link
            for link in (self._outline or self.note).links
            if link.embed and not link.hidden and link.form is LinkForm.WIKILINK and link.span.start not in hidden
        }

    @cached_property
    def has_safe_code(self) -> bool:
        """True if the plugin surely changes no code of the note, nor finds a link in it: then it need not be parsed."""
        published = self.published
        if published.shown is None or published.ids or published.fills_in or "{{CODE_BLOCK_" in self.note.text:
            return False
        loose = published.shown.loose
        if loose and (not published.keeps_links or any("|" in one for one in loose)):
            return False
        if any(span not in self._unseen.comments(HOST) for span, _ in self._taken_out[1]):
            return False
        return all(one.place in self.shown_links for one in published.embeddings if one.parent == HOST)

    def is_shown(self, number: int) -> bool:
        """True if Obsidian shows an embed of the note, and the page something of it."""
        return self.embedding(number).place in self.shown_links and number in self.reached

    @cached_property
    def reached(self) -> set[int]:
        """The numbers of the embeds in the note itself by which something is to be read on the page."""
        return {self.published.outermost(number) for number in self.showing}

    def shown_embeds(self) -> Iterator[tuple[Embedding, Link]]:
        """The embeds that Obsidian and the plugin both know."""
        for one in self.published.embeddings:
            link = self.shown_links.get(one.place) if one.parent == HOST and one.place is not None else None
            if link is not None:
                yield one, link

    def swallowed(self) -> Iterator[Embedding]:
        """The embeds that Obsidian shows and of which nothing is to be read on the page."""
        for one, _ in self.shown_embeds():
            text = self.published.notes[one.number].text
            if one.number not in self.reached and SHOWING.search(text, one.part.start, one.part.end):
                yield one

    def mangled(self) -> Iterator[Span]:
        """The code and formulas of the note whose characters do not stand on the page as they are."""
        if self.has_safe_code:
            return
        note, page = self.note, self.published.text.text
        unseen = Regions([*note.comments, *note.html_comments])
        html = Regions(note.structure.html.spans)
        begins, kept = self._by_start
        for region in note.structure.opaque.spans:
            end = region.start + len(region.of(note.text).rstrip())
            if region.start in unseen or region.start in html:
                continue
            written = note.text[region.start : end]
            known = bisect_right(begins, region.start)
            near = kept[max(known - _NEAR, 0) : known]
            starts = (at + region.start - place.start for place, at in near if region.start in place)
            if not any(page.startswith(written, at) for at in starts):
                yield region
