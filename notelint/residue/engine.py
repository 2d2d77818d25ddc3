"""Reads a note by what is known of websites: what of it is residue, and what becomes of that."""

from collections.abc import Iterator

from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.note.note import Note
from notelint.residue import blocks, facts, guesses, imports, learned, quoted_lines, site_pages
from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.signs import is_about_site
from notelint.residue.strong_cues import is_menu, is_strong

_SIGNS_OF_ANCHORS = " ¶🔗"  # behind headings of documentation
_TITLE = 20  # words at most
_LINES_OF_A_TITLE = 3  # with what stands between it and the byline
_NAME = lazy_regex(r"[A-Z][\w'’.-]* (?:[A-Z][\w'’.-]* )?[A-Z][\w'’-]+")
_ADDRESS = lazy_regex(r"https?://[^/]+/.")


def lines(page: JudgedPage, kind: str) -> Iterator[Finding]:
    """The residue of one kind in a note, a finding for each stretch of it, with the edits that take it out."""
    for start, end, verdict in _stretches(page):
        if verdict.kind == kind and kind != FACT:
            span = _removal(page, start, end)
            fix = Fix(f"remove it: {verdict.reason}", (Edit(span, ""),), Safety.SAFE if verdict.safe else Safety.UNSAFE)
            yield Finding(_place(page, start), f"this is {verdict.reason}", fix, about=verdict.reason)


def history(page: JudgedPage) -> Iterator[Finding]:
    """Findings for text about the article's making: facts, which move to the frontmatter, and lines that only
    editors need.
    """
    moved: list[Span] = []
    first: tuple[Span, Verdict] | None = None
    for start, end, verdict in _stretches(page):
        span = _removal(page, start, end)
        if start in page.facts_at:
            moved.append(span)
            first = first or (_place(page, start), verdict)
        elif verdict.kind == FACT:
            fix = Fix(f"remove it: {verdict.reason}", (Edit(span, ""),))
            yield Finding(_place(page, start), f"this is {verdict.reason}", fix, about=verdict.reason)
    if first is not None:
        place, verdict = first
        names = ", ".join(page.facts.found) or "nothing new"
        edits = (*facts.edits(page.note, page.facts), *(Edit(span, "") for span in moved))
        fix = Fix(f"move what the page tells of the article to the frontmatter: {names}", edits)
        yield Finding(place, f"this is {verdict.reason}: it belongs in the frontmatter ({names})", fix, about="facts")


def analyse(note: Note, site_packs: bool, *, weights: bool = True) -> JudgedPage:
    """Judge each unit of an import, by what holds for all websites and (with `site_packs`) for one.

    Without `weights`, guesses are those of the rules alone.
    """
    page = JudgedPage.of(note)
    site, is_signed = site_pages.recognise(page) if site_packs else (None, False)
    if site is not None:
        page = JudgedPage.of(note, crude=is_signed)
        site_pages.apply(page, site, is_signed=is_signed)
    page.is_declared = imports.is_declared(note)
    page.knows_contents = site is not None and is_signed and site.contents
    blocks.apply(page)
    if site is None:
        quoted_lines.doubt(page)
    quoted_lines.doubt_of_article(page, is_known=site is not None)
    _take_source(page)
    _keep_title(page)
    guesses.apply(page)
    if weights and not is_signed:
        learned.apply(page)
    for at in learned.announced(page):
        if (guess := page.verdicts[at]) is not None and not guess.safe:
            page.verdicts[at] = None
    _join(page)
    return page


def _take_source(page: JudgedPage) -> None:
    """Web clippers put a link to the page below its title, with the title's words."""
    at = (page.title if page.title is not None else -1) + 1
    if at == 0 or at >= len(page.units) or page.verdicts[at] is not None:
        return
    unit, title = page.units[at], page.units[at - 1]
    if unit.is_link and len(unit.links) == 1 and unit.text == title.text and _ADDRESS.match(unit.links[0][1]):
        page.take(at, {"source": unit.links[0][1]}, "a link to the article's page")


def _keep_title(page: JudgedPage) -> None:
    """The title is a fact too, though its line stays."""
    if page.title is None and page.facts_at:
        titles = _lower_titles(page)
        page.title = titles[0] if len(titles) == 1 else None if titles else _plain_title(page, min(page.facts_at))
    if page.facts.found and page.title is not None and "title" not in page.note.properties:
        page.facts.found = {"title": [page.units[page.title].text.rstrip(_SIGNS_OF_ANCHORS)], **page.facts.found}


def _lower_titles(page: JudgedPage) -> list[int]:
    """The headings above the first paragraph of an article that has none of the first level, and tell no fact."""
    above = range(page.first_prose if page.first_prose is not None else 0)
    return [
        at
        for at in above
        if (unit := page.units[at]).level and not unit.is_link and at not in page.facts_at and page.verdicts[at] is None
    ]


def _plain_title(page: JudgedPage, byline: int) -> int | None:
    """The title in a text without headings: the short line above the byline, or further up if that line is a name."""
    if page.first_prose is not None and byline > page.first_prose:
        return None
    run: list[int] = []
    for at in range(byline - 1, -1, -1):
        unit = page.units[at]
        if page.verdicts[at] is not None or is_menu(unit) or is_strong(unit) or unit.words > _TITLE:
            break
        if unit.known or is_about_site(unit.text):  # what forms and menus say is the title of nothing
            break
        run.append(at)
    if not run or page.units[run[0]].text.endswith((".", ":")):
        return None
    named = "author" not in page.facts.found and _NAME.fullmatch(page.units[run[0]].text) is not None
    return run[-1] if named and len(run) <= _LINES_OF_A_TITLE else run[0]


def _join(page: JudgedPage) -> None:
    """Marks between two units that go are the rest of what stood around them: they go too."""
    last: int | None = None
    for at, verdict in enumerate(page.verdicts):
        if verdict is None:
            if not page.units[at].is_mark or page.units[at].kept:
                last = None
            continue
        if last is not None:
            page.cut_all(range(last + 1, at), verdict)
            if at in page.facts_at:
                page.facts_at.update(range(last + 1, at))
        last = at


def _stretches(page: JudgedPage) -> Iterator[tuple[int, int, Verdict]]:
    """Units in a row that go for the same reason: the first, the one after the last, and the reason."""
    start = 0
    for at in range(1, len(page.units) + 1):
        here = page.verdicts[start]
        if at < len(page.units) and page.verdicts[at] == here and (at in page.facts_at) == (start in page.facts_at):
            continue
        if here is not None:
            yield start, at, here
        start = at


def _removal(page: JudgedPage, start: int, end: int) -> Span:
    """The place to take out with some units: the blank lines after them too, where there is one before them."""
    text, units = page.note.text, page.units
    first, last = units[start].span.start, units[end - 1].span.end
    after = units[end].span.start if end < len(units) else len(text)
    behind = all(verdict is not None and verdict.safe for verdict in page.verdicts[end:])
    if start and behind and page.verdicts[start - 1] is None:
        return Span(units[start - 1].span.end, after)
    if start == 0 or text[units[start - 1].span.end : first].strip(" \t\u00a0"):
        return Span(first, after)
    return Span(first, last)


def _place(page: JudgedPage, at: int) -> Span:
    """Where a finding stands: the first line of a unit, without the blanks around it."""
    source = page.units[at].span.of(page.note.text)
    start = page.units[at].span.start + len(source) - len(source.lstrip())
    return Span(start, start + len(source.strip().splitlines()[0].rstrip()))
