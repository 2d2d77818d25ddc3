"""Titles and authors where a page's places for them disagree, or say what is no name."""

import datetime

import pytest

from notelint.importer import page
from notelint.importer.facts import names, title
from notelint.importer.facts.collect import PageFacts, facts

TODAY = datetime.date(2024, 1, 2)


def facts_of(source: str, address: str = "https://forum.heron-club.example/t/1") -> PageFacts:
    tree = page.parse(source, "page")
    return facts(tree, page.body(tree), source, address, TODAY)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>7 Ways of Tying a Heron Knot - Knots</title>", "<h1>Ways of Tying a Heron Knot</h1>", "Ways of Tying a Heron Knot"),
        ("<title>7 Ways of Tying a Heron Knot</title>", "<h1>Ways of Tying a Heron Knot</h1>", "7 Ways of Tying a Heron Knot"),
        ("<title>The Heron's Nest</title>", "<h1>The Heron’s Nest</h1>", "The Heron's Nest"),
        ("<title>Errors with Result - The Heron Book</title>", "<h1>The Heron Book</h1><h2>Errors with Result</h2>", "Errors with Result"),
        ("<title>Heron Club: Ponds in winter</title>", "<h1><a href='/'>Heron Club</a></h1><h3>Ponds in winter</h3>", "Ponds in winter"),
        ("<title>Pump draws air - Pond Forum</title>", "<h1>Topic: Pump draws air</h1>", "Pump draws air"),
        ("<title>Show: A pond calculator | Pond News</title>", "<table><tr><td><a href='/a'>Show: A pond calculator</a></td></tr></table>", "Show: A pond calculator"),
        ("<title>Herons (Manual of Birds (version 7))</title>", "<h3>33.3 Herons</h3>", "Herons"),
        ("<title>Herons | Birds v18 Documentation</title>", "<h1>Birds v18 documentation</h1><h2>Herons</h2>", "Herons"),
        ("<title>Birds -- </title>", "<h1>Notes on herons</h1>", "Notes on herons"),
        ("<title>guide:heating [Heron Wiki]</title>", "<h1><a href='/start'><img src='l.png'> Heron Wiki</a></h1><h1>Heating a pond</h1>", "Heating a pond"),
        ("<title>Pump draws air - Pond Club</title>", "<h1>Pond Club</h1><h3>Author Topic: Pump draws air (Read 7 times)</h3>", "Pump draws air"),
        ("<title>Guides - Errors with Result</title>", "<h1>Errors with Result</h1><h2>Panics</h2>", "Errors with Result"),
        ("<title>Discuss release 7 here - heron-club.example</title>", "<h1>heron-club.example</h1>", "Discuss release 7 here"),
        (
            '<meta property="og:title" content="How herons sleep, and what that means for whoever builds a house bes...">'
            "<title>How herons sleep, and what that means for whoever builds a house beside a pond</title>",
            "",
            "How herons sleep, and what that means for whoever builds a house beside a pond",
        ),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str) -> None:
    assert facts_of(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>").title == title


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ('<div itemprop="author" itemscope><a href="/u/1"></a><meta itemprop="name" content="pond_walker"></div>', ["pond_walker"]),
        ('<a class="username" href="/u/1">b.heron</a> <a class="username" href="/u/2">Other</a>', ["b.heron"]),
        ('<p class="author">page.head.author</p>', []),
        ('<p class="byline">By Ada Heron, MD* . Reviewed by Bo Crane</p>', ["Ada Heron, MD"]),
        ('<p class="author">Ada Heron<br>4 August 2010</p>', ["Ada Heron"]),
        ('<p class="author">Ada Heron Updated December 3</p>', ["Ada Heron"]),
        ('<div class="author"><div>By</div><h4><a href="/u/1">Ada Heron</a></h4><div>Sprouting Member</div></div>', ["Ada Heron"]),
        ('<div class="authors"><div><a href="/u/1">Ada Heron</a>,</div><div><a href="/u/2">Bo Crane</a></div></div>', ["Ada Heron", "Bo Crane"]),
        ('<a class="author-link" href="/ada">Ada Heron @ada-heron</a>', ["Ada Heron"]),
        ("<h3>Author</h3><p>Ada B. Heron</p>", ["Ada B. Heron"]),
        ("<p><strong>Contributors:</strong> Ada Heron, Bo Crane</p>", ["Ada Heron", "Bo Crane"]),
        ("<p>By Ada Heron, Editor and Writer</p>", ["Ada Heron, Editor and Writer"]),
        ("<ul class='sub-menu'><li>By Company Size</li></ul>", []),
        ("<p>By clicking I accept Pond Service Updates</p>", []),
        ('<div class="comments"><a class="author">Bo Crane</a></div>', []),
    ],
)  # fmt: skip
def test_authors(byline: str, authors: list[str]) -> None:
    assert facts_of(f"<html><body><h1>Ponds</h1>{byline}<p>Text.</p></body></html>").authors == authors


def test_a_name_with_dots_is_a_name() -> None:
    assert names.unique(["J.R.R.Heron", "J. R. Heron", "the author"]) == ["J.R.R.Heron", "J. R. Heron"]


@pytest.mark.parametrize(
    ("head", "heading", "other"),
    [
        ("How Fast Do Herons Fly? Speeds Revealed", "How Fast Does a Heron Fly? Speeds Revealed", "How Fast Do Herons Fly? Speeds Revealed"),
        ("Knots of herons for beginners | Professional Knots", "Knots of herons: a first guide", "Knots of herons for beginners"),
        ("Ways of Tying a Heron Knot - Heron Club", "Ways of Tying a Heron Knot", ""),
        ("7 Ways of Tying a Heron Knot", "Ways of Tying a Heron Knot", ""),
        ("Buy ropes and lines online today", "Ways of Tying a Heron Knot", ""),
    ],
)  # fmt: skip
def test_another_title_of_the_head_is_kept_too(head: str, heading: str, other: str) -> None:
    found = facts_of(f"<html><head><title>{head}</title></head><body><h1>{heading}</h1><p>Text.</p></body></html>")
    assert found.other_title == other


def test_a_page_named_as_its_site_and_more_is_no_site() -> None:
    source = (
        '<meta name="citation_title" content="Heronranks"><title>Heronranks: Heron Rankings</title>'
        "<h1>Heronranks: Heron Rankings</h1><p>Text.</p>"
    )
    assert facts_of(source, "https://heronranks.example/").title == "Heronranks: Heron Rankings"


def test_a_name_for_machines_gives_way_to_the_one_that_readers_see() -> None:
    head = '<meta name="author" content="ada.heron">'
    page = f"<html><head>{head}</head><body><h1>Ponds</h1><span class='author-name'>Ada Heron</span></body></html>"
    assert facts_of(page).authors == ["Ada Heron"]
    assert facts_of(f"<html><head>{head}</head><body><h1>Ponds</h1></body></html>").authors == ["ada.heron"]


@pytest.mark.parametrize(
    ("below", "published"),
    [
        ("<div>Published on July 18, 2023</div>", "2023-07-18"),
        ("20 December 2023 <p>Text</p>", "2023-12-20"),
        ("<div>Post time: 25-Jan-2023</div>", "2023-01-25"),
        ("<p class='author'>Bo » Tue Aug 29, 2023 1:47 am</p>", "2023-08-29"),
        ("<span class='DateTime' title='x'>May 11, 2023</span>", "2023-05-11"),
        ("<span itemprop='published-date' content='Published Oct 20, 2023 at 5:00'>now</span>", "2023-10-20"),
        ("<p>Updated on July 18, 2023</p>", ""),
        ("<p>The pond froze on July 18, 2023</p>", ""),
        ("<footer>July 18, 2023</footer>", ""),
        ("<p>July 18, 2033</p>", ""),
    ],
)
def test_dates_that_stand_below_the_title(below: str, published: str) -> None:
    page = f"<html><body class='comments-open'><h1>Ponds</h1>{below}<p>Text.</p></body></html>"
    assert facts_of(page).published == published


def test_a_heading_in_a_column_beside_the_text_is_not_the_title() -> None:
    page = (
        "<html><head><title>How do herons sleep? : birds</title></head><body><div class='side'><h1>birds</h1></div>"
        "<div><a>How do herons sleep?</a><p>Text.</p></div></body></html>"
    )
    assert facts_of(page).title == "How do herons sleep? : birds"


def test_the_site_behind_a_sign_without_blanks_is_not_in_the_title() -> None:
    assert (
        title.without_site("古い池、百年ぶりに凍る：鷺新聞デジタル", "鷺新聞デジタル", "") == "古い池、百年ぶりに凍る"
    )
    assert title.without_site("古い池：百年ぶりに凍る", "鷺新聞デジタル", "") == "古い池：百年ぶりに凍る"
