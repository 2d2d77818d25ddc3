"""The end of a message that says what a dead link may have meant."""

from notelint.core.shell_words import path_word
from notelint.note.links import Link, LinkForm
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.suggestions import MOST, Meant, Why


def hint(link: Link, meant: Meant) -> str:
    """The end of a message that says what may have been meant."""
    found = meant.found
    if not found:
        if link.target.path.startswith(SITE_IMAGES):
            return ": the image was not published, or is gone: publish this note again"
        copied = link.form is not LinkForm.WIKILINK and link.target.path.startswith("/")
        return ": if it was copied from a website, write the whole URL" if copied else ""
    names = " or ".join(repr(suggestion.path) for suggestion in found[:MOST])
    more = f" (and {len(found) - MOST} more)" if len(found) > MOST else ""
    match found[0].why:
        case Why.SAME:
            return f": the file is {names}"
        case Why.MOVED:
            return f": it was moved to {names}"
        case Why.RENAMED:
            return f": it seems to have become {names}{more}"
        case Why.FOLDER if meant.folder is not None:
            old, new = meant.folder
            return f": the folder is probably {new!r} now: `{move_command(old, new)}` changes all links to it"
        case Why.ALIAS:
            return f": it is an alias of {names}{more}, and aliases do not resolve"
        case Why.ELSEWHERE:
            if found[0].path == link.target.path.removeprefix("./"):
                return ": there is one of that path in the root, but a path starts at the note's own folder"
            return f": another folder has {names}{more}"
    return f": did you mean {names}{more}?"


def move_command(old: str, new: str) -> str:
    """The command that changes all links to a file or folder which has been moved."""
    return f"notelint mv --already-moved {path_word(old)} {path_word(new)}"
