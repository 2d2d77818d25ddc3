"""Rules by which findings hold that were seen of a note from its vault.

They depend on the tables of the vault (which files there are, and the face of each note), on the notes whose outlines
were looked at, on excluded notes whose texts were, and, where files are gone, on what is known of them.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from msgspec import Struct

from notelint.engine.cache_entry import PARTS, CacheEntry, is_of_note
from notelint.engine.touched_links import TouchedLinks
from notelint.vault.moves import ALL_LINKS, MARK, ORIGIN, PAST, TABLES, MoveEvidence


class VaultChange(Struct, frozen=True):
    """The difference between a vault and the one that its cache was written for.

    `notes` are those that are new, or have other bytes, `parts` those of them that have other parts, and `seeking`
    those that have other links into folders; `tables` is true if links may lead elsewhere than they did; `evidence`
    knows of files that are gone, and is asked for its state only if findings depend on it; `digest_of` gives a digest
    of an excluded note as it is now. Where single entries of tables are others, `links` are those that these touch;
    `files` is true if some came or went, `past` if anything may be gone that was not.
    """

    notes: AbstractSet[str]
    parts: AbstractSet[str]
    seeking: AbstractSet[str]
    tables: bool
    evidence: MoveEvidence
    digest_of: Callable[[str], bytes]
    links: TouchedLinks | None = None
    files: bool = False
    past: bool = False

    def leaves(self, entry: CacheEntry) -> bool:
        """True if what was seen of a note is what would be seen of it now."""
        return (
            not self.tables
            and entry.digest != b""
            and self.notes.isdisjoint(entry.reads)
            and not any(PARTS + path in entry.reads for path in self.parts)
            and not any(self.changes(mark) for mark in entry.reads if not is_of_note(mark))
            and all(self.digest_of(path) == before for path, before in entry.outside)
        )

    def changes(self, mark: str) -> bool:
        """Tell whether something that is not a note, but that a finding depends on, is another than it was."""
        if mark == ALL_LINKS:
            return bool(self.seeking)
        if mark == PAST:
            return self.past
        if mark.startswith(ORIGIN):
            return mark != ORIGIN + self.evidence.state
        return self.links is not None if mark == TABLES else self.files or mark != MARK + self.evidence.state
