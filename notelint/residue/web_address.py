"""Addresses of web pages: in a note's properties, and on the pages that they name."""

from urllib.parse import urlsplit

from notelint.note.note import Note

_PROPERTIES = ("source", "url", "link")


def host_of(address: str) -> str:
    """The host of an address in small letters; empty for one that is relative, or cannot be taken apart."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def host_and_path(value: object) -> str | None:
    """An address of the web (of a list, the first) without its scheme, `www.` and query; None for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str) or not value.strip().lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(value.strip())
        name = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return f"{name}{parts.path}" if "." in name.strip(".") else None


def addresses(note: Note) -> tuple[str, ...]:
    """The addresses that the properties `source`, `url` and `link` name, each without its scheme and query."""
    found = (host_and_path(note.properties.get(key)) for key in _PROPERTIES)
    return tuple(one for one in found if one is not None)
