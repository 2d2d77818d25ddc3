"""Comments of documentation: what a program says of its functions, in elements that are named as readers' comments.

Extractors leave out whatever is called a comment. A page of code on which no reader comments has no comments but these.
"""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import classes, drop, names_of, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAGS = ("div", "p", "section", "li", "dd", "article")
_NAMES = frozenset("comment cmt fullcomment fullcommenttop shortcomment".split())
_OF_READERS = lazy_regex(
    r"(?:^|[\s_-])(?:comments|comment-?(?:lists?|form|authors?|meta|body|content|text|date|count|respond\w*)|commenters?|replies|"
    r"reply|respond|user-?names?|avatars?|disqus\w*)(?=$|[\s_-])|comment_thread",
    re.I,
)
_MOMENT = lazy_regex(r"(?<!\d)(?:\d{1,2}:\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d)(?!\d)")
_OF_CODE = lazy_regex(r"(?:^|[\s_-])(?:signature|symbol|declaration|methods?|members?|modifiers?)(?=$|[\s_-])", re.I)
_SHORT = "shortcomment"
_LONG_TEXT = 5000  # characters of a short form at most


def settle(tree: "HtmlElement") -> None:
    """Take the name of a comment from those of documentation, and a short form that the full one beside it repeats."""
    found = [one for one in tree.iter(*_TAGS) if not _NAMES.isdisjoint((*classes(one), one.get("id", "").lower()))]
    if not found or not _is_of_code(tree) or any(map(_is_of_readers, found)) or _has_readers(tree):
        return
    for one in found:
        beside = one.getnext()
        short = text_of(one)[:_LONG_TEXT] if _SHORT in classes(one) else ""
        if short and beside is not None and text_of(beside).startswith(short.rstrip(" .…")):
            drop(one)
            continue
        one.set("class", " ".join(name for name in one.get("class", "").split() if name.lower() not in _NAMES))
        if one.get("id", "").lower() in _NAMES:
            del one.attrib["id"]


def _is_of_code(tree: "HtmlElement") -> bool:
    """True if a page shows code, or declarations."""
    if next(tree.iter("pre", "code", "tt"), None) is None:
        return False
    return any(_OF_CODE.search(names_of(one)) is not None for one in tree.iter("div", "h1", "h2", "h3", "h4", "span"))


def _is_of_readers(comment: "HtmlElement") -> bool:
    """True if a comment says when it was written."""
    return _MOMENT.search(comment.text_content()) is not None


def _has_readers(tree: "HtmlElement") -> bool:
    """True if a page names readers, or has a place for their comments."""
    if next(tree.iter("time", "textarea"), None) is not None:
        return True
    return any(_OF_READERS.search(names_of(one)) is not None for one in tree.iter() if one.attrib)
