"""Marks around words: bold, emphasis and the like, put so that Markdown reads them."""

from typing import Any

from bs4.element import NavigableString, Tag

from notelint.core.lazy_regex import lazy_regex

_OUTSIDE = lazy_regex(r"[.,:;!?…()\"'”“’‘«»–—%/-]+")
_OUTSIDE_END = lazy_regex(r"[.,:;!?…()\"'”“’‘«»–—%/-]+$")
_MOST_OUTSIDE = 8  # characters of punctuation at the end of a marked text that move behind the mark


def chomp(text: str) -> tuple[str, str, str]:
    """A blank before a text, a blank behind it, and the text without them."""
    inner = text.strip()
    return " " if text[:1] == " " else "", " " if text[-1:] == " " else "", inner


def as_html(tag: str, text: str) -> str:
    """A text in an HTML element, the blanks at its edges outside."""
    prefix, suffix, text = chomp(text)
    return f"{prefix}<{tag}>{text}</{tag}>{suffix}" if text else prefix or suffix


def marked(el: Tag, text: str, parent_tags: Any, mark: str) -> str:
    """A text between marks; punctuation at its edges stays outside, where beside a letter the marks would not count."""
    if "_noformat" in parent_tags:
        return text
    prefix, suffix, text = chomp(text)
    if not text:
        return prefix or suffix
    start = end = ""
    edge = _OUTSIDE.match(text)
    if edge is not None and not prefix and _ends_in_letter(el.previous_sibling):
        blanks = len(text) - len(text[edge.end() :].lstrip())
        start, text = text[:blanks], text[blanks:]
    if start.endswith("(") and text.endswith(")"):
        text, end = text[:-1], ")"
    edge = _OUTSIDE_END.search(text[-_MOST_OUTSIDE:])
    if edge is not None and not suffix and _begins_with_letter(el.next_sibling):
        words = text[: -len(edge[0])].rstrip()
        text, end = words, text[len(words) :] + end
    if not text.strip() or "\n\n" in text:
        return f"{prefix}{start}{text}{end}{suffix}"
    return f"{prefix}{start}{mark}{text}{mark}{end}{suffix}"


def _ends_in_letter(before: Any) -> bool:
    text = str(before) if isinstance(before, NavigableString) else ""
    return bool(text) and text[-1].isalnum()


def _begins_with_letter(after: Any) -> bool:
    text = str(after) if isinstance(after, NavigableString) else ""
    return bool(text) and text[0].isalnum()
