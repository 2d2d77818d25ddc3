"""Lines above the text that say only what the properties say are not in the note; those that say more stay."""

import pytest

pytest.importorskip("lxml")

from notelint.importer import blocks, bylines, page
from notelint.importer.facts.collect import PageFacts

_PROSE = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>" * 3
_FACTS = PageFacts(title="On pumps", authors=["Ada Heron", "Bo Crane"], published="2021-06-04", revised="2021-06-06")


def _gone(above: str, language: str = "en", heads: frozenset[int] = frozenset()) -> str:
    tree = page.parse(f"<html lang='{language}'><body><div>{above}{_PROSE}</div></body></html>", "page")
    cut = blocks.cut(page.body(tree))
    return " / ".join(cut[number].text for number in sorted(bylines.found(cut, range(len(cut)), heads, _FACTS)))


@pytest.mark.parametrize(
    ("above", "language", "gone"),
    [
        ("<p>By Ada Heron and Bo Crane</p>", "en", "By Ada Heron and Bo Crane"),
        (
            "<div>Author</div><div>Ada Heron</div><div>Updated on</div><div>June 6, 2021</div>",
            "en",
            "Author / Ada Heron / Updated on / June 6, 2021",
        ),
        ("<p>Ada Heron</p><p>June 4, 2021 | 4 min read</p>", "en", "Ada Heron / June 4, 2021 | 4 min read"),
        ("<p>Von Ada Heron, 4. Juni 2021, 10:30 Uhr</p>", "de", "Von Ada Heron, 4. Juni 2021, 10:30 Uhr"),
        ("<div>Laatste update: 6 juni 2021, 11:32</div>", "nl", "Laatste update: 6 juni 2021, 11:32"),
        (
            f"{_PROSE[:98]}<div><i>Updated on</i></div><div class='updated-at'>June 6, 2021</div>",
            "en",
            "Updated on / June 6, 2021",
        ),
        (f"{_PROSE[:98]}<p class='date'>4 يونيو 2021</p>", "ar", "4 يونيو 2021"),
        (
            "<dl><dt>Details</dt><dd>Von Ada Heron</dd><dd>Kategorie: <a href='/p'>Pumpen</a></dd><dd>Zugriffe: 5312</dd></dl>",
            "de",
            "Details / Von Ada Heron / Kategorie: Pumpen / Zugriffe: 5312",
        ),
    ],
)  # fmt: skip
def test_what_the_properties_say_goes(above: str, language: str, gone: str) -> None:
    assert _gone(above, language) == gone


@pytest.mark.parametrize(
    "above",
    [
        "<p>Ada Heron</p>",  # a speaker, or whom it is about
        "<p>By Ada Heron, who mends pumps</p>",
        "<p>June 5, 2021</p>",
        "<h3>June 4, 2021</h3>",
        f"{_PROSE}<p>June 4, 2021</p>",
        f"{_PROSE[:98]}<p>June 4, 2021</p>",  # a day of a diary
        "<table><tr><td>Author</td><td>By Ada Heron</td></tr></table>",
        "<ul><li>June 4, 2021</li><li>Where: the old mill</li></ul>",
        f"<ul><li>By Ada Heron</li><li>{'A pump of the mill has a valve of its own. ' * 3}</li></ul>",
        "<blockquote><p>By Ada Heron</p></blockquote>",
    ],
)
def test_what_says_more_stays(above: str) -> None:
    assert _gone(above) == ""


def test_heads_of_posts_stay() -> None:
    assert _gone("<p>Ada Heron</p><p>June 4, 2021</p>", heads=frozenset((0, 1))) == ""
