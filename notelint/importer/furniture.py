"""Furniture of websites: what a page itself calls its footer, an advertisement or its share buttons."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = frozenset(
    """footer site-footer page-footer global-footer globalfooter sitefooter ad ads advert advertisement adsbygoogle
    ad-container cookie-banner cookie-notice cookie-consent sns share-buttons social-share sharebuttons breadcrumb
    breadcrumbs newsletter-signup newsletter-form newsletter-card newsletter-box newsletter-widget newsletter-cta
    email-signup signup-form subscribe-form subscription-form subscription-widget subscription-widget-wrap prevnext
    prev-next post-navigation posts-navigation affiliate-disclosure advertiser-disclosure cta-container tile-ctas
    message-usertitle usertitle userbanner message-userbanner message-userextras author_statistics quoteexpand
    bbcodeblock-expandlink likessummary reactionsbar linklist topic-status-info""".split()
)
_LABELS = 3  # words of a button at most
_MOST = 5  # at most one word in so many is furniture: else a name misleads
_MOST_WORDS = 60  # of a block: longer ones are text, whatever they are called


def without(blocks: Sequence[PageBlock], chosen: set[int]) -> set[int]:
    """The chosen blocks but for furniture; all of them, if that was more than a fifth of their words."""
    known: dict[HtmlElement, bool] = {}
    rest = {number for number in chosen if not _is_furniture(blocks[number], known)}
    words = sum(blocks[number].words for number in chosen)
    lost = words - sum(blocks[number].words for number in rest)
    return rest if lost * _MOST <= words else chosen


def _is_furniture(block: PageBlock, known: "dict[HtmlElement, bool]") -> bool:
    """Tell whether a block stands in an element that is named as furniture, and is short; or is a button of code."""
    return block.words <= _MOST_WORDS and (_is_within(block.element, known) or _is_button_of_code(block))


def _is_button_of_code(block: PageBlock) -> bool:
    """Tell whether a block is a button beside code, that copies or runs it."""
    element = block.element
    if element.tag != "button" or block.words > _LABELS:
        return False
    around = element.getparent()
    return around is not None and around.find(".//pre") is not None and around.tag not in ("body", "article", "main")


def _is_within(element: "HtmlElement | None", known: "dict[HtmlElement, bool]") -> bool:
    """Tell whether an element, or one around it, is named as furniture. `known` are those of which it is known."""
    if element is None:
        return False
    if element not in known:
        known[element] = _is_named(element) or _is_within(element.getparent(), known)
    return known[element]


def _is_named(element: "HtmlElement") -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    return element.tag not in ("body", "html") and not _NAMES.isdisjoint(names)
