"""The facts of a page from all places that say them, the most reliable first."""

import datetime
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.facts import dates, elements, json_ld, lines, marked_up, names, title, visible, visible_dates
from notelint.importer.facts.wording import fact_words
from notelint.residue.web_address import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DOI = lazy_regex(r"10\.\d{4,9}/[^\s\"'<>]+")
_COMMONS = lazy_regex(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero)/(\d\.\d))", re.I)
_SAVED_FROM = lazy_regex(
    r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)|^[ \t]*url:[ \t]*(https?://[^\s<>]+)\s*$", re.I | re.M
)
_TITLES = tuple(
    "citation_title dc.title dcterms.title og:title twitter:title parsely-title sailthru.title title headline".split()
)
_AUTHORS = tuple(
    """citation_author citation_authors dc.creator dcterms.creator dc.contributor author article:author parsely-author
    sailthru.author byl book:author og:article:author article.author creator twitter:creator_name""".split()
)
_PUBLISHED = tuple(
    """citation_publication_date citation_online_date citation_date article:published_time og:published_time
    datepublished article:published dc.date.issued dcterms.issued dc.date dcterms.date dc.date.created dcterms.created
    date pubdate publishdate publish_date publication_date parsely-pub-date sailthru.date article.published
    ms.date originalpublicationdate cxenseparse:recs:publishtime displaydate release_date created""".split()
)
_MODIFIED = tuple(
    """article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified lastmod
    revised article:modified changed""".split()
)
_SITES = tuple(
    """og:site_name citation_journal_title application-name dc.publisher al:ios:app_name apple-mobile-web-app-title
    publisher""".split()
)
_DOIS = tuple("citation_doi dc.identifier dc.identifier.doi prism.doi bepress_citation_doi doi".split())
_REFINED = lazy_regex(r"^((?:dc|dcterms)\.(?:creator|contributor))\..+")  # a person's name, said to be one
_CARD_LABELS = tuple(f"twitter:label{number}" for number in (1, 2, 3))
_LOGIN = lazy_regex(r"[a-z][a-z\d]*[._][a-z\d._]+")  # a name for machines, where readers may see a person's
_MOST_HEADINGS = 12  # of a page that may be its title
_SHORT_SITE = 4  # characters
_START = 20_000  # characters of a page in which a browser wrote where it was saved from


@dataclass(frozen=True)
class PageFacts:
    """PageFacts that a page states about itself; empty where it is silent. Dates are ISO dates."""

    title: str = ""
    other_title: str = ""  # of the same article, in other words
    authors: list[str] = field(default_factory=list)
    published: str = ""
    revised: str = ""
    site: str = ""
    address: str = ""
    doi: str = ""
    licence: str = ""
    for_subscribers: bool = False
    text: str = ""  # of the article, as the page states it for search engines


class _Page:
    """Meta elements by their lower-case names, and the nodes of JSON-LD."""

    def __init__(self, tree: "HtmlElement", body: "HtmlElement") -> None:
        self.tree = tree
        self.body = body
        self.nodes = json_ld.nodes(tree)
        self.articles = [node for node in self.nodes if json_ld.is_article(node)]
        self.language = tree.get("lang", "") or tree.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        self.meta: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            content = " ".join(meta.get("content", "").split())
            for key in ("name", "property", "itemprop"):
                name = meta.get(key, "").strip().lower()
                if name and content:
                    self.meta.setdefault(_REFINED.sub(r"\1", name), []).append(content)

    def said(self, wanted: tuple[str, ...]) -> list[str]:
        return [value for name in wanted for value in self.meta.get(name, ())]

    def put_first(self, address: str, title: str) -> None:
        """Put the nodes first that say that they are of this page, among those of their kind."""
        own = [node for node in self.articles if json_ld.describes(node, address, title)]
        self.articles = [*own, *(node for node in self.articles if node not in own)]

    def dated(self, *keys: str) -> list[str]:
        return [found for node in self.articles for key in keys if (found := json_ld.date(node.get(key)))]

    def stated(self, *keys: str) -> list[str]:
        return [found for node in self.articles for key in keys if (found := json_ld.text(node.get(key)))]


def facts(tree: "HtmlElement", body: "HtmlElement", text: str, source: str | None, today: datetime.date) -> PageFacts:
    """The facts of a page. `text` is its HTML, `source` its address where the user knows it; `today` bounds dates."""
    page = _Page(tree, body)
    latest = today + datetime.timedelta(days=1)
    address = source or _address(page, text)
    site = _site(page)
    found, other = _titles(page, site, host_of(address))
    page.put_first(address, found)
    near = lines.around(body, found)
    found = (
        found if near.own else title.of_first_lines(found, (piece.text for one in near.behind for piece in one.pieces))
    )
    published, revised = _dates(page, near, latest)
    return PageFacts(
        title=found,
        other_title=other,
        authors=_authors(page, site, host_of(address), near),
        published=published,
        revised=revised if revised > published else "",
        site=site,
        address=address,
        doi=_doi(page),
        licence=_licence(page),
        for_subscribers=any(json_ld.is_denied(node.get("isAccessibleForFree")) for node in page.articles)
        or any(value.lower() in ("locked", "metered") for value in page.said(("article:content_tier",))),
        text=max((json_ld.paragraphs(node.get("articleBody")) for node in page.articles), key=len, default=""),
    )


def _dates(page: _Page, near: lines.SeenLines, latest: datetime.date) -> tuple[str, str]:
    """When the article was published, and last changed: by the head, by marks of elements, by what readers see."""
    day_first = dates.is_day_first(page.language)
    published = _first_date(
        [*page.dated("datePublished", "dateCreated", "uploadDate"), *page.said(_PUBLISHED)], latest, day_first
    ) or marked_up.published(page.body, latest, near.own, day_first=day_first)
    revised = _first_date([*page.dated("dateModified"), *page.said(_MODIFIED)], latest, day_first)
    revised = revised or marked_up.revised(page.body, latest, near.own, day_first=day_first)
    if not published or not revised:
        seen = visible_dates.find(page.body, near, latest, day_first=day_first)
        published = published or (seen.published if seen.published != revised else "")
        revised = revised or seen.revised
    return published, revised


def _first_date(said: list[str], latest: datetime.date, day_first: bool) -> str:
    return next((found for value in said if (found := dates.of_value(value, latest, day_first=day_first))), "")


def _address(page: _Page, text: str) -> str:
    """Where the page was: by the browser that saved it, by its canonical link, by its meta elements."""
    saved = _SAVED_FROM.search(text[:_START])
    links = [
        link.get("href", "") for link in page.tree.iter("link") if "canonical" in link.get("rel", "").lower().split()
    ]
    said = [*links, *page.said(("og:url", "twitter:url", "citation_public_url", "citation_abstract_html_url"))]
    found = [*([saved[1] or saved[2]] if saved is not None else []), *said]
    return next((one.strip() for one in found if one.strip().lower().startswith(("http://", "https://"))), "")


def _site(page: _Page) -> str:
    said = page.said(_SITES)
    if said:
        return said[0]
    publishers = [json_ld.text(node.get("publisher")) for node in page.articles]
    named = [json_ld.text(node.get("name")) for node in page.nodes if "WebSite" in json_ld.types(node)]
    return next((one for one in (*publishers, *named) if one), "")


def _titles(page: _Page, site: str, domain: str) -> tuple[str, str]:
    """The article's title, and another one that the page's head gives it (empty for most pages)."""
    element = page.tree.find(".//title")
    in_head = [" ".join((element.text_content() or "").split())] if element is not None else []
    said = [*page.said(_TITLES[:3]), *page.stated("headline"), *page.said(_TITLES[3:]), *in_head]
    said = [one for one in said if not title.is_of_site_alone(one)]
    first = list(page.body.iter("h1"))
    names = [site] if site else [_heading(one) for one in first if elements.is_of_site(one)]
    site = next((one for one in names if one), "")
    titles = [one for one in first if not (said and (elements.is_in_column(one) or elements.is_of_site(one)))]
    below = [one for one in page.body.iter("h2", "h3") if not elements.is_of_site(one)][:_MOST_HEADINGS]
    titles = titles if titles or not said else [one for one in below if one.tag == "h2"]
    headings = [_heading(one) for one in titles[:4]]
    above = elements.title_above(page.body, headings, in_head) if said else elements.title_of_document(page.body)
    found = above or title.best(headings, [one for one in said if one], site, domain)
    found = title.below_name(found, [_heading(one) for one in below], headings, in_head)
    return found, title.another(found, [one for one in said if one], site, domain)


def _heading(element: "HtmlElement") -> str:
    """A heading's text, without that of drawings and buttons in it."""
    shown = deepcopy(element)
    for inner in list(shown.iter("svg", "button", "script", "style")):
        if inner is not shown:
            inner.drop_tree()
    return " ".join((shown.text_content() or "").split()).rstrip("¶#").rstrip()


def _authors(page: _Page, site: str, domain: str, near: lines.SeenLines) -> list[str]:
    """The authors, people before organisations: many pages name their publisher where the byline names a person."""
    found = _said_authors(page)
    seldom = found and all(_LOGIN.fullmatch(name) or _is_publisher(name, page, site) for name in found)
    people = found if found and not seldom else visible.authors(page.body, near, page.language) or found
    return _without_site(people, site, domain)


def _without_site(people: list[str], site: str, domain: str) -> list[str]:
    """Authors without the site that they write for: "Ada Heron, The Daily" and "The Daily" beside a person."""
    bare = [
        name.rpartition(",")[0] if "," in name and title.names_site(name.rpartition(",")[2], site, domain) else name
        for name in people
    ]
    return [name for name in bare if not title.names_site(name, site, domain)] or bare


def _is_publisher(name: str, page: _Page, site: str) -> bool:
    publishers = {json_ld.text(node.get("publisher")).casefold() for node in page.articles}
    organisations = {
        json_ld.text(node).casefold() for node in [*page.nodes, *(node.get("author") for node in page.articles)]
        if isinstance(node, dict) and "Organization" in json_ld.types(node)
    }  # fmt: skip
    same = name.casefold()
    # A publisher's name also holds that of its site: "Heron Editions" of the site "Heron".
    holds_site = len(site) >= _SHORT_SITE and re.search(rf"(?<!\w){re.escape(site.casefold())}(?!\w)", same) is not None
    return holds_site or same in {_site_in_title(page), *publishers, *organisations}


def _site_in_title(page: _Page) -> str:
    """The last part of the title that browsers show, which names the website, if there are several; in lower case."""
    said = " ".join((page.tree.findtext(".//title") or "").split())
    parts = re.split(r"\s[|·•–—:-]+\s", said)
    return parts[-1].casefold() if len(parts) > 1 else ""


def _said_authors(page: _Page) -> list[str]:
    citation = page.said(_AUTHORS[:2])
    if citation:
        single = len(page.meta.get("citation_author", [])) > 1
        return names.unique(citation if single else [name for one in citation for name in names.split(one)])
    for node in page.articles:
        found = [one for key in ("author", "creator") for one in json_ld.names(node.get(key), list(page.nodes))]
        people = names.unique([name for one in found for name in (names.split(one) if len(found) == 1 else [one])])
        if people:
            return people
    for key in _AUTHORS[2:]:
        said = page.said((key,))
        people = names.unique(said if len(said) > 1 else [name for one in said for name in names.split(one)])
        if people:
            return people
    return names.unique([name for one in _on_card(page) for name in names.split(one)])


def _on_card(page: _Page) -> list[str]:
    """The author on the card that a page states for others that link to it: a label "Written by", and a name."""
    for label in _CARD_LABELS:
        said = page.said((label,))
        if said and fact_words().label.fullmatch(said[0]) is not None:
            return page.said((label.replace("label", "data"),))
    return []


def _doi(page: _Page) -> str:
    return next(
        (match.group().rstrip(".,;") for value in page.said(_DOIS) if (match := _DOI.search(value)) is not None), ""
    )


def _licence(page: _Page) -> str:
    """The licence that the page states: a Creative Commons one by its short name, else the address or the name."""
    linked = [
        link.get("href", "") for link in page.tree.iter("link", "a") if "license" in link.get("rel", "").lower().split()
    ]
    stated = [
        json_ld.text(node.get("license"))
        or str((node.get("license") or {}).get("@id", "") if isinstance(node.get("license"), dict) else "")
        for node in page.nodes
    ]
    said = next((one for one in (*linked, *stated, *page.said(("dc.rights", "dcterms.license"))) if one), "")
    commons = (
        [link.get("href", "") for link in page.body.iter("a") if "creativecommons.org/" in link.get("href", "")]
        if not said
        else []
    )
    said = said or (commons[0] if len(set(commons)) == 1 else "")
    match = _COMMONS.search(said)
    if match is None:
        return said
    return f"CC {match[1].upper()} {match[2]}" if match[1] else f"CC0 {match[4]}"


def absolute(address: str, source: str) -> str:
    """A link of the page as an address on the web, if it can be one."""
    try:
        return urljoin(address, source)
    except ValueError:
        return source
