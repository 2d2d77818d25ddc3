"""The vote: which blocks of a page are its article, by the ballots of the extractors and the shape of the page.

What two extractors keep stays. Of the rest stays what the learned weights (vote.json, made by
benchmarks/train_import_vote.py) find likelier than not: they weigh ballots against neighbours, containers and names.
Then gaps are closed: what stands between kept siblings of one container is the article's, unless the page calls it
something else.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from notelint.core.decision_trees import Trees
from notelint.importer import (
    alike,
    anchors_of_page,
    belonging,
    block_features,
    columns,
    contents,
    furniture,
    gaps,
    link_sections,
    pictures,
    post_heads,
    posts,
    previews,
    threads,
    unfolded,
)
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise import footnotes
from notelint.importer.voters import Ballot, votes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LIMIT = 0.4  # the chance above which a block stays
_UNCERTAIN = (0.2, 0.7)  # chances between which a block may be the article's or not
_DOUBT = 0.3  # of the words that stay
_SHORT = 0.7  # of what all voters together keep
_FEW = 50  # words
_FEW_OF_SHORT = 12  # words, where the note has few
_PARAGRAPH = 30  # words
_LINE = 20  # words
_MOST_LINKED = 2  # one word in so many
_FAR_SHORTER = 0.3  # of what the most modest voter keeps


@dataclass(frozen=True)
class Election:
    """The outcome of the vote: the numbers of the blocks that stay, and how sure that is."""

    kept: Ballot
    words: int
    words_of_voters: Mapping[str, int]
    uncertain: int  # words, kept or not, of which the weights do not tell whose they are
    of_any: int = 0  # words that stay, or that any voter keeps
    beside: int = 0  # words outside links that do not stay, in the smallest part of the page around nearly all that do
    folded: int = 0  # words that readers unfold beside what stays, and that do not stay
    heads: Collection[int] = frozenset()  # the numbers of lines with names and dates of marked posts

    @property
    def leaves_folded(self) -> bool:
        """True if more than a line stays out that readers unfold beside what stays: questions with answers."""
        return self.folded > _LINE

    @property
    def is_uncertain(self) -> bool:
        """True if it is uncertain of many words whether they belong to the article.

        That voters differ says little: they do about a third of all pages, and as often where the outcome is right.
        """
        return self.uncertain > max(_FEW, self.words * _DOUBT)

    @property
    def is_short(self) -> bool:
        """True if much stays out that some voter keeps."""
        least = _FEW if self.words > _FEW else _FEW_OF_SHORT
        return self.of_any - self.words > least and self.words < self.of_any * _SHORT

    @property
    def leaves_much(self) -> bool:
        """True if much stays out that stands among what stays, though no voter keeps it."""
        return self.beside > _FEW and self.words < (self.words + self.beside) * _SHORT

    @property
    def lost(self) -> bool:
        """True if far less stays than each voter alone would have kept."""
        some = [words for words in self.words_of_voters.values() if words]
        return not self.words or (bool(some) and self.words < min(some) * _FAR_SHORTER)


def elect(tree: "HtmlElement", blocks: Sequence[PageBlock], address: str | None) -> Election:
    """Have the blocks of a page voted on. The tree is as it was afterwards."""
    with anchors_of_page.hidden(tree):
        ballots = votes(tree, blocks, address)
        likely = chances(blocks, ballots, _learned())
        kept, foreign, marked = _counted(blocks, ballots, likely)
    kept |= _notes(tree, blocks, kept, address)
    low, high = _UNCERTAIN
    words = {name: sum(blocks[number].words for number in ballot) for name, ballot in ballots.items()}
    said = marked.texts | marked.heads | marked.gone  # of these the page itself tells whose they are
    return Election(
        kept=frozenset(kept),
        words=sum(blocks[number].words for number in kept),
        words_of_voters=words,
        uncertain=sum(
            block.words for number, block in enumerate(blocks) if low < likely[number] < high and number not in said
        ),
        of_any=sum(blocks[number].words for number in kept.union(*ballots.values()) - (foreign - kept)),
        beside=_beside(blocks, kept, foreign),
        heads=frozenset(marked.heads),
        folded=unfolded.words_beside(blocks, kept | foreign),
    )


def _beside(blocks: Sequence[PageBlock], kept: Collection[int], foreign: Collection[int]) -> int:
    """The words outside links that do not stay, but for foreign ones, in the column of what stays."""
    column = columns.holder(blocks, kept)
    out = (block for number, block in enumerate(blocks) if number not in kept and number not in foreign)
    return sum(block.own_words for block in out if column in block.around)


def unopposed(blocks: Sequence[PageBlock]) -> Election:
    """The outcome where all blocks stay without a vote."""
    return Election(frozenset(range(len(blocks))), sum(block.words for block in blocks), {}, 0)


def _notes(tree: "HtmlElement", blocks: Sequence[PageBlock], kept: Collection[int], address: str | None) -> set[int]:
    """The blocks of footnotes to which a kept block refers: without them, its marks would lead nowhere."""
    notes = footnotes.pairs(tree, address)
    if not notes:
        return set()
    inside: dict[HtmlElement, set[int]] = {}  # the blocks of what stands in an element itself
    for number, block in enumerate(blocks):
        for node, is_tail in block.nodes:
            inside.setdefault(node.getparent() if is_tail else node, set()).add(number)
    found = set[int]()
    for home, links in notes.items():
        marks = set().union(*(inside.get(part, ()) for link in links for part in link.iter()))
        if not marks.isdisjoint(kept):
            found.update(*(inside.get(part, ()) for part in home.iter()))
    return found


def chances(blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot], trees: Trees) -> list[float]:
    """How likely each block is the article's, by these ballots and learned trees: 0 to 1."""
    return [trees.chance(row) for row in block_features.of(blocks, ballots)]


def count(blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot], likely: Sequence[float]) -> set[int]:
    """The numbers of the blocks that stay, with these ballots and chances."""
    kept, _, _ = _counted(blocks, ballots, likely)
    return kept


def _counted(
    blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot], likely: Sequence[float]
) -> tuple[set[int], set[int], posts.Marked]:
    """The numbers of the blocks that stay; of those that surely are no part of the article, whoever keeps them; and
    the posts that the page marks.
    """
    agreed = _agreed(list(ballots.values()))
    chosen = {number for number, one in enumerate(likely) if number in agreed or one > LIMIT}
    chosen = chosen or _only(blocks, ballots)
    closed = gaps.close(blocks, chosen, frozenset().union(*ballots.values()))
    whole = belonging.complete(blocks, alike.complete(blocks, closed))
    whole.update(alike.sections(blocks, whole))
    heads = list(post_heads.candidates(blocks))
    thread = threads.complete(blocks, whole, heads)
    marked = posts.found(blocks, whole, heads)
    rest = furniture.without(blocks, whole | thread.texts | marked.texts) | thread.heads
    leading = link_sections.found(blocks, rest, agreed)
    rest -= leading
    gone = (whole | thread.texts) - rest
    rest |= post_heads.complete(blocks, rest, heads)
    rest |= set(pictures.complete(blocks, rest)) - gone
    listed = contents.found(blocks, rest)  # last: the picture above such a list stays
    rest |= marked.heads | furniture.without(blocks, marked.texts)
    listed |= previews.found(blocks, rest - listed - marked.gone)
    foreign = leading | listed | marked.gone | furniture.shut(blocks, range(len(blocks)))
    return rest - listed - marked.gone, foreign, marked._replace(heads=marked.heads | (thread.heads & rest))


def _only(blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot]) -> set[int]:
    """What one extractor keeps of a page where nothing is chosen: the few lines of a page that says it has moved.

    Nothing if that is less than a paragraph, or mostly links.
    """
    for ballot in ballots.values():
        words = sum(blocks[number].words for number in ballot)
        linked = sum(blocks[number].linked_words for number in ballot)
        if words >= _PARAGRAPH and linked * _MOST_LINKED <= words:
            return set(ballot)
    return set()


def _agreed(ballots: Sequence[Ballot]) -> Ballot:
    """The blocks that readability and one reading of trafilatura keep: both readings of trafilatura are one voter."""
    first, second, other = ballots
    return (first | second) & other


@cache
def _learned() -> Trees:
    return Trees(json.loads(files("notelint.importer").joinpath("vote.json").read_text("utf-8")))
