"""One note as seen from its vault: which diagnostics it has, and what was looked at to find them."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct, msgpack

from notelint.core.diagnostic import Diagnostic
from notelint.engine.cache_entry import FORGED, PARTS, CacheEntry, digest, is_of_note
from notelint.engine.cache_file import CacheFile
from notelint.engine.kept_diagnostics import KeptDiagnostics
from notelint.engine.kept_outlines import KeptOutlines, KeptTexts
from notelint.engine.known_entries import KnownEntries
from notelint.engine.lint import LintPlan, diagnostics, of_vault
from notelint.engine.note_source import NoteSource
from notelint.engine.packing import pack_or_nothing, unpack_rules
from notelint.note.note import Note
from notelint.note.suppressions import Suppressions
from notelint.vault.vault import Vault


class KnownVault(Struct, frozen=True, eq=False):
    """A vault with all that is known of its notes: their entries, and the outlines and texts that can be looked at."""

    source: NoteSource
    entries: KnownEntries
    outlines: KeptOutlines
    texts: KeptTexts
    vault: Vault


class Seen(Struct, array_like=True):
    """Diagnostics of one note that depend on the vault, packed, and all that they depend on.

    `everything` if that may be any note; `alone` if what was known of the note by itself does not count any more.
    """

    seen: bytes | None  # the diagnostics
    reads: tuple[str, ...]
    outside: tuple[tuple[str, bytes], ...]
    everything: bool
    alone: bool


unpack_seen = msgpack.Decoder(Seen).decode


def see(known: KnownVault, path: str) -> Seen | None:
    """Diagnostics of a note that depend on the vault; None if they cannot be kept."""
    outlines, entry, alone = known.outlines, known.entries[path], False
    outlines.looked_at.clear()
    plan = known.source.plan_of(path, entry.profile)
    if entry.whole:
        found = _judge_text(known, path)
    else:
        found, alone = _judge_outline(known, path, entry, plan)
    everything = outlines.everything or plan.has_foreign
    looked_at = outlines.looked_at - {path, PARTS + path}
    parts = {PARTS + one for one in looked_at}  # of notes that were looked at as a whole
    reads = tuple(sorted(one for one in looked_at - parts if not (everything and is_of_note(one))))
    packed = pack_or_nothing(found) if found else b""
    can_be_kept = (packed or not found) and pack_or_nothing(reads)
    return Seen(packed, reads, known.texts.outside, everything, alone) if can_be_kept else None


def diagnostics_of(known: KnownVault, paths: Sequence[str]) -> KeptDiagnostics:
    """All diagnostics of the notes at these paths: those of their entries, or found now where there are none."""
    file = known.outlines.kept_file()
    kept = KeptDiagnostics(partial(_judge_text, known), None if file is None else partial(_packed, file))
    for path in paths:
        if file is not None and known.entries.is_as_kept(path):
            if file.count(path):
                kept.add_of_file(path)
            continue
        entry = known.entries.get(path)
        if entry is None or entry.seen is None:
            kept.add(_judge_text(known, path))
        else:
            kept.add_packed(path, *known.outlines.findings(path, entry))
    return kept


def _packed(file: CacheFile, path: str) -> tuple[bytes, bytes] | None:
    """The diagnostics of a note that the cache's file holds, as bytes; None if they are damaged."""
    entry = file.entry(path)
    return None if entry is None else (entry.found, entry.seen or b"")


def _judge_text(known: KnownVault, path: str) -> list[Diagnostic]:
    """All diagnostics of a note, found with its text at hand."""
    return known.source.lint(known.source.read(path), known.vault)


def _judge_outline(known: KnownVault, path: str, entry: CacheEntry, plan: LintPlan) -> tuple[list[Diagnostic], bool]:
    """Diagnostics from the vault alone, for which the text is read only if there are any; True with all of them."""
    try:
        suppressions = Suppressions(unpack_rules(entry.silenced)) if entry.silenced else Suppressions()
    except FORGED:
        return _judge_text(known, path), True
    found = of_vault(known.outlines.judged(path), known.vault, plan, suppressions)
    if not found:
        return [], False
    data = known.source.data(path)  # only now the text is needed, and only to say where it is
    if data is None or digest(data) != entry.digest:
        return _judge_text(known, path), True
    return diagnostics(Note.decode(path, data), found), False
