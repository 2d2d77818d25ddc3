"""An article written into a vault: its images to the attachment folder, the note with the safe fixes applied."""

import posixpath
from pathlib import Path
from urllib.parse import quote

from notelint.core import atomic_write
from notelint.core.errors import NotelintError
from notelint.core.safe_path import UnsafePathError
from notelint.core.transaction import locked
from notelint.edits.fix_loop import FixedNotes
from notelint.engine import fix
from notelint.engine.named_paths import path_in_vault
from notelint.engine.workspace import Workspace
from notelint.importer import images
from notelint.importer.article import Article
from notelint.importer.blocks import count_words
from notelint.importer.note import compose

_FEW = 30  # words
_MUCH_OF_ALL = 0.2
_MUCH = "safe fixes would take out more than a fifth of it; see them with `notelint fix --diff`"
_DEFAULT_FOLDER = "./attachments"  # where the vault does not say where its attachments are


def write(run: Workspace, target: Path, article: Article) -> FixedNotes:
    """Write an article's note and its images, and say what the safe fixes did.

    Raises `NotelintError` if the note exists already, lies outside the vault, or cannot be written; nothing is
    overwritten in any case.
    """
    path = path_in_vault(run, target.absolute())
    if target.exists() or target.is_symlink():
        raise NotelintError(f"{target} exists already: name another with --to, or move it away")
    try:
        body = _with_images(run, path, article)
        note = compose(article.properties, body).encode("utf-8", "replace")
        data, fixed = fix.find_safe_in_text(run, path, note)
        if _takes_much(note, data):
            data, fixed = note, FixedNotes(problems={path: _MUCH})
        with locked(run.root):
            atomic_write.create(run.root, path, data)
    except FileExistsError as error:
        raise NotelintError(f"{target} exists already: name another with --to, or move it away") from error
    except OSError as error:
        raise NotelintError(f"cannot write {error.filename or target}: {error.strerror}") from error
    return fixed


def _takes_much(before: bytes, after: bytes) -> bool:
    """True if the fixes took more than a website leaves around an article: what the vote kept is the page's content."""
    words = count_words(before.decode("utf-8", "replace"))
    taken = words - count_words(after.decode("utf-8", "replace"))
    return taken > _FEW and taken > words * _MUCH_OF_ALL


def _with_images(run: Workspace, path: str, article: Article) -> str:
    """The article with its images written, and their places in it named by paths relative to the note."""
    body = article.body
    if not article.images:
        return body
    folder = attachment_folder(run.config.attachments, path)
    for mark, image in article.images.items():
        if mark not in body:
            continue
        stored = _store(run, folder, image)
        place = posixpath.relpath(stored, posixpath.dirname(path) or ".")
        body = body.replace(mark, quote(place, safe="/:@!$&'*+,;=~"))
    return body


def attachment_folder(setting: str | None, path: str) -> str:
    """The folder of the vault that attachments of a note go to, by Obsidian's setting: `./x` is beside the note."""
    said = (setting if setting else _DEFAULT_FOLDER) if setting != "" else "/"
    beside = said == "." or said.startswith("./")
    joined = posixpath.join(posixpath.dirname(path), said) if beside else said.strip("/")
    return posixpath.normpath(joined) if joined else "."


def _store(run: Workspace, folder: str, image: images.Image) -> str:
    """Write an image under the first free name; one that is there already, to the byte, is used. The vault path."""
    for name in images.free_names(image.name):
        relative = posixpath.normpath(posixpath.join(folder, name))
        if posixpath.isabs(relative) or relative.startswith(".."):
            raise NotelintError(f"the attachment folder {folder} lies outside the vault")
        try:
            with locked(run.root):
                atomic_write.create(run.root, relative, image.data)
        except FileExistsError:
            if _holds(run, relative, image.data):
                return relative
            continue
        except UnsafePathError as error:
            raise NotelintError(f"the attachment folder {folder} leads out of the vault: {error.strerror}") from error
        return relative
    raise NotelintError(f"no free name for {image.name} in {folder}")


def _holds(run: Workspace, path: str, data: bytes) -> bool:
    """Tell whether the file at a path of the vault holds just these bytes."""
    try:
        return run.reader.read(path) == data
    except OSError:
        return False
