"""A program that spreads work over new processes, to be run by itself: what they leave undone is done here."""

import os
import sys
from concurrent.futures import Future

from notelint.core.spawned_pool import SpawnedPool
from notelint.core.worker_pool import Task

TASK = Task[str](str.upper, str.encode, bytes.decode)
ITEMS = [f"note {n}" for n in range(700)]


def shout(items: list[str]) -> list[bytes]:
    return [item.upper().encode() for item in items]


def fail(items: list[str]) -> list[bytes]:
    raise ValueError(items)


def leave(items: list[str]) -> list[bytes]:
    os._exit(1)


def shout_some(items: list[str]) -> list[bytes]:
    return shout(items[1:])


def ready() -> None:
    pass


def not_ready() -> None:
    raise OSError("this vault cannot be opened")


def taken_back(future: object) -> bool:
    raise AssertionError("a future cancelled while a process is killed stops the thread that ends the others")


def undone() -> None:
    Future.cancel = taken_back  # type: ignore[assignment,method-assign]
    for work in (shout, fail, leave, shout_some):
        pool, done = SpawnedPool(2, ready), list[int]()
        try:
            found = list(pool.spread(TASK, work, ITEMS, lambda at, _, done=done: done.append(at)))  # type: ignore[misc]
            again = list(pool.spread(TASK, work, ITEMS, lambda *_: None))
        finally:
            pool.close()
        assert found == again == [item.upper() for item in ITEMS], work
        assert len(set(done)) == len(done), work
        assert (len(done) == len(ITEMS)) == (work is not shout), work


def never_ready() -> None:
    pool = SpawnedPool(1, not_ready)
    try:
        assert list(pool.spread(TASK, shout, ITEMS, lambda *_: None)) == [item.upper() for item in ITEMS]
    finally:
        pool.close()


def print_id() -> None:
    print(os.getpid(), flush=True)


def killed() -> None:
    pool = SpawnedPool(1, print_id)
    assert list(pool.spread(TASK, shout, ["a"] * 200, lambda *_: None)) == ["A"] * 200
    os.kill(os.getpid(), 9)


if __name__ == "__main__":
    {"undone": undone, "never ready": never_ready, "killed": killed}[sys.argv[1]]()
