"""Importing a saved page as a note, as a command of the server: only where the extra for imports is installed."""

import datetime
from importlib.util import find_spec
from pathlib import Path

from notelint.config.obsidian import ObsidianSettings
from notelint.core.errors import NotelintError
from notelint.core.safe_read import read_named
from notelint.engine.workspace import Workspace
from notelint.server.file_uris import file_path

IMPORT_PAGE = "notelint.importPage"
_LARGEST = 256 << 20  # bytes of a page


def is_installed() -> bool:
    """Tell whether pages can be imported: what reads them is installed."""
    return find_spec("trafilatura") is not None and find_spec("readability") is not None


def import_page(run: Workspace, page: str, folder: str | None) -> Path:
    """Write the note of a saved page into a folder of the vault; without one, where Obsidian puts new notes.

    `page` and `folder` are paths or `file:` URIs. The note that was written. Raises `NotelintError`; nothing is
    overwritten in any case.
    """
    from notelint.importer import article, formats, write

    file = path_of(page)
    try:
        saved = formats.read(read_named(file, _LARGEST), str(file), file.absolute().parent)
    except OSError as error:
        raise NotelintError(f"cannot read {file}: {error.strerror}") from error
    found = article.read(saved, None, datetime.datetime.now(tz=datetime.UTC).date())
    where = path_of(folder) if folder else run.root / (ObsidianSettings(run.root).new_notes or "")
    target = where / f"{found.name}.md"
    write.write(run, target, found)
    return target


def path_of(given: str) -> Path:
    """The path of a file that is named by a path or a URI. Raises `NotelintError` for other addresses."""
    if given.startswith(("http:", "https:")):
        raise NotelintError(f"{given} is an address: save the page first, nothing is fetched")
    path = file_path(given) if given.startswith("file:") else given
    return Path(path or given)
