"""A progress bar on stderr, on a terminal, once a run has taken a second."""

import time
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PATIENCE = 1.0  # seconds before the bar is shown
_PAUSE = 0.1  # seconds between two changes of it


class Progress:
    """Told how far a run is, it shows that. The bar goes with the last note of what is being done, or by `close`."""

    def __init__(self, stream: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._wanted = stream.isatty()
        self._next = clock() + _PATIENCE
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        """`what` is being done to note `done` (from 0) of `total`; to something else, if `what` names that."""
        if done + 1 >= total:
            self.close()
            return
        if not self._wanted or self._clock() < self._next:
            return
        self._next = self._clock() + _PAUSE
        if self._bar is None or self._task is None:
            self._bar = _bar(self._stream)
            self._bar.start()
            self._task = self._bar.add_task(what, total=total, unit="" if " " in what else "notes")
        self._bar.update(self._task, description=what, completed=done, total=total, refresh=True)

    def close(self) -> None:
        """Take the bar away, if it is there."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = self._task = None


def _bar(stream: IO[str]) -> "Bar":
    """A bar that is drawn on request, by no thread of its own, and leaves nothing behind."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[unit]}"))
    return Bar(*columns, console=Console(file=stream), transient=True, auto_refresh=False)
