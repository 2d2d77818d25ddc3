"""Mathematics as TeX: what the page itself says of a formula, or else what its elements mean.

Every formula becomes `<x-math display="block">` or `inline`, whose text the converter writes as it is.
"""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import classes, drop, make, replace
from notelint.importer.normalise.tex import from_mathml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_TEX = ("application/x-tex", "tex", "latex", "application/x-latex")
_DISPLAYED = lazy_regex(r"mode\s*=\s*display")
_SHOWN = lazy_regex(
    r"MathJax(?:_Display|_Preview|_SVG|_CHTML)?$|MJXp?-|mjx-chtml$|katex-html$|mwe-math-fallback-image-(?:inline|display)$",
    re.I,
)
_IMAGE = lazy_regex(r"(?:^|\s)(?:latex|tex|math|mwe-math-fallback-image-\w+|equation_image)(?:\s|$)", re.I)
_FALLBACK = lazy_regex(r"(?:^|\s)mwe-math-fallback-image-\w+")
_RENDERER = lazy_regex(r"codecogs\.com/|/latex\.php\?|/math(?:te)?x\.cgi\?|chart\.googleapis\.com/chart\?cht=tx", re.I)
_EQUATION_NUMBER = lazy_regex(r"\(([\w.]{1,8}['’]?)\)")
_EQUATIONS = ("eqn", "equation", "ltx_equation", "ltx_equationgroup", "ltx_eqn_table", "disp-formula", "displaymath")
_DELIMITED = lazy_regex(
    r"\\\((?P<round>[^\0]{1,2000}?)\\\)|\\\[(?P<square>[^\0]{1,4000}?)\\\]|\$\$(?P<double>[^$\0]{1,4000})\$\$"
    r"|(?<![\\$\w])\$(?P<single>[^\s$\\](?:[^$\n]{0,300}?[^\s$\\])?|\\[a-zA-Z][^$\n]{0,300}?)\$(?![\d$])"
)
_IS_FORMULA = lazy_regex(r"\\[a-zA-Z]+|[\^_{}=<>]|^\(?[a-zA-Z]\)?'*$")
_LITERAL = frozenset(("pre", "code", "x-math", "kbd", "samp", "script", "textarea"))
_BRACES = ("{\\displaystyle ", "{\\textstyle ", "\\displaystyle ")


def normalise(body: "HtmlElement") -> None:
    """Make every formula an `<x-math>`."""
    for element in list(body.iter()):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            _script(element)
        elif element.tag == "img":
            _picture(element)
    for shown in [one for one in body.iter("div", "span", "mjx-container") if _is_shown(one)]:
        if shown.getparent() is not None:
            _take_source(shown)
    for formula in list(body.iter("math")):
        if formula.getparent() is not None:
            _mathml(formula)
    for image in list(body.iter("img")):
        if _FALLBACK.search(image.get("class", "")) and any(one.tag == "x-math" for one in _family(image)):
            drop(image)  # a second picture of the formula, for old browsers
    for table in list(body.iter("table")):
        _numbered(table)
    for element in list(body.iter()):
        if element.tag not in _LITERAL and isinstance(element.tag, str):
            _in_text(element)


def _formula(near: "HtmlElement", tex: str, displayed: bool) -> "HtmlElement":
    tex = " ".join(tex.split())
    for start in _BRACES:
        if tex.startswith(start):
            tex = tex[len(start) :].removesuffix("}" if start[0] == "{" else "").strip()
    tex = re.sub(r"(?<!\\)\$", r"\\$", tex)
    return make(near, "x-math", tex, display="block" if displayed else "inline")


def _script(script: "HtmlElement") -> None:
    kind = script.get("type", "")
    if kind.startswith("math/tex"):
        replace(script, _formula(script, script.text or "", _DISPLAYED.search(kind) is not None))
    elif kind.startswith("math/mml"):
        drop(script)


def _picture(image: "HtmlElement") -> None:
    """An image of a formula, whose source stands in its alternative text."""
    tex = image.get("alt", "")
    names = image.get("class", "")
    drawn_twice = _FALLBACK.search(names) and any(one.tag == "math" for one in _family(image))
    drawn = _IMAGE.search(names) or _RENDERER.search(image.get("src", "")[:300])
    if tex and drawn and not drawn_twice:
        replace(image, _formula(image, tex.strip("$"), False))


def _numbered(table: "HtmlElement") -> None:
    """A table that only places formulas beside their numbers: displayed formulas, each with its number as a tag."""
    rows = list(table.iter("tr"))
    found = [_of_row(row) for row in rows]
    if not rows or table.getparent() is None or None in found or table.find(".//th") is not None:
        return
    holder = make(table, "div")
    for formula in found:
        assert formula is not None
        holder.append(formula)
    replace(table, holder)


def _of_row(row: "HtmlElement") -> "HtmlElement | None":
    """The one formula of a row that else holds its number."""
    formulas = list(row.iter("x-math"))
    rest = [text for text in "".join(_outside(row)).split() if text]
    number = _EQUATION_NUMBER.fullmatch(rest[0]) if len(rest) == 1 else None
    if not formulas or (rest and number is None) or row.find(".//img") is not None or (not rest and len(formulas) > 1):
        return None
    if number is None and not any(
        name in _EQUATIONS for one in (row, *row.iterancestors("table")) for name in classes(one)
    ):
        return None
    tex = " ".join(formula.text or "" for formula in formulas)
    return make(row, "x-math", tex if number is None else f"{tex} \\tag{{{number[1]}}}", display="block")


def _outside(row: "HtmlElement") -> "Iterator[str]":
    for element in row.iter():
        if element.tag != "x-math" and element.text:
            yield element.text
        if element is not row and element.tail:
            yield element.tail


def _family(element: "HtmlElement") -> "Iterator[HtmlElement]":
    parent = element.getparent()
    if parent is not None:
        yield from parent.iterdescendants()


def _is_shown(element: "HtmlElement") -> bool:
    names = classes(element)
    return element.tag == "mjx-container" or "katex" in names or any(_SHOWN.match(name) for name in names)


def _take_source(shown: "HtmlElement") -> None:
    """Replace a script's drawing of a formula: its source inside, if there, takes its place; else it stands beside
    it.
    """
    source = next(shown.iter("math"), None)
    if source is None and shown.get("data-mathml"):
        source = _parsed(shown)
    names = classes(shown)
    displayed = shown.get("display") == "true" or _is_displayed(shown)
    if source is not None:
        if displayed:
            source.set("display", "block")
        source.tail = None
        replace(shown, source)
    elif shown.tag == "mjx-container" or any(_SHOWN.match(name) for name in names):
        following = shown.getnext()
        has_source = following is not None and following.tag in ("x-math", "span", "script", "mjx-container")
        if has_source or any(name.endswith("preview") or name == "katex-html" for name in names):
            drop(shown)


def _is_displayed(element: "HtmlElement") -> bool:
    around = (element, *list(element.iterancestors())[:2])
    return any(
        name in ("katex-display", "mathjax_display", "mwe-math-element-block")
        for one in around
        for name in classes(one)
    )


def _parsed(shown: "HtmlElement") -> "HtmlElement | None":
    from lxml import html

    try:
        return next(html.fromstring(shown.get("data-mathml", "")).iter("math"), None)
    except (ValueError, html.etree.ParserError):
        return None


def _mathml(formula: "HtmlElement") -> None:
    source = next((one for one in formula.iter("annotation") if one.get("encoding", "").lower() in _TEX), None)
    tex = (source.text or "") if source is not None else formula.get("alttext") or from_mathml(formula)
    displayed = formula.get("display") == "block" or "mode: display" in formula.get("mode", "")
    if _is_displayed(formula):
        displayed = True
    if tex.strip():
        replace(formula, _formula(formula, tex, displayed))
    else:
        drop(formula)


def _in_text(element: "HtmlElement") -> None:
    """Formulas between dollars or backslashed brackets, in the texts that stand directly in an element."""
    for node, is_tail in [(element, False), *((child, True) for child in element)]:
        text = (node.tail if is_tail else node.text) or ""
        if "$" not in text and "\\" not in text:
            continue
        pieces = _split(text, element)
        if len(pieces) > 1:
            _write(element, node, is_tail, pieces)


def _split(text: str, near: "HtmlElement") -> "list[str | HtmlElement]":
    pieces: list[str | HtmlElement] = []
    end = 0
    for match in _DELIMITED.finditer(text):
        kind = str(match.lastgroup)
        tex = match[kind].strip()
        if not tex or (kind == "single" and not _IS_FORMULA.search(tex)):
            continue
        pieces += [text[end : match.start()], _formula(near, tex, kind in ("square", "double"))]
        end = match.end()
    pieces.append(text[end:])
    return pieces


def _write(element: "HtmlElement", node: "HtmlElement", is_tail: bool, pieces: "list[str | HtmlElement]") -> None:
    at = element.index(node) + 1 if is_tail else 0
    if is_tail:
        node.tail = str(pieces[0])
    else:
        node.text = str(pieces[0])
    for number in range(1, len(pieces), 2):
        formula = pieces[number]
        assert not isinstance(formula, str)
        formula.tail = str(pieces[number + 1])
        element.insert(at, formula)
        at += 1
