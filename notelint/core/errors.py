"""The one error that a user can fix: it becomes a line on stderr and exit status 2."""

from notelint.core.lazy_regex import lazy_regex

_LINE_ENDS = lazy_regex(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


class NotelintError(Exception):
    """A wrong path, configuration, plugin or option. The message names the place and the cure, on one line."""

    status = 2  # what the process ends with

    def __init__(self, message: str) -> None:
        super().__init__(_LINE_ENDS.sub(" ", message))  # a key or a library's words may hold line ends
