"""Addresses of an editor that name files."""

from pygls.uris import to_fs_path


def file_path(uri: str) -> str | None:
    """The path of the file that a URI names; None for one that names none, or cannot be taken apart."""
    try:
        return to_fs_path(uri)
    except ValueError:  # `file://[::1/x`
        return None
