"""The same work for many items by new processes, where none can be forked (Windows).

A new process has nothing of this one. It is made ready by a function of a module, with values that can be pickled,
and it costs as much as starting the program: `core.worker_pool` forks where that is possible.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from notelint.core.worker_pool import Task

_CHUNK = 64  # items that a process takes at once: few enough that nobody waits long for the last one
_Result = TypeVar("_Result")
Away = Callable[[list[str]], list[bytes]]  # the work of a task in another process: the encoded results of some items


class SpawnedPool:
    """Some processes beside this one, which starts them when there is work and ends them with `close`."""

    def __init__(self, workers: int, ready: Callable[..., None], *given: Any) -> None:
        """`ready(*given)` is called in each new process, before it gets work."""
        self._executor = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(ready, given)
        )

    def spread(
        self, task: Task[_Result], away: Away, items: Sequence[str], done: Callable[[int, _Result], None]
    ) -> Iterator[_Result]:
        """The results of a task for each item, in the order of items.

        `away` does the task in the other processes. This one takes what none of them has begun, from the end, and what
        they leave undone, because they failed or were killed. `done` is called for what is done here: at which item,
        and with what result.
        """
        chunks = [list(items[at : at + _CHUNK]) for at in range(0, len(items), _CHUNK)]
        begun = [self._submit(away, chunk) for chunk in chunks]
        own: dict[int, list[_Result]] = {}

        def work_here(number: int) -> list[_Result]:
            results = []
            for at, item in enumerate(chunks[number], number * _CHUNK):
                results.append(task.work(item))
                done(at, results[-1])
            return results

        last = len(chunks) - 1
        for number, future in enumerate(begun):
            while last > number and not _is_over(future):
                if not _is_free(begun[last]):
                    break
                own[last] = work_here(last)
                last -= 1
            if number in own:
                yield from own.pop(number)
                continue
            results = _results(future, len(chunks[number]))
            yield from work_here(number) if results is None else map(task.decode, results)

    def _submit(self, away: Away, chunk: list[str]) -> "Future[list[bytes]] | None":
        try:
            return self._executor.submit(away, chunk)
        except RuntimeError:  # all processes are gone
            return None

    def close(self) -> None:
        """Leave no process behind, whatever happened."""
        self._executor.shutdown(wait=True, cancel_futures=True)


def _is_over(future: "Future[list[bytes]] | None") -> bool:
    return future is None or future.done()


def _is_free(future: "Future[list[bytes]] | None") -> bool:
    """True if no other process has begun with this; from now on none will."""
    return future is None or future.cancel()


def _results(future: "Future[list[bytes]] | None", count: int) -> list[bytes] | None:
    """Wait for the results of another process; None if it left them undone."""
    if future is None or future.cancelled():
        return None
    try:
        results = future.result()
    except Exception:  # whatever went wrong there: it is done here, where it is reported if it goes wrong again
        return None
    return results if len(results) == count else None


def _begin(ready: Callable[..., None], given: Sequence[Any]) -> None:
    """Make a new process ready. It ends when the one that started it does, which alone is interrupted by Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    ready(*given)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
