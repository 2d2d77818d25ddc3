"""The one error that a user can mend: it becomes a line on stderr and exit status 2."""


class NotelintError(Exception):
    """A wrong path, configuration, plugin or option. The message names the place and the cure, on one line."""
