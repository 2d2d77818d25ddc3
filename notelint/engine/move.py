"""Moving notes, attachments and folders, and renaming headings, for the command line: plan, write all, or refuse."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from notelint.core import atomic_write
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.transaction import Transaction, why_not
from notelint.core.unified_diff import hunks, opening, quoted
from notelint.edits import relink, rename_heading
from notelint.edits.journal import Journal
from notelint.edits.left_alone import reason_to_leave
from notelint.edits.link_rewrite import Moves, Renamed, Rewrite, VaultMove, moved, rewrite
from notelint.edits.merge_conflict import conflict
from notelint.engine import canvases
from notelint.engine.canvases import Rewritten
from notelint.engine.incoming_links import changes_parts, notes_naming, notes_with_parts_of
from notelint.engine.move_target import moves_of, refuse_taken, source_of, target_of
from notelint.engine.named_paths import path_in_vault
from notelint.engine.workspace import Workspace
from notelint.note.links import normalise
from notelint.note.note import Note


@dataclass(frozen=True)
class MovePlan:
    """A change of the vault, made in memory. `old` and `new` are the move to make on disk, if there is one.

    `sources` are the notes by their path before, as they were read; `canvases` those that follow, by their path now;
    `remarks` tell what is not fixed.
    """

    rewrite: Rewrite
    sources: Mapping[str, Note]
    disk: tuple[str, str] | None = None
    remarks: tuple[str, ...] = ()
    canvases: Mapping[str, Rewritten] = field(default_factory=dict)

    @property
    def edited(self) -> Mapping[str, int]:
        """Number of edits, by the path of the note or canvas afterwards."""
        moves = self.rewrite.moves if self.disk is not None else {}
        notes = [(note.path, len(self.rewrite.edits[path])) for path, note in self.rewrite.notes.items()]
        canvases = [(moves.get(path, path), canvas.edits) for path, canvas in self.canvases.items()]
        return dict(sorted([*notes, *canvases]))


def plan_move(run: Workspace, old: Path, new: str) -> MovePlan:
    """Move a note, attachment or folder, and keep every link. Raises `NotelintError` that says why it cannot be."""
    source = source_of(run, old)
    return _plan_moves(run, [(source, target_of(run, source, new))])


def plan_moves(run: Workspace, pairs: Sequence[tuple[Path, str]]) -> MovePlan:
    """Keep every link when somebody else is about to move all of these. Raises `NotelintError` as `plan_move`."""
    sources = [source_of(run, old) for old, _ in pairs]
    targets = [target_of(run, source, new) for source, (_, new) in zip(sources, pairs, strict=True)]
    return replace(_plan_moves(run, [*zip(sources, targets, strict=True)]), disk=None)


def _plan_moves(run: Workspace, pairs: Sequence[tuple[str, str]]) -> MovePlan:
    """The plan of moves whose paths are known; the first one is made on disk."""
    moves = {old: new for source, target in pairs for old, new in moves_of(run.files.files, source, target).items()}
    if len({normalise(new).lower() for new in moves.values()}) < len(moves):
        raise NotelintError("two of these files would have one path: move them one after the other")
    for source, target in pairs:
        refuse_taken(run, moves, source, target)
    for path in moves:
        if run.has_note(path):
            _refuse_unchangeable(run.note(path))
    before = run.vault_to_change
    return _plan(run, VaultMove(before, moved(before, moves), moves), pairs[0])


def plan_after_move(run: Workspace, old: Path, new: Path) -> MovePlan:
    """Keep the links to what has been moved already, by whatever means. Raises `NotelintError` as `plan_move`."""
    source, target = path_in_vault(run, old, new=True), path_in_vault(run, new)
    into = f"{target}/{source.rpartition('/')[2]}".removeprefix("./")
    target = next((path for path in (into, f"{into}.md") if path in run.files.files), target)
    if is_note(target) and not is_note(source):
        source += ".md"
    back = moves_of(run.files.files, target, source)
    if not back:
        raise NotelintError(f"{target} is not in the vault: name the path that it has now")
    back = {now: earlier for now, earlier in back.items() if earlier not in run.files.files}
    if not back:
        raise NotelintError(f"{source} is still there: leave --already-moved out to move it")
    after = run.vault_to_change
    change = VaultMove(moved(after, back), after, {earlier: now for now, earlier in back.items()})
    return _plan(run, change, None)


def plan_after_renames(run: Workspace, renames: Moves) -> MovePlan:
    """Keep the links to and in files that were renamed, as git tells. Raises `NotelintError` as `plan_move`."""
    there = set(run.files.files)
    back = {new: old for old, new in renames.items() if new in there and old not in there}
    after = run.vault_to_change
    change = VaultMove(moved(after, back), after, {old: new for new, old in back.items()})
    plan = _plan(run, change, None)
    return replace(plan, remarks=(*_in_excluded_notes(run, change), *_in_canvases(run, change, plan.canvases)))


def plan_heading(run: Workspace, note: Path, old: str, new: str, *, already_renamed: bool = False) -> MovePlan:
    """Rename a heading of a note, in every link too; only in these, if it is `already_renamed`.

    Raises `NotelintError` that says why it cannot be.
    """
    path = source_of(run, note)
    if not run.has_note(path):
        raise NotelintError(f"{path} is not a note: only notes have headings")
    _refuse_unchangeable(run.note(path))
    vault, notes = run.vault_to_change, notes_with_parts_of(run, [path])
    calm, merging = _apart(notes)
    remarks = []
    for other in merging.values():
        links = sum(bool(link.target.subpath) and vault.resolve_link(link, other.path).target == path
                    for link in other.links)  # fmt: skip
        remarks += [_left_alone(other.path, links, "may break")] if links else []
    change = rename_heading.rename_after if already_renamed else rename_heading.rename
    done = change(vault, calm, path, old, new)
    others = [other for other in done.notes if other != path and changes_parts(notes[other], done.notes[other])]
    if others:  # a link in a heading was rewritten: links to that heading count, too
        notes |= notes_with_parts_of(run, [path, *others])
        done = change(vault, _apart(notes)[0], path, old, new)
    if already_renamed:
        return MovePlan(done, notes, remarks=tuple(remarks))
    renamed = (at for at, (one, two) in enumerate(_both_headings(notes[path], done.notes[path])) if one != two)
    number = next(renamed, None)
    if number is None:
        raise NotelintError(f"nothing is changed: the heading of {path} says {new!r} already")
    following = canvases.after_renaming(run, vault, Renamed(path, number), done.notes[path])
    return MovePlan(done, notes, remarks=tuple(remarks), canvases=following)


def _both_headings(before: Note, after: Note) -> Iterator[tuple[str, str]]:
    return zip((one.text for one in before.headings), (one.text for one in after.headings), strict=True)


def _refuse_unchangeable(note: Note) -> None:
    """Raise `NotelintError` for a note that no command may change."""
    reason = reason_to_leave(note)
    if reason is not None:
        raise NotelintError(f"nothing is changed: {note.path}: {reason}")


def _apart(notes: Mapping[str, Note]) -> tuple[dict[str, Note], dict[str, Note]]:
    """The notes that can be changed, and those in the middle of a merge, which are left alone."""
    merging = {path: note for path, note in notes.items() if conflict(note) is not None}
    return {path: note for path, note in notes.items() if path not in merging}, merging


def _left_alone(path: str, links: int, verb: str) -> str:
    one = links == 1
    return (
        f"{path} is in the middle of a merge and left as it is: {links} {'link' if one else 'links'} in it "
        f"{verb if not one or ' ' in verb else f'{verb}s'}"
    )


def _in_merging_notes(change: VaultMove, merging: Mapping[str, Note]) -> Iterator[str]:
    """Notes in the middle of a merge, which are not written, but have links that break."""
    links = Counter(outline.path for outline, *_ in relink.broken(change, [note.outline for note in merging.values()]))
    for path, count in links.items():
        yield _left_alone(path, count, "break")


def _plan(run: Workspace, change: VaultMove, disk: tuple[str, str] | None) -> MovePlan:
    """The plan of a change, of which one half is the vault as it is: so are the paths of its notes on disk."""
    done, notes = _rewritten(run, change)
    merging = _apart(notes)[1]
    back = {} if disk is not None else change.moves
    following = {back.get(path, path): canvas for path, canvas in canvases.after_move(run, change).items()}
    remarks = (
        *_in_merging_notes(change, merging),
        *_in_excluded_notes(run, change),
        *_in_canvases(run, change, following),
        *_new_addresses(change),
    )
    return MovePlan(done, notes, disk, remarks, following)


def _rewritten(run: Workspace, change: VaultMove) -> tuple[Rewrite, dict[str, Note]]:
    """The rewrite of a move, and the notes whose links it may touch, merging ones too, by their paths before."""
    moving = change.before is run.vault_to_change  # else the files have their new paths already
    back = {} if moving else {new: old for old, new in change.moves.items()}
    notes = {back.get(path, path): note for path, note in notes_naming(run, change.moves).items()}
    calm = _apart(notes)[0]
    done = rewrite(change, calm, relink.edits(change, calm))
    others = [path for path, note in done.notes.items() if changes_parts(calm[path], note)]
    if others:  # a link in a heading was rewritten: links to that heading count, too
        linking = notes_with_parts_of(run, others if moving else [change.path(path) for path in others])
        notes |= {back.get(path, path): note for path, note in linking.items()}
        calm = _apart(notes)[0]
        done = rewrite(change, calm, relink.edits(change, calm))
    return done, notes


def _in_excluded_notes(run: Workspace, change: VaultMove) -> Iterator[str]:
    """Notes that are excluded from checking, and so not written, but have links that break."""
    excluded = [path for path in run.files.files if is_note(path) and not run.has_note(path)]
    outlines = [run.read(path).outline for path in excluded if not (run.root / path).is_symlink()]
    links = Counter(outline.path for outline, *_ in relink.broken(change, outlines))
    for path, count in links.items():
        yield f"{path} is excluded, and {count} link{'s' if count > 1 else ''} in it break{'' if count > 1 else 's'}"


def _in_canvases(run: Workspace, change: VaultMove, following: Mapping[str, Rewritten]) -> Iterator[str]:
    """Canvases that show a file by its old path, and do not follow: they are excluded, or cannot be read."""
    for path in run.files.files:
        if path.endswith(".canvas") and path not in following and not (run.root / path).is_symlink():
            shown = (_bytes(run, path) or b"").decode("utf-8", "replace")
            if any(json.dumps(old, ensure_ascii=False) in shown for old in change.moves):
                yield f"{path} shows what moves by its old path: choose it again there"


def _new_addresses(change: VaultMove) -> Iterator[str]:
    """Published notes whose address follows their path; the first one stands for all."""
    changed = []
    for old, new in change.moves.items():
        was, now = change.before.outlines.get(old), change.after.outlines.get(new)
        if was is not None and now is not None and change.before.site.is_garden:
            address = change.before.site.claimed(was)
            if address is not None and address != change.after.site.claimed(now):
                changed.append(f"{new} is published at {change.after.site.claimed(now)}, no longer at {address}")
    if changed:
        more = f" (and {len(changed) - 1} more)" if len(changed) > 1 else ""
        yield f"{changed[0]}{more}: `dg-permalink` would keep the old address"


def apply(run: Workspace, plan: MovePlan, *, undo: bool = True) -> int | None:
    """Write a plan: all of it, or nothing, and so that `notelint fix --undo` takes it back, unless `undo` is false.

    Returns the signal that came meanwhile, if one did: all was written first. Raises `NotelintError`.
    """
    before, after = plan.sources, plan.rewrite.notes
    read = {before[path].path: before[path].encode() for path in {*after, *plan.rewrite.moves} & {*before}}
    read |= {path: canvas.before for path, canvas in plan.canvases.items()}
    for path, data in read.items():
        if _bytes(run, path) != data:
            raise NotelintError(f"nothing is changed: {path} was changed by somebody else meanwhile")
    wanted = {before[path].path: (before[path].encode(), note.encode()) for path, note in after.items()}
    wanted |= {path: (canvas.before, canvas.after) for path, canvas in plan.canvases.items()}
    if not wanted and plan.disk is None:
        return None
    journal, done = Journal(run.root, on=undo), False
    try:
        with Transaction(run.root, journal) as transaction:
            journal.begin()
            for path, (old, new) in sorted(wanted.items()):
                reason = why_not(partial(transaction.prepare, path, old, new))
                if reason is not None:
                    raise NotelintError(f"nothing is changed: {path}: {reason}")
            if plan.disk is None:
                transaction.put_all()
            else:
                transaction.put_all(plan.disk, partial(_move, run.root, journal, *plan.disk))
            done = True
    finally:  # once nothing is left beside the notes
        journal.end(changed=done)
    return transaction.stopped


def _bytes(run: Workspace, path: str) -> bytes | None:
    try:
        return run.reader.read(path)
    except OSError:
        return None


def _move(root: Path, journal: Journal, old: str, new: str) -> None:
    """Move a file or folder into folders that are made where they are missing. Raises `OSError`; then it is not."""
    made = atomic_write.make_folders(root, new)
    try:
        journal.record_move(old, new, made)
        atomic_write.move(root, old, new)
    except BaseException:
        atomic_write.remove_folders(root, made)
        raise


def difference(plan: MovePlan) -> Iterator[str]:
    """The changes of a plan, as git writes them (`git apply` takes it), line by line, without line ends."""
    on_disk = plan.rewrite.moves if plan.disk is not None else {}
    for path in sorted({*on_disk, *plan.rewrite.notes, *plan.canvases}):
        name = plan.sources[path].path if path in plan.sources else path
        new = on_disk.get(path, name)
        yield opening(name, new)
        yield from () if new == name else (f"rename from {quoted(name)}", f"rename to {quoted(new)}")
        if path in plan.rewrite.notes:
            yield from hunks(plan.sources[path].encode(), plan.rewrite.notes[path].encode(), name, new)
        elif path in plan.canvases:
            yield from hunks(plan.canvases[path].before, plan.canvases[path].after, name, new)
