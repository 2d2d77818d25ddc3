"""The pages of a garden as they are published, made when a checker asks for one, and compared with what Obsidian shows.

A page is made only of a note whose page can differ from the note (`Texts.is_plain`).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.core.text import Span
from notelint.garden.permalinks import is_published
from notelint.garden.published_text import Embedding, Shown, publish
from notelint.note.note import Note, Outline, Parts
from notelint.vault.hidden_regions import loose_brackets
from notelint.vault.incoming import file_name
from notelint.vault.moves import TABLES
from notelint.vault.outlines import BACKSLASH, Outlines, as_bytes
from notelint.vault.published_page import PublishedPage

if TYPE_CHECKING:
    from notelint.vault.note_texts import Texts
    from notelint.vault.vault import Vault

_KEPT = 64


class PublishedPages:
    """The pages of the published notes of a vault."""

    def __init__(self, vault: "Vault", texts: "Texts") -> None:
        self._vault, self._texts = vault, texts
        self._made = lru_cache(_KEPT)(self._page)
        self._last, self._judged = "", Outline("")
        self._making = ""  # the page that is being made, and the notes whose texts are on it
        self._on_page: set[str] = set()
        self._of_tables: set[str] = set()  # pages for which names were looked up that are those of no link

    def page_of_judged(self, note: Outline) -> "PublishedPage | None":
        """The page of a note whose outline is at hand."""
        self._judged = note
        return self.page(note.path)

    def page(self, path: str) -> "PublishedPage | None":
        """The page of the note at a path; None if there is none, or if it shows what the note shows."""
        if path == self._last:  # one checker asks after the other
            return self._made(path)
        self._last = path
        page = self._made(path)
        for other in (path, *(page.published.looked_up if page is not None else ())):
            self._texts.is_plain(other)  # so that it is known what depends on it, if the page was made for another
        if path in self._of_tables:
            self._vault.depend_on(TABLES)
        return page

    def _page(self, path: str) -> "PublishedPage | None":
        vault = self._vault
        if not vault.site.publishes(path) or self._texts.is_plain(path):
            return None
        if path.endswith(".excalidraw.md") or not path.endswith(".md"):
            return None  # a drawing is published as a whole, and other files are not read as notes
        note = self.note(path)
        if note is None or not is_published(note.properties) or not note.is_valid:
            return None
        self._making, self._on_page = path, set()
        outline = self._judged if path == self._judged.path else note.outline
        loose = loose_brackets(note.text, outline.links)
        shown = None if loose is None else Shown(loose, outline.comments)
        return PublishedPage(publish(note, self, vault.garden, shown), vault, self, outline)

    def page_of(self, note: Note) -> "PublishedPage":
        """The page of a note that is not in the vault as such, such as a card of a canvas."""
        return PublishedPage(publish(note, self, self._vault.garden), self._vault, self)

    def brought(self, path: str) -> list[str]:
        """The notes that are not published, and text of which would be, if the note at a path was (DG-E4)."""
        note = self.note(path)
        if note is None or "![[" not in note.text:
            return []
        return sorted(self.page_of(note).leaked - {path})

    def text_of(self, path: str) -> str | None:
        """The text that is published of the note at a path; None if it cannot be read."""
        note = self.note(path)
        return None if note is None else publish(note, self, self._vault.garden).text.text

    def resolve(self, path: str, source: str) -> str | None:
        """The file that a link's path means in a note; the plugin does not trim it."""
        if not self._is_linked(path, source):
            self._of_tables.add(self._making)
            self._vault.depend_on(TABLES)
        return self._vault.resolve(path, source).target

    def _is_linked(self, path: str, source: str) -> bool:
        """True if it is known of the notes on a page that one of their links names such a file, wherever it is.

        The plugin takes code for links, too, and joins the folder of the note with the path of others.
        """
        outlines, name = self._vault.outlines, file_name(path).removesuffix(".md")
        if not isinstance(outlines, Outlines) or not name:
            return False
        ways = [as_bytes(f"{before}{name}{behind}") for before in "\n/" for behind in ("\n", ".md\n")]
        known = (outlines.links(one) for one in (source, *self._on_page))
        return BACKSLASH in name or any(way in links for links in known for way in ways)

    def note(self, path: str) -> Note | None:
        """The note at a path, with its text; None if it cannot be read."""
        self._on_page.add(path)
        return self._texts.note(path)

    def parts(self, note: Note) -> Parts:
        """The parts that links can name of a note, which the vault knows of most."""
        outlines = self._vault.outlines
        parts = outlines.parts(note.path) if isinstance(outlines, Outlines) else None
        return note.outline if parts is None else parts

    def comments(self, note: Note) -> Sequence[Span]:
        """The places that Obsidian hides in a note that is embedded, which the vault knows of most."""
        outlines = self._vault.outlines
        return outlines[note.path].comments if note.path in outlines else note.comments

    def publishes(self, path: str) -> bool:
        """True if the note at a path is published, excluded by the configuration or not (DG-E10)."""
        known = self._vault.site.publishes(path)
        if known is not None:
            return known
        note = self.note(path)
        return note is not None and is_published(note.properties)


def embedded_parts(embed: Embedding, page: PublishedPage, vault: "Vault") -> Parts:
    """The parts that links can name of a note that is embedded in a page."""
    note, pages = page.published.notes[embed.number], vault.published_pages
    return note.outline if pages is None or note is page.note else pages.parts(note)
