"""Lines at the edges of pages that lead to other pages, or say who has the rights of the website."""

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGNS = r"[\s:,;|/·•.\[\](){}«»<>‹›←→↑↓▲▼◀▶–—-]"
_MOST_WORDS = 60  # of such a line
_BETWEEN = lazy_regex(r"\s(?:[|•·»:/–—-]+|\]\s*\[)\s")
_STEP_SIGNS = " \t\n:«»‹›<>←→"
_PIECES = 12  # of a link
_PROSE = 12  # words of a paragraph outside links
_LAST = 3  # blocks at the end of a page among which a line about rights is the website's
_MOST_RIGHTS = 30  # words
_FEWEST_LINKS = 3  # of a cell that is a menu
_WORDS_BESIDE = 60  # of the cell beside it, which is the text
_MOSTLY = 0.8  # of the characters of a row, that are links
_MOST_ROWS = 4  # of a table that lays out a page


def found(blocks: Sequence[PageBlock], chosen: Collection[int]) -> set[int]:
    """The numbers of those blocks among the chosen ones."""
    cells: dict[HtmlElement, bool] = {}
    lines = set(_menus(blocks, sorted(chosen))) | {
        number
        for number in chosen
        if _leads_away(blocks[number])
        or _is_of_pager(blocks[number])
        or _is_in_menu_cell(blocks[number], cells)
        or _is_of_mail(blocks[number])
    }
    return lines | set(_of_rights(blocks, [number for number in sorted(chosen) if number not in lines]))


def _leads_away(block: PageBlock) -> bool:
    """True if a line is links to pages before and behind, and words that say so."""
    if not 0 < block.words <= _MOST_WORDS or not block.linked_words or block.element.tag in HEADINGS:
        return False
    known = _known()
    if known.step.search(block.text) is None:
        return False
    loose = " ".join(text for text in _not_linked(block) if not text.isspace())
    if block.linked_words < block.words:
        return known.line.fullmatch(loose) is not None and known.step.search(loose) is not None
    return known.line.fullmatch(block.text) is not None


def _is_of_pager(block: PageBlock) -> bool:
    """True if a line is nothing but links to pages before and behind, each with a word that says so above a title."""
    if not 0 < block.words <= _MOST_WORDS or block.linked_words < block.words or block.element.tag in HEADINGS:
        return False
    return all(link is not None and _begins_with_step(link) for link in set(block.links()))


def _begins_with_step(link: "HtmlElement") -> bool:
    """True if the first text of a link is such a word, in an element of its own, and others follow."""
    texts = [one for one in islice(link.itertext(), _PIECES) if one.strip()]
    first = texts[0] if len(texts) > 1 else ""
    is_own = bool(first) and any(one is not link and one.text == first for one in islice(link.iter(), _PIECES))
    return is_own and _known().step.fullmatch(first.strip(_STEP_SIGNS)) is not None


def _menus(blocks: Sequence[PageBlock], chosen: Sequence[int]) -> Iterator[int]:
    """Lines of links alone, with signs between them, before the first paragraph of a page.

    Those behind the last one are left to the fixes, which know by them where the foot of a website begins.
    """
    prose = [number for number in chosen if blocks[number].own_words >= _PROSE]
    for number in chosen if prose else ():
        block = blocks[number]
        if number > prose[0] or block.own_words or not block.words or block.words > _MOST_WORDS:
            continue
        links = {one for node, is_tail in block.nodes if (one := node.getparent() if is_tail else node).tag == "a"}
        if len(links) >= _FEWEST_LINKS and len(_BETWEEN.findall(block.text)) >= len(links) - 1:
            yield number


def _is_of_mail(block: PageBlock) -> bool:
    """True if a line holds a link that ends a newsletter, or opens it in a browser."""
    if not block.linked_words or block.words > _MOST_WORDS or _known().mail.search(block.text) is None:
        return False
    links = {holder for node, is_tail in block.nodes if (holder := node.getparent() if is_tail else node).tag == "a"}
    return any(_known().mail.fullmatch(" ".join((link.text_content() or "").split())) is not None for link in links)


def is_own_heading(text: str) -> bool:
    """True if a heading is that of a last section of an article: references, differential diagnosis."""
    return _known().own.fullmatch(text) is not None


def _not_linked(block: PageBlock) -> Iterator[str]:
    for (node, is_tail), link in zip(block.nodes, block.links(), strict=True):
        if link is None:
            yield (node.tail if is_tail else node.text) or ""


def also(text: str) -> str:
    """The words at the start of a line that lead to another article, as "Read also:"; empty if there are none."""
    return _begun(_known().also, text)


def more(text: str) -> str:
    """The words at the start of a line that lead to more of the same website, as "Read more:"; empty if none do."""
    return _begun(_known().more, text)


def _begun(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return "" if found is None else found.group()


def _of_rights(blocks: Sequence[PageBlock], chosen: Sequence[int]) -> Iterator[int]:
    with_words = [number for number in chosen if blocks[number].words]
    known = _known()
    for number in reversed(with_words[-_LAST:]):
        block = blocks[number]
        if block.words > _MOST_RIGHTS or known.rights.fullmatch(block.text) is None or number == with_words[0]:
            return
        if known.licence.search(block.text) is not None:
            return
        yield number


def _is_in_menu_cell(block: PageBlock, known: "dict[HtmlElement, bool]") -> bool:
    """True if a block stands in a cell of nothing but links, beside a cell that is the text of the page."""
    if not block.words or block.linked_words < block.words:
        return False
    cell = next((one for one in block.around if one.tag == "td"), None)
    if cell is None:
        return False
    if cell not in known:
        table = next(cell.iterancestors("table"), None)
        if table is not None and table not in known:
            known[table] = _is_menu_row(table)
        known[cell] = _is_menu_cell(cell) or (table is not None and known[table])
    return known[cell]


def _is_menu_row(table: "HtmlElement") -> bool:
    """True if a table is one row of links, and stands in the table that lays out the page."""
    if next(table.iterancestors("table"), None) is None or sum(1 for _ in islice(_rows(table), 2)) > 1:
        return False
    links = list(table.iter("a"))
    linked = sum(len("".join(link.text_content().split())) for link in links)
    return len(links) >= _FEWEST_LINKS and linked >= len("".join(table.text_content().split())) * _MOSTLY


def _is_menu_cell(cell: "HtmlElement") -> bool:
    row = cell.getparent()
    table = next(cell.iterancestors("table"), None)
    links = list(cell.iter("a"))
    if row is None or table is None or len(links) < _FEWEST_LINKS:
        return False
    if sum(1 for _ in islice(_rows(table), _MOST_ROWS + 1)) > _MOST_ROWS:
        return False
    linked = sum(len("".join(link.text_content().split())) for link in links)
    if linked < len("".join(cell.text_content().split())):
        return False
    others = [one for one in row if one.tag == "td" and one is not cell]
    return any(
        len(one.text_content().split()) >= _WORDS_BESIDE and next(one.iter("p", "br", "table", "ul"), None) is not None
        for one in others
    )


def _rows(table: "HtmlElement") -> "Iterator[HtmlElement]":
    return (row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table)


class _Known(NamedTuple):
    line: re.Pattern[str]
    step: re.Pattern[str]
    rights: re.Pattern[str]
    licence: re.Pattern[str]
    mail: re.Pattern[str]
    own: re.Pattern[str]
    also: re.Pattern[str]
    more: re.Pattern[str]


@cache
def _known() -> _Known:
    data = tomllib.loads(files("notelint.importer").joinpath("steps.toml").read_text("utf-8"))
    steps, every = _any_of(data["steps"]), _any_of([*data["steps"], *data["beside"]])
    return _Known(
        re.compile(rf"(?:{every}(?!\w)|{_SIGNS})*+", re.I),
        re.compile(rf"(?<!\w){steps}(?!\w)", re.I),
        re.compile(data["rights"], re.I),
        re.compile(data["licence"], re.I),
        re.compile(_any_of(data["mail"]), re.I),
        re.compile(rf"(?:\d{{1,2}}\.?\s+)?{_any_of(data['own'])}\s*[:：]?", re.I),
        re.compile(rf"\W*{_any_of(data['also'])}(?:\s*\(\d+\))?\s*(?:[:：»>→–-]|$)\W*", re.I),
        re.compile(rf"\W*{_any_of(data['more'])}\W{{0,2}}[:：]\W*(?=\w)", re.I),
    )


def _any_of(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
