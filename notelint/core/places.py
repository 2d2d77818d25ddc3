"""Things that stand at places of one text, asked for by place: which of them share a character with a span."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from notelint.core.text import Span

T = TypeVar("T")


class Places(Generic[T]):
    """Things with their spans, which may overlap or contain each other. Sorted once; each question is a search."""

    def __init__(self, things: Iterable[T], place: Callable[[T], Span]) -> None:
        """`place` gives the span of a thing."""
        pairs = sorted(
            ((place(one), at, one) for at, one in enumerate(things)), key=lambda pair: (pair[0].start, pair[1])
        )
        self._things = [one for _, _, one in pairs]
        self._starts = [span.start for span, _, _ in pairs]
        self._leaves = 1
        while self._leaves < len(pairs):
            self._leaves *= 2
        self._furthest = [-1] * self._leaves + [span.end for span, _, _ in pairs]
        self._furthest += [-1] * (2 * self._leaves - len(self._furthest))
        for node in range(self._leaves - 1, 0, -1):  # the furthest end of all that stand below a node of the tree
            self._furthest[node] = max(self._furthest[2 * node], self._furthest[2 * node + 1])

    def __len__(self) -> int:
        return len(self._things)

    def touching(self, spans: Iterable[Span]) -> Iterator[T]:
        """Yield each thing, once, that shares a character with one of these, or holds one that is empty inside it."""
        spans = list(spans)
        if len(spans) == 1:
            yield from (self._things[at] for at in self._found(spans[0]))
            return
        yield from (self._things[at] for at in sorted({at for span in spans for at in self._found(span)}))

    def _found(self, span: Span) -> Iterator[int]:
        end, todo = bisect_left(self._starts, span.end), [(1, 0, self._leaves)]
        while todo:
            node, low, size = todo.pop()
            if low >= end or self._furthest[node] <= span.start:
                continue
            if size == 1:
                yield low
            else:
                todo += (2 * node + 1, low + size // 2, size // 2), (2 * node, low, size // 2)
