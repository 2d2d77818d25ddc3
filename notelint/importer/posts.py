"""Posts of a page that programs for forums, comments and mail mark as such, by the names of what holds their texts.

Extractors judge posts by their length and looks. Where a page names the text of each, it has said itself what is text,
what is said about it (who and when), and what else stands around: members' ranks, signatures, buttons.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import post_heads, post_texts, unseen
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OF_NAME = r"(?<!has-profile-)rank|(?<!with-)(?<!has-)avatar|picture|photo"  # also the box of a name is called so
_NOT_OF_NAME = (
    r"join|regist|since|edit|location|badge|reput|signature|liked|(?<!dis)likes|react|quote|parent|"
    r"stat(?:s|istics)|visually-hidden|sr-only"
)
_ASIDE = lazy_regex(f"{_NOT_OF_NAME}|{_OF_NAME}", re.I)
_ASIDE_OF_NAME = lazy_regex(_NOT_OF_NAME, re.I)
_JOINED = lazy_regex(r"\W*(?:join|regist|member since|last edit|edited|posts\b)", re.I)
_OF_MEMBER = lazy_regex(r"avatar|rank|stars?(?:$|[-_\s])|profile|member|user|author|poster|online|offline", re.I)
_ATTACHED = lazy_regex("attach", re.I)
_REPLY = lazy_regex(r"^(?:(?:re|aw|sv|antw|vs|odp|ynt|res|rif)\s*:\s*)+", re.I)
_TITLE = lazy_regex(r"(?:^|[-_\s])(?:title|subject|headline)(?=$|[-_\s])", re.I)
_CLOCK = lazy_regex(r"\d{1,2}[:.h時]\d\d|\d{1,2}\s?[ap]\.?m\b", re.I)
_YEAR = lazy_regex(r"(?:19|20)\d\d")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FEWEST = 2  # posts
_MOST_WORDS = 14  # of a line that says who or when
_MOST_DATED = 24  # of one that says when, and what the post is about
_LONGEST_SIGNATURE = 60  # words
_LONGEST_NAME = 40  # characters
_PROSE = 25  # words of a kept block outside of posts that is an article with comments below it
_MOST_OUTSIDE = 0.8  # of the words in posts, outside of them
_SURELY_OUTSIDE = 0.4  # the same, where a block outside is long
_LINKED = 0.5  # of the words of posts at most
_PART = 0.6  # of the posts, that have heads
_SHORT = 120  # words outside of posts: no more than the line or question that they are about
_FEW = 30  # words
_ENDS = 2  # lines at the beginning and the end of a text
_SENTENCE = 4  # words
_LABEL = 3  # words
_NEAR_PICTURE = 4  # elements around a picture
_NEAR = 6  # elements around a text or a line that are looked at

_Heads = dict[int, str]


class Marked(NamedTuple):
    """The numbers of the blocks that are texts of posts, of those that say who and when, and of what goes."""

    texts: set[int]
    heads: set[int]
    gone: set[int]


class _Post(NamedTuple):
    text: Sequence[int]
    around: Sequence[int]  # its other blocks, above the text and below
    heads: Collection[int]


def found(blocks: Sequence[PageBlock], kept: Collection[int], heads: Sequence[post_heads.Head]) -> Marked:
    """The posts of a page that is a thread of marked ones; nothing of any other page.

    `heads` are all lines that may say who or when.
    """
    known = dict(heads)
    groups = post_texts.groups(blocks)
    named = {number for group in groups for start, end in group.texts for number in range(start, end + 1)}
    posts, around = list[_Post](), set[int]()
    for group in groups:
        if len(group.texts) >= _FEWEST or group.texts[0][0] in around:  # alone of its kind: a comment on a post
            more = _posts(blocks, group, known, named)
            posts += more
            around.update(number for post in more for number in post.around)
    if len(posts) < _FEWEST or not _is_thread(blocks, kept, posts):
        return Marked(set(), set(), set())
    texts = {number for post in posts for number in post.text}
    said = {number for post in posts for number in post.heads}
    titles = Counter(_subject(blocks[number]) for post in posts for number in post.around)
    gone = {
        number
        for post in posts
        for number in post.around
        if number not in named and not _may_stay(blocks[number], titles)
    }
    first, last = min(texts | said), max(texts | said)
    gone.difference_update(number for number in range(min(texts)) if _is_title(blocks[number]))
    gone.update(number for number in range(first) if number not in known and _is_control(blocks[number]))
    gone.update(number for number in range(last + 1, len(blocks)) if blocks[number].own_words <= _PROSE)
    inside = {number for post in posts for number in post.around}
    inside |= texts | said | set(known)
    between = [number for number in range(first, last) if number not in inside]
    gone.update(_repeated(blocks, between, (len(posts) - 1) * _PART))
    return Marked(texts, said, gone - texts - said)


def _repeated(blocks: Sequence[PageBlock], between: Sequence[int], least: float) -> list[int]:
    """Of what stands between posts, and in none, what comes again so often: "Back to top", pictures that part them."""
    short = {number: _content(blocks[number]) for number in between if blocks[number].words <= _LABEL * 2}
    counts = Counter(short.values())
    return [number for number, content in short.items() if content and counts[content] >= max(_FEWEST, least)]


def _content(block: PageBlock) -> str:
    return block.text or "".join(one.get("src", "") for one in block.media)


def _subject(block: PageBlock) -> str:
    return _REPLY.sub("", block.text.casefold())


def _is_title(block: PageBlock) -> bool:
    """True of what the thread is called, above its first text."""
    near = block.around[:2]
    named = any(_TITLE.search(post_heads.names(one)) is not None for one in near)
    return (named or any(one.tag in _HEADINGS for one in near)) and _REPLY.match(block.text) is None


def _is_control(block: PageBlock) -> bool:
    """True of a short line that is all link: a menu, where no text stands around it."""
    return 0 < block.words == block.linked_words <= _LABEL and block.element.tag not in _HEADINGS


def _may_stay(block: PageBlock, titles: Counter[str]) -> bool:
    """True of what else a post may have: a title of its own, files that are attached to it."""
    if block.element.tag in _HEADINGS and titles[_subject(block)] == 1:
        return True
    if not block.words and not any(map(_is_of_member, block.media)):
        return True
    return any(_ATTACHED.search(post_heads.names(one)) is not None for one in block.around[:_NEAR])


def _is_of_member(picture: "HtmlElement") -> bool:
    """True of a picture that shows a member, or is a sign of what a member is: an avatar, stars."""
    around = (picture, *islice(picture.iterancestors(), _NEAR_PICTURE))
    return any(post_heads.is_account(one) or _OF_MEMBER.search(post_heads.names(one)) is not None for one in around)


def _posts(
    blocks: Sequence[PageBlock], group: post_texts.PostGroup, heads: _Heads, others: Collection[int]
) -> list[_Post]:
    """The posts of a group that say who wrote them, or when, if most say both; else none. `others` are texts of all.

    The first of them may have its head elsewhere on the page.
    """
    found: list[_Post] = []
    named = dated = 0
    for (start, last), (begin, stop), wide in zip(group.texts, group.posts, group.wide, strict=True):
        end = _before_signature(blocks, start, last)
        text = [number for number in range(start, end + 1) if not unseen.is_not_shown(blocks[number].element)]
        around = (*range(begin, start), *range(end + 1, stop + 1))
        above = [number for number in range(begin, start) if number not in others]
        below = [number for number in range(end + 1, stop + 1) if number not in others]
        who = _who(blocks, (*above, *below), heads)
        if who is None and wide < begin:
            around = (*range(wide, start), *below)
            above = [number for number in range(wide, start) if number not in others]
            who = _who(blocks, above, heads)
        when = _when(blocks, above, below, heads)
        is_inside = who is None and _says_both(blocks, text, heads)
        named, dated = named + (is_inside or who is not None), dated + (is_inside or when is not None)
        said = {one for one in (who, when) if one is not None} | _day(blocks, when, heads)
        if who is not None and when is not None and _names(blocks[who], blocks[when]):
            said = {when}
        if said or is_inside or (not found and sum(blocks[number].words for number in text) >= _SENTENCE):
            found.append(_Post(text, around, said))
    least = (len(group.texts) - (len(group.texts) > _FEWEST or "post" not in group.key[1])) * _PART
    return found if min(named, dated) >= max(1, least) else []


def _before_signature(blocks: Sequence[PageBlock], start: int, end: int) -> int:
    """The last block of a text above its signature, where a line is drawn above that."""
    drawn = (number for number in range(end, start, -1) if post_texts.is_signature(blocks[number].text))
    at = next(drawn, end + 1)
    return at - 1 if sum(blocks[number].words for number in range(at, end + 1)) <= _LONGEST_SIGNATURE else end


def _names(who: PageBlock, when: PageBlock) -> bool:
    """True if the line with the date holds the name as well."""
    return who is not when and f" {who.text.casefold()} " in f" {when.text.casefold()} "


def _says_both(blocks: Sequence[PageBlock], text: Sequence[int], heads: _Heads) -> bool:
    """True if the first or the last lines of a text say who wrote it, and when: so comments do."""
    ends = {*text[:_ENDS], *text[-_ENDS:]}
    kinds = {heads.get(number, "") for number in ends}
    pieces = any(post_heads.says_who(blocks[number]) and post_heads.says_when(blocks[number]) for number in ends)
    return pieces or {"who", "when"} <= kinds


def _who(blocks: Sequence[PageBlock], numbers: Sequence[int], heads: _Heads) -> int | None:
    """The first line that is named as a name, or leads to an account."""
    lines = [number for number in numbers if 0 < blocks[number].words <= _MOST_WORDS and not _is_aside(blocks[number])]
    named = (number for number in lines if heads.get(number, "when") != "when" or post_heads.says_who(blocks[number]))
    accounts = (number for number in lines if _leads_to_account(blocks[number]))
    return next(named, next(accounts, None))


def _leads_to_account(block: PageBlock) -> bool:
    links = (one for node, _ in block.nodes for one in islice((node, *node.iterancestors("a")), 2))
    return block.linked_words > 0 and any(
        post_heads.is_account(one) and 0 < len(text_of(one)) <= _LONGEST_NAME for one in links
    )


def _when(blocks: Sequence[PageBlock], above: Sequence[int], below: Sequence[int], heads: _Heads) -> int | None:
    """The line with a date that is likeliest the post's: one above the text, with the time of day, and the last."""
    best, most = None, (-1, -1)
    for is_above, numbers in ((True, above), (False, below)):
        for number in numbers:
            text = blocks[number].text
            if not 0 < blocks[number].words <= _MOST_DATED or _is_aside(blocks[number]) or _JOINED.match(text):
                continue
            is_marked = heads.get(number, "who") != "who"
            has_clock = _CLOCK.search(text) is not None
            if is_marked or (has_clock and _YEAR.search(text) is not None):
                rank = (2 * is_marked + has_clock, is_above)
                if rank > most or (rank == most and is_above):
                    best, most = number, rank
    return best


def _day(blocks: Sequence[PageBlock], when: int | None, heads: _Heads) -> set[int]:
    """The line with the day above one with nothing but the time of day."""
    if when is None or heads.get(when - 1) != "when" or blocks[when].words > _LABEL + 1:
        return set()
    is_time = _CLOCK.search(blocks[when].text) is not None and _YEAR.search(blocks[when].text) is None
    return {when - 1} if is_time and _YEAR.search(blocks[when - 1].text) is not None else set()


def _is_aside(block: PageBlock) -> bool:
    """True of what is said about a member, or about changes of a post."""
    holders = [node.getparent() if is_tail else node for node, is_tail in block.nodes[:_NEAR]]
    pieces = [_is_of_aside(one) for one in holders if one is not None]
    has_name = any(post_heads.is_of_name(one) for one in holders if one is not None)
    near = (around for one in holders if one is not None for around in (one, *islice(one.iterancestors(), 1)))
    kind = _ASIDE_OF_NAME if any(map(post_heads.says_name, near)) else _ASIDE
    around = any(kind.search(post_heads.names(one)) is not None for one in block.around[:2])
    return around or (any(pieces) and not has_name)


def _is_of_aside(element: "HtmlElement") -> bool:
    return _ASIDE.search(post_heads.names(element)) is not None


def _is_thread(blocks: Sequence[PageBlock], kept: Collection[int], posts: Sequence[_Post]) -> bool:
    """True if little is kept outside of the posts: else they may be comments below an article."""
    text = {number for post in posts for number in post.text}
    words = sum(blocks[number].words for number in text)
    if not words or sum(blocks[number].linked_words for number in text) > words * _LINKED:
        return False
    inside = text.union(*(post.around for post in posts))
    outside = [blocks[number].own_words for number in kept if number not in inside]
    is_short = sum(outside) <= _SHORT or all(count <= _PROSE for count in outside)
    if is_short and sum(outside) <= max(_FEW, words * _MOST_OUTSIDE):
        return True
    return sum(outside) <= sum(blocks[number].own_words for number in text if number in kept) * _SURELY_OUTSIDE
