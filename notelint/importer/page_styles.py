"""Styles of classes that an office program makes up for each document: what is bold and slanted in it is said there."""

from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import HEADINGS, classes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_RULE = lazy_regex(r"(?<![\w.#>:\])+~-])(?:span)?\.([a-zA-Z]{1,2}\d{1,4})\s*\{([^{}]{1,1000})\}")
_EMPHASIS = lazy_regex(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*(?:italic|oblique)")
_LONGEST = 500_000  # characters of styles that are read
_PLAIN = ("th", *HEADINGS)  # which are emphasised as a whole


def settle(tree: "HtmlElement") -> None:
    """Give spans the emphasis, as a style of their own, that rules for classes such as "c12" and "T3" give them."""
    rules: dict[str, str] = {}
    for style in tree.iter("style"):
        for match in _RULE.finditer((style.text or "")[:_LONGEST]):
            said = ";".join(_EMPHASIS.findall(match[2].lower()))
            if said:
                rules[match[1].lower()] = said
    for span in tree.iter("span") if rules else ():
        said = ";".join(rules[name] for name in classes(span) if name in rules)
        if said and next(span.iterancestors(*_PLAIN), None) is None:
            span.set("style", f"{span.get('style', '')};{said}")
