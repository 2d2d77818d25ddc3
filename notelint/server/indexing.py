"""Progress that an editor shows while a vault is read for the first time."""

from collections.abc import Iterator
from contextlib import contextmanager

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from notelint.engine.workspace import Progress

_WORTH_SHOWING = 500  # notes to read: fewer are read before anybody sees a bar
_STEPS = 20


class Bar:
    """One bar of progress, which appears when there is something to wait for."""

    def __init__(self, server: LanguageServer, token: str, title: str) -> None:
        self._server, self._token, self._title = server, token, title
        self._shown = -1  # the last step; no bar yet

    def show(self, what: str, done: int, total: int) -> None:
        """Take what a run is doing, and how far it is."""
        if total < _WORTH_SHOWING:
            return
        step = done * _STEPS // total
        if self._shown < 0:
            self._server.work_done_progress.create(self._token)
            begin = types.WorkDoneProgressBegin(title=self._title, message=what, percentage=0)
            self._server.work_done_progress.begin(self._token, begin)
        elif step > self._shown:
            report = types.WorkDoneProgressReport(message=f"{what} {done} of {total}", percentage=100 * done // total)
            self._server.work_done_progress.report(self._token, report)
        self._shown = max(step, 0)

    def end(self) -> None:
        """Take the bar away, if there is one."""
        if self._shown >= 0:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())


@contextmanager
def bar(server: LanguageServer, token: str, title: str) -> Iterator[Progress]:
    """Show progress as long as the context lasts."""
    one = Bar(server, token, title)
    try:
        yield one.show
    finally:
        one.end()
