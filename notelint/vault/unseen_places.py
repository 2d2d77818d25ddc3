"""The places of a page's notes at which Obsidian shows nothing, found out when somebody asks."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from notelint.core.text import Regions, Span
from notelint.garden.published_text import Published
from notelint.garden.traced_text import HOST
from notelint.note.note import Note
from notelint.vault.hidden_regions import SHOWING, code, without


class UnseenPlaces:
    """The places of the note and of what it embeds, by the numbers of the embeds.

    `of_embedded` gives the comments of an embedded note. Those of the note itself are `own`, if they are known.
    """

    def __init__(
        self, published: Published, of_embedded: Callable[[Note], Sequence[Span]], own: Sequence[Span] | None
    ) -> None:
        self._published, self._of_embedded, self._own = published, of_embedded, own
        self._known: dict[tuple[int, str], Regions] = {}

    def comments(self, owner: int) -> Sequence[Span]:
        """The places that Obsidian hides in the note, or in one that is embedded."""
        note = self._published.notes[owner]
        if owner != HOST:
            return self._of_embedded(note)
        return note.comments if self._own is None else self._own

    def shown(self, owner: int, rule: str, spans: Iterable[Span]) -> list[Span]:
        """Those of some places of a note, taken out by a rule, at which Obsidian shows something."""
        note = self._published.notes[owner]
        if rule == "comment":  # nearly all are comments for Obsidian, too: then nothing else need be known
            spans = list(_showing(note.text, spans, self._regions(owner, "", lambda: self.comments(owner))))
            hidden = self._regions(owner, rule, lambda: (*note.html_comments, *code(note))) if spans else Regions(())
        else:
            hidden = self._regions(owner, rule, lambda: (Span(0, note.body_start), *self.comments(owner)))
        return list(_showing(note.text, spans, hidden))

    def _regions(self, owner: int, rule: str, make: Callable[[], Sequence[Span]]) -> Regions:
        if (owner, rule) not in self._known:
            self._known[owner, rule] = Regions(make())
        return self._known[owner, rule]


def _showing(text: str, spans: Iterable[Span], hidden: Regions) -> Iterator[Span]:
    """The parts of some places that are not hidden, and at which there is something to read."""
    for span in spans:
        yield from (rest for rest in without(span, hidden) if SHOWING.search(text, rest.start, rest.end))
