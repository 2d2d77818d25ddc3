"""Places in a text as an editor counts them: lines from 0, columns in the units that it asked for."""

from lsprotocol import types

from notelint.core.text import LineIndex, Span

_SIZES = {types.PositionEncodingKind.Utf8: ("utf-8", 1), types.PositionEncodingKind.Utf16: ("utf-16-le", 2)}


class Positions:
    """Places in one text. `encoding` is the unit of columns; UTF-32 counts characters."""

    def __init__(self, text: str, encoding: types.PositionEncodingKind | str) -> None:
        self._text, self._lines = text, LineIndex(text)
        plain = text.isascii()  # then all units are characters
        self._units = None if plain else _SIZES.get(types.PositionEncodingKind(encoding))
        self._last = (0, 0, 0)  # a line, a column in it in characters, and the same in units

    def position(self, offset: int) -> types.Position:
        """The position of an offset in characters."""
        line, column = self._lines.position(offset)
        if self._units is None:
            return types.Position(line - 1, column - 1)
        return types.Position(line - 1, self._column(line, column - 1, offset - column + 1, *self._units))

    def _column(self, line: int, column: int, start: int, name: str, size: int) -> int:
        """A column in units. It is counted from the last one of the same line, so that long lines take no longer."""
        known, near, units = self._last if self._last[0] == line else (line, 0, 0)
        between = self._text[start + min(near, column) : start + max(near, column)]
        count = len(between.encode(name, "surrogatepass")) // size
        units += count if column >= near else -count
        self._last = (known, column, units)
        return units

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset in characters of a position, held inside its line and the text."""
        if position.line >= len(self._lines):
            return len(self._text)
        span = self._lines.line_span(position.line + 1)
        line = span.of(self._text).rstrip("\r\n")
        if self._units is None:
            return span.start + min(position.character, len(line))
        name, size = self._units
        before = line.encode(name, "surrogatepass")[: position.character * size]
        return span.start + len(before.decode(name, "ignore"))
