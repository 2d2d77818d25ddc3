"""Hostile inputs that are doubled: how they grow, how long a step may take, and when that is more than linear."""

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from types import FrameType
from typing import NamedTuple

LARGEST = int(os.environ.get("NOTELINT_LARGEST", "65536"))  # characters
SIZES = (LARGEST >> 3, LARGEST >> 2, LARGEST >> 1, LARGEST)
AGAIN = (*SIZES[1:], 2 * LARGEST)  # a memo that overflows makes one step in time; what is quadratic goes on
LITTLE = 0.1  # seconds of CPU at the largest size: no ratio of so little tells anything
MOST = 3.0  # times as long for twice as much: in between lie 2 (linear) and 4 (quadratic)
_numbers = count(1_000_000)
HANG = 60.0  # seconds of CPU for one step, after which it does not end


class Hostile(NamedTuple):
    """A note that grows: `before`, then `again` and again, each time with the next number for `№`, then `after`.

    No number comes twice: what is remembered of one note must not make the next one quicker.
    """

    before: str
    again: str
    after: str = ""

    def of(self, size: int) -> str:
        times = size // len(self.again)
        if "№" not in self.again:
            return self.before + self.again * times + self.after
        return self.before + "".join(self.again.replace("№", str(next(_numbers))) for _ in range(times)) + self.after


class NeverEndsError(Exception):
    """A step has taken more time than anything linear does."""


@contextmanager
def limited() -> Iterator[None]:
    """Let a step run so long and no longer, and collect no garbage of other tests in its time."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise NeverEndsError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def is_worse_than_linear(times: list[float]) -> bool:
    """Tell whether time grew much faster than size: over all doublings together, and in the last one."""
    if times[-1] < LITTLE or times[0] <= 0:
        return False
    doublings = len(times) - 1
    return times[-1] > MOST**doublings * max(times[0], 0.002) and times[-1] > MOST * times[-2]
