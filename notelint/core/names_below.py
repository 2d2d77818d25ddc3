"""The names of all files below a folder, however deep they lie: Python's own walk calls itself for each level."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path


def names_below(root: Path, skipped: Collection[str] = ()) -> Iterator[str]:
    """Yield the POSIX paths, relative to a folder, of what lies below it and is not a folder.

    Links are not followed; folders of a name that is `skipped`, and those that cannot be read, are passed over.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            entries = list(os.scandir(root / inside))
        except OSError:  # as for a path that is longer than the system takes
            continue
        for entry in entries:
            path = f"{inside}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif entry.name not in skipped:
                waiting.append(f"{path}/")
