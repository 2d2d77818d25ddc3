"""TeX of presentation MathML that brings none."""

from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FORMS = {
    "msup": "{0}^{{{1}}}",
    "msub": "{0}_{{{1}}}",
    "msubsup": "{0}_{{{1}}}^{{{2}}}",
    "munderover": "{0}_{{{1}}}^{{{2}}}",
    "munder": "{0}_{{{1}}}",
    "mover": "{0}^{{{1}}}",
    "mfrac": r"\frac{{{0}}}{{{1}}}",
    "mroot": r"\sqrt[{1}]{{{0}}}",
}
_ACCENTS = {
    "^": "hat",
    "ˆ": "hat",
    "¯": "bar",
    "‾": "overline",
    "→": "vec",
    "˙": "dot",
    "¨": "ddot",
    "~": "tilde",
    "˜": "tilde",
    "⏞": "overbrace",
}
_ARGUMENT = lazy_regex(r"\{(\d)\}")
_SPECIAL = lazy_regex(r"([#%&$_{}])")
_ROW_TAGS = ("mtr", "mlabeledtr")
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh log ln exp lim max min sup inf det dim ker arg gcd deg".split()
)
_DEEPEST = 50  # levels in one another


def from_mathml(formula: "HtmlElement") -> str:
    """The TeX of a formula. What lies deeper than 50 levels is given as its text."""
    return " ".join(_tex(formula, 0).split())


def _tex(element: "HtmlElement", depth: int) -> str:
    if not len(element) or depth > _DEEPEST:
        return _leaf(element)
    children = [child for child in element if child.tag not in ("annotation", "annotation-xml", "mphantom")]
    tag = str(element.tag)
    if tag == "mtable":
        rows = [[_row(cell, depth + 1) for cell in row] for row in children if row.tag in _ROW_TAGS]
        return r"\begin{matrix}" + r" \\ ".join(" & ".join(cells) for cells in rows) + r"\end{matrix}"
    parts = [_tex(child, depth + 1) for child in children]
    if tag == "mover" and len(parts) == 2 and parts[1].strip() in _ACCENTS:
        return rf"\{_ACCENTS[parts[1].strip()]}{{{parts[0]}}}"
    if tag == "msqrt":
        return rf"\sqrt{{{' '.join(parts)}}}"
    if tag == "mfenced":
        inner = ", ".join(parts)
        return rf"\left{element.get('open', '(')} {inner} \right{element.get('close', ')')}"
    form = _FORMS.get(tag)
    needed = len(set(_ARGUMENT.findall(form or "")))
    if form is not None and len(parts) == needed:
        return form.format(*(_group(part) if "^" in form or "_" in form else part for part in parts[:1]), *parts[1:])
    return " ".join(part for part in parts if part)


def _row(cell: "HtmlElement", depth: int) -> str:
    return _tex(cell, depth)


def _group(part: str) -> str:
    """The base of an index, in braces where it has one itself."""
    return f"{{{part}}}" if ("^" in part or "_" in part) and not part.startswith("{") else part


def _leaf(element: "HtmlElement") -> str:
    text = " ".join((element.text_content() or "").translate(_INVISIBLE).split())
    text = _SPECIAL.sub(r"\\\1", text.replace("\\", r"\backslash "))
    if element.tag == "mtext" and text:
        return rf"\text{{{text}}}"
    if element.tag == "mi" and text in _FUNCTIONS:
        return rf"\{text}"
    if element.tag == "mi" and len(text) > 1 and text.isascii() and text.isalpha():
        return rf"\mathrm{{{text}}}"
    if element.tag == "mspace":
        return r"\;"
    return text
