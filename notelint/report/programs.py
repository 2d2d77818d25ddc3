"""Common parts of the formats for other programs: paths from the repository's root, and fingerprints."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import printable
from notelint.engine.fingerprint import fingerprint
from notelint.engine.result import Result


def repository_path(result: Result, path: str) -> str:
    """The path of a note from the root of its git repository, as forges want it."""
    return f"{result.folder}/{path}" if result.folder else path


def fingerprinted(result: Result) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each diagnostic with its fingerprint; all are different."""
    for path, some in groupby(result.diagnostics, key=lambda found: found.path):
        seen: Counter[tuple[str, str]] = Counter()
        for found in some:
            key = (found.checker, " ".join(found.source.split()))
            yield found, fingerprint(found.checker, path, key[1], seen[key])
            seen[key] += 1


def with_cure(found: Diagnostic) -> str:
    """The message, on one line, and what would fix it."""
    cure = f" (fix: {found.fix.title})" if found.fix is not None else ""
    return printable(found.message + cure)


def is_text(found: Diagnostic) -> bool:
    """True if the edits of a fix can be written as they are: bytes that are not UTF-8 cannot."""
    return not any("\ud800" <= char <= "\udfff" for edit in found.edits for char in edit.text)
