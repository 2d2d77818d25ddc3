"""Files of a vault changed together: a lock, all temporary files first, then the renames.

Killing the process or filling the disk at any moment leaves every file old or new. Until the first rename nothing is
changed at all; from then on signals wait until the last one is done, so that what is said of the outcome is true.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Protocol

from notelint.core.atomic_write import FULL, ChangedMeanwhileError, Prepared, temporary_name
from notelint.core.errors import NotelintError

_PATIENCE = 10.0  # seconds that a run waits for another one
_PAUSE = 0.05
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class StoppedError(NotelintError):
    """A signal that came before anything was changed. `status` is what the process ends with."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}: nothing is changed")
        self.status = 128 + number


class Recorder(Protocol):
    """Remembers what files hold before they are written."""

    def record(self, path: str, old: bytes | None, new: bytes, temporary: str) -> None:
        """Remember that a file is to hold `new`, which is under a temporary name beside it first. Raises `OSError`."""

    def sync(self) -> None:
        """Make all that was recorded durable. Raises `OSError`."""


class NoRecord:
    """Remembers nothing: for changes that are not taken back."""

    def record(self, path: str, old: bytes | None, new: bytes, temporary: str) -> None:
        """Do nothing."""

    def sync(self) -> None:
        """Do nothing."""


class Transaction:
    """A change of several files of a vault, under a lock. Use it in a `with` statement; nothing is left beside them."""

    def __init__(self, root: Path, recorder: Recorder) -> None:
        self.stopped: int | None = None  # the signal that came while files were renamed
        self._root, self._recorder = root, recorder
        self._all: list[Prepared] = []
        self._prepared: list[Prepared] = []  # those that are whole
        self._before: dict[int, object] = {}
        self._renaming = False
        self._lock = locked(root)

    def __enter__(self) -> "Transaction":
        """Raises `NotelintError` if another run writes in this vault and does not end."""
        self._lock.__enter__()
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._on_signal) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._renaming = True  # nothing may keep what is left from being removed
        for prepared in self._all:
            prepared.drop()
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type] # what `signal` gave
        self._lock.__exit__(None, None, None)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self._renaming:
            raise StoppedError(number)
        self.stopped = number

    def prepare(self, path: str, old: bytes | None, new: bytes) -> None:
        """Record what a file holds, and write what it is to hold beside it.

        Raises `ChangedMeanwhileError` and `OSError` for this file; `NotelintError` where no file could be written: the
        disk is full.
        """
        prepared = Prepared(self._root, path, temporary := temporary_name())
        try:
            self._recorder.record(path, old, new, temporary)
            self._all.append(prepared)
            prepared.write(old, new)
            self._prepared.append(prepared)
        except OSError as error:
            if error.errno in FULL:
                raise NotelintError(f"nothing is changed: {path} cannot be written: {error.strerror}") from error
            raise

    def put_each(self) -> dict[str, str]:
        """Rename each prepared file into place. Those for which that failed, by path, with the reason."""
        failed = {}
        self._begin_renaming()
        for prepared in self._prepared:
            reason = why_not(prepared.put)
            if reason is not None:
                failed[prepared.path] = reason
        self._sync_folders()
        return failed

    def put_all(self, move: tuple[str, str] | None = None, finish: Callable[[], None] = lambda: None) -> None:
        """Rename all prepared files into place, then do what `finish` does: all of it, or nothing.

        If that moves a file or folder, `move` is the path that it had and the one that it gets.
        Raises `NotelintError`, which names the files that could not be given their old contents again, if any.
        """
        self._begin_renaming()
        done: list[Prepared] = []
        try:
            for prepared in self._prepared:
                if (reason := why_not(lambda prepared=prepared: prepared.put(keep=True))) is not None:  # type: ignore[misc]
                    raise NotelintError(f"{prepared.path} cannot be written: {reason}")
                done.append(prepared)
            finish()
            if move is not None:
                for prepared in self._all:
                    prepared.follow(*move)
        except (OSError, NotelintError) as error:
            said = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
            left = {one.path: why for one in reversed(done) if (why := why_not(one.take_back)) is not None}
            raise NotelintError(_outcome(left, said)) from error
        self._sync_folders()

    def _begin_renaming(self) -> None:
        """Make what is recorded durable; from here on signals wait. Raises `NotelintError`."""
        try:
            self._recorder.sync()
        except OSError as error:
            raise NotelintError(
                f"nothing is changed: what `fix --undo` needs cannot be kept: {error.strerror}"
            ) from error
        self._renaming = True

    def _sync_folders(self) -> None:
        for prepared in {one.path.rpartition("/")[0]: one for one in self._prepared}.values():
            prepared.sync_folder()


def _outcome(left: Mapping[str, str], reason: str) -> str:
    if not left:
        return f"nothing is changed: {reason}"
    return f"{', '.join(sorted(left))} changed and cannot be given back what was there: {reason}; see `fix --undo`"


def why_not(action: Callable[[], None]) -> str | None:
    """Do something with a file; the reason if that cannot be."""
    try:
        action()
    except ChangedMeanwhileError:
        return "it was changed by somebody else meanwhile"
    except OSError as error:
        return f"it cannot be written: {error.strerror or error}"
    return None


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other runs from writing in a vault. Raises `NotelintError` if one does, and does not end in time.

    The lock is on the folder itself (no file is made), and ends with the process. File systems without locks do
    without.
    """
    try:
        import fcntl
    except ImportError:  # Windows: files that are open cannot be replaced there, which is noticed
        yield
        return
    try:
        handle = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise NotelintError(f"cannot read the folder {root}: {error.strerror}") from error
    try:
        end = time.monotonic() + _PATIENCE
        while not _try_lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            if time.monotonic() > end:
                raise NotelintError(f"nothing is changed: another notelint writes in {root}: try again when it is done")
            time.sleep(_PAUSE)
        yield
    finally:
        with suppress(OSError):
            os.close(handle)


def _try_lock(handle: int, operation: int) -> bool:
    import fcntl

    try:
        fcntl.flock(handle, operation)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True
