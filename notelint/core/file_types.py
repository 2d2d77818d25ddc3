"""Kinds of files by the ending of their names: notes, and the attachments that Obsidian shows beside them."""

# https://help.obsidian.md/file-formats, and what vaults hold besides
_IMAGES = ("avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp")
_SOUND_AND_FILM = ("3gp", "aac", "avi", "flac", "m4a", "mkv", "mov", "mp3", "mp4", "ogg", "ogv", "opus", "wav", "webm")
_DOCUMENTS = ("base", "canvas", "csv", "doc", "docx", "epub", "html", "json", "odt", "pdf", "ppt", "pptx", "tsv", "txt")
_DATA = ("dcm", "nii", "xls", "xlsx", "xml", "zip")
_ENDINGS = frozenset((*_IMAGES, *_SOUND_AND_FILM, *_DOCUMENTS, *_DATA))
_SHOWN = frozenset((*_IMAGES, *_SOUND_AND_FILM, "pdf"))


def is_attachment(path: str) -> bool:
    """True if a link's path names a file that is not a note, by its ending: `fig.png`, not `1.5T vs 3.0T MRI`."""
    at = path.rfind(".")
    return at >= 0 and path[at + 1 :].lower() in _ENDINGS


def is_shown(path: str) -> bool:
    """True if a path names a picture, sound, film or PDF: what Obsidian embeds in notes."""
    at = path.rfind(".")
    return at >= 0 and path[at + 1 :].lower() in _SHOWN


def link_name(path: str) -> str:
    """The name by which links name a note: without its folder and its ending."""
    return path.rpartition("/")[2].removesuffix(".md")


def is_note(path: str) -> bool:
    """True if a path names a Markdown file."""
    return path[-3:].lower() == ".md"


def names_file(path: str) -> bool:
    """True if a link's path ends like that of a note or an attachment."""
    return is_note(path) or is_attachment(path)
