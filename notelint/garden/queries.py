"""Dataview's queries in a page: the plugin puts their results in their places, whatever notes these come from."""

from collections.abc import Iterator

from notelint.core.lazy_regex import lazy_regex

_BLOCK = lazy_regex(r"```dataview(?:js)?\s")
_INLINE = lazy_regex(r"`(\$?=)([^`\n]+)`")
_HINTS = ("```dataview", "`=", "`$=")


def queries(text: str) -> Iterator[int]:
    """Where queries begin that the plugin runs, and whose results can come from other notes.

    A query between two backticks that names no other note shows what the note itself holds, and is left out.
    """
    if not any(hint in text for hint in _HINTS):
        return
    yield from (match.start() for match in _BLOCK.finditer(text))
    for match in _INLINE.finditer(text):
        if ("[[" if match[1] == "=" else "dv.") in match[2]:
            yield match.start()
