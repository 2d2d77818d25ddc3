"""The facts of a page from all places that say them, the most reliable first."""

import datetime
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from notelint.importer.facts import dates, json_ld, names, title, visible
from notelint.residue.web_address import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>]+")
_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero)/(\d\.\d))", re.I)
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)|^\s*url:\s*(https?://[^\s<>]+)\s*$", re.I | re.M
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
    ms.date originalpublicationdate cxenseparse:recs:publishtime displaydate release_date""".split()
)
_MODIFIED = tuple(
    """article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified lastmod
    revised article:modified""".split()
)
_SITES = tuple(
    """og:site_name citation_journal_title application-name dc.publisher al:ios:app_name apple-mobile-web-app-title
    publisher""".split()
)
_DOIS = tuple("citation_doi dc.identifier dc.identifier.doi prism.doi bepress_citation_doi doi".split())
_LOGIN = re.compile(r"[a-z][a-z\d]*[._][a-z\d._]+")  # a name for machines, where readers may see a person's
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
        self.meta: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            content = " ".join(meta.get("content", "").split())
            for key in ("name", "property", "itemprop"):
                name = meta.get(key, "").strip().lower()
                if name and content:
                    self.meta.setdefault(name, []).append(content)

    def said(self, wanted: tuple[str, ...]) -> list[str]:
        return [value for name in wanted for value in self.meta.get(name, ())]

    def stated(self, *keys: str) -> list[str]:
        return [found for node in self.articles for key in keys if (found := json_ld.text(node.get(key)))]


def facts(tree: "HtmlElement", body: "HtmlElement", text: str, source: str | None, today: datetime.date) -> PageFacts:
    """The facts of a page. `text` is its HTML, `source` its address where the user knows it; `today` bounds dates."""
    page = _Page(tree, body)
    latest = today + datetime.timedelta(days=1)
    address = source or _address(page, text)
    site = _site(page)
    published = _first_date(
        [*page.stated("datePublished", "dateCreated", "uploadDate"), *page.said(_PUBLISHED)], latest
    )
    revised = _first_date([*page.stated("dateModified"), *page.said(_MODIFIED)], latest)
    published = published or visible.published(body, latest, revised)
    found, other = _titles(page, site, host_of(address))
    return PageFacts(
        title=found,
        other_title=other,
        authors=_authors(page, site),
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


def _first_date(said: list[str], latest: datetime.date) -> str:
    return next((found for value in said if (found := dates.iso(value, latest))), "")


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
    titles = list(page.body.iter("h1")) or (list(page.body.iter("h2")) if said else [])
    headings = [_heading(one) for one in titles[:4]]
    found = title.best(headings, [one for one in said if one], site, domain)
    below = [_heading(one) for one in list(page.body.iter("h2"))[:4]]
    found = title.below_name(found, below, in_head)
    return found, title.another(found, [one for one in said if one], site, domain)


def _heading(element: "HtmlElement") -> str:
    """A heading's text, without that of drawings and buttons in it."""
    shown = deepcopy(element)
    for inner in list(shown.iter("svg", "button", "script", "style")):
        if inner is not shown:
            inner.drop_tree()
    return " ".join((shown.text_content() or "").split()).rstrip("¶#").rstrip()


def _authors(page: _Page, site: str) -> list[str]:
    """The authors, people before organisations: many pages name their publisher where the byline names a person."""
    found = _said_authors(page)
    seldom = found and all(_LOGIN.fullmatch(name) or _is_publisher(name, page, site) for name in found)
    if found and not seldom:
        return found
    return visible.authors(page.body) or found


def _is_publisher(name: str, page: _Page, site: str) -> bool:
    publishers = {json_ld.text(node.get("publisher")).casefold() for node in page.articles}
    organisations = {
        json_ld.text(node).casefold() for node in [*page.nodes, *(node.get("author") for node in page.articles)]
        if isinstance(node, dict) and "Organization" in json_ld.types(node)
    }  # fmt: skip
    return name.casefold() in {site.casefold(), *publishers, *organisations}


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
        people = names.unique([name for one in page.said((key,)) for name in names.split(one)])
        if people:
            return people
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
