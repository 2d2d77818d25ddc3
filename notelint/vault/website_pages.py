"""Pages of a website that may be made of the notes, though nothing shows it (UR3): no file stands at their paths."""

import posixpath

from notelint.core.file_types import names_file
from notelint.note.links import normalise
from notelint.vault.names import Names

_PAGE = ".html"
# Folders that generators make a website of: a path that begins with a slash begins there.
_ROOTS = frozenset(
    "content contents docs doc pages posts public site source src static website www wiki guide guides "
    "documentation assets".split()
)


def has_page(path: str, source: str, names: Names) -> bool:
    """True if a website of the notes has a page, or a file, at a path that a link in the note `source` names.

    It may end in `.html` for a note of that name, begin with a slash at a folder of the website's content, or start
    from the address of the note's own page, which is a folder: `../b/` in `a.md`.
    """
    written = normalise(path.partition("?")[0])
    if not written.strip("/."):
        return False
    if written.startswith("/"):
        return _stands_below_root(written.rstrip("/").lower(), names)
    if written.endswith(_PAGE):
        there = posixpath.normpath(posixpath.join(source.rpartition("/")[0], written.removesuffix(_PAGE)))
        return f"{there}.md" in names.by_path
    if names_file(written) or written.rstrip("/").rpartition("/")[2] in (".", ".."):
        return False
    there = posixpath.normpath(posixpath.join(source.removesuffix(".md"), written))
    return f"{there}.md" in names.by_path


def _stands_below_root(path: str, names: Names) -> bool:
    """True if a file, a note or a folder stands at a path, in lower case, in a folder of the content of a website."""
    if any(f"{root}{path}" in names.folder_ends for root in _ROOTS):
        return True
    ways = (path, f"{path}.md", f"{path.removesuffix(_PAGE)}.md")
    return any(
        file.key.endswith(way) and file.key.removesuffix(way).rpartition("/")[2] in _ROOTS
        for way in ways
        for file in names.by_name.get(way.rpartition("/")[2], ())
    )
