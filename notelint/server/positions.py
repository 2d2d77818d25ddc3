"""Places in a text as an editor counts them: lines from 0, columns in the units that it asked for."""

from lsprotocol import types

from notelint.core.text import LineIndex, Span

_SIZES = {types.PositionEncodingKind.Utf8: ("utf-8", 1), types.PositionEncodingKind.Utf16: ("utf-16-le", 2)}


class Positions:
    """Places in one text. `encoding` is the unit of columns; UTF-32 counts characters."""

    def __init__(self, text: str, encoding: types.PositionEncodingKind | str) -> None:
        self._text, self._lines = text, LineIndex(text)
        self._units = _SIZES.get(types.PositionEncodingKind(encoding))

    def position(self, offset: int) -> types.Position:
        """The position of an offset in characters."""
        line, column = self._lines.position(offset)
        if self._units is None:
            return types.Position(line - 1, column - 1)
        name, size = self._units
        before = self._text[offset - column + 1 : offset]
        return types.Position(line - 1, len(before.encode(name, "surrogatepass")) // size)

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
