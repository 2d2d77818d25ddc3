"""`python -m notelint` is the same command as `notelint`: this is where both begin and end."""

import gc
import os
import sys
from contextlib import suppress

_OFTEN = 100_000  # values made before cycles among them are looked for: many more than starting up makes


def run() -> None:
    """Run the command, and leave at once: what it made of the notes need not be taken apart value by value."""
    gc.set_threshold(_OFTEN)
    from notelint.cli.main import main

    try:
        main()
    except SystemExit as ended:
        spawned = "multiprocessing.context" in sys.modules  # it has an end of its own, which must not be left out
        if not spawned and (ended.code is None or isinstance(ended.code, int)):
            with suppress(
                OSError, ValueError
            ):  # the reader of the report has gone, or the disk is full: Python says so
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(ended.code or 0)
        raise


if __name__ == "__main__":
    run()
