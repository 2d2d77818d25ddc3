"""The least that a Python program does to find the dead wikilinks of a folder: a floor to compare notelint's time with.

    python benchmarks/least.py path/to/notes

It walks the folder, decodes each note, has the parser that notelint uses hand over its events, looks each target of a
wikilink up in a table of names, and prints a line for each that is not there, with line and column. It knows no code,
comments, aliases, anchors, attachments, frontmatter, publishing rules, settings or fixes, and uses one processor.
"""

import gc
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyromark

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_MATH
_WIKILINK = re.compile(r"\[\[([^\[\]|#\\\n]+)")


def _notes(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _notes(entry.path)
            elif entry.name.endswith(".md"):
                yield entry.path


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md").strip().lower()


def _dead(path: str, names: set[str]) -> Iterator[str]:
    text = Path(path).read_bytes().decode()
    starts = 0
    for event, _ in pyromark.events_with_range(text, options=_OPTIONS, merge_text=True):
        starts += type(event) is dict and "Start" in event
    for link in _WIKILINK.finditer(text) if starts else ():
        if _name(link[1]) not in names:
            at = link.start()
            yield f"{path}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}: {link[1]} is not there\n"


def main() -> None:
    gc.disable()
    notes = list(_notes(sys.argv[1]))
    names = {_name(note) for note in notes}
    for note in notes:
        sys.stdout.writelines(_dead(note, names))


if __name__ == "__main__":
    main()
