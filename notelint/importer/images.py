"""Images that came with a page: beside it, in its archive, or within it (`data:`). Each becomes an attachment."""

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from notelint.core.lazy_regex import lazy_regex
from notelint.core.safe_read import VaultReader
from notelint.importer.formats import Saved
from notelint.importer.normalise.dom import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KINDS = (
    (lazy_regex(rb"\x89PNG\r\n"), "png"),
    (lazy_regex(rb"\xff\xd8\xff"), "jpg"),
    (lazy_regex(rb"GIF8[79]a"), "gif"),
    (lazy_regex(rb"RIFF....WEBP", re.S), "webp"),
    (lazy_regex(rb"BM"), "bmp"),
    (lazy_regex(rb"....ftypavi[fs]", re.S), "avif"),
    (
        lazy_regex(
            rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+(?:<!DOCTYPE svg[^>]*+>\s*+)?+<svg\b",
            re.S | re.I,
        ),
        "svg",
    ),
)
_DATA = lazy_regex(r"data:image/[\w.+-]+((?:;[\w.=+-]+)*),", re.I)
_NAME = lazy_regex(r"[^\w.()\[\] -]+|[\[\]]+")
_LARGEST = 50_000_000  # bytes
_SMALLEST = 200  # bytes of an image within the page that is more than a placeholder
_LONGEST_NAME = 80
_RESERVED = lazy_regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)


@dataclass(frozen=True)
class Image:
    """An image that is to be an attachment: the name it should have, and its bytes."""

    name: str
    data: bytes


class Images:
    """The images of one page. `take` finds them in the tree and marks their places; `name` settles where each went."""

    def __init__(self, saved: Saved, stem: str) -> None:
        self._saved = saved
        self._stem = stem
        self._marked: dict[str, Image] = {}
        self.missing: list[str] = []

    @property
    def found(self) -> dict[str, Image]:
        """The images by the mark that stands for their address in the tree."""
        return self._marked

    def take(self, body: "HtmlElement", address: str) -> None:
        """Replace the addresses of images that came with the page by marks; those that hold nothing go."""
        for image in list(body.iter("img")):
            source = image.get("src", "")
            if not source:
                continue
            data = self._bytes(source, address)
            if data is not None and (kind := _kind(data)):
                image.set("src", self._mark(data, self._name_of(source, kind)))
            elif source.lower().startswith(("data:", "cid:", "file:", "blob:")):
                if len(source) > _SMALLEST or image.get("alt"):
                    self.missing.append(_description(image) or "an image without a description")
                self._leave_words(image)

    def note_unreachable(self, body: "HtmlElement") -> None:
        """Count the images as missing that still lead into a folder beside the page, once its links are absolute.

        They stay as they are: they are right as soon as the folder that was saved with the page is found.
        """
        for image in body.iter("img"):
            source = image.get("src", "")
            if source and _is_relative(source):
                self.missing.append(_description(image) or source)

    def _leave_words(self, image: "HtmlElement") -> None:
        if image.get("alt"):
            image.attrib.pop("src", None)  # its words stay
        else:
            drop(image)

    def _mark(self, data: bytes, name: str) -> str:
        digest = sha256(data).hexdigest()[:16]
        mark = f"attachment:{digest}"
        self._marked.setdefault(mark, Image(name, data))
        return mark

    def _bytes(self, source: str, address: str) -> bytes | None:
        if source.lower().startswith("data:"):
            return _decoded(source)
        for key in (source, unquote(source), _joined(address, source)):
            if key in self._saved.parts:
                return self._saved.parts[key]
        return self._beside(source)

    def _beside(self, source: str) -> bytes | None:
        """An image in a folder beside the page: a regular file below the page's own folder, reached without links."""
        folder = self._saved.folder
        path = _path_of(source)
        if folder is None or path is None:
            return None
        try:
            return VaultReader(folder.resolve()).read(posixpath.normpath(path), _LARGEST)
        except (OSError, ValueError):
            return None

    def _name_of(self, source: str, kind: str) -> str:
        last = "" if source.lower().startswith(("data:", "cid:")) else unquote(_path(source)).rpartition("/")[2]
        stem = (
            _NAME.sub("-", Path(last).stem)[:_LONGEST_NAME].strip(" .-")
            or f"{self._stem[:_LONGEST_NAME].strip()}-image"
        )
        return f"{'image-' if _RESERVED.match(stem) else ''}{stem}.{kind}"


def _description(image: "HtmlElement") -> str:
    return " ".join(image.get("alt", "").split())


def _path(source: str) -> str:
    try:
        return urlsplit(source).path
    except ValueError:
        return source


def _joined(address: str, source: str) -> str:
    try:
        return urljoin(address, source)
    except ValueError:
        return source


def _path_of(source: str) -> str | None:
    """The path that a relative address names; None for anything that leaves the page's folder."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path or path.startswith("/") or "\\" in path or "\x00" in path:
        return None
    return None if ".." in path.split("/") else path.removeprefix("./")


def _is_relative(source: str) -> bool:
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def _decoded(source: str) -> bytes | None:
    match = _DATA.match(source)
    if match is None or len(source) > _LARGEST * 2:
        return None
    content = source[match.end() :]
    if ";base64" not in match[1].lower():
        data = unquote_to_bytes(content)
    else:
        try:
            data = base64.b64decode(unquote(content).encode("ascii", "ignore") + b"==", validate=False)
        except (binascii.Error, ValueError):
            return None
    if b"<text" in data and _kind(data) == "svg":
        return data
    return data if len(data) >= _SMALLEST or (_kind(data) not in ("gif", "svg", "") and len(data) > 100) else None


def _kind(data: bytes) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.match(data[:4000])), "")


def free_names(name: str) -> Iterator[str]:
    """A name, and others like it for where it is taken."""
    stem, _, kind = name.rpartition(".")
    yield name
    yield from (f"{stem}-{number}.{kind}" for number in range(2, 10_000))
