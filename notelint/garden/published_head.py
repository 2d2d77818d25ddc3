"""The head of a published page: the line of JSON that the plugin writes, traced, and what the site reads of it."""

import json
from collections.abc import Iterator
from typing import Any

from notelint.core.lazy_regex import lazy_regex
from notelint.garden.permalinks import Garden
from notelint.garden.published_properties import Resolve, published_properties
from notelint.garden.traced_text import HOST, Origin, Traced, joined
from notelint.note.frontmatter.parse import inner, string_values
from notelint.note.frontmatter.readable import is_mapping
from notelint.note.note import Note

_DELIMITER = "---"
_REPLACED = lazy_regex(r"%%|\[\[|\]\(|\^|\{\{|```")


def compiled_head(note: Note, garden: Garden, resolve: Resolve) -> Traced:
    """The text that the plugin puts in place of the frontmatter (DG-P4). Of each text it is known where the note has
    it.
    """
    written = published_properties(note.path, note.properties, garden, resolve)
    whole = f"{_DELIMITER}\n{_dump(written)}\n{_DELIMITER}\n"
    if _REPLACED.search(whole) is None:
        return _added(whole)  # no step changes anything in it
    places: dict[str, Origin] = {}
    if note.frontmatter is not None:
        for _, value, span in string_values(note.frontmatter):
            exact = inner(note.text, span)
            known = exact is not None and exact.of(note.text) == value
            places.setdefault(value, Origin(HOST, exact.start if known and exact else span.start, exact=known))
    return joined([_added(f"{_DELIMITER}\n"), *_json(written, places), _added(f"\n{_DELIMITER}\n")])


def _json(value: Any, places: dict[str, Origin]) -> Iterator[Traced]:
    """A value as JavaScript's `JSON.stringify` writes it."""
    if isinstance(value, dict):
        yield _added("{")
        for at, (key, child) in enumerate(value.items()):
            yield _added(f"{',' if at else ''}{_dump(str(key))}:")
            yield from _json(child, places)
        yield _added("}")
    elif isinstance(value, list | tuple):
        yield _added("[")
        for at, child in enumerate(value):
            yield _added("," if at else "")
            yield from _json(child, places)
        yield _added("]")
    elif isinstance(value, str) and value in places:
        written, origin = _dump(value), places[value]
        same = written[1:-1] == value
        place = origin if same else Origin(HOST, origin.offset, exact=False)
        yield from (_added('"'), Traced.of(written[1:-1], place), _added('"'))
    else:
        yield _added(_dump(value))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _added(text: str) -> Traced:
    return Traced.added(text, HOST)


def is_readable(page: str, *, older: bool = False) -> bool:
    r"""True if the site's generator can read the head of a page (gray-matter 4); if not, nothing is built (DG-C6).

    A link that is in the text, too, stands there with `\|`, not an escape of YAML: `older` templates fail by it.
    """
    if not page.startswith(_DELIMITER) or page.startswith("----"):
        return True  # no head: all of it is text
    end = page.find(f"\n{_DELIMITER}", len(_DELIMITER))
    first, _, content = page[len(_DELIMITER) : end if end >= 0 else len(page)].partition("\n")
    return not first.strip() and is_mapping(content if older else content.replace("\\|", "|"))
