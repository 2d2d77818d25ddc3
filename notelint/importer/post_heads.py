"""Heads of posts: who wrote each post of a thread, and when, as short lines above its text.

Extractors drop them, as what they say differs from the text; without them readers do not know who answers whom.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import unseen
from notelint.importer.alike import form
from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WHO = lazy_regex(
    r"(?:^|[\s_-])(?:author|byline|user-?names?|poster|posted-?by|nick(?:name)?|hnuser|commenter|comment-?user|person-?(?:listing|link|name)|user-?link|profile-?link|member-?name|account-?name|message-name|"
    r"bigusername|display-?name|creator|kwho|fn)(?=$|[\s_-])|(?:^|\s)name(?=$|\s)",
    re.I,
)
_ACCOUNT = lazy_regex(
    r"/(?:u|users?|members?|profiles?|people|authors?)(?:/|=|\.php|-)|/[@~]\w|[?&;](?:action=profile|mod=space|uid=\d)|profile\.php|memberlist\.php|member\.php|"
    r"user\?id=|mode=viewprofile|/viewprofile\b",
    re.I,
)
_WHEN = lazy_regex(
    r"(?:^|[\s_-])(?:k?date\w*|(?:relative-?)?time\w*|posted\w*|age|when|ago|permalink)(?=$|[\s_-])", re.I
)
_NEITHER = lazy_regex(
    r"avatar|title|rank|stat|count|location|joined|signature|badge|banner|extra|karma|score|flair|vote|react|like|edit|"
    r"report|quote|reply|share|follow|online|role|group|tags?(?=$|[\s_-])|breadcrumb|nav|menu|sidebar|recent|related",
    re.I,
)
_SURE = lazy_regex(r"(?:[\w-]+-)?(?:user-?name|author-?name|member-?name|display-?name)(?:-?link)?", re.I)
_BOTH = "who and when"
_AGO = (  # in a few languages
    r"\b(?:\d+\+?|an?|one)\s?(?:[smhdwy]|mo|mins?|hrs?|yrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\.?\s+ago\b|"
    r"\b(?:vor|hace|il y a|há|for)\s\d+\s\w|\b\d+\s\w+\s(?:назад|geleden|temu|siden|sedan|fa|önce)\b|"
    r"\d+\s?(?:年|か月|ヶ月|カ月|个月|個月|週間|周|日|天|時間|小时|小時|分钟|分鐘|分|秒)前|\d+\s?(?:년|개월|일|시간|분)\s?전"
)
_MOMENT = lazy_regex(rf"\d{{4}}|\d[:.]\d\d|{_AGO}", re.I)
_DIGIT = lazy_regex(r"\d")
_DIGITS = lazy_regex(r"\d+")
_MOST_WORDS = 14  # of a head
_LONGEST_NAME = 60  # characters of a name
_LEVELS = 10  # elements between a head and its post
_NEAR = 8  # blocks between a head and the text below it
_NEAR_NAMES = 3  # elements around a head that say what it is
_FEWEST = 2  # posts
_PART = 0.5  # of the posts' words that are kept, and of the posts that have such a head
_MOST_OF_PAGE = 0.6  # of the kept words, which one post holds
_FEW_WORDS, _GROWN = 10, 1.3  # words of the smallest post; an element with so many more holds replies to it, too
_LONG = 200  # characters of names

_PIECES = 8  # of a line, whose elements are looked at

_Key = tuple[str, str]
Head = tuple[int, str]  # the number of a block, and what it says: who, when, or both


def complete(blocks: Sequence[PageBlock], kept: set[int], lines: Sequence[Head]) -> set[int]:
    """The numbers of the blocks, not yet kept, that head kept posts: at most one name and one date for each post.

    `lines` are all that may be heads.
    """
    if all(number in kept for number, _ in lines):
        return set()
    words = _Words(blocks, kept)
    following = _following(blocks, kept)
    of_form: dict[tuple[str, ...], list[int]] = {}
    posts: dict[int, HtmlElement] = {}
    for number, _ in lines:
        post = _post(blocks, number, following[number], words)
        if post is None:
            continue
        posts[number] = post
        of_form.setdefault(form(blocks[number].element), []).append(number)
    frequent = {
        number for numbers in of_form.values() if len({posts[one] for one in numbers}) >= _FEWEST for number in numbers
    }
    said: dict[HtmlElement, dict[str, int]] = {}
    for number, kind in lines:
        # The first name is who wrote the post. The last date is the post's: before it may stand when they joined.
        if number in frequent and not _is_said(blocks, number, posts[number], kept):
            heads = said.setdefault(posts[number], {})
            heads[kind] = number if kind == "when" else heads.get(kind, number)
    found = {number for heads in said.values() for number in ([heads[_BOTH]] if _BOTH in heads else heads.values())}
    return found - kept


def candidates(blocks: Sequence[PageBlock]) -> Iterator[Head]:
    """The numbers of the blocks that may be heads, each with what it says: who, when, or both."""
    for number, block in enumerate(blocks):
        if 0 < block.words <= _MOST_WORDS and (kind := _kind(block)) and not unseen.is_not_shown(block.element):
            yield number, kind


def _kind(block: PageBlock) -> str:
    """What a line says: "who", "when", both or nothing of it."""
    if _says(block.element).neither:
        return ""
    inside = [one for holder in _holders(block) for one in _within(holder, block.element)]
    saying = [one for one in inside if not _says(one).neither]
    if inside and not saying:
        return ""
    said = [_says(one) for one in (*saying, *block.around[:_NEAR_NAMES])]
    is_time = any(one.tag == "time" or one.get("datetime") for one in saying) or any(one.when for one in said[:-1])
    if is_time and _DIGIT.search(block.text) is not None:
        return "when"
    if not any(one.who for one in said) or not any(char.isalpha() for char in block.text):
        return ""
    return _BOTH if _MOMENT.search(block.text) is not None else "who" if len(block.text) <= _LONGEST_NAME else ""


def _within(holder: "HtmlElement", line: "HtmlElement") -> "Iterator[HtmlElement]":
    """An element within a line, and those between it and the line."""
    return takewhile(lambda one: one is not line, (holder, *holder.iterancestors()))


def says_who(block: PageBlock) -> bool:
    """True if a piece of a line is named as the name of who wrote a post."""
    return any(_says(one).who for one in _holders(block))


def is_account(element: "HtmlElement") -> bool:
    """True for a link whose address is that of a member's account."""
    return element.tag == "a" and _ACCOUNT.search(element.get("href", "")) is not None


def is_of_name(element: "HtmlElement") -> bool:
    """True for a piece of a line that is named as a name, or leads to an account."""
    return is_account(element) or says_name(element)


def says_name(element: "HtmlElement") -> bool:
    """True for an element that is named as a name, and as nothing else."""
    said = _says(element)
    return said.who and not said.neither


def is_of_date(element: "HtmlElement") -> bool:
    """True for a piece of a line that is the moment of a post."""
    return element.tag == "time" or bool(element.get("datetime")) or _says(element).when


def is_of_member(element: "HtmlElement") -> bool:
    """True for a piece of a line that is named as what is said of a member or of a post: a rank, a score."""
    said = _says(element)
    return said.neither and not said.who and not said.when


def says_when(block: PageBlock) -> bool:
    """True if a piece of a line is named as the moment of a post."""
    return any(one.tag == "time" or _says(one).when for one in _holders(block))


def _holders(block: PageBlock) -> "Iterator[HtmlElement]":
    """The elements that the first pieces of a line stand in."""
    return (one for one in islice(block.holders(), _PIECES) if one is not None)


def names(element: "HtmlElement") -> str:
    """The names of an element, but for those that scripts use."""
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"[:_LONG]
    return " ".join(name for name in said.split() if not name.startswith("js-"))  # what a script does with it


class _Says(NamedTuple):
    """What the names of an element say that its text is."""

    who: bool
    when: bool
    neither: bool


def _says(element: "HtmlElement") -> _Says:
    return _said_by(names(element))


@lru_cache(maxsize=10_000)  # names are the same in each post
def _said_by(said: str) -> _Says:
    who, when, neither = (pattern.search(said) is not None for pattern in (_WHO, _WHEN, _NEITHER))
    is_name = who and neither and any(map(_SURE.fullmatch, said.split()))  # "UserName user-rank-Contributor"
    return _Says(who, when, neither and not is_name)


class _Words:
    """Words, and kept words, within each element; elements are counted by tag and class."""

    def __init__(self, blocks: Sequence[PageBlock], kept: set[int]) -> None:
        self.all: Counter[HtmlElement] = Counter()
        self.kept: Counter[HtmlElement] = Counter()
        for number, block in enumerate(blocks):
            own = block.own_words
            for element in block.around:
                self.all[element] += own
                self.kept[element] += own if number in kept else 0
        self.total = sum(blocks[number].own_words for number in kept)
        self.alike = Counter(_key(element) for element in self.all if self.kept[element])

    def is_post(self, element: "HtmlElement") -> bool:
        """True if there are others of the kind, and most of the element is kept."""
        return self.alike[_key(element)] >= _FEWEST and self.kept[element] >= self.all[element] * _PART

    def widest(self, post: "HtmlElement") -> "HtmlElement":
        """The outermost element around a post that still is one post: there are about as many of its kind."""
        for element in post.iterancestors():
            is_all = self.kept[element] > self.total * _MOST_OF_PAGE
            holds_others = self.kept[post] >= _FEW_WORDS and self.kept[element] > self.kept[post] * _GROWN
            if (
                is_all
                or holds_others
                or not self.is_post(element)
                or self.alike[_key(element)] < self.alike[_key(post)] * _PART
            ):
                return post
            post = element
        return post


def _key(element: "HtmlElement") -> _Key:
    return str(element.tag), _DIGITS.sub("0", element.get("class", ""))


def _following(blocks: Sequence[PageBlock], kept: set[int]) -> list[int]:
    """For each block the number of the next kept one with words; -1 where there is none."""
    found = [-1] * len(blocks)
    below = -1
    for number in range(len(blocks) - 1, -1, -1):
        found[number] = below
        if number in kept and blocks[number].words:
            below = number
    return found


def _post(blocks: Sequence[PageBlock], number: int, below: int, words: _Words) -> "HtmlElement | None":
    """The post that a head and the next kept block stand in."""
    if below < 0 or below - number > _NEAR * 3:
        return None
    between = sum(1 for one in range(number + 1, below) if blocks[one].words)
    inside = set(blocks[below].around)
    for element in list(blocks[number].element.iterancestors())[:_LEVELS]:
        if element.tag in ("body", "html"):
            return None
        if element in inside:
            return words.widest(element) if between <= _NEAR * 2 and words.is_post(element) else None
    return None


def _is_said(blocks: Sequence[PageBlock], number: int, post: "HtmlElement", kept: set[int]) -> bool:
    """True if a kept line near a head, in its post and no quotation, says the same."""
    text = blocks[number].text.casefold()
    for other in range(max(0, number - _NEAR), min(len(blocks), number + _NEAR)):
        block = blocks[other]
        if other == number or other not in kept or block.words > _MOST_WORDS * 2 or text not in block.text.casefold():
            continue
        around = list(block.element.iterancestors())
        if post in around and not any(one.tag == "blockquote" for one in (block.element, *around)):
            return True
    return False
