"""A list of the headings of a page goes with the line that names it; other lists of links stay."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from notelint.importer import article
from notelint.importer.formats import Saved

SENTENCES = [f"Sentence {number} says that the kidney filters blood and keeps salts in balance." for number in range(8)]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LINKS = "<li><a href='#causes'>Causes</a></li><li><a href='#signs'>Signs</a></li>"
SECTIONS = f"<h2 id='causes'>Causes</h2>{PROSE}<h2 id='signs'>Signs</h2>{PROSE}"


def note_of(above: str) -> str:
    page = f"<title>Kidney</title><main><h1>Kidney</h1><div class='text'><p>{SENTENCES[0]}</p>{above}{SECTIONS}</div>"
    return article.read(Saved("page.html", f"{page}</main>".encode()), None, datetime.date(2024, 1, 2)).body


@pytest.mark.parametrize(
    "above",
    [
        f"<div><h3>Table of contents</h3><ul>{LINKS}</ul></div>",
        f"<p>Auf dieser Seite</p><ul>{LINKS}</ul>",
        f"<div class='box'><h6>On this page:</h6><h5>Article:</h5><ul>{LINKS}</ul><h5>Images</h5></div>",
        f"<div class='post-toc'><ol>{LINKS}</ol></div>",
        "<h3>目次</h3>",
    ],
)
def test_a_list_of_contents_goes(above: str) -> None:
    assert note_of(above) == note_of("")


def test_a_picture_above_it_stays() -> None:
    head = "<img src='https://example.org/kidney.jpg'>"
    assert "kidney.jpg" in note_of(f"{head}<section><h3>Contents</h3><ul>{LINKS}</ul></section>")


@pytest.mark.parametrize(
    "above",
    [
        f"<h3>Contents</h3><p>{SENTENCES[3]} One.</p>",
        "<h3>Contents</h3><ul><li>A pump of brass</li><li>A valve of rubber</li></ul>",
        "<p>Contents</p><ul><li><a href='https://example.org/a'>Pumps</a></li><li><a href='/b'>Valves</a></li></ul>",
        f"<div class='toc'><ul><li><a href='#signs'>Signs</a> of a sick kidney, {'very ' * 20}many</li></ul></div>",
    ],
)
def test_other_lists_stay(above: str) -> None:
    assert all(word in note_of(above) for word in ("Contents",) if word in above)
    assert len(note_of(above)) > len(note_of("")) + 20
