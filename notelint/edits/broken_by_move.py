"""One diagnostic for a note that has moved and left its incoming links behind, instead of one for each link.

Pure: which files have moved (git tells), and the vault as it is now.
"""

from collections.abc import Mapping

from msgspec import Struct

from notelint.core.diagnostic import Diagnostic, Position, Severity
from notelint.core.text import Span
from notelint.edits.link_rewrite import VaultMove, moved
from notelint.edits.relink import broken
from notelint.note.note import Note
from notelint.vault.suggestion_hints import move_command
from notelint.vault.vault import Vault

ID = "moved-note"


class BrokenByMove(Struct, frozen=True):
    """A note or attachment whose move broke links: what a report says, and which links those are.

    `links` are the paths of notes and the spans of links in them: diagnostics of those links need not be shown.
    """

    diagnostic: Diagnostic
    old: str
    links: frozenset[tuple[str, Span]]


def moved_notes(
    renames: Mapping[str, str], vault: Vault, notes: Mapping[str, Note], severity: Severity = Severity.ERROR
) -> list[BrokenByMove]:
    """Notes whose renames {old path: new path} broke links in the vault as it is now, by the new path.

    `notes` are those of the vault, by path. A rename whose old path is taken again, or whose new path is not in the
    vault, is left out: nothing is known of it.
    """
    found = [
        BrokenByMove(_diagnostic(old, renames[old], links, notes.get(renames[old]), severity), old, links)
        for old, links in broken_by(renames, vault).items()
    ]
    return sorted(found, key=lambda one: one.diagnostic.path)


def broken_by(renames: Mapping[str, str], vault: Vault) -> dict[str, frozenset[tuple[str, Span]]]:
    """The links that each of these renames broke, by its old path: paths of notes, and spans of links in them."""
    return _by_rename(_change(renames, vault))


def _change(renames: Mapping[str, str], vault: Vault) -> VaultMove:
    there = {*vault.files, *vault.outlines}
    moves = {old: new for old, new in renames.items() if new in there and old not in there}
    return VaultMove(moved(vault, {new: old for old, new in moves.items()}), vault, moves)


def _by_rename(change: VaultMove) -> dict[str, frozenset[tuple[str, Span]]]:
    """Broken links by the old path of the file to blame: that which a link names, or stands in, or now finds."""
    moves, old_paths = change.moves, {new: old for old, new in change.moves.items()}
    found: dict[str, set[tuple[str, Span]]] = {}
    for outline, link, was, now in broken(change, change.before.outlines.values()):
        blamed = next((path for path in (was.target, outline.path) if path in moves), old_paths.get(now.target or ""))
        if blamed is not None:
            found.setdefault(blamed, set()).add((change.path(outline.path), link.span))
    return {old: frozenset(links) for old, links in found.items()}


def message(old: str, new: str, links: frozenset[tuple[str, Span]]) -> str:
    """The message about a file that left these links behind."""
    count, where = len(links), len({path for path, _ in links})
    what = f"{count} link{'s' if count > 1 else ''} in {where} note{'s' if where > 1 else ''}"
    cure = f"`{move_command(old, new)}` fixes {'them' if count > 1 else 'it'}"
    return f"moved from {old!r}, which breaks {what}: {cure}"


def _diagnostic(
    old: str, new: str, links: frozenset[tuple[str, Span]], note: Note | None, severity: Severity
) -> Diagnostic:
    start = Position(1, 1)
    source = "" if note is None else note.lines.line_span(1).of(note.text).rstrip("\r\n")[:200]
    return Diagnostic(new, start, start, ID, severity, message(old, new, links), Span(0, 0), source, about=old)
