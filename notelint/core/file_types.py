"""What is an attachment: the files that Obsidian shows or embeds beside notes."""

# https://help.obsidian.md/file-formats, and what vaults hold besides
_IMAGES = ("avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp")
_SOUND_AND_FILM = ("3gp", "aac", "avi", "flac", "m4a", "mkv", "mov", "mp3", "mp4", "ogg", "ogv", "opus", "wav", "webm")
_DOCUMENTS = ("base", "canvas", "csv", "doc", "docx", "epub", "html", "json", "odt", "pdf", "ppt", "pptx", "tsv", "txt")
_DATA = ("dcm", "nii", "xls", "xlsx", "xml", "zip")
_SUFFIXES = tuple(f".{suffix}" for suffix in (*_IMAGES, *_SOUND_AND_FILM, *_DOCUMENTS, *_DATA))


def is_attachment(path: str) -> bool:
    """Whether a link's path names a file that is no note, by its ending: `fig.png`, not `1.5T vs 3.0T MRI`."""
    return path.lower().endswith(_SUFFIXES)
