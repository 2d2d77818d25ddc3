"""Common traits of notes of one kind, as a schema of their properties and a profile of their sections.

Pure functions of outlines. What is proposed as certain (a type, a format, a choice of values) holds for every note that
was looked at; what most notes have is required only if the share that was asked for has it.
"""

import math


def enough(count: int, total: int, share: float) -> bool:
    """True if `count` of `total` notes are the share that was asked for; all of them, for a share of 1."""
    return total > 0 and count >= math.ceil(share * total - 1e-9)


def is_unicode(text: str) -> bool:
    """True if a text can be written to a file: bytes that are not UTF-8 are lone surrogates in it."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
