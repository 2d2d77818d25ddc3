"""A run's baseline: the diagnostics that it suppresses, and its making, adding and pruning."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, structs

from notelint.core.errors import NotelintError
from notelint.core.printable import counted, first_of
from notelint.engine.check import check
from notelint.engine.named_paths import notes_named
from notelint.engine.result import Result
from notelint.engine.workspace import Workspace
from notelint.history import baseline
from notelint.history.baseline import BaselineEntry, ComparedWithBaseline

_SHOWN = 5  # fixed entries that are named


class Recorded(Struct, frozen=True):
    """The outcome for a baseline: how many entries it has, how many came and went."""

    entries: int
    added: int
    removed: int


def suppress_known(run: Workspace, result: Result, paths: Sequence[Path] = ()) -> Result:
    """The result without what the vault's baseline suppresses. Raises `NotelintError` for a damaged baseline."""
    known = baseline.read(run.root)
    if known is None:
        unread = baseline.why_unread(run.root)
        return result if unread is None else structs.replace(result, remarks=(*result.remarks, unread))
    held = _held(run, known, result, paths)
    remarks = list(result.remarks)
    suppressed = len(result.diagnostics) - len(held.new)
    if suppressed:
        known_ones = f"{counted(suppressed, 'known diagnostic')} {'is' if suppressed == 1 else 'are'}"
        remarks.append(f"{known_ones} suppressed by {baseline.FILE}")
    if held.fixed:
        named = first_of([f"{entry.checker} in {entry.path}" for entry in held.fixed], _SHOWN)
        remarks.append(f"fixed since the baseline: {named}; `notelint baseline --prune` removes them from it")
    return structs.replace(result, diagnostics=held.new, remarks=tuple(remarks))


def has_baseline(run: Workspace) -> bool:
    """True if the vault has a baseline, or something in the place of one."""
    return baseline.read(run.root) is not None or baseline.why_unread(run.root) is not None


def record(run: Workspace, *, add: bool, prune: bool) -> Recorded:
    """Make the vault's baseline, or bring it up to date. Raises `NotelintError` for new debt, unless it is to be added.

    Entries of what is fixed go with `prune`; those of notes that were renamed follow them in any case.
    """
    result = check(run)
    known = baseline.read(run.root)
    if known is None:
        entries = set(baseline.entries(result.diagnostics))
        baseline.write(run.root, entries)
        return Recorded(len(entries), len(entries), 0)
    held = _held(run, known, result, ())
    if held.new and not (add or prune):
        raise NotelintError(
            f"not in {baseline.FILE}: {counted(len(held.new), 'diagnostic')}, such as {held.new[0]}: fix them, or "
            "suppress them too with --add"
        )
    fixed: frozenset[BaselineEntry] = frozenset() if prune else frozenset(held.fixed)
    entries = {*held.kept, *fixed, *(_new(held) if add else ())}
    baseline.write(run.root, entries)
    return Recorded(len(entries), len(entries - known), len(known - entries))


def _new(held: ComparedWithBaseline) -> list[BaselineEntry]:
    return baseline.entries(held.new)


def _held(
    run: Workspace, known: frozenset[BaselineEntry], result: Result, paths: Sequence[Path]
) -> ComparedWithBaseline:
    whole = result.since is None and result.shard is None
    checked = list(notes_named(run, paths)) if whole else ()
    ran = run.settings.of_any_note(run.profiles.profiles)
    judged = frozenset(entry for entry in known if entry.checker in ran)
    held = baseline.compare(judged, result.diagnostics, notes=run.files.notes, checked=checked)
    return structs.replace(held, kept=held.kept | (known - judged))
