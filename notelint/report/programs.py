"""Common parts of the formats for other programs: paths from the repository's root, and fingerprints."""

from collections import Counter

from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import printable
from notelint.engine.fingerprint import fingerprint
from notelint.engine.result import Result


def repository_path(result: Result, path: str) -> str:
    """The path of a note from the root of its git repository, as forges want it."""
    return f"{result.folder}/{path}" if result.folder else path


def fingerprints(result: Result) -> list[str]:
    """One for each diagnostic, all different."""
    seen: Counter[tuple[str, str, str]] = Counter()
    marks = []
    for found in result.diagnostics:
        key = (found.checker, found.path, " ".join(found.source.split()))
        marks.append(fingerprint(*key, seen[key]))
        seen[key] += 1
    return marks


def with_cure(found: Diagnostic) -> str:
    """The message, on one line, and what would fix it."""
    cure = f" (fix: {found.fix.title})" if found.fix is not None else ""
    return printable(found.message + cure)


def is_text(found: Diagnostic) -> bool:
    """True if the edits of a fix can be written as they are: bytes that are not UTF-8 cannot."""
    return not any("\ud800" <= char <= "\udfff" for edit in found.edits for char in edit.text)
