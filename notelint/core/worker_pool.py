"""The same work for many items, spread over processes where that pays.

Processes are forked: a worker has all that this one has read so far, and only its results travel, as bytes in a file.
Where that is not possible, `core.spawned_pool` starts new ones.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Generic, TypeVar

from msgspec import Struct

_MOST = 8
_LENGTH = 4  # bytes that tell how long a result is
_END = b"all that was asked"
_Result = TypeVar("_Result")


def processes(items: int, worth: int) -> int:
    """Number of processes to use for so many items, of which a worker should get at least `worth`."""
    if not can_fork() or threading.active_count() > 1:  # a fork copies no other thread, but their locks
        return 1
    return max(1, min(cores(), items // worth))


def can_fork() -> bool:
    """True if this process can be forked at all: not on Windows."""
    return hasattr(os, "fork")


def cores() -> int:
    """Number of processes that are worth having at once on this machine."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST)


class Task(Struct, Generic[_Result], frozen=True):
    """Work to do for each item, and the form in which its results travel: as bytes, of which nothing is lost."""

    work: Callable[[str], _Result]
    encode: Callable[[_Result], bytes]
    decode: Callable[[bytes], _Result]


def spread(
    task: Task[_Result],
    items: Sequence[str],
    count: int,
    done: Callable[[int, _Result], None] = lambda *_: None,
    first: int = 1,
) -> Iterator[_Result]:
    """The results of a task for each item, in the order of items, by `count` processes (this one among them).

    What a worker leaves undone, because it failed or was killed, is done here. `first` items of its share this process
    does before it starts the others: what they make for all, such as tables, then exists once. `done` is called in
    this process once an item of its share is: how many of all are done by then (workers do about as much), and with
    what result.
    """
    shares = [items[at::count] for at in range(count)]
    workers: list[_Worker[_Result]] = []
    own: deque[_Result] = deque()
    try:
        for at, item in enumerate(shares[0]):
            own.append(task.work(item))
            done(at * count, own[-1])
            if at == min(first, len(shares[0])) - 1:  # what has been loaded and made until now, workers have too
                workers += [_Worker(task, share) for share in shares[1:]]
        results = [(own.popleft() for _ in shares[0]), *(worker.results() for worker in workers)]
        for at in range(len(items)):
            yield next(results[at % count])
    finally:
        for worker in workers:
            worker.end()


def sample_first(items: Sequence[str], count: int) -> Sequence[str]:
    """The same items, those first that stand in every so many-th place: `count` of them, of all sorts if sorted."""
    if not 0 < count < len(items):
        return items
    places = {at * len(items) // count for at in range(count)}
    return [*(items[at] for at in sorted(places)), *(item for at, item in enumerate(items) if at not in places)]


class _Worker(Generic[_Result]):
    """A forked process that works on its share. It leaves each result in a file at once: together they are large."""

    def __init__(self, task: Task[_Result], share: Sequence[str]) -> None:
        self._task, self._share = task, share
        self._file = _file()
        self._process: int | None = None if self._file is None else os.fork()
        if self._process == 0 and self._file is not None:
            status = 1
            try:  # nothing of this process may go on in the worker: neither its clean-up nor its output
                for item in share:
                    result = task.encode(task.work(item))
                    self._file.write(len(result).to_bytes(_LENGTH, "big"))
                    self._file.write(result)
                self._file.write(_END)
                self._file.flush()
                status = 0
            finally:
                os._exit(status)

    def results(self) -> Iterator[_Result]:
        """The results that it left, one by one, once it is done; if that is not everything, all is done here."""
        if self._file is None or not self._is_done(self._file):
            yield from (self._task.work(item) for item in self._share)
            return
        read = self._file.read
        for _ in self._share:
            yield self._task.decode(read(int.from_bytes(read(_LENGTH), "big")))

    def _is_done(self, file: IO[bytes]) -> bool:
        """Wait until the worker has ended; whether it left everything."""
        if self._process is None:
            return False
        _, status = os.waitpid(self._process, 0)
        self._process = None
        if status != 0 or file.seek(0, os.SEEK_END) < len(_END):
            return False
        file.seek(-len(_END), os.SEEK_END)
        whole = file.read() == _END
        file.seek(0)
        return whole

    def end(self) -> None:
        """Leave no process behind, whatever happened."""
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)  # nobody waits for it any more
            os.waitpid(self._process, 0)
            self._process = None
        if self._file is not None:
            self._file.close()


def _file() -> "IO[bytes] | None":
    """A file without a name, which goes with the last process that has it open; None where none can be made."""
    import tempfile

    try:
        return tempfile.TemporaryFile()
    except OSError:
        return None
