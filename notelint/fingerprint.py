"""What a finding is recognised by when the lines above it have moved: its content, not its place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from notelint.diagnostic import Diagnostic


def fingerprint(checker_id: str, path: str, context: str, nth: int = 0) -> str:
    """Sixteen hexadecimal digits for a finding of `checker_id` in the note at `path`.

    `context` is the text of its line, white space collapsed; `nth` counts the findings of that checker with the same
    context which come before it in the note.
    """
    parts = "\0".join((checker_id, path, context, str(nth)))
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(
    found: Iterable[Diagnostic], moved: Mapping[str, str] | None = None
) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with its fingerprint. `moved` says by which path a note that has been renamed is known."""
    seen = Counter[tuple[str, str, str]]()
    for diagnostic in found:
        path = (moved or {}).get(diagnostic.path, diagnostic.path)
        context = f"{' '.join(diagnostic.source.split())} {diagnostic.about or ''}".strip()
        key = (diagnostic.checker, path, context)
        yield diagnostic, fingerprint(*key, seen[key])
        seen[key] += 1
