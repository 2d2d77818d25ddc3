"""Findings in a note hold as long as nothing changes that they rest on."""

from collections.abc import Iterable

import pytest
from msgspec import structs

from notelint.engine.cache_entry import NOWHERE, PARTS, CacheEntry
from notelint.engine.invalidation import VaultChange
from notelint.engine.known_entries import KnownEntries
from notelint.vault.face import Face
from notelint.vault.moves import ALL_LINKS, MARK, NO_EVIDENCE, ORIGIN

NOW = NO_EVIDENCE.state


def entry(
    reads: Iterable[str] = (), *, digest: bytes = b"d", outside: tuple[tuple[str, bytes], ...] = ()
) -> CacheEntry:
    return CacheEntry(NOWHERE, 0, digest, Face(), seen=b"seen", reads=tuple(reads), outside=outside)


def change(
    *notes: str, parts: Iterable[str] = (), seeking: Iterable[str] = (), tables: bool = False, outside: bytes = b"o"
) -> VaultChange:
    return VaultChange(
        frozenset(notes), frozenset(parts), frozenset(seeking), tables, NO_EVIDENCE, lambda path: outside
    )


def no_links(path: str, one: CacheEntry) -> bytes:
    return b""


@pytest.mark.parametrize(
    ("seen", "changed"),
    [
        (entry(), change()),
        (entry(["B.md"]), change("C.md")),
        (entry([PARTS + "B.md"]), change("B.md")),
        (entry([ALL_LINKS]), change("C.md")),
        (entry([MARK + NOW]), change("C.md")),
        (entry([ORIGIN + NOW]), structs.replace(change("C.md"), files=True)),
        (entry(outside=(("X.md", b"o"),)), change("C.md")),
    ],
    ids=[
        "nothing changed",
        "another note",
        "parts that stay",
        "all links, no note",
        "the same evidence",
        "a committed note's origin, whatever files came",
        "the same excluded note",
    ],
)
def test_it_stays(seen: CacheEntry, changed: VaultChange) -> None:
    assert changed.leaves(seen)


@pytest.mark.parametrize(
    ("seen", "changed"),
    [
        (entry(), change(tables=True)),
        (entry(digest=b""), change()),
        (entry(["B.md"]), change("B.md")),
        (entry([PARTS + "B.md"]), change("B.md", parts=["B.md"])),
        (entry([ALL_LINKS, "B.md"]), change("C.md", seeking=["C.md"])),
        (entry([MARK + "of another time", "B.md"]), change()),
        (entry([MARK + NOW]), structs.replace(change("C.md"), files=True)),
        (entry([ORIGIN + "of another time"]), change()),
        (entry(outside=(("X.md", b"o"),)), change(outside=b"p")),
    ],
    ids=[
        "tables",
        "unreadable",
        "a note looked at",
        "parts looked at",
        "all links",
        "other evidence",
        "evidence of other files",
        "another commit that shows the origin",
        "an excluded note",
    ],
)
def test_it_goes(seen: CacheEntry, changed: VaultChange) -> None:
    assert not changed.leaves(seen)


def test_something_is_known_as_long_as_one_entry_stays() -> None:
    """As long as one stays that may depend on everything, the next change must find that out."""
    stale, fresh = entry(["B.md"]), entry(["C.md"])
    known = KnownEntries(held={"x.md": stale, "y.md": fresh})
    assert known.forget_stale(change("B.md"), no_links)
    assert (stale.seen, fresh.seen) == (None, b"seen")
    assert not known.forget_stale(change("C.md"), no_links)
    assert fresh.seen is None
