"""Drawings within a page (`<svg>`) that say something: they become images, and their words the image's description."""

import base64
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import HEADINGS, classes, drop, make, replace

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names that HTML reads in lower case and SVG does not know so.
_NAMES = {
    name.lower(): name
    for name in """
    altGlyph animateColor animateMotion animateTransform clipPath feBlend feColorMatrix feComponentTransfer
    feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence linearGradient radialGradient textPath
    attributeName baseFrequency calcMode clipPathUnits diffuseConstant edgeMode filterUnits gradientTransform
    gradientUnits keyPoints keySplines keyTimes lengthAdjust limitingConeAngle markerHeight markerUnits
    markerWidth maskContentUnits maskUnits numOctaves pathLength patternContentUnits patternTransform
    patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits refX refY
    repeatCount repeatDur specularConstant specularExponent spreadMethod startOffset stdDeviation surfaceScale
    systemLanguage tableValues targetX targetY textLength viewBox xChannelSelector yChannelSelector zoomAndPan
    """.split()
}
_ACTIVE = ("script", "foreignobject", "iframe", "object", "embed", "audio", "video")
_TEXTS = ("title", "desc", "text")
_WORD = lazy_regex(r"[^\W\d_]{2,}|\d+")
_NO_PLACES = ("a", "button", "label", "nav", "summary", *HEADINGS)
_ICONS = lazy_regex("icon|logo|octicon|spinner")


def normalise(body: "HtmlElement") -> None:
    """Put an image with the drawing as `data:` in the place of each that holds text of its own; others stay."""
    for drawing in list(body.iter("svg")):
        if drawing.getparent() is None or next(drawing.iterancestors("svg"), None) is not None:
            continue
        words = _words(drawing)
        if _says_something(drawing, words):
            _draw(drawing, words)


def _says_something(drawing: "HtmlElement", words: str) -> bool:
    shown = drawing.find(".//text") is not None and _WORD.search(words) is not None
    in_place = any(outer.tag in _NO_PLACES for outer in drawing.iterancestors())
    return shown and not in_place and not any(_ICONS.search(name) for name in classes(drawing))


def _words(drawing: "HtmlElement") -> str:
    """The words of a drawing: its title and description, then its labels."""
    said = [drawing.get("aria-label", "")]
    for tag in _TEXTS:
        said += [" ".join(" ".join(part.itertext()).split()) for part in drawing.iter(tag)]
    return ", ".join(dict.fromkeys(text for text in said if text))


def _draw(drawing: "HtmlElement", words: str) -> None:
    """Replace a drawing by an image that holds it."""
    from lxml import etree

    image = make(drawing, "img", alt=words)
    replace(drawing, image)
    for part in [one for one in drawing.iter() if isinstance(one.tag, str)]:
        if part.tag in _ACTIVE:
            drop(part)
        else:
            _restore_names(part)
    written = etree.tostring(drawing, encoding="unicode", method="xml", with_tail=False)
    spaces = ' xmlns="http://www.w3.org/2000/svg"'
    if "xlink:" in written:
        spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    data = base64.b64encode(written.replace("<svg", f"<svg{spaces}", 1).encode()).decode()
    image.set("src", f"data:image/svg+xml;base64,{data}")


def _restore_names(part: "HtmlElement") -> None:
    """Write the names of an element and its attributes as SVG does; what could act goes."""
    part.tag = _NAMES.get(part.tag, part.tag)
    attributes = part.attrib.items()
    part.attrib.clear()
    for name, value in attributes:
        acts = name.startswith(("on", "xmlns")) or value.strip().lower().startswith("javascript:")
        if not acts:
            part.set(_NAMES.get(name, name), value)
