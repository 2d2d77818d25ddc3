"""Images with the address that a browser would have loaded; figures, videos and frames."""

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import BLOCKS, HEADINGS, classes, drop, make, replace, text_of, unwrap
from notelint.residue.web_address import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LATE = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "data-hi-res-src",
    "data-full-src",
    "data-srcset",
    "data-lazy-srcset",
    "data-image",
    "data-url",
)
_PLACEHOLDER = lazy_regex(
    r"^data:image/(?:gif|svg\+xml|png)[;,].{0,400}$|(?:^|/)(?:blank|spacer|placeholder|transparent|lazy|loading|pixel|1x1|grey)(?:[-_.]\d\w*)?\.(?:gif|png|svg|jpe?g)(?:$|\?)",
    re.I | re.S,
)
_SOURCE = lazy_regex(r"\s*([^\s,]\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
_SAFE = ("http://", "https://", "data:image/", "cid:", "file:", "blob:")
_SCHEME = lazy_regex(r"[a-z][a-z0-9+.-]*:", re.I)
_YOUTUBE = lazy_regex(r"(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)$", re.I)
_VIDEO_ID = lazy_regex(r"[\w-]{6,20}")
_SIGNS = frozenset("emoji wp-smiley smilie smiley twemoji emojione joypixels bbc_emoticon".split())  # drawn characters
_LONGEST_SIGN = 24  # characters
_LONGEST_LIST = 20_000  # characters of a srcset that are read


def choose_sources(body: "HtmlElement") -> None:
    """Give each image the best address that the page has for it; what has none is dropped, its words kept."""
    for picture in list(body.iter("picture")):
        _picture(picture)
    for image in list(body.iter("img")):
        if image.get("alt") and len(image.get("alt", "")) <= _LONGEST_SIGN and not _SIGNS.isdisjoint(classes(image)):
            replace(image, make(image, "span", image.get("alt", "")))
            continue
        source = best_source(image)
        for name in ("srcset", "data-src", "sizes", "loading", "style", "longdesc", "usemap"):
            image.attrib.pop(name, None)
        if source:
            image.set("src", source)
        else:
            image.attrib.pop("src", None)


def best_source(image: "HtmlElement") -> str:
    """The address of an image: what a script would load, the largest of a set, or what it says."""
    source = str(image.get("src", "")).strip()
    late = [image.get(name, "").strip() for name in _LATE]
    offered = next((value for value in late if value and not value.startswith("data:")), "")
    is_placeholder = not source or _PLACEHOLDER.search(source) is not None
    if is_placeholder and offered:
        source = _largest(offered) if " " in offered else offered
    elif is_placeholder and image.get("srcset"):
        source = _largest(image.get("srcset", "")) or source
    if _SCHEME.match(source) and not source.lower().startswith(_SAFE):
        return ""
    return source


def _largest(sources: str) -> str:
    best, size = "", -1.0
    for match in _SOURCE.finditer(sources[:_LONGEST_LIST]):
        try:
            own = float(match[2] or 1)
        except ValueError:
            own = 0.0
        if own > size and not _PLACEHOLDER.search(match[1]):
            best, size = match[1], own
    return best


def _picture(picture: "HtmlElement") -> None:
    image = picture.find(".//img")
    sources = [one for one in picture.iter("source") if one.get("srcset") or one.get("data-srcset")]
    if image is None and sources:
        image = make(picture, "img")
        picture.append(image)
    if image is not None and sources and not best_source(image):
        image.set("srcset", sources[0].get("srcset") or sources[0].get("data-srcset") or "")
    for source in list(picture.iter("source")):
        drop(source)
    unwrap(picture)


def normalise(body: "HtmlElement") -> None:
    """Figures become an image and a paragraph of its caption; videos and frames a link or what Obsidian plays."""
    for frame in list(body.iter("iframe", "embed", "video", "audio", "object")):
        if frame.getparent() is not None:
            _frame(frame)
    for caption in list(body.iter("figcaption")):
        caption.tag = "div" if any(inner.tag in BLOCKS for inner in caption.iterdescendants()) else "p"
    for figure in list(body.iter("figure")):
        figure.tag = "div"
    for drawing in list(body.iter("svg", "canvas", "map", "template")):
        drop(drawing)
    for image in list(body.iter("img")):
        _image(image)


def _frame(frame: "HtmlElement") -> None:
    """A video or a frame as Obsidian shows it; the text inside is for browsers that cannot."""
    inner = frame.find(".//source")
    source = (
        frame.get("src")
        or frame.get("data-src")
        or frame.get("data")
        or (inner.get("src", "") if inner is not None else "")
    ).strip()
    if source.startswith("//"):
        source = f"https:{source}"
    if not source or (_SCHEME.match(source) and not source.lower().startswith(("http://", "https://"))):
        drop(frame)
        return
    video = _youtube(source)
    if video or frame.tag in ("video", "audio"):
        shown = make(frame, "img", src=video or source, alt=_title(frame))
    else:
        shown = make(frame, "a", _title(frame) or _host(source), href=source)
    replace(frame, shown)
    if not any(outer.tag in ("p", "td", "th", "a", *HEADINGS) for outer in shown.iterancestors()):
        paragraph = make(shown, "p")
        replace(shown, paragraph)
        paragraph.append(shown)


def _host(address: str) -> str:
    return host_of(address) or address


def _youtube(source: str) -> str:
    """The page of an embedded YouTube video, which Obsidian plays; empty for other addresses."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    if not _YOUTUBE.fullmatch(parts.hostname or ""):
        return ""
    last = parts.path.rpartition("/")[2]
    name = parse_qs(parts.query).get("v", [last])[0]
    return f"https://www.youtube.com/watch?v={name}" if _VIDEO_ID.fullmatch(name) and name != "videoseries" else ""


def _title(frame: "HtmlElement") -> str:
    return " ".join((frame.get("title") or frame.get("aria-label") or "").split())


def _image(image: "HtmlElement") -> None:
    """An image without an address leaves its alternative text, where that is not said beside it already."""
    if image.get("src"):
        return
    text = " ".join(image.get("alt", "").split())
    parent = image.getparent()
    if parent is None:
        return
    if text and text not in text_of(parent):
        replace(image, make(image, "span", text))
    else:
        drop(image)
