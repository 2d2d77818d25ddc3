"""The baseline: diagnostics that were there when a vault began to be checked, and are suppressed.

A file at the vault's root with one entry a line, sorted, so that branches merge line by line:
`["Kidney/Cyst.md", "broken-link", "0123456789abcdef"]`. An entry is recognised by its content, wherever its line moves
to, and stays with its note when that is renamed.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, structs

from notelint.core import atomic_write
from notelint.core.diagnostic import COVERED, CRASHED, Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.safe_path import UnsafePathError
from notelint.core.safe_read import VaultReader
from notelint.core.transaction import locked
from notelint.engine.fingerprint import fingerprint
from notelint.engine.kept_diagnostics import ChosenDiagnostics
from notelint.engine.recognise import in_its_line, numbered

FILE = ".notelint-baseline.jsonl"
_WORDS = 3


class BaselineEntry(Struct, frozen=True, order=True):
    """One suppressed diagnostic: the note it was in, whose it is, and by what it is recognised."""

    path: str
    checker: str
    mark: str

    def __str__(self) -> str:
        return json.dumps([self.path, self.checker, self.mark], ensure_ascii=False)


class ComparedWithBaseline(Struct, frozen=True):
    """Diagnostics compared with a baseline: those that are new, today's entries of the others, entries now fixed."""

    new: ChosenDiagnostics
    kept: frozenset[BaselineEntry]
    fixed: tuple[BaselineEntry, ...]


def read(root: Path) -> frozenset[BaselineEntry] | None:
    """The baseline of the vault at `root`; None if it has none. Raises `NotelintError` with the line that is wrong."""
    try:
        data = _data(root)
    except UnsafePathError:
        return None
    return None if data is None else parse(data)


def parse(data: bytes) -> frozenset[BaselineEntry]:
    """The entries of a baseline with these contents. Raises `NotelintError` with the line that is wrong."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return frozenset(_entry(line, at) for at, line in enumerate(lines, 1) if line.strip())


def _data(root: Path) -> bytes | None:
    """The file's content; None if there is none. Raises `UnsafePathError` for a link, and `NotelintError`."""
    try:
        return VaultReader(root).read(FILE)
    except UnsafePathError:
        raise
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotelintError(f"{FILE} cannot be read: {error.strerror}") from error


def why_unread(root: Path) -> str | None:
    """The reason that a baseline which stands in the vault is not read: it is a link, or no regular file."""
    try:
        _data(root)
    except UnsafePathError as error:
        return f"{FILE} is not read: {error.strerror}"
    return None


def _entry(line: str, at: int) -> BaselineEntry:
    try:
        words = json.loads(line)
    except (ValueError, RecursionError):
        words = None
    if not (isinstance(words, list) and len(words) == _WORDS and all(isinstance(word, str) for word in words)):
        cure = "keep the lines of both sides" if line.startswith(("<<<<<<<", "=======", ">>>>>>>")) else "remove it"
        raise NotelintError(f"{FILE}:{at} is not an entry: {cure}, then run `notelint baseline --prune`")
    return BaselineEntry(*words)


def write(root: Path, entries: Iterable[BaselineEntry]) -> None:
    """Put these entries into the baseline, sorted. Raises `NotelintError` if the file cannot be written."""
    text = "".join(f"{entry}\n" for entry in sorted(set(entries)))
    try:
        with locked(root):
            atomic_write.replace(root, FILE, _data(root), text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise NotelintError(f"{root / FILE} is left as it was: {error.strerror}") from error


def entries(diagnostics: Iterable[Diagnostic]) -> list[BaselineEntry]:
    """The entries that would suppress these diagnostics. A crash is never suppressed."""
    return [_of(one.path, one, context, nth) for one, context, nth in numbered(diagnostics) if one.checker != CRASHED]


def _entries_of(path: str, diagnostic: Diagnostic, context: str, nth: int) -> Iterator[BaselineEntry]:
    """The entries that suppress a diagnostic: its own, and that of the checker which it was once a part of.

    All were once recognised by their whole line.
    """
    yield _of(path, diagnostic, context, nth)
    if diagnostic.known_by is not None:
        yield _of(path, diagnostic, in_its_line(diagnostic), nth)
    if diagnostic.checker in COVERED:
        yield _of(path, structs.replace(diagnostic, checker=COVERED[diagnostic.checker]), context, nth)


def _of(path: str, diagnostic: Diagnostic, context: str, nth: int) -> BaselineEntry:
    return BaselineEntry(path, diagnostic.checker, fingerprint(diagnostic.checker, path, context, nth))


def compare(
    known: Collection[BaselineEntry],
    diagnostics: Sequence[Diagnostic],
    *,
    notes: Collection[str],
    checked: Collection[str],
) -> ComparedWithBaseline:
    """Hold all diagnostics of the `checked` notes against a baseline.

    `notes` are all of the vault: an entry of a note that is not among them suppresses the same elsewhere, for the note
    was renamed. An entry is fixed if nothing needs it though its note was checked, or is gone and all were.
    """
    left, new, kept = set(known), bytearray(), set[BaselineEntry]()
    for one, context, nth in numbered(diagnostics):
        entry = next((entry for entry in _entries_of(one.path, one, context, nth) if entry in left), None)
        if one.checker != CRASHED and entry is not None:
            left.remove(entry)
            kept.add(entry)
            new.append(False)
        else:
            new.append(True)
    gone = _gone(left, notes)
    had = {entry.path for entry in known}
    for is_old in (False, True) if gone else ():  # a note that was renamed had no entries by its new name
        for at, (one, context, nth) in enumerate(numbered(diagnostics)):
            if not new[at] or (one.path in had) is not is_old:
                continue
            paths = [*gone.get(one.checker, ()), *gone.get(COVERED.get(one.checker, ""), ())]
            olds = (entry for path in paths for entry in _entries_of(path, one, context, nth))
            old = next((entry for entry in olds if entry in left), None)
            if old is not None:
                new[at] = False
                left.remove(old)
                kept.add(_of(one.path, one, context, nth))
    whole = set(notes) <= set(checked)
    fixed = sorted(entry for entry in left if entry.path in checked or (whole and entry.path not in notes))
    return ComparedWithBaseline(ChosenDiagnostics(diagnostics, new), frozenset(kept), tuple(fixed))


def _gone(entries: Iterable[BaselineEntry], notes: Collection[str]) -> dict[str, list[str]]:
    """By checker, the notes of entries that are not there any more."""
    gone: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.path not in notes:
            gone[entry.checker].add(entry.path)
    return {checker: sorted(paths) for checker, paths in gone.items()}
