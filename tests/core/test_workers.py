"""Work spread over processes: the same results in the same order, whatever the number, and whatever becomes of them."""

import os
import signal
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core import worker_pool
from notelint.core.worker_pool import Task
from notelint.engine.check import check
from notelint.engine.workspace import Workspace
from tests.conftest import MakeVault

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def shout(item: str) -> str:
    return item.upper()


def task(work: Callable[[str], str]) -> Task[str]:
    """Some work whose results travel as they are."""
    return Task(work, str.encode, bytes.decode)


@pytest.mark.parametrize("count", [1, 2, 3, 8])
@pytest.mark.parametrize("items", [0, 1, 2, 7, 50])
@pytest.mark.parametrize("first", [1, 3, 100])
def test_results_are_in_the_order_of_items(count: int, items: int, first: int) -> None:
    given = [f"note {n}" for n in range(items)]
    assert list(worker_pool.spread(task(shout), given, count, first=first)) == [shout(item) for item in given]


@pytest.mark.parametrize("what", ["raises", "is killed", "leaves"])
def test_what_a_worker_leaves_undone_is_done_here(what: str) -> None:
    here = os.getpid()

    def work(item: str) -> str:
        if os.getpid() != here and item == "3":
            if what == "raises":
                raise ValueError(item)
            if what == "is killed":
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(0)
        return item

    given = [str(n) for n in range(6)]
    assert list(worker_pool.spread(task(work), given, 2)) == given


def test_a_failure_leaves_no_process_behind() -> None:
    here = os.getpid()

    def work(item: str) -> str:
        if os.getpid() == here:
            raise KeyboardInterrupt
        signal.pause()
        return ""

    with pytest.raises(KeyboardInterrupt):
        list(worker_pool.spread(task(work), ["a", "b", "c"], 3))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_more_than_a_pipe_holds() -> None:
    given = [str(n) for n in range(8)]
    found = list(worker_pool.spread(task(lambda item: item * 300_000), given, 2))
    assert found == [n * 300_000 for n in given]


def test_what_is_done_is_reported_as_far_as_it_is_known_here() -> None:
    told: list[tuple[int, str]] = []
    list(worker_pool.spread(task(shout), ["a", "b", "c", "d", "e"], 2, lambda *done: told.append(done)))
    assert told == [(0, "A"), (2, "C"), (4, "E")]


def test_little_work_is_not_spread_nor_is_any_beside_threads() -> None:
    assert worker_pool.processes(100, 150) == 1
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    assert worker_pool.processes(10_000, 150) == 1
    waiting.set()
    thread.join()


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of processes to use, in a list of one."""
    count = [1]
    monkeypatch.setattr(worker_pool, "processes", lambda items, worth: count[0])
    return count


def test_diagnostics_are_the_same_for_any_number_of_processes(make_vault: MakeVault, processes: list[int]) -> None:
    linked: dict[str, str | bytes] = {
        f"{n}.md": f"# {n}\n\n[[{n + 1}#{n + 1}]] [[lost {n}]] [[#x]]\n" for n in range(40)
    }
    vault = make_vault({**linked, "latin.md": b"caf\xe9 [[0]] [[x]]\n", "quiet.md": "%% notelint-disable %%\n[[x]]\n"})

    def found(count: int) -> object:
        processes[0] = count
        return check(Workspace.open(vault)).diagnostics

    alone = found(1)
    assert len(alone) > 80  # type: ignore[arg-type]
    assert [found(count) for count in (2, 3, 8)] == [alone] * 3


def test_the_pipeline_finds_what_linting_note_by_note_finds(make_vault: MakeVault) -> None:
    from tests.engine.test_cache import VAULT

    run = Workspace.open(make_vault(VAULT))
    one_by_one = [diagnostic for path in run.files.notes for diagnostic in run.lint(run.note(path), run.vault)]
    assert list(check(run).diagnostics) == sorted(one_by_one, key=lambda diagnostic: diagnostic.sort_key())


def test_a_note_that_cannot_be_read(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault({"A.md": "[[B]]\n", "B.md": "[[A]]\n"})
    data = Workspace.data

    def refuse(run: Workspace, path: str) -> bytes | None:
        if path == "B.md":
            run.unreadable[path] = "Permission denied"
            return None
        return data(run, path)

    monkeypatch.setattr(Workspace, "data", refuse)
    for cached in (False, True, True):
        found = check(Workspace.open(Path(vault), cached=cached)).diagnostics
        assert list(map(str, found)) == ["B.md:1:1 unreadable-note: cannot be read: Permission denied"]


@given(st.integers(0, 400), st.integers(0, 100))
def test_a_sample_stands_first_and_nothing_is_lost(length: int, count: int) -> None:
    items = [str(at) for at in range(length)]
    found = worker_pool.sample_first(items, count)
    assert sorted(found, key=int) == items
    if 0 < count < length:
        steps = [int(after) - int(before) for before, after in pairwise(found[:count])]
        assert all(length // count <= step <= length // count + 1 for step in steps)
