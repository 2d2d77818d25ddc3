"""A saved page made ready for the extractor, and what it makes of that put right: what it would drop or spoil."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IMAGE = re.compile(r"\.(?:avif|bmp|gif|hei[cf]|jpe?g|png|webp)\b", re.I)
_NO_LINK = ("javascript:", "data:", "vbscript:")
# Marks for the way through the extractor, which drops quotations, empty lines and languages of code, image addresses.
_IS_IMAGE, _QUOTE, _EMPTY, _TICKS = "#notelint.png", "⸨>⸩", "⸨¶⸩", "⸨´⸩"
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?|highlight-source|brush:)-?\s?([\w+#-]{1,20})")
_TOLD = re.compile(r"⸨lang ([^⸩]*)⸩\n?")
_FENCED = re.compile(r"^(```[^\n]*\n(?:(?!```)[^\n]*\n)*```)$", re.M)
_BEFORE_HEADING = re.compile(r"(?<=[^\n])\n(?=#{1,6} )")
_BLANK_LINES = re.compile(r"\n{3,}")
_ITEM = re.compile(r"( *)((?:[-*]|\d{1,9}\.) )")
_BLOCKS = ("p", "ul", "ol", "dl", "table", "pre", "div", "blockquote", "figure")
_TEX = ("application/x-tex", "TeX", "LaTeX")
_DISPLAYED = re.compile(r"mode\s*=\s*display")
_FUNCTIONS = {
    "msup": "{0}^{{{1}}}",
    "msub": "{0}_{{{1}}}",
    "msubsup": "{0}_{{{1}}}^{{{2}}}",
    "munderover": "{0}_{{{1}}}^{{{2}}}",
    "munder": "{0}_{{{1}}}",
    "mover": "{0}^{{{1}}}",
    "mfrac": r"\frac{{{0}}}{{{1}}}",
    "mroot": r"\sqrt[{1}]{{{0}}}",
}
_ARGUMENT = re.compile(r"\{(\d)\}")
_DEEPEST = 50  # levels of mathematics in one another


def prepare(tree: "HtmlElement", address: str | None) -> None:
    """Write what the extractor would drop in a way that it keeps; `address` is the page's, for relative links."""
    if address is not None:
        tree.make_links_absolute(address, resolve_base_href=True, handle_failures="ignore")
    for link in list(tree.iterfind(".//a[@href]")):
        if link.get("href", "").strip().lower().startswith(_NO_LINK):
            link.drop_tag()
        elif len(link) == 1 and link[0].tag == "sup" and not (link.text or "").strip():
            link[0].drop_tag()  # a citation
    for image in tree.iterfind(".//img"):
        _image(image)
    for caption in tree.iterfind(".//figcaption"):
        caption.tag = "p"
    for figure in tree.iterfind(".//figure"):
        figure.tag = "div"
    for table in tree.iterfind(".//table"):
        _table(table)
    for quote in tree.iterfind(".//blockquote"):
        for paragraph in list(quote.iterfind(".//p")) or [quote]:
            paragraph.text = _QUOTE + (paragraph.text or "").lstrip()
    for code in list(tree.iterfind(".//pre")):
        _code(code)
    for formula in [*tree.iterfind(".//math"), *tree.iterfind(".//script[@type]")]:
        _formula(formula)
    for terms in list(tree.iterfind(".//dl")):
        _terms(terms)


def _image(image: "HtmlElement") -> None:
    src = image.get("src", "")
    late = next((image.get(name) for name in ("data-src", "data-original", "data-lazy-src") if image.get(name)), None)
    if late is not None and (not src or src.startswith("data:")):
        src = late
    if src and not src.startswith("data:"):
        image.set("src", src if _IMAGE.search(src) else f"{src}{_IS_IMAGE}")


def _table(table: "HtmlElement") -> None:
    """A caption stands before its table; the first row is its head, where there is none."""
    for caption in list(table.iterfind("caption")):
        caption.drop_tree()
        caption.tag = "p"
        table.addprevious(caption)
    if table.find(".//th") is None:
        for cell in next(table.iterfind(".//tr"), ()):
            if cell.tag == "td":  # whatever else stands there keeps its name, which may be none that can be given
                cell.tag = "th"


def _code(block: "HtmlElement") -> None:
    """Code as its text alone, in which empty lines and fences are marked, with the language if that is told."""
    within = block.find("code")
    classes = " ".join(one.get("class", "") for one in (block.getparent(), block, within) if one is not None)
    for line_break in list(block.iterfind(".//br")):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = block.text_content().strip("\n").replace("```", _TICKS).split("\n")
    language = _LANGUAGE.search(classes)
    tail = block.tail
    block.clear()
    block.tail = tail
    code = block.makeelement("code", {})
    code.text = f"⸨lang {language[1] if language else ''}⸩\n" + "\n".join(
        line if line.strip() else _EMPTY for line in lines
    )
    block.append(code)


def _formula(formula: "HtmlElement") -> None:
    """Mathematics as TeX: what the page itself says of it, or else what its elements mean."""
    if formula.tag == "script":
        if not formula.get("type", "").startswith("math/tex"):
            return
        tex, displayed = formula.text or "", _DISPLAYED.search(formula.get("type", "")) is not None
    else:
        told = next((one for one in formula.iterfind(".//annotation") if one.get("encoding") in _TEX), None)
        tex = (told.text or "") if told is not None else _tex(formula)
        displayed = formula.get("display") == "block"
    tail = formula.tail
    formula.clear()
    formula.tag, formula.tail = "span", tail
    tex = " ".join(tex.split())
    formula.text = (rf"\[{tex}\]" if displayed else rf"\({tex}\)") if tex else ""


def _tex(element: "HtmlElement", depth: int = 0) -> str:
    if depth > _DEEPEST or not len(element):
        return " ".join(element.text_content().split())
    parts = [_tex(child, depth + 1) for child in element if child.tag not in ("annotation", "annotation-xml")]
    if element.tag == "msqrt":
        return rf"\sqrt{{{' '.join(parts)}}}"
    form = _FUNCTIONS.get(str(element.tag))
    needed = len(set(_ARGUMENT.findall(form or "")))
    return form.format(*parts) if form is not None and len(parts) == needed else " ".join(parts)


def _terms(terms: "HtmlElement") -> None:
    """A list of terms as a list of items, each with its explanations, if these are no more than lines."""
    if terms.getparent() is None or any(terms.find(f".//{name}") is not None for name in _BLOCKS):
        return
    item: HtmlElement | None = None
    for child in list(terms.iterfind("*")):
        if child.tag == "dt" or item is None:
            item = child
            name = child.makeelement("strong", {})
            name.text, child.text = child.text, None
            for part in list(child):
                name.append(part)
            child.append(name)
            child.tag = "li"
        elif child.tag == "dd":
            last = item[-1]
            last.tail = f"{last.tail or ''}: " if len(item) == 1 else f"{last.tail or ''}; "
            child.tag, child.tail = "span", None
            item.append(child)
    terms.tag = "ul"


def tidied(body: str) -> str:
    """What the extractor made, with the marks of `prepare` read again, and as people write Markdown.

    One blank line around headings and code, never two; items of lists below the text of the item they belong to.
    """
    parts = _FENCED.split(body)
    for at in range(0, len(parts), 2):
        spaced = _BEFORE_HEADING.sub("\n\n", parts[at].replace("| \n", "|\n"))
        spaced = "\n".join(_nested(spaced.split("\n")))
        parts[at] = _BLANK_LINES.sub("\n\n", f"\n{spaced}" if at else spaced)
    parts[1::2] = map(_fence, parts[1::2])
    text = "".join(parts).replace(_IS_IMAGE, "").replace(_QUOTE, "> ")
    return _TOLD.sub("", text).replace(_EMPTY, "").replace(_TICKS, "```").strip()


def _fence(block: str) -> str:
    told = _TOLD.search(block)
    fence = "````" if _TICKS in block else "```"
    inside = _TOLD.sub("", block.strip("`").strip("\n"))
    return f"{fence}{told[1] if told else ''}\n{inside}\n{fence}"


def _nested(lines: list[str]) -> Iterator[str]:
    """Lists indented by two spaces a level, as the extractor writes them, indented as far as Markdown asks."""
    widths: list[int] = []
    for line in lines:
        item = _ITEM.match(line)
        if item is None:
            if line and not line.startswith(" "):
                widths = []
            yield line
            continue
        level = min(len(item[1]) // 2, len(widths))
        widths[level:] = [len(item[2])]
        yield " " * sum(widths[:level]) + line.lstrip(" ")


def stated_licence(tree: "HtmlElement") -> str | None:
    """The licence that the page states in JSON-LD: an address or a name."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        rest: list[Any] = [found]
        while rest:
            value = rest.pop()
            if isinstance(value, dict):
                if isinstance(value.get("license"), str):
                    return str(value["license"])
                rest += [value.get("@graph"), value.get("mainEntity")]
            elif isinstance(value, list):
                rest += value
    return None
