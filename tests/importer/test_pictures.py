"""Pictures that stand beside lines which do not stay, as who wrote an article, belong to it all the same."""

import pytest

pytest.importorskip("trafilatura")

from lxml import html

from notelint.importer import blocks, pictures

_TEXT = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>" * 3
_BY = "<div class='byline'>By <a href='/eva'>Eva Sample</a> on <time>5 March 2024</time></div>"
_IMAGE = "<img src='pump.jpg' alt='A pump'>"


def _kept(above: str, *, also: str = "The valve") -> bool:
    """True if the picture stays on a page whose text stays, and what begins with some words."""
    page = f"<body><main><article><h1>On pumps</h1>{above}{_TEXT}</article></main></body>"
    cut = blocks.cut(html.document_fromstring(page).find("body"))
    kept = {
        number for number, block in enumerate(cut) if block.text.strip().startswith(("The valve", "On pumps", also))
    }
    picture = next(number for number, block in enumerate(cut) if block.media)
    return picture in set(pictures.complete(cut, kept))


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{_IMAGE}</figure>",
        f"<div>{_IMAGE}</div>",
        f"<figure>{_IMAGE}<figcaption>A pump of wood</figcaption></figure>",
        f"<div class='wp-caption'>{_IMAGE}<p class='wp-caption-text'>A pump of wood</p></div>",
    ],
)
def test_a_picture_below_who_wrote_an_article_stays(figure: str) -> None:
    assert _kept(_BY + figure, also="A pump")
    assert _kept(f"<p>A pump outlives its owner, if somebody looks after it.</p>{_BY}{figure}", also="A pump")


def test_a_picture_stays_with_its_caption() -> None:
    figure = f"<figure>{_IMAGE}<figcaption>A pump of wood</figcaption></figure>"
    other = "<p>Words of the page that nobody keeps, and of which there are many in this place and on this page, so that it "
    far = f"{other}is no byline at all, but something else that stands here.</p>{figure}"
    assert _kept(far, also="A pump")
    assert not _kept(far, also="nothing")


def test_a_caption_is_not_for_many_pictures() -> None:
    figure = f"<figure>{_IMAGE * 2}{{}}<figcaption>A pump of wood</figcaption></figure>"
    far = "<p>Something else that nobody keeps. </p>" * 9
    assert _kept(far + figure.format(""), also="A pump")
    assert not _kept(far + figure.format(_IMAGE * 2), also="A pump")


@pytest.mark.parametrize(
    "above",
    [
        f"<div class='byline'>{_IMAGE} By Eva Sample</div>",
        f"<div><div>{_IMAGE}</div><p>By Eva Sample</p></div>",
        f"{_BY}<div class='advert'>{_IMAGE}</div>",
        f"{_BY}<aside>{_IMAGE}</aside>",
        f"{_BY}<img src='/icons/share.png' width='24'>",
        f"{_BY}<iframe src='https://ads.example.org/'></iframe>",
        f"{_BY}<a href='/another-page'>{_IMAGE}</a>",
        f"{_BY}<img src='/img/arrow.svg' alt='An arrow'>",
        f"{_BY}<img alt='A pump that no script has loaded'>",
    ],
)
def test_faces_advertisements_drawings_and_links_do_not(above: str) -> None:
    assert not _kept(above)


def test_nothing_is_known_without_a_title() -> None:
    page = f"<body><main><article>{_BY}<figure>{_IMAGE}</figure>{_TEXT}</article></main></body>"
    cut = blocks.cut(html.document_fromstring(page).find("body"))
    kept = {number for number, block in enumerate(cut) if block.text.startswith("The valve")}
    assert not set(pictures.complete(cut, kept))
