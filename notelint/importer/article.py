"""The article of a saved page: decoded, parsed, voted on, reduced, normalised and converted, with its facts."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from notelint.core.errors import NotelintError
from notelint.importer import note
from notelint.importer.formats import Saved
from notelint.residue.web_address import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from notelint.importer.blocks import PageBlock
    from notelint.importer.facts.collect import PageFacts
    from notelint.importer.images import Image
    from notelint.importer.vote import Election

_LOST_IN_CONVERSION = 0.1  # of the kept words
_FEW_LOST = 20  # words
_STATED = "the page shows little of its article: the note is the plain text that it states for search engines"
_PAYWALL = "the page says that the rest of the article is for subscribers: it may not be in the note"


@dataclass(frozen=True)
class LeftOut:
    """A block of the page that is not in the note: its place among the page's elements, its words, its text."""

    place: str
    words: int
    text: str


@dataclass(frozen=True)
class Article:
    """The content of a page: the article as Markdown, its properties, its images, and what is to be said of the import.

    Addresses of images that came with the page stand in the Markdown as the marks that are the keys of `images`.
    """

    properties: dict[str, Any]
    body: str
    stem: str
    images: "dict[str, Image]" = field(default_factory=dict)
    doubts: Sequence[str] = ()
    left_out: Sequence[LeftOut] = ()

    @property
    def name(self) -> str:
        """A note's name for it, without ending."""
        return note.name(str(self.properties.get("title", ""))) or note.name(self.stem) or "Imported page"

    @property
    def words_left_out(self) -> int:
        """Number of words of the page that are not in the note."""
        return sum(one.words for one in self.left_out)


def check_extra() -> None:
    """Raise `NotelintError` with the remedy where the packages of the extra `import` are not installed."""
    try:
        import markdownify
        import readability
        import trafilatura
    except ImportError as error:
        raise NotelintError("`notelint import` needs more packages: pip install 'notelint[import]'") from error
    del markdownify, readability, trafilatura


def read(saved: Saved, source: str | None, today: datetime.date) -> Article:
    """The article of a saved page; `source` is its address, where the user knows it.

    Raises `NotelintError` if the page holds no article, or if what the vote kept is far less than each voter's.
    """
    from notelint.importer import decode, images, markdown, page, prune
    from notelint.importer.facts.collect import facts
    from notelint.importer.normalise import drawings, media, sequence

    decoded = decode.decode(saved.html, saved.charset)
    tree = page.parse(decoded.text, saved.name)
    body = page.body(tree)
    found = facts(tree, body, decoded.text, source or saved.address, today)
    choice = _chosen(saved.name, tree, body, found)
    body = choice.body
    prune.prune(body, choice.blocks, choice.kept)
    drawings.normalise(body)
    media.choose_sources(body)
    taken = images.Images(saved, note.name(found.title) or saved.stem)
    taken.take(body, found.address)
    _resolve_links(tree, found.address)
    taken.note_unreachable(body)
    sequence.normalise(body, found.address or None)
    text = markdown.convert(body)
    doubts = [*([decoded.doubt] if decoded.doubt else []), *choice.doubts]
    doubts += [*_doubts(choice.election, taken.missing), *_lost(text, choice.election)]
    return Article(note.properties(found, today, choice.lead), text, saved.stem, taken.found, doubts, choice.left_out)


@dataclass(frozen=True)
class _Choice:
    """The part of a page that is its article: blocks of a body, by their numbers."""

    body: "HtmlElement"
    blocks: "Sequence[PageBlock]"
    kept: Collection[int]
    election: "Election"
    left_out: Sequence[LeftOut]
    doubts: Sequence[str]
    lead: str = ""  # of the article, where it is not among the blocks


def _chosen(name: str, tree: "HtmlElement", body: "HtmlElement", found: "PageFacts") -> _Choice:
    """Choose what stays of a page with this name in messages. Raises `NotelintError` if nothing does, or too little."""
    from notelint.importer import blocks, heading, large_pages, lead, post_names, stated, unshown, vote, walls
    from notelint.importer.normalise import sequence

    sequence.prepare(body)
    cut = blocks.cut(body)
    doubts = [large_pages.DOUBT] if large_pages.is_large(tree, cut) else []
    election = vote.elect(tree, cut, found.address or None)
    doubts += [_PAYWALL] if found.for_subscribers or walls.is_behind_paywall(cut) else []
    if stated.is_fuller(found.text, election.words):
        lines = {" ".join(line.split()) for line in found.text.splitlines()}
        left_out = [one for one in _left_out(body, cut, ()) if one.text not in lines]
        body = stated.body(found.text, name)
        sequence.prepare(body)
        cut = blocks.cut(body)
        return _Choice(body, cut, range(len(cut)), vote.unopposed(cut), left_out, [*doubts, _STATED])
    cut = post_names.part(cut, election.heads)
    _refuse_nothing(name, walls.reason_of_nothing(tree, cut, election.words))
    if unshown_words := unshown.words(tree, election.words):
        _refuse_nothing(name, unshown.REASON if unshown.is_all(election.words) else "")
        doubts.append(unshown.DOUBT.format(words=unshown_words))
    _refuse_loss(name, election)
    _refuse_wall(name, walls.wall(found.title, body, [cut[at].text for at in election.kept], election.words))
    kept = election.kept | heading.missed(cut, election.kept, found, host_of(found.address))
    above = lead.missed(tree, cut, kept)
    said = kept if above is None else kept | {above}
    text = "" if above is None else cut[above].text
    return _Choice(body, cut, kept, election, _left_out(body, cut, said), doubts, text)


def _refuse_wall(name: str, kind: str) -> None:
    if kind:
        raise NotelintError(f"{name} is {kind}, not an article: open the article in a browser, and save it there")


def _refuse_nothing(name: str, reason: str) -> None:
    if reason:
        raise NotelintError(f"{name} {reason}")


def _resolve_links(tree: "HtmlElement", address: str) -> None:
    """Make links absolute where the page's address is known, or the page names the one that its links start from."""
    for base in list(tree.iter("base")):
        if not _can_be_joined(base.get("href", "")):
            base.drop_tree()
    bases = [base.get("href", "") for base in tree.iter("base") if base.get("href")]
    start = address or next((base for base in bases if base.lower().startswith(("http://", "https://"))), "")
    if not start:
        return
    # A base would lead links within the page away from it, against what their author meant.
    within = [(link, link.get("href", "")) for link in tree.iter("a") if link.get("href", "").startswith("#")]
    tree.make_links_absolute(start, resolve_base_href=True, handle_failures="ignore")
    for link, written in within if bases else ():
        link.set("href", f"{address}{written}")


def _can_be_joined(address: str) -> bool:
    try:
        urljoin(address, "a")
    except ValueError:
        return False
    return True


def _refuse_loss(name: str, election: "Election") -> None:
    if not election.words:
        raise NotelintError(f"{name} holds no article that can be separated from the rest of the page")
    if election.lost:
        shares = ", ".join(f"{voter} {words}" for voter, words in election.words_of_voters.items())
        raise NotelintError(
            f"{name}: only {election.words} words would stay (words by extractor: {shares}); nothing was written"
        )


def _doubts(election: "Election", missing: Sequence[str]) -> list[str]:
    found = []
    if election.is_short:
        found.append(
            f"the note holds {election.words} of {election.of_any} words that an extractor takes for the article: "
            "compare the note with the page"
        )
    elif election.leaves_much:
        found.append(
            f"{election.beside} words were left out that stand among the {election.words} of the note, outside links: "
            "compare the note with the page"
        )
    elif election.is_uncertain:
        found.append(
            f"it is uncertain whether {election.uncertain} words belong to the article: compare the note with the page"
        )
    if election.leaves_folded:
        found.append(
            f"{election.folded} words that readers unfold beside the article were left out: "
            "compare the note with the page"
        )
    if missing:
        count = f"{len(missing)} image{'' if len(missing) == 1 else 's'}"
        found.append(
            f"{count} of the page could not be read: {'; '.join(missing[:5])}{' ...' if len(missing) > 5 else ''}"
        )
    return found


def _lost(text: str, election: "Election") -> list[str]:
    from notelint.importer.blocks import count_words

    lost = election.words - count_words(text)
    if lost > _FEW_LOST and lost > election.words * _LOST_IN_CONVERSION:
        return [f"{lost} of {election.words} words of the article are not in the note: compare it with the page"]
    return []


def _left_out(body: "HtmlElement", cut: "Sequence[PageBlock]", kept: Collection[int]) -> list[LeftOut]:
    from notelint.importer import unseen

    blocks = [
        LeftOut(_place(block.element), block.words, block.text)
        for number, block in enumerate(cut)
        if number not in kept and block.words
    ]
    return [*blocks, *(LeftOut(_place(one), words, text) for one, text, words in unseen.texts(body))]


def _place(element: "HtmlElement") -> str:
    """An element's place as its own name and those of three around it: "nav > ul > li"."""
    chain = [element, *element.iterancestors()]
    names = [str(one.tag) for one in chain if one.tag not in ("body", "html")]
    return " > ".join(reversed(names[:4])) or "body"
