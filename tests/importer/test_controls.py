"""Controls beside pictures, labels of advertising and of fields are left out, and said; prose with their words stays."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from notelint.importer import article
from notelint.importer.formats import Saved

SENTENCES = [f"Sentence {number} says that the kidney filters blood and keeps salts in balance." for number in range(8)]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
FIGURE = "<figure><img src='https://example.org/k.jpg'>{}<figcaption>The kidney of a heron</figcaption></figure>"


def imported(amid: str) -> article.Article:
    page = f"<title>Kidney</title><main><h1>Kidney</h1>{PROSE}{amid}{PROSE}</main>"
    return article.read(Saved("page.html", page.encode()), None, datetime.date(2024, 1, 2))


@pytest.mark.parametrize(
    "control",
    [
        "<a href='/f1'>Open in a new tab</a>",
        "<div><a href='/ppt'>Download as PowerPoint</a> <a href='/z'>Zoom</a></div>",
        "<ol><li><a href='/h'>Download: <span>Download high-res image (353KB)</span></a></li></ol>",
        "<span>Press enter or click to view image in full size</span>",
        "<p>Bild vergrößern</p>",
        "<div>画像を拡大</div>",
    ],
)
def test_a_control_beside_a_picture_is_left_out_and_said(control: str) -> None:
    found = imported(FIGURE.format(control))
    assert found.body == imported(FIGURE.format("")).body
    assert len(found.left_out) > 0


@pytest.mark.parametrize(
    "label",
    [
        "<div>Advertisement</div>",
        "<p>- Anzeige -</p>",
        "<div>広告</div>",
        "<div>Click here to expand...</div>",
        "<div class='gem-c-cookie-banner'><p>We use some essential cookies to make this website work.</p></div>",
        "<div class='noprint searchaux' style='display:none'>Short description</div>",
        "<div><button>US cups</button> - <button>Metric</button></div>",
        "<div>Sorted by: <select><option>Newest</option><option>Oldest</option></select></div>",
    ],
)
def test_a_label_of_what_is_no_text_is_left_out_and_said(label: str) -> None:
    found = imported(label)
    assert found.body == imported("").body
    assert len(found.left_out) > 0


@pytest.mark.parametrize(
    "own",
    [
        "<p>Zoom in slowly, says the maker.</p>",
        "<h2>Advertising</h2><p>It began with posters.</p>",
        "<ul><li>Advertising</li><li>Printing</li></ul>",
        "<p>Sorted by: size.</p>",
        "<p>Click here to expand your view of pumps.</p>",
        "<div class='cookies'><p>Cookies of barley keep for a week in a tin.</p></div>",
        "<table><tr><th>Key</th><th>Action</th></tr><tr><td>Plus</td><td>Makes it larger</td></tr></table>",
    ],
)
def test_the_author_s_own_stays(own: str) -> None:
    assert len(imported(own).body) > len(imported("").body) + 10
