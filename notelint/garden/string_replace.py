"""What JavaScript's `String.replace` fills in where a text is put in place of another one (DG-C5)."""

from notelint.garden import plugin_patterns as patterns
from notelint.garden.traced_text import HOST, Traced


def is_filled_in(text: str) -> bool:
    """True if something may be filled in where code of a text is put back."""
    return patterns.SPECIAL.search(text) is not None or patterns.PLACEHOLDER.search(text) is not None


def filled_in(code: Traced, text: Traced, start: int, end: int) -> Traced:
    """Code as it is put in place of what stands from `start` to `end` of a text."""
    meant = {
        "$$": Traced.added("$", HOST),
        "$&": text.part(start, end),
        "$`": text.part(0, start),
        "$'": text.part(end, len(text.text)),
    }
    return code.with_((at.start(), at.end(), meant[at.group()]) for at in patterns.SPECIAL.finditer(code.text))
