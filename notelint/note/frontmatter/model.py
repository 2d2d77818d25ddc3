"""The values that reading a block of properties gives."""

from typing import Any, Literal, TypeAlias

from msgspec import Struct

from notelint.core.text import Span

Path: TypeAlias = tuple[str | int, ...]


class PropertyPlace(Struct, frozen=True, array_like=True, gc=False):
    """Where a property stands. A list item has no key: both are the value's. A quoted scalar includes its quotes."""

    key: Span
    value: Span


class Fault(Struct, frozen=True):
    """Why the block holds no properties: one line, in plain words, and the place that is to blame."""

    message: str
    span: Span


class Duplicate(Struct, frozen=True):
    """A key that its map already has: the place of the later one and of the first."""

    key: str
    span: Span
    first: Span


class Frontmatter(Struct, frozen=True):
    """The block at the head of a note. All spans count characters of the note's text.

    `span` reaches from the first fence through the closing fence's line end, `content` lies between them; `form` is
    "json" when the content is one flow map. `properties` is empty where there is a `fault` (F2); of
    duplicate keys the last one counts. `places` knows every key path at any depth, `("related", 0)` for a list item.
    `unquoted_links` holds the key path and the place of each `[[x]]` that YAML takes for a list in a list (F4).
    """

    span: Span
    content: Span
    form: Literal["yaml", "json"]
    properties: dict[str, Any]
    places: dict[Path, PropertyPlace]
    duplicates: tuple[Duplicate, ...] = ()
    fault: Fault | None = None
    unquoted_links: tuple[tuple[Path, Span], ...] = ()

    def place(self, path: Path) -> PropertyPlace:
        """The place of the longest known beginning of a key path, else that of the opening fence."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        fence = Span(self.span.start, self.span.start + 3)
        return PropertyPlace(fence, fence)
