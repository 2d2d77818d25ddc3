"""`notelint import`: a saved web page becomes a note. trafilatura finds the article; nothing is ever fetched.

The extractor gets a parsed tree, never an address or a text, so that nothing it may do with those can happen.
"""

import codecs
import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notelint.core import atomic_write
from notelint.core.errors import NotelintError
from notelint.core.safe_read import read_named
from notelint.core.transaction import locked
from notelint.edits.fix_loop import Mended
from notelint.engine import fix
from notelint.engine.workspace import Run
from notelint.importer.html import prepare, stated_licence, tidied
from notelint.note.frontmatter.values import scalar

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)|^[ \t]*+url:\s*+(https?://[^\s<>]+)\s*$", re.I | re.M
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>]+")
_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero)/(\d\.\d))", re.I)
_NO_NAME = re.compile(r"[\\/:*?\"<>|#^\[\]\x00-\x1f\u2028\u2029]+")
_LONGEST_NAME = 120
_LARGEST = 256 << 20  # bytes of a page, with the pictures that some programs save in it
_DOI_NAMES = ("citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "bepress_citation_doi")


@dataclass(frozen=True)
class Article:
    """What a page holds: the article as Markdown, and its frontmatter by the names of the profile imported-article."""

    properties: dict[str, Any]
    body: str

    @property
    def name(self) -> str:
        """A note's name for it, without ending; empty if it has no title that could be one."""
        return _NO_NAME.sub(" ", str(self.properties.get("title", "")))[:_LONGEST_NAME].strip(" .\u00a0")

    def note(self) -> bytes:
        """The note, before any fix."""
        lines = [f"{key}: {_written(value)}" for key, value in self.properties.items()]
        return "\n".join(["---", *lines, "---", "", self.body, ""]).encode()


def _written(value: Any) -> str:
    return f"[{', '.join(map(scalar, value))}]" if isinstance(value, list) else scalar(value)


def read(page: Path, source: str | None, accessed: datetime.date) -> Article:
    """The article of a saved page; `source` is its address, if the page does not say it (or says another).

    Raises `NotelintError` if trafilatura is not installed, the file cannot be read, or holds no article.
    """
    try:
        import trafilatura
        from lxml import html
    except ImportError as error:
        raise NotelintError("`notelint import` needs trafilatura: pip install 'notelint[import]'") from error
    text = _CONTROL.sub("", _decoded(page))
    try:
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.ParserError) as error:
        raise NotelintError(f"{page} is no HTML page") from error
    found = trafilatura.extract_metadata(tree, date_config=_dates(), extensive=False)
    address = source or _address(found.url, text)
    properties = {"type": "imported-article", **_properties(tree, found, address), "accessed": accessed.isoformat()}
    prepare(tree, address)
    body = trafilatura.extract(
        tree, url=address, config=_settings(), output_format="markdown", favor_recall=True, include_comments=False,
        include_links=True, include_images=True, include_tables=True, include_formatting=True,
    )  # fmt: skip
    if not body:
        raise NotelintError(f"{page} holds no article that could be told from what stands around it")
    return Article(properties, tidied(body))


def write(run: Run, target: Path, article: Article) -> Mended:
    """Write the note with the safe fixes applied, and say what they did. Raises `NotelintError` if it exists already,
    lies outside the vault, or cannot be written."""
    path = run.relative(target.absolute())
    data, mended = fix.find_in_text(run, path, article.note(), unsafe=False)
    try:
        with locked(run.root):
            atomic_write.create(run.root, path, data)
    except FileExistsError as error:
        raise NotelintError(f"{target} exists already: name another with --to, or move it away") from error
    except OSError as error:
        raise NotelintError(f"{target} is not written: {error.strerror}") from error
    return mended


def _decoded(page: Path) -> str:
    """The page's text: by its byte order mark, as UTF-8, by what it says of itself, or by its looks."""
    try:
        data = read_named(page, _LARGEST)
    except OSError as error:
        raise NotelintError(f"cannot read {page}: {error.strerror}") from error
    said = _CHARSET.search(data[:4096])
    declared = said[1].decode().lower() if said is not None else "windows-1252"
    by_mark = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    western = declared in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii")  # browsers read these as that
    for encoding in (by_mark, "utf-8", "windows-1252" if western else declared):
        try:
            if encoding is not None:
                return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("windows-1252", "replace")


def _dates() -> dict[str, Any]:
    today = datetime.date.today() + datetime.timedelta(days=1)
    return {"original_date": False, "extensive_search": False, "max_date": today.isoformat()}


def _settings() -> Any:
    """The extractor's own settings, but for short articles, which are articles too, and for its timer by signals."""
    from copy import deepcopy

    from trafilatura.settings import use_config

    settings = deepcopy(use_config())
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    settings.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    return settings


def _address(known: str | None, text: str) -> str | None:
    """Where the page was, by what it says of itself or the browser that saved it."""
    if known is not None and known.lower().startswith(("http://", "https://")):
        return known
    saved = _SAVED_FROM.search(text[:20_000])
    return None if saved is None else saved[1] or saved[2]


def _properties(tree: "HtmlElement", found: Any, address: str | None) -> dict[str, Any]:
    """What the page's head knows, under the names of the schema imported-article; what it does not know is left out."""
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    values = {
        "title": found.title,
        "source": address,
        "author": authors[0] if len(authors) == 1 else authors,
        "site": found.sitename,
        "revised": found.date,
        "doi": _doi(tree),
        "licence": _licence(tree) or found.license,
    }
    return {key: _one_line(value) for key, value in values.items() if value}


def _one_line(value: Any) -> Any:
    return [" ".join(item.split()) for item in value] if isinstance(value, list) else " ".join(str(value).split())


def _doi(tree: "HtmlElement") -> str | None:
    for meta in tree.iterfind(".//meta[@name]"):
        if meta.get("name", "").lower() in _DOI_NAMES:
            match = _DOI.search(meta.get("content", ""))
            if match is not None:
                return match.group()
    return None


def _licence(tree: "HtmlElement") -> str | None:
    """The licence that the page states: a Creative Commons one by its short name, else the address or the name."""
    links = (*tree.iterfind(".//link[@rel][@href]"), *tree.iterfind(".//a[@rel][@href]"))
    linked = (link.get("href", "") for link in links if "license" in link.get("rel", "").lower().split())
    licence = next(linked, None) or stated_licence(tree)
    match = _COMMONS.search(licence or "")
    if match is None:
        return licence
    return f"CC {match[1].upper()} {match[2]}" if match[1] else f"CC0 {match[4]}"
