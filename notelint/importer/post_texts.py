"""Texts of posts, by the names of the elements that hold them, and the part of the page that each post is."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import post_heads
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import classes, is_blank

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMED = ("class", "id", "itemprop", "component", "data-role", "slot")
_NOUN = r"(?:post|comment|message|msg|reply|answer|question|topic|email|status|user|single)s?"
_BODY = r"(?:body|content|text|message|msg|copy|inner|rtjson-content)"
_TEXT = lazy_regex(
    rf"(?:^|[-_/]){_NOUN}[-_/]?(?:post[-_]?)?{_BODY}(?:text)?(?:[-_](?:body|content|text|inner)){{0,3}}(?:$|[-_/]?\d+$)|"
    r"^(?:cooked|bbwrapper|kmsg|commtext|toptext|e-content|md|md-div|s-prose|usertext-body|messagetext|text)$|"
    r"^(?:post_message|msg|pid)[-_]?\d+$",
    re.I,
)
_OF_POST = lazy_regex(rf"(?:^|[-_/]){_NOUN}[-_]?(?:{_BODY}|row|area|wrap)?[-_\d]*$", re.I)
_PLAIN = frozenset("content body text message inner post".split())
_NO_TEXT = lazy_regex(
    r"signature|edited|quote|parent|preview|excerpt|snippet|score|action|control|footer|header|meta|count|form(?!at)|editor|"
    r"expand|reaction|avatar|placeholder|menu|title|notice|summary",
    re.I,
)
_WITHIN = lazy_regex(
    r"signature|(?:^|\s)(?:bb-?code-?(?:block)?-?)?quote|blockquote|preview(?!able)|placeholder|parent/", re.I
)
_NAMED_POST = lazy_regex(
    r"(?:^|[-_\s])(?:post|comment|reply|message|question|answer|email|discussion)(?:$|[-_\s])", re.I
)
_LONG_NAME = lazy_regex(r"(?:post|comment|message|comm)[-_]?(?:body|text|content)", re.I)
_RULE = lazy_regex(r"\s*[_‗]{8,}")
_DIGITS = lazy_regex(r"\d+")
_LONG = 300  # characters of names
_FEWEST = 2  # posts
_SHARED = 0.5  # of the posts, that have a kind of element around them in common
_LEVELS = 12  # elements around a text, and
_NEAR = 6  # elements around a text or a line that are looked at

Name = tuple[str, str]
Range = tuple[int, int]  # the numbers of the first and the last block of an element


class PostGroup(NamedTuple):
    """Texts of posts that are named alike, each with the blocks of the post around it."""

    key: Name
    texts: Sequence[Range]
    posts: Sequence[Range]
    wide: Sequence[int]  # where a post begins that others are nested in, by the elements around it


def settle(tree: "HtmlElement") -> None:
    """Make blocks of inline elements that are named as texts of posts, where nothing else stands beside them."""
    named = [one for one in tree.iter("span", "font") if one.attrib and any(map(_LONG_NAME.fullmatch, classes(one)))]
    parents = {one.getparent() for one in named} if len(named) >= _FEWEST else set()  # each is looked through once
    boxes = {one for one in parents if one is not None and is_blank(one.text) and all(map(_is_text_or_empty, one))}
    for one in named:
        if one.getparent() in boxes and not _is_quoted(one):
            one.tag = "div"


def _is_text_or_empty(element: "HtmlElement") -> bool:
    is_text = any(map(_LONG_NAME.fullmatch, classes(element))) or is_blank(element.text_content())
    return is_text and is_blank(element.tail)


def is_signature(text: str) -> bool:
    """True if a text begins with the line that programs for forums draw above what a member writes below each post."""
    return _RULE.match(text) is not None


def groups(blocks: Sequence[PageBlock]) -> list[PostGroup]:
    """The texts of posts on a page, two or more of a kind, and then those that are alone of their kind: a comment."""
    texts = _innermost([one for one in _elements(blocks) if _is_text(one)])
    if len(texts) < _FEWEST:
        return []
    ranges = _ranges(blocks)
    inside = Counter(around for one in texts for around in (one, *one.iterancestors()))
    first: dict[HtmlElement, HtmlElement] = {}
    alike: dict[Name, list[HtmlElement]] = {}
    for one in sorted(texts, key=lambda one: ranges[one]):
        alike.setdefault(_key(one), []).append(one)
        for around in one.iterancestors():
            first.setdefault(around, one)
    several = sorted(alike.items(), key=lambda one: len(one[1]) < _FEWEST)
    if len(several[0][1]) < _FEWEST:
        return []
    return [_group(key, group, ranges, inside, first) for key, group in several]


def _group(
    key: Name,
    group: "Sequence[HtmlElement]",
    ranges: "Mapping[HtmlElement, Range]",
    inside: "Mapping[HtmlElement, int]",
    first: "Mapping[HtmlElement, HtmlElement]",
) -> PostGroup:
    """The posts of some texts that are named alike; `inside` counts texts in an element, of which one is `first`."""
    names = Counter(name for one in group for name in {name for around in _near(one) for name in _tokens(around)})
    least = max(_FEWEST, len(group) * _SHARED)
    own_inside = Counter(around for one in group for around in (one, *one.iterancestors()))
    posts, wide = [], []
    for one in group:
        shared = [around for around in _near(one) if any(names[name] >= least for name in _tokens(around))]
        own = [around for around in shared if inside[around] == 1]
        if len(group) <= _FEWEST and own[-1:] in ([], [one]):
            # Others in it are of another kind: comments on the post.
            own = [around for around in _near(one) if own_inside[around] == 1 and _is_named_post(around)]
            own = own if len(group) == _FEWEST else [around for around in own if inside[around] == 1]
        posts.append(ranges[own[-1] if own else one])
        nested = (around for around in shared if inside[around] > 1 and first[around] is one)
        wide.append(next((ranges[around][0] for around in nested), posts[-1][0]))
    return PostGroup(key, [ranges[one] for one in group], posts, wide)


def _is_named_post(element: "HtmlElement") -> bool:
    return _NAMED_POST.search(element.get("class", "")[:_LONG]) is not None


def _near(element: "HtmlElement") -> "list[HtmlElement]":
    """An element and those around it that may be a post's."""
    around = islice(element.iterancestors(), _LEVELS)
    return [element, *(one for one in around if one.tag not in ("body", "html"))]


def _elements(blocks: Sequence[PageBlock]) -> "Iterator[HtmlElement]":
    seen: set[HtmlElement] = set()
    for block in blocks:
        for element in block.around:
            if element in seen:
                break  # and so were those around it
            seen.add(element)
            yield element


def _ranges(blocks: Sequence[PageBlock]) -> "dict[HtmlElement, Range]":
    """The first and the last block of each element with blocks: an element's blocks stand in a row."""
    found: dict[HtmlElement, Range] = {}
    for number, block in enumerate(blocks):
        for element in block.around:
            found[element] = (found[element][0] if element in found else number, number)
    return found


def _innermost(elements: "Sequence[HtmlElement]") -> "list[HtmlElement]":
    around = {one for element in elements for one in element.iterancestors()}
    return [one for one in elements if one not in around]


def _is_text(element: "HtmlElement") -> bool:
    """True if an element is named as what holds the text of a post, and stands in no quotation or signature."""
    names = [name for kind in _NAMED for name in element.get(kind, "")[:_LONG].split()]
    says = {_says(name) for name in names}
    if not names or False in says:
        return False
    if True not in says:
        near = islice(element.iterancestors(), 2)
        if _PLAIN.isdisjoint(names) or not any(_is_of_post(one) for one in near):
            return False
    return not _is_quoted(element) and not is_signature(next((one for one in element.itertext() if one.strip()), ""))


def _is_quoted(element: "HtmlElement") -> bool:
    within = islice(element.iterancestors(), _NEAR)
    return any(one.tag == "blockquote" or _WITHIN.search(post_heads.names(one)) is not None for one in within)


@lru_cache(4096)
def _says(name: str) -> bool | None:
    """True if a name says that an element holds the text of a post, False if it says otherwise, None if neither."""
    return False if _NO_TEXT.search(name) is not None else True if _TEXT.search(name) is not None else None


def _is_of_post(element: "HtmlElement") -> bool:
    return any(_OF_POST.search(name) is not None for name in post_heads.names(element).split())


def _key(element: "HtmlElement") -> Name:
    """How the texts of posts are named: by the names that say so, without numbers."""
    names = {name for kind in _NAMED for name in element.get(kind, "")[:_LONG].split() if _TEXT.search(name)}
    return str(element.tag), " ".join(sorted({_DIGITS.sub("0", name) for name in names}))


def _tokens(element: "HtmlElement") -> set[Name]:
    names = element.get("class", "")[:_LONG].split()
    return {("", _DIGITS.sub("0", name)) for name in names} or {(str(element.tag), "")}
