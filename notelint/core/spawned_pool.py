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
# Chunks that a process is given before it has done them. None is taken back: a future that is cancelled while a process
# is killed stops the thread that would end the other processes (CPython 3.11, `terminate_broken`).
_AHEAD = 2
_Result = TypeVar("_Result")
Away = Callable[[list[str]], list[bytes]]  # the work of a task in another process: the encoded results of some items


class SpawnedPool:
    """Some processes beside this one, which starts them when there is work and ends them with `close`."""

    def __init__(self, workers: int, ready: Callable[..., None], *given: Any) -> None:
        """`ready(*given)` is called in each new process, before it gets work."""
        self._workers = workers
        self._executor = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(ready, given)
        )

    def spread(
        self, task: Task[_Result], away: Away, items: Sequence[str], done: Callable[[int, _Result], None]
    ) -> Iterator[_Result]:
        """The results of a task for each item, in the order of items.

        `away` does the task in the other processes. This one takes what none of them has got, from the end, and what
        they leave undone, because they failed or were killed. `done` is called for what is done here: at which item,
        and with what result.
        """
        chunks = [list(items[at : at + _CHUNK]) for at in range(0, len(items), _CHUNK)]
        begun: list[Future[list[bytes]] | None] = []  # the first chunks are done by the others
        own: dict[int, list[_Result]] = {}
        end = len(chunks)  # the chunks from here on are done here

        def work_here(number: int) -> list[_Result]:
            results = []
            for at, item in enumerate(chunks[number], number * _CHUNK):
                results.append(task.work(item))
                done(at, results[-1])
            return results

        for number, chunk in enumerate(chunks):
            while number < end:
                room = _AHEAD * self._workers - sum(not _is_over(future) for future in begun[number:])
                begun.extend(self._submit(away, more) for more in chunks[len(begun) : min(end, len(begun) + room)])
                if _is_over(begun[number]) or len(begun) == end:
                    break
                end -= 1
                own[end] = work_here(end)
            if number in own:
                yield from own.pop(number)
                continue
            results = _results(begun[number], len(chunk))
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


def _results(future: "Future[list[bytes]] | None", count: int) -> list[bytes] | None:
    """Wait for the results of another process; None if it left them undone."""
    if future is None:
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
