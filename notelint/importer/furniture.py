"""Furniture of websites: what a page itself calls its footer, an advertisement or its share buttons."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import controls, promos, steps, walls
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import HEADINGS, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = frozenset(
    """footer site-footer page-footer global-footer globalfooter sitefooter ad ads advert advertisement adsbygoogle
    ambox poll poll-widget poll-container
    ad-container cookie-banner cookie-notice cookie-consent sns share-buttons social-share sharebuttons
    breadcrumb breadcrumbs newsletter-signup newsletter-form newsletter-card newsletter-box newsletter-widget
    newsletter-cta email-signup signup-form subscribe-form subscription-form subscription-widget
    subscription-widget-wrap prevnext prev-next post-navigation posts-navigation affiliate-disclosure
    advertiser-disclosure cta-container tile-ctas message-usertitle usertitle userbanner message-userbanner
    message-userextras author_statistics quoteexpand bbcodeblock-expandlink likessummary reactionsbar linklist
    topic-status-info catlinks sitesub jump-to-nav mw-jump-link printfooter crawler-post-infos post-likes
    message-signature post-signature postsignature ipsentry__signature message-lastedit
    message-attribution-opposite extrauserinfo messagecard__user-details posthead-meta postprofile post-footer
    likes-and-labels-container teilen partage partager compartir compartilhar compartilhe condividi delen
    navbox et_pb_promo hs-cta-wrapper hs-cta-embed udostepnij udostępnij paylas paylaş
    message-footer votecell vote-count votes-count comment-score""".split()
)
_SURE_NAMES = frozenset(  # of programs that make forums and manuals: no text is called so
    """message-usertitle userbanner message-userbanner message-userextras bbcodeblock-expandlink
    bbcodeblock-shrinklink quoteexpand likessummary reactionsbar topic-status-info crawler-post-infos
    ipsentry__signature postprofile message-lastedit message-attribution-opposite message-signature navheader
    navfooter sphinxsidebar topnav subnav bottomnav usertitle userinfo_extra postfoot jumpbox online-list
    post-likes alert-dismissible samitem samtextunit samcodeunit samadvertise
    discussionboard-signature discussionboard-actionlist""".split()
)
# Words before and behind the one that says what an element is, each in one way only: else a long name takes forever.
_BEFORE, _BEHIND = r"[-_]*(?:[^\W_]+[-_]+)*", r"(?:[-_]+[^\W_]+)*[-_]*"
_OF_CONSENT = lazy_regex(
    rf"{_BEFORE}(?:cookies?|gdpr|rodo|lgpd|consent|ccpa)[-_]*(?:law|policy|consent|info)?[-_]*"
    rf"(?:banner|notice|bar|popup|message|modal|overlay|wall|dialog|disclaimer|alert|warning)s?{_BEHIND}"
)
_OF_SHARING = lazy_regex(
    rf"{_BEFORE}(?:social|share|sharing|sns)[-_]*(?:btn|button|bar|links?|icon|tool|list|row|menu|panel)s?{_BEHIND}"
)
_OF_CALL = lazy_regex(rf"{_BEFORE}call-to-action{_BEHIND}")
_OF_AUTHOR = lazy_regex(rf"{_BEFORE}(?:about[-_]*(?:the[-_]+)?author|author[-_]*(?:box|bio|card|profile)){_BEHIND}")
_ASKS_TO_BUY = lazy_regex(  # names of products are none of its words
    r"(?:(?:check|see|view|get|compare)(?: the| latest| current| best| more)* (?:prices?|deals?|offers?)|"
    r"(?:view|see|buy|shop|get)(?: it| now)? (?:at|on|from)|buy now|shop now|zum (?:angebot|shop|preis)|jetzt kaufen|"
    r"(?:preis|angebot) (?:prüfen|ansehen)|voir (?:le prix|l['’]offre)|acheter (?:sur|chez)|ver (?:precio|oferta)|"
    r"ver preço|comprar (?:en|na|no|agora)|vedi (?:prezzo|offerta)|acquista (?:su|ora)|bekijk (?:prijs|aanbod))\b",
    re.I,
)
_PAID = 12  # words
_IS_BUTTON = lazy_regex(r"(?:^|[\s_-])(?:btn|button|cta)(?=$|[\s_-])", re.I)
_OF_POSTS = lazy_regex("^(?:post|message|comment|reply)")
_PLACE = lazy_regex(r"(?:\s*\{\{[^{}]{1,200}\}\})+\s*")  # "{{ post.errors }}"
_NEAR = 4  # elements around a block
_MENUS = frozenset(
    "nav navbar navigation menu main-menu mainmenu topnav top-nav topbar header site-header masthead".split()
)
_UNFOLDS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target")
_UNFOLDS_BY_NAME = lazy_regex("accordion|collaps|toggle|faq|question|tab|title", re.I)
_SMALL_PAGE = 250  # words, on which extractors keep menus
_FEW_WORDS = 60  # of the box that a line of a paywall stands in
_MOST_HEADINGS = 2
_LABELS = 3  # words of a button at most
_MOST = 5  # at most one word in so many is furniture: else a name misleads
_MOST_WORDS = 60  # of a block: longer ones are text, whatever they are called


def without(blocks: Sequence[PageBlock], chosen: set[int]) -> set[int]:
    """The chosen blocks but for furniture; all of them, if that was more than a fifth of their words.

    Menus may be more than that: on a small page they are.
    """
    known: dict[HtmlElement, bool] = {}
    sure: dict[HtmlElement, bool] = {}
    is_small = sum(block.words for block in blocks) <= _SMALL_PAGE
    menus = {number for number in chosen if is_small and _is_menu(blocks[number])}
    if _words(blocks, menus) * 2 < _words(blocks, chosen):
        chosen = chosen - menus
    opened = chosen - shut(blocks, chosen)
    chosen = opened if _words(blocks, opened) >= _FEW_WORDS else chosen
    chosen = {number for number in chosen if not _is_surely(blocks[number], sure)} - steps.found(blocks, chosen)
    chosen -= promos.found(blocks, chosen)
    rest = {number for number in chosen if not _is_furniture(blocks[number], known)}
    rest -= set(_of_paywall(blocks, rest))
    words = _words(blocks, chosen)
    rest = rest if (words - _words(blocks, rest)) * _MOST <= words else set(chosen)
    return rest - set(_headings_of_nothing(blocks, rest))


def shut(blocks: Sequence[PageBlock], numbers: Collection[int]) -> set[int]:
    """Those of some blocks that stand in a dialog or another box that browsers show only after a click."""
    known: dict[HtmlElement, bool] = {}
    return {number for number in numbers if _is_shut(blocks[number], known)}


def _words(blocks: Sequence[PageBlock], numbers: set[int]) -> int:
    return sum(blocks[number].words for number in numbers)


def _is_menu(block: PageBlock) -> bool:
    """Tell whether a block is nothing but links, in an element for navigation."""
    if not block.words or block.linked_words < block.words or block.words > _MOST_WORDS:
        return False
    around = block.around
    return any(
        one.tag == "nav" or one.get("role") == "navigation" or not _MENUS.isdisjoint(_names(one))
        for one in around
        if one.tag not in ("body", "html")
    ) and not any(one.tag in HEADINGS for one in around)


def _of_paywall(blocks: Sequence[PageBlock], chosen: set[int]) -> Iterator[int]:
    """Lines that say that the rest is for subscribers, and what else is in the small box around each."""
    lines = [number for number in chosen if walls.is_line_of_paywall(blocks[number])]
    boxes = [box for number in lines if (box := blocks[number].element.getparent()) is not None]
    small = {box for box in boxes if len(box.text_content().split()) <= _FEW_WORDS and box.tag != "body"}
    yield from lines
    yield from (number for number in chosen if small and not small.isdisjoint(blocks[number].element.iterancestors()))


def _headings_of_nothing(blocks: Sequence[PageBlock], chosen: set[int]) -> list[int]:
    """Headings at the end whose section is left out: "You may also like". More than two are a list of titles."""
    found: list[int] = []
    for number in sorted((number for number in chosen if blocks[number].words), reverse=True):
        if blocks[number].element.tag not in HEADINGS:
            return found if len(found) <= _MOST_HEADINGS else []
        following = next((below for below in range(number + 1, len(blocks)) if blocks[below].words), None)
        if following is None or number + 1 in chosen:
            return []
        found.append(number)
    return []


def _is_furniture(block: PageBlock, known: "dict[HtmlElement, bool]") -> bool:
    """Tell whether a block stands in an element that is named as furniture, and is short; or is a button."""
    return block.words <= _MOST_WORDS and (
        _is_within(block.element, known) or _is_button(block) or _is_paid_button(block)
    )


def _is_paid_button(block: PageBlock) -> bool:
    """True if a line is nothing but links that look like buttons, say "Check the price", and that somebody pays for.

    Those that name a product stay, as others have no other name.
    """
    if not 0 < block.words <= _PAID or block.linked_words < block.words or _ASKS_TO_BUY.match(block.text) is None:
        return False
    return all(
        link is not None
        and "sponsored" in link.get("rel", "").lower().split()
        and _IS_BUTTON.search(link.get("class", "")) is not None
        for link in block.links()
    )


def _is_surely(block: PageBlock, known: "dict[HtmlElement, bool]") -> bool:
    if block.words > _MOST_WORDS:
        return False
    holders = {node.getparent() if is_tail else node for node, is_tail in block.nodes}
    named = bool(holders) and all(_is_within(one, known, _SURE_NAMES) for one in holders)
    return named or _is_signature(block) or _is_of_program(block) or controls.is_label(block)


def _is_of_program(block: PageBlock) -> bool:
    """True if a line is a place that a script fills in, or the label above code that a forum writes: "Select all"."""
    if any(one.tag in ("pre", "code") for one in block.around):
        return False
    around = block.element.getparent()
    is_label = block.element.tag == "p" and around is not None and "codebox" in _names(around)
    return is_label or _PLACE.fullmatch(block.text) is not None


def _is_shut(block: PageBlock, known: "dict[HtmlElement, bool]") -> bool:
    chain = []
    at: HtmlElement | None = block.element
    while at is not None and at not in known:
        chain.append(at)
        at = at.getparent()
    shut = at is not None and known[at]
    for one in reversed(chain):
        shut = shut or (one.tag == "dialog" and one.get("open") is None) or one.get("popover") is not None
        known[one] = shut
    return shut


def _is_signature(block: PageBlock) -> bool:
    """True if a block is what somebody writes below each post; elsewhere a signature is that of a function."""
    around = block.around
    at = next((number for number, one in enumerate(around[:_NEAR]) if "signature" in _names(one)), None)
    if at is None or any(one.tag in ("pre", "code") for one in around):
        return False
    return any(_OF_POSTS.search(name) is not None for one in around[at + 1 :] for name in _names(one))


def _is_button(block: PageBlock) -> bool:
    """Tell whether a block is a button that does something, and does not unfold a part of the text."""
    element = block.element
    if element.tag != "button" or block.words > _LABELS or unfolds(element):
        return False
    heading = next((one for one in element.iterancestors() if one.tag in HEADINGS), None)
    inside = any(inner.tag in HEADINGS for inner in element.iterdescendants())
    return not inside and (heading is None or text_of(heading) != text_of(element))


def unfolds(element: "HtmlElement") -> bool:
    """True if an element is a button that unfolds a part of the text: its label is the text's, too."""
    if element.tag != "button":
        return False
    if element.get("role") == "tab" or any(element.get(name) for name in _UNFOLDS):
        return True
    return _UNFOLDS_BY_NAME.search(" ".join(_names(element))) is not None


def _is_within(element: "HtmlElement | None", known: "dict[HtmlElement, bool]", names: frozenset[str] = _NAMES) -> bool:
    """Tell whether an element, or one around it, is named as furniture. `known` are those of which it is known."""
    if element is None:
        return False
    if element not in known:
        known[element] = _is_named(element, names) or _is_within(element.getparent(), known, names)
    return known[element]


def _is_named(element: "HtmlElement", names: frozenset[str]) -> bool:
    if element.tag in ("body", "html"):
        return False
    own = _names(element)
    if not names.isdisjoint(own) or any(map(_OF_CONSENT.fullmatch, own)):
        return True
    return names is _NAMES and any(kind.fullmatch(name) for kind in (_OF_SHARING, _OF_AUTHOR, _OF_CALL) for name in own)


def _names(element: "HtmlElement") -> list[str]:
    return f"{element.get('class', '')} {element.get('id', '')}".lower().split()
