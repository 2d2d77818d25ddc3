"""Code: each block one `<pre>` of plain text with its language, without line numbers and buttons."""

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise import signatures
from notelint.importer.normalise.dom import classes, drop, is_blank, make, replace, text_of
from notelint.importer.unseen import TAG as UNSEEN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NUMBERS = lazy_regex(
    r"(?:linenos?|line-?numbers?|lineno|linenodiv|gutter|ln-num|hljs-ln-(?:numbers|n)|blob-num|rouge-gutter|code-?gutter|"
    r"line-numbers-rows|react-syntax-highlighter-line-number|code__line-number|lntd-?num|lnt|ln|lntable|highlighttable|rouge-table|hljs-ln)"
)
_LANGUAGE = lazy_regex(
    r"(?:^|\s)(?:\w+-highlight-lang|lang(?:uage)?|highlight-source|(?:highlight|prism)(?=[-:\s])|hl(?=-)|brush:|sourceCode|code)[-:\s]?\s?"
    r"(?!highlight|language|hl-)([\w+#.-]{1,20})",
    re.I,
)
_SHELL = lazy_regex(r"ipython\d?$")  # of notebooks, which no highlighter of notes knows
_BRUSH = lazy_regex(r"\bbrush:\s*([\w+#.-]{1,20})", re.I)
_ONLY_DIGITS = lazy_regex(r"[\s\d]+")
_NO_CODE = lazy_regex(r"[\s\d.:|…]*")
_NAMED_CODE = lazy_regex(r"(?:^|[\s_-])(?:code|source|fragment|highlight|listing)(?=$|[\s_-])", re.I)
_DRAWING = "mermaid"  # code of a diagram, which Obsidian draws, too
_LONGEST_NAME = 200
_LINES = frozenset(("div", "p", "li", "tr"))
_BARE = ("hljs", "sourcecode", "prettyprint", "highlight")


def normalise(body: "HtmlElement") -> None:
    """Make every block of code a `<pre>` with its text alone, and the attribute `language` where it is known."""
    signatures.normalise(body)
    for drawing in body.iter("div"):
        if _DRAWING in classes(drawing) and not len(drawing):
            drawing.tag = "pre"  # its lines count
    for table in list(body.iter("table")):
        _numbered(table)
    for box in list(body.iter("div")):
        if box.getparent() is not None and _is_of_lines(box):
            _of_lines(box)
    wrappers: dict[HtmlElement, None] = {}
    for element in list(body.iter("pre")):
        if element.getparent() is not None and not any(outer.tag == "pre" for outer in element.iterancestors()):
            wrappers[element.getparent()] = None
            _plain(element)
    for wrapper in wrappers:
        _drop_tools(wrapper)
    for code in list(body.iter("code")):
        if code.find(".//br") is not None or _looks_block(code):
            _block_of(code)


def _numbered(table: "HtmlElement") -> None:
    """A table that holds lines of code beside their numbers is that code."""
    cells = [cell for cell in table.iter("td") if cell.find(".//table") is None]
    rows, heads = list(table.iter("tr")), list(table.iter("th"))
    if not cells or table.find(".//table") is not None or not all(map(_is_name_of_file, heads)):
        return
    numbers = {cell: None for cell in cells if _is_numbers(cell)}
    code = [cell for cell in cells if cell not in numbers]
    holds_code = any(cell.find(".//pre") is not None or cell.find(".//code") is not None for cell in code)
    named = any(_NUMBERS.fullmatch(name) or name in _BARE for cell in (table, *cells) for name in classes(cell))
    if not numbers or not code or len(code) > len(rows) or not (named or (holds_code and _counts(numbers, code))):
        return
    lines = [_text(cell).strip("\n") for cell in code]
    whole = make(table, "pre", "\n".join(lines))
    around = table.getparent()
    wrappers = [around] if around is not None and len(around) == 1 else []
    language = _language(table, *code, *(pre for cell in code for pre in cell.iter("pre", "code")), *wrappers)
    if language:
        whole.set("language", language)
    replace(table, whole)
    for head in heads:
        whole.addprevious(make(head, "p", " ".join(head.text_content().split())))


def _is_name_of_file(head: "HtmlElement") -> bool:
    """True if the head of a table is alone in its row, and named as the title of code."""
    row = head.getparent()
    return "filename" in classes(head) and row is not None and len(row) == 1


def _counts(numbers: Iterable["HtmlElement"], code: list["HtmlElement"]) -> bool:
    """True if numbers that nothing names go up by one, and all beside them is code; else they are data."""
    counted = [int(number) for cell in numbers for number in _text(deepcopy(cell)).split() if number.isdecimal()]
    is_row = counted == list(range(counted[0], counted[0] + len(counted))) if counted else False
    blocks = [block for cell in code for block in (cell.findall(".//pre") or cell.findall(".//code"))]
    whole = sum(len(text_of(block)) for block in blocks) >= sum(len(text_of(cell)) for cell in code)
    lines = sum(len(_text(deepcopy(cell)).strip("\n").split("\n")) for cell in code)
    has_pre = any(cell.find(".//pre") is not None for cell in code)
    return is_row and whole and (has_pre or (len(counted) > 1 and len(code) == 1 and lines == len(counted)))


def _is_numbers(cell: "HtmlElement") -> bool:
    if _is_gutter(cell) or (cell.get("data-line-number") and _NO_CODE.fullmatch(cell.text_content() or "")):
        return True
    return cell.getnext() is not None and bool(_ONLY_DIGITS.fullmatch(cell.text_content() or "x"))


def _is_gutter(element: "HtmlElement") -> bool:
    """True if an element is named as the numbers of lines and holds no code: Prism names all of the block so, too."""
    named = any(_NUMBERS.fullmatch(name) for name in classes(element))
    return named and _NO_CODE.fullmatch(element.text_content() or "") is not None


def _is_of_lines(box: "HtmlElement") -> bool:
    """True if an element that is named as code holds an element for each line, and nothing else a reader sees."""
    lines = [one for one in box if one.tag != UNSEEN]
    return (
        _NAMED_CODE.search(box.get("class", "")[:_LONGEST_NAME]) is not None
        and bool(lines)
        and all(one.tag == "div" and "line" in classes(one) for one in lines)
        and all(is_blank(text) for text in (box.text, *(one.tail for one in box)))
    )


def _of_lines(box: "HtmlElement") -> None:
    """Make one block of code of such lines; what no reader sees goes behind it."""
    unseen = [one for one in box if one.tag == UNSEEN]
    for one in unseen:
        drop(one)
    for line in box:
        line.tail = None
    whole = make(box, "pre", "\n".join(_text(line).strip("\n") for line in box))
    language = _language(box)
    if language:
        whole.set("language", language)
    replace(box, whole)
    for one in reversed(unseen):
        tail, whole.tail = whole.tail, None
        whole.addnext(one)
        one.tail = tail


def _plain(pre: "HtmlElement") -> None:
    wrapper = pre.getparent()
    outer = wrapper.getparent()
    language = _language(pre, *pre.iter("code"), wrapper, *([outer] if outer is not None else []))
    whole = make(pre, "pre", _without_blank_ends(_text(pre)))
    if language:
        whole.set("language", language)
    replace(pre, whole)


def _without_blank_ends(text: str) -> str:
    """Code without blank lines at its ends."""
    lines = text.split("\n")
    said = [place for place, line in enumerate(lines) if not is_blank(line)]
    return "\n".join(lines[said[0] : said[-1] + 1]) if said else ""


def _drop_tools(wrapper: "HtmlElement") -> None:
    """Take the buttons beside blocks of code out."""
    for beside in list(wrapper.iterchildren("button")):
        if len(text_of(beside)) < 30:
            drop(beside)


def _text(element: "HtmlElement") -> str:
    """The text of code with its line breaks, without numbers of lines and buttons."""
    for inner in list(element.iterdescendants()):
        if inner.getparent() is None:
            continue
        is_tool = inner.tag == "button" and text_of(inner) != text_of(element)
        if is_tool or inner.tag in ("style", "script") or _is_gutter(inner):
            drop(inner)
    for line_break in list(element.iter("br")):
        line_break.tail = f"\n{line_break.tail or ''}"
    for line in list(element.iterdescendants()):
        style = line.get("style", "").replace(" ", "")
        as_block = (
            line.tag in _LINES
            or "display:block" in style
            or ("line" in classes(line) and is_blank(line.tail) and "\n" not in (line.tail or "") and _ends_open(line))
        )
        following = line.getnext()
        goes_on = (following is not None and following.tag != "br") or not is_blank(line.tail)
        if as_block and goes_on and not (line.tail or "").startswith("\n"):
            line.tail = f"\n{line.tail or ''}"
    return str(element.text_content() or "").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def _ends_open(line: "HtmlElement") -> bool:
    """True if the text of a line does not bring its own line break."""
    return not (line.text_content() or "").endswith("\n")


def _looks_block(code: "HtmlElement") -> bool:
    text = code.text_content() or ""
    style = code.get("style", "").replace(" ", "")
    return "\n" in text.strip() and ("white-space:pre" in style or "block" in classes(code))


def _block_of(code: "HtmlElement") -> None:
    """Code of several lines in no `<pre>`: a block, if it stands alone in its paragraph."""
    parent = code.getparent()
    if parent is None or any(outer.tag == "pre" for outer in code.iterancestors()):
        return
    alone = is_blank(parent.text) and len(parent) == 1 and is_blank(code.tail)
    if alone and parent.tag in ("p", "div", "td", "li", "figure", "section"):
        whole = make(code, "pre", _text(code).strip("\n"))
        replace(code, whole)
        if parent.tag == "p":
            parent.tag = "div"


def _language(*elements: "HtmlElement") -> str:
    """The language that classes and attributes around code name, if a highlighter knows it."""
    for element in elements:
        names = element.get("class", "")[:300]
        said = [element.get("data-lang", ""), element.get("data-language", ""), element.get("lang", "")]
        said += [element.get("language", "")]
        said += [match[1] for match in _BRUSH.finditer(element.get("data-syntaxhighlighter-params", "")[:300])]
        said += [_DRAWING] if _DRAWING in classes(element) else []
        said += [match[1] for match in _LANGUAGE.finditer(names)]
        is_bare = any(bare in names.lower() for bare in _BARE) or "code" in names.split()
        if element.tag in ("code", "pre") and is_bare:
            said += names.split()
        for name in said:
            short = _SHELL.sub("python", name.strip().lower())
            if short in languages():
                return str(short)
    return ""


@cache
def languages() -> frozenset[str]:
    """The languages that highlighters know. Other names after a fence may make Obsidian's plugins run what is in it."""
    return frozenset(files("notelint.importer.normalise").joinpath("languages.txt").read_text("utf-8").split())
