"""A note that is yet to be written: where it goes, so that the link finds it, and as which profiles it may begin."""

import os
import posixpath
from collections.abc import Iterator

from notelint.config.obsidian import ObsidianSettings
from notelint.core.file_types import is_attachment
from notelint.core.lazy_regex import lazy_regex
from notelint.edits.new_note import text_of_new
from notelint.engine.workspace import Workspace
from notelint.note.links import Link, LinkForm, is_linkable, is_template
from notelint.note.note import Note
from notelint.note.profile import Profile
from notelint.vault.files import is_walked
from notelint.vault.resolution import Status
from notelint.vault.vault import Vault

_UNUSABLE = lazy_regex(r'[\\:*?"<>|\x00-\x1f]')  # in names on some system


def path_of_new(run: Workspace, vault: Vault, link: Link, source: Note) -> str | None:
    """The path at which a new note is what a link in `source` names; None if there is none that every system takes.

    A bare name goes where Obsidian's settings put new notes.
    """
    named = link.target.path.strip()
    if link.form not in (LinkForm.WIKILINK, LinkForm.MARKDOWN) or not named or is_template(named):
        return None
    if is_attachment(named) or _UNUSABLE.search(named) or vault.resolve_link(link, source.path).target is not None:
        return None
    for path in _candidates(run, vault, named.removesuffix(".md") + ".md", source.path):
        is_free = path not in vault.outlines and not (run.root / path).exists()
        inside = not path.startswith(("../", "/")) and is_walked(path) and is_linkable(path)
        if (
            is_free
            and inside
            and _in_folders(run, path)
            and not run.excludes(path)
            and _is_found(run, link, source, path)
        ):
            return path
    return None


def _in_folders(run: Workspace, path: str) -> bool:
    """Tell whether each folder of a path is one or not there: through a link, an editor would write elsewhere."""
    parts = path.split("/")
    above = ["/".join(parts[:at]) for at in range(1, len(parts))]
    return all(run.reader.is_folder(folder) or not os.path.lexists(run.root / folder) for folder in above)


def _candidates(run: Workspace, vault: Vault, named: str, source: str) -> Iterator[str]:
    folder = source.rpartition("/")[0]
    beside = posixpath.normpath(posixpath.join(folder, named))
    if named.startswith(("./", "../")) or vault.rules.from_folder:
        yield beside
    elif "/" in named:
        yield posixpath.normpath(named.strip("/"))
        yield beside
    else:
        place = ObsidianSettings(run.root).new_notes
        yield posixpath.join(folder if place is None else place, named)
        yield named
        yield beside


def _is_found(run: Workspace, link: Link, source: Note, path: str) -> bool:
    """Tell whether a link finds the note once it is there."""
    found = run.vault_with({source.path: source, path: Note(path, "")}).resolve_link(link, source.path)
    return found.status is Status.RESOLVED and found.target == path


def profiles_of_new(run: Workspace, path: str, source: Note) -> Iterator[Profile | None]:
    """The profiles as which a new note at a path may begin: that of its path alone, else none, and its source's."""
    by_path = run.profiles.of(Note(path, ""))
    if by_path is not None:
        yield by_path
        return
    yield None
    own = source.profile
    if own is not None and not own.guessed and not own.imported:
        made = run.profiles.of(Note(path, text_of_new(own)))
        if made is not None and made.name == own.name and not made.guessed:
            yield own
