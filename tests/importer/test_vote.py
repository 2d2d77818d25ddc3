"""The vote on blocks: what two keep stays, gaps are closed, a loss is never a success."""

import datetime

import pytest

from notelint.core.decision_trees import Trees
from notelint.core.errors import NotelintError
from notelint.importer import article, blocks, formats, gaps, page, posts, vote, voters
from notelint.importer.blocks import PageBlock

pytest.importorskip("trafilatura")

ALONE = Trees({"start": -9.0, "trees": [[0, 0.5, 0.0, 18.0]]})
NOTHING = Trees({"start": -9.0, "trees": []})  # weights that keep no block
PAGE = """<html><body><nav><a href="/">Start page of the club</a></nav><article><h1>Rowing</h1>
<p>Eight people sit in a boat that is as narrow as a bed.</p><ul><li><a href="/o">Oars</a></li><li>Seats</li></ul>
<p>One more of them steers it and calls the strokes.</p><div class="share-buttons">Tell your friends</div>
<p>They train in the grey of the morning.</p><aside class="newsletter">Write to us</aside></article></body></html>"""


def cut(source: str = PAGE) -> list[PageBlock]:
    return blocks.cut(page.body(page.parse(source, "page")))


def texts(found: list[PageBlock], kept: set[int]) -> list[str]:
    return [found[number].text for number in sorted(kept)]


def numbers(found: list[PageBlock], *starts: str) -> frozenset[int]:
    return frozenset(n for n, block in enumerate(found) if block.text.startswith(starts))


def test_blocks_are_stretches_of_text_without_a_block_between() -> None:
    found = cut("<body><div>a <b>b</b><p>c<!-- x --> d</p>e<br><br>f <img src=x> g<pre>h</pre></div></body>")
    assert [block.text for block in found] == ["a b", "c d", "e", "f g", "h"]
    assert [len(block.media) for block in found] == [0, 0, 0, 1, 0]


def test_what_two_extractors_keep_stays_and_gaps_are_closed() -> None:
    found = cut()
    prose = numbers(found, "Eight", "One more", "They train")
    ballots = dict(zip(voters.VOTERS, (prose, frozenset[int](), prose | numbers(found, "Start")), strict=True))
    kept = vote.count(found, ballots, vote.chances(found, ballots, NOTHING))
    assert texts(found, kept) == [
        "Eight people sit in a boat that is as narrow as a bed.",
        "Oars",
        "Seats",
        "One more of them steers it and calls the strokes.",
        "They train in the grey of the morning.",
    ]


def test_what_one_extractor_keeps_alone_needs_the_weights() -> None:
    found = cut()
    alone = numbers(found, "Start")
    ballots = dict(zip(voters.VOTERS, (alone, alone, frozenset[int]()), strict=True))
    assert vote.count(found, ballots, vote.chances(found, ballots, NOTHING)) == set()
    assert vote.count(found, ballots, vote.chances(found, ballots, ALONE)) == set(alone)


def test_the_tree_is_as_it_was_after_the_vote() -> None:
    from lxml import html

    tree = page.parse(PAGE, "page")
    before = html.tostring(tree)
    voters.votes(tree, blocks.cut(page.body(tree)), None)
    assert html.tostring(tree) == before


def test_far_less_than_every_extractor_keeps_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        vote, "_counted", lambda found, ballots, weights: ({0}, set(), posts.Marked(set(), set(), set()))
    )
    with pytest.raises(NotelintError, match=r"only 5 words would stay .* nothing was written"):
        article.read(
            formats.read(PAGE.replace("</article>", "<p>They row on.</p>" * 20 + "</article>").encode(), "p", None),
            None,
            datetime.date(2024, 1, 1),
        )


@pytest.mark.parametrize(
    ("words", "uncertain", "said"), [(100, 50, False), (100, 51, True), (400, 120, False), (400, 121, True)]
)
def test_uncertainty_is_said_where_it_is_of_many_words_and_a_good_part(words: int, uncertain: int, said: bool) -> None:
    found = vote.Election(frozenset(), words=words, words_of_voters={"a": words}, uncertain=uncertain)
    assert found.is_uncertain is said


@pytest.mark.parametrize(("count", "all_of_it"), [(1, False), (2, True), (4, True)])
def test_a_list_of_which_a_fair_part_is_kept_is_kept_whole(count: int, all_of_it: bool) -> None:
    items = "".join(f"<dt><a href='/{n}'>Chapter {n}</a></dt>" for n in range(8))
    found = cut(f"<body><nav><a href='/'>Start</a></nav><dl>{items}</dl></body>")
    chosen = numbers(found, *(f"Chapter {n}" for n in range(count)))
    assert len(gaps.close(found, set(chosen))) == (8 if all_of_it else count)


def test_words_left_out_among_those_of_the_note_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(
        f"<p>Rowers of crew {n} sit in a boat that is as narrow as a bed, and row until noon.</p>" for n in range(20)
    )
    source = f"<body><div class='nav'>{'<p>Rules of the club</p>' * 40}</div><div>{rows}</div></body>"
    tree = page.parse(source, "page")
    found = blocks.cut(page.body(tree))
    crews = sorted(numbers(found, "Rowers"))
    monkeypatch.setattr(
        vote, "_counted", lambda *given: (set(crews[:4] + crews[-4:]), set(), posts.Marked(set(), set(), set()))
    )
    election = vote.elect(tree, found, None)
    assert (election.words, election.beside) == (8 * 19, 12 * 19)
    assert not vote.Election(frozenset(), 100, {"a": 100}, 0, beside=40).leaves_much
    alone = vote.Election(frozenset(), 152, {"a": 152}, 0, of_any=152, beside=228)
    assert alone.leaves_much
    assert article._doubts(alone, []) == [
        "228 words were left out that stand among the 152 of the note, outside links: compare the note with the page"
    ]
