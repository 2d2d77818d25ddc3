"""Fingerprints, by which a finding is recognised after the lines above it have moved: from its content, not its
place.
"""

from hashlib import sha256


def fingerprint(checker_id: str, path: str, context: str, nth: int = 0) -> str:
    """Sixteen hexadecimal digits for a finding of `checker_id` in the note at `path`.

    `context` is the text of its line, white space collapsed; `nth` counts the findings of that checker with the same
    context which come before it in the note.
    """
    parts = "\0".join((checker_id, path, context, str(nth)))
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
