"""The kind of a file: a web page, an archive of one (.mhtml), or something else that is refused with the reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex

PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht")
_MAGIC = (
    (b"%PDF-", "a PDF file: open it in a browser or a converter that writes HTML"),
    (b"PK\x03\x04", "a ZIP archive or an office document: save the page as HTML"),
    (b"\xd0\xcf\x11\xe0", "an office document: save it as HTML"),
    (b"{\\rtf", "an RTF document: save it as HTML"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"BZh", "compressed: unpack it first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"bplist00", "a Safari web archive: save the page as HTML or .mhtml"),
)
_TAG = lazy_regex(
    rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|link|article|main|section|div|p|h[1-6]|table|ul|ol|span|a|br|img|b|i|em|strong|pre|blockquote|dl)\b[^<>]*>",
    re.I,
)
_HEADER = lazy_regex(rb"\s*(?:From|Subject|Date|MIME-Version|Content-Type|Snapshot-Content-Location)\s*:", re.I)
_LOOKED_AT = 200_000
_LONG_HEADER = lazy_regex(rb"^content-type:(?:[^\r\n]|\r?\n[ \t]){16384}", re.I | re.M)  # read in quadratic time
_MULTIPART = lazy_regex(rb"^content-type:\s*(?:multipart/related|multipart/alternative|text/html)", re.I | re.M)


@dataclass(frozen=True)
class Saved:
    """A page as it was saved: its HTML, and the files that came with it, by the addresses that the page uses."""

    name: str
    html: bytes
    charset: str | None = None
    address: str | None = None
    parts: Mapping[str, bytes] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def stem(self) -> str:
        """The file's name without its ending, for a note whose page has no title."""
        return Path(self.name).stem


def read(data: bytes, name: str, folder: Path | None) -> Saved:
    """The page in a file's bytes; `folder` is where the file lies. Raises `NotelintError` where it is none."""
    start = data[:16].lstrip()
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise NotelintError(f"{name} is {what}")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotelintError(f"{name} is empty")
    if _HEADER.match(data[:2000]) and _MULTIPART.search(data[:20_000]):
        return _archive(data, name)
    if start[:1] in (b"{", b"[") and _is_json(data):
        raise NotelintError(f"{name} is JSON, not an HTML page")
    looked_at = data[:_LOOKED_AT].replace(b"\x00", b"")
    if not _TAG.search(looked_at) and not _TAG.search(data.replace(b"\x00", b"")):
        raise NotelintError(f"{name} is not an HTML page: no element of HTML is in it")
    return Saved(name, data, folder=folder)


def _is_json(data: bytes) -> bool:
    import json

    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _archive(data: bytes, name: str) -> Saved:
    """The page of an .mhtml file, with its images by content id and by address."""
    from email import message_from_bytes, policy

    if _LONG_HEADER.search(data):
        raise NotelintError(f"{name} is a web archive with a header of more than 16 kB")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        leaves = [part for part in message.walk() if not part.is_multipart()]
        pages = [part for part in leaves if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    except (ValueError, LookupError, RecursionError) as error:
        raise NotelintError(f"{name} is a web archive that cannot be read") from error
    if not pages:
        raise NotelintError(f"{name} is a web archive without a page of HTML")
    start = str(message.get_param("start") or "")
    page = next((part for part in pages if start and part.get("Content-ID") == start), pages[0])
    parts: dict[str, bytes] = {}
    for part in leaves:
        if part is page or not part.get_content_type().startswith("image/"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            if part.get("Content-ID"):
                parts.setdefault(f"cid:{unquote(str(part['Content-ID']).strip('<> '))}", content)
            if part.get("Content-Location"):
                parts.setdefault(str(part["Content-Location"]).strip(), content)
    html = page.get_payload(decode=True)
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    return Saved(
        name,
        html if isinstance(html, bytes) else b"",
        charset=str(page.get_content_charset() or "") or None,
        address=address if address.lower().startswith(("http://", "https://")) else None,
        parts=parts,
    )
