"""The same work for many items, spread over processes where that pays.

Processes are forked: a worker has all that this one has read so far, and only results travel, as bytes.
"""

import os
import signal
import threading
from collections.abc import Callable, Sequence

from msgspec import DecodeError, msgpack

_MOST = 8
_Work = Callable[[str], bytes]


def processes(items: int, worth: int) -> int:
    """How many processes to use for so many items, of which a worker should get at least `worth`."""
    if not hasattr(os, "fork") or threading.active_count() > 1:  # a fork copies no other thread, but their locks
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _MOST, items // worth))


def spread(work: _Work, items: Sequence[str], count: int) -> list[bytes]:
    """`work` of each item, in the order of items, by `count` processes (this one among them).

    What a worker leaves undone, because it failed or was killed, is done here.
    """
    shares = [items[at::count] for at in range(count)]
    workers = [_Worker(work, share) for share in shares[1:]]
    try:
        results = [[work(item) for item in shares[0]]]
        results += [worker.results() or [work(item) for item in worker.share] for worker in workers]
    finally:
        for worker in workers:
            worker.end()
    return [results[at % count][at // count] for at in range(len(items))]


class _Worker:
    """A forked process that works on its share and sends the results through a pipe."""

    def __init__(self, work: _Work, share: Sequence[str]) -> None:
        self.share = share
        reading, writing = os.pipe()
        self._process: int | None = os.fork()
        if self._process == 0:
            status = 1
            try:  # nothing of this process may go on in the worker: neither its clean-up nor its output
                os.close(reading)
                _send(writing, msgpack.encode([work(item) for item in share]))
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        self._reading = reading

    def results(self) -> list[bytes] | None:
        """What it sent, once it is done; None if that is not everything."""
        with os.fdopen(os.dup(self._reading), "rb") as pipe:
            data = pipe.read()
        try:
            results = msgpack.decode(data, type=list[bytes])
        except DecodeError:
            return None
        return results if len(results) == len(self.share) else None

    def end(self) -> None:
        """Leave no process behind, whatever happened."""
        os.close(self._reading)
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)  # it has sent everything, or nobody waits for it any more
            os.waitpid(self._process, 0)
            self._process = None


def _send(pipe: int, data: bytes) -> None:
    with os.fdopen(pipe, "wb") as file:
        file.write(data)
