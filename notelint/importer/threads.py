"""Pages that are a thread: reports with their comments, answers below each other, each with who wrote it and when.

Extractors judge each post by its length, and lose short ones, or all. Where posts are all that there is, each stays.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import post_heads, unseen
from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST = 3  # posts
_FEWEST_WORDS = 4  # of a post, on the mean
_PROSE = 25  # words of a kept block outside of the posts that is an article with comments below it
_MOST_OUTSIDE = 0.8  # of the words in the posts, that are kept outside of them
_PART = 0.8  # of a post's words, which its text holds
_MOSTLY = 0.5  # of the posts, whose texts are named alike
_LINKED = 0.5  # of the words of posts at most
_FEWEST_LISTS = 2  # of comments on posts
_FEWEST_PROSE = 8  # words of a post that has comments
_MOST = 0.7  # of the posts, which have a name in common
_CONTROL = lazy_regex(
    r"(?:^|[\s_-])(?:menu|tag\w*|votes?|voting|shares?|react\w*|actions?|signature|score|count|flair|"
    r"reputation|badges?|user|profile|avatar|back2top)(?=$|[\s_-])",
    re.I,
)
_LONGEST_LABEL = 3  # words of a link that does something
_MOST_FAMILIES = 8  # kinds of lines with dates that are looked at, those of most lines first
_DIGITS = lazy_regex(r"\d+")
_CONTROLS = ("nav", "form", "button", "label", "footer", "aside", "dialog")

_Key = tuple[str, str]


class Thread(NamedTuple):
    """The numbers of the blocks that are the texts of posts, and of those that say who wrote each, and when."""

    texts: set[int]
    heads: set[int]


class _Post(NamedTuple):
    element: "HtmlElement"
    numbers: Sequence[int]  # of its blocks with words that are no head
    heads: Sequence[int]  # of the lines that say who wrote it, and when


def complete(blocks: Sequence[PageBlock], kept: set[int], heads_of_page: Sequence[post_heads.Head]) -> Thread:
    """The texts and heads of all posts, if the page is a thread; and those of comments on its posts.

    `heads_of_page` are all lines that may be heads.
    """
    families = _apart(list(_families(blocks, heads_of_page)))
    texts, heads = set[int](), set[int]()
    for family in families:
        posts = family if _is_thread(blocks, kept, family) else _of_posts(blocks, kept, family)
        name = _name_of_texts(blocks, posts)
        texts.update(number for post in posts for number in _lost(blocks, kept, _text(blocks, post, name)))
        heads.update(number for post in posts for number in post.heads)
    return Thread(texts, heads)


def _lost(blocks: Sequence[PageBlock], kept: Collection[int], text: Sequence[int]) -> Sequence[int]:
    """The text of a post, if most of it is not kept; else nothing: what is left of it may be no text at all."""
    words = sum(blocks[number].words for number in text)
    own = sum(blocks[number].words for number in text if number in kept)
    return text if own < words * _MOSTLY else ()


def _apart(families: Sequence[Sequence[_Post]]) -> list[list[_Post]]:
    """The posts without what stands in posts within them: answers without the comments on them."""
    inner: dict[HtmlElement, set[int]] = {}
    for family in families:
        for post in family:
            for around in post.element.iterancestors():
                inner.setdefault(around, set()).update((*post.numbers, *post.heads))
    return [[_without(post, inner.get(post.element, ())) for post in family] for family in families]


def _without(post: _Post, numbers: Collection[int]) -> _Post:
    return post._replace(numbers=[one for one in post.numbers if one not in numbers])


def _is_thread(blocks: Sequence[PageBlock], kept: set[int], posts: Sequence[_Post]) -> bool:
    """True if hardly anything is kept outside of the posts: else they may be comments below an article."""
    inside = {number for post in posts for number in post.numbers}
    words = sum(blocks[number].words for number in inside)
    linked = sum(blocks[number].linked_words for number in inside)
    if words < len(posts) * _FEWEST_WORDS or linked > words * _LINKED:
        return False
    holders = {post.element for post in posts}
    outside = [
        blocks[number].own_words
        for number in kept - inside
        if blocks[number].words and holders.isdisjoint(blocks[number].element.iterancestors())
    ]
    return all(count <= _PROSE for count in outside) and sum(outside) <= words * _MOST_OUTSIDE


def _of_posts(blocks: Sequence[PageBlock], kept: set[int], posts: Sequence[_Post]) -> list[_Post]:
    """Those of some posts that are comments on others: lists of them that stand in different posts with kept text.

    Comments on an article stand in one list, below all of it.
    """
    lists: dict[HtmlElement, list[_Post]] = {}
    for post in posts:
        if (home := post.element.getparent()) is not None:
            lists.setdefault(home, []).append(post)
    counts = Counter(around for home in lists for around in (home, *home.iterancestors()))
    words: Counter[HtmlElement] = Counter()
    for number in kept:
        for around in blocks[number].around:
            words[around] += blocks[number].words
    found = []
    for home, own in lists.items():
        around = [one for one in home.iterancestors() if counts[one] == 1]
        if around and words[around[-1]] - words[home] >= _FEWEST_PROSE:
            found.append(own)
    return [post for own in found for post in own] if len(found) >= _FEWEST_LISTS else []


def _families(blocks: Sequence[PageBlock], heads: Sequence[post_heads.Head]) -> Iterator[list[_Post]]:
    """Posts that are named alike: elements that hold one line with who and when, or one of each, and text."""
    numbers = {number for number, _ in heads}
    dated = [number for number, kind in heads if kind != "who"]
    named = {number for number, kind in heads if kind != "when" or post_heads.says_who(blocks[number])}
    of_form: dict[tuple[_Key, ...], list[int]] = {}
    for number in dated:
        of_form.setdefault(_form(blocks[number].element), []).append(number)
    groups = sorted((group for group in of_form.values() if len(group) >= _FEWEST - 1), key=len, reverse=True)
    groups = groups[:_MOST_FAMILIES]
    single = _of_group(blocks, dated, numbers, named) if groups else []
    for group in groups:
        found = _of_group(blocks, group, numbers, named)
        homes = [home for post in found if (home := post.element.getparent()) is not None]
        beside = {one for home in homes for one in (home, home.getparent())}
        taken = {one for post in found for one in (post.element, *post.element.iterancestors())}
        # The first post is often named otherwise than those below it.
        found += [post for post in single if post.element not in taken and post.element.getparent() in beside]
        if len(found) >= _FEWEST:
            yield found


def _of_group(
    blocks: Sequence[PageBlock], group: Sequence[int], heads: Collection[int], named: Collection[int]
) -> list[_Post]:
    counts = Counter(one for number in group for one in blocks[number].around)
    chains = [[one for one in blocks[number].around if counts[one] == 1] for number in group]
    names = Counter(name for chain in chains for name in {name for one in chain for name in _tokens(one)})
    holders: dict[HtmlElement, int] = {}
    for number, chain in zip(group, chains, strict=True):
        named_alike = [one for one in chain if any(names[name] >= len(group) * _MOST for name in _tokens(one))]
        if chain:
            holders[(named_alike or chain)[-1]] = number
    inside: dict[HtmlElement, list[int]] = {one: [] for one in holders}
    who: dict[HtmlElement, int] = {}
    for number, block in enumerate(blocks):
        home = next((one for one in block.around if one in inside), None)
        if home is not None and block.words:
            if number in named and (home not in who or number == holders[home]):
                who[home] = number
            is_text = number not in heads and not unseen.is_not_shown(block.element)
            inside[home] += [number] if is_text else []
    return [_Post(one, numbers, (who[one], holders[one])) for one, numbers in inside.items() if numbers and one in who]


def _name_of_texts(blocks: Sequence[PageBlock], posts: Sequence[_Post]) -> _Key | None:
    """How the elements that hold the texts of most posts are named."""
    named = Counter(_key(text) for post in posts if (text := _holder(blocks, post)) is not None)
    key, count = max(named.items(), key=lambda one: one[1], default=(("", ""), 0))
    return key if key[1] and count >= len(posts) * _MOSTLY else None


def _holder(blocks: Sequence[PageBlock], post: _Post) -> "HtmlElement | None":
    """The innermost element within a post that holds nearly all of its words but for its head."""
    words: Counter[HtmlElement] = Counter()
    for number in post.numbers:
        if _is_control(blocks[number], post.element):
            continue
        for element in blocks[number].around:
            words[element] += blocks[number].own_words
            if element is post.element:
                break
    total = words[post.element]
    holders = [element for element, count in words.items() if count >= total * _PART]
    return max(holders, key=lambda one: sum(1 for _ in one.iterancestors()), default=None)


def _tokens(element: "HtmlElement") -> set[_Key]:
    tag, names = _key(element)
    return {(tag, name) for name in names.split()}


def _form(element: "HtmlElement") -> tuple[_Key, ...]:
    return tuple(_key(one) for one in (element, element.getparent()) if one is not None)


def _key(element: "HtmlElement") -> _Key:
    """How an element is named, but for numbers and what scripts do with it."""
    names = (name for name in element.get("class", "").split() if not name.startswith("js-"))
    return str(element.tag), _DIGITS.sub("0", " ".join(names))


def _text(blocks: Sequence[PageBlock], post: _Post, name: _Key | None) -> list[int]:
    """The blocks of a post's text: in elements named as the texts of other posts, else in the one that holds most."""
    own = [number for number in post.numbers if any(_key(one) == name for one in _inside(blocks[number], post.element))]
    if own:
        return own
    holder = _holder(blocks, post)
    return [
        number for number in post.numbers if holder in blocks[number].around and not _is_control(blocks[number], holder)
    ]


def _inside(block: PageBlock, holder: "HtmlElement | None") -> "Iterator[HtmlElement]":
    """The elements around a block up to another one, without that one."""
    return takewhile(lambda one: one is not holder, block.around)


def _is_control(block: PageBlock, holder: "HtmlElement | None") -> bool:
    """True if a block stands in what readers use within an element: buttons, votes, tags."""
    if block.linked_words == block.words <= _LONGEST_LABEL:
        return True
    inside = _inside(block, holder)
    return any(one.tag in _CONTROLS or _CONTROL.search(_key(one)[1]) is not None for one in inside)
