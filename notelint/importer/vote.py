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

from notelint.core.decision_trees import Weights, chance
from notelint.importer import alike, anchors_of_page, block_features, furniture, gaps
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise import footnotes
from notelint.importer.voters import Ballot, votes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LIMIT = 0.4  # the chance above which a block stays
_DISAGREEMENT = 0.1  # of the words of the page that any voter keeps
_ABSTAINED = 0.2  # of what the other keeps
_SHORT = 0.7  # of what all voters together keep
_FEW = 50  # words
_FAR_SHORTER = 0.3  # of what the most modest voter keeps


@dataclass(frozen=True)
class Election:
    """The outcome of the vote: the numbers of the blocks that stay, and how far the voters differ."""

    kept: Ballot
    words: int
    words_of_voters: Mapping[str, int]
    disputed: int  # words that some voters keep, and not all
    of_any: int = 0  # words that stay, or that any voter keeps

    @property
    def is_disputed(self) -> bool:
        """True if the voters differ about more than a tenth of the words that any of them keeps."""
        largest = max((*self.words_of_voters.values(), self.words), default=0)
        return self.disputed > largest * _DISAGREEMENT

    @property
    def is_short(self) -> bool:
        """True if much stays out that some voter keeps."""
        return self.of_any - self.words > _FEW and self.words < self.of_any * _SHORT

    @property
    def lost(self) -> bool:
        """True if far less stays than each voter alone would have kept."""
        some = [words for words in self.words_of_voters.values() if words]
        return not self.words or (bool(some) and self.words < min(some) * _FAR_SHORTER)


def elect(tree: "HtmlElement", blocks: Sequence[PageBlock], address: str | None) -> Election:
    """Have the blocks of a page voted on. The tree is as it was afterwards."""
    with anchors_of_page.hidden(tree):
        ballots = votes(tree, blocks, address)
        kept = count(blocks, ballots, _weights())
    kept |= _notes(tree, blocks, kept, address)
    words = {name: sum(blocks[number].words for number in ballot) for name, ballot in ballots.items()}
    return Election(
        kept=frozenset(kept),
        words=sum(blocks[number].words for number in kept),
        words_of_voters=words,
        disputed=_disputed(blocks, list(ballots.values())),
        of_any=sum(blocks[number].words for number in kept.union(*ballots.values())),
    )


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


def count(blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot], weights: Weights) -> set[int]:
    """The numbers of the blocks that stay, with these ballots and weights."""
    rows = block_features.of(blocks, ballots)
    agreed = _agreed(list(ballots.values()))
    chosen = {number for number, row in enumerate(rows) if number in agreed or chance(row, weights) > LIMIT}
    closed = gaps.close(blocks, chosen, frozenset().union(*ballots.values()))
    return furniture.without(blocks, alike.complete(blocks, closed))


def _disputed(blocks: Sequence[PageBlock], ballots: Sequence[Ballot]) -> int:
    """Words that one of trafilatura and readability keeps; where one kept next to nothing, it abstained."""
    first, second, other = ballots
    sizes = [sum(blocks[number].words for number in ballot) for ballot in (first | second, other)]
    if min(sizes) < max(sizes) * _ABSTAINED:
        return 0
    return sum(blocks[number].words for number in (first | second) ^ other)


def _agreed(ballots: Sequence[Ballot]) -> Ballot:
    """The blocks that readability and one reading of trafilatura keep: both readings of trafilatura are one voter."""
    first, second, other = ballots
    return (first | second) & other


@cache
def _weights() -> Weights:
    found: Weights = json.loads(files("notelint.importer").joinpath("vote.json").read_text("utf-8"))
    return found
