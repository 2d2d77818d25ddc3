"""A website's head, before the article, and its foot behind it: what surely holds nothing that somebody wrote."""

from collections.abc import Iterator, Sequence
from itertools import islice

from notelint.residue import own_pages, page_foot
from notelint.residue.either import Either
from notelint.residue.knowledge import Fact, any_fact, either, general
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.signs import (
    is_about_site,
    is_chrome,
    is_known_root,
    is_last_section,
    is_licence,
    is_root,
    is_sign,
    is_to_visitors,
    is_written,
    leads_within,
    speaks_of_site,
)
from notelint.residue.strong_cues import group_of, groups_of, is_menu, is_strong, strong_texts
from notelint.residue.units import Unit

_SHARE, _LEAST = 3, 3  # one unit in so many must be a link or a pattern; units of a head at least
_FEW = 2  # certain signs
_CERTAIN = 5  # different strong cues below a line of menus that may be the title
_STRONG = 3  # different strong cues make an edge without links
_GROUPS = 2  # of so many sorts at least
_MANY = 6  # different strong cues, after which all short lines belong to a foot
_BEFORE = 4  # different strong cues, between which and the article no short line is the article's
_SHORT = 8  # words of a line that may stand among signs
_ALONE = 2  # such lines in a row
_MENU = 12  # words of a line of menus at most
_TRIES = 100  # lines that may open a foot are tried
_ROOTS = 4  # links to a website's sections
_HEAD = "the head of a website's page"
_FOOT = "the foot of a website's page"
FOOTS = (Verdict("navigation", _FOOT), Verdict("navigation", _FOOT, safe=False))


def known_sections(page: JudgedPage) -> frozenset[int]:
    """The units below headings that the note's profile knows, up to the next heading, and the headings.

    They end before three lines of a website in a row. What stands below sources, and lists of other pages, does not
    count: websites write these too.
    """
    found: list[int] = []
    titles, within, signs = _titles(), False, dict[str, int]()
    for at, unit in enumerate(page.units):
        if unit.level:
            profile, signs = page.note.profile, {}
            within = profile is not None and profile.section(unit.text) is not None and not is_last_section(unit)
            within = within and not unit.is_link and not titles.fits(unit.text)
        elif page.verdicts[at] is not None or is_strong(unit) or is_chrome(unit):
            signs.setdefault(unit.text.lower(), at)
            if within and len(signs) >= _STRONG:
                within, first = False, min(signs.values())
                found = [other for other in found if other < first]
        elif not unit.is_mark:
            signs = {}
        if within:
            found.append(at)
    return frozenset(found)


def cut_head(page: JudgedPage) -> None:
    """All before the title, where it looks like a site's head and holds nothing that somebody wrote."""
    if page.title is None:
        _cut_plain_head(page)
        return
    segment: list[int] = []
    for at in range(page.title + 1):
        unit = page.units[at]
        written = page.verdicts[at] is None and is_written(unit, False)
        if written or at == page.title or (unit.level == 1 and not is_root(unit)):
            _cut_segment(page, segment)
            segment = []
        else:
            segment.append(at)


def _cut_segment(page: JudgedPage, head: Sequence[int]) -> None:
    """A part of a head between which and the next nothing stands that somebody wrote."""
    while head and page.units[head[-1]].is_mark and head[-1] + 1 == page.title:
        head = head[:-1]  # the mark of the title
    signs = sum(page.verdicts[at] is not None or is_sign(page.units[at]) for at in head)
    sure = sum(page.verdicts[at] is not None or is_chrome(page.units[at]) for at in head)
    if len(head) < _LEAST or signs * _SHARE < len(head):
        return
    if sure + len(strong_texts(page, head)) + _sections(page, head) >= _FEW:
        _cut(page, head, _HEAD)


def _cut(page: JudgedPage, edge: Sequence[int], reason: str, behind_text: bool = True) -> None:
    """Let an edge go: safely, in a declared import, each line of a known kind; all else is a guess.

    The title of a list goes with what is listed. Behind a page without text, a list of links may be its content. So may
    links between the article and the line next to it that only a website has: people list other sites, and persons.
    """
    titles, own = _titles(), own_pages.hosts(page)
    bounds = [at for at in edge if page.verdicts[at] is not None or is_strong(page.units[at])]
    below = True  # whether the next line goes safely
    for at in reversed(edge):
        unit = page.units[at]
        if at in page.sections or not (is_of_known_kind(unit) or page.verdicts[at] is not None):
            below = False
            continue
        safe = page.is_declared and behind_text and _is_known(unit) and (below or not titles.fits(unit.text))
        safe = safe and (page.knows_contents or not leads_within(unit))
        is_bounded = bool(bounds) and (at >= bounds[0] if reason == _FOOT else at <= bounds[-1])
        safe = safe and (is_bounded or (bool(bounds) and not own_pages.may_be_listed(unit, own)))
        page.cut(at, Verdict("navigation", reason, safe=safe))
        if not unit.is_mark:
            verdict = page.verdicts[at]
            below = verdict is not None and verdict.safe


def _titles() -> Either:
    """The titles of lists of other pages."""
    return either((*(block.title for block in general().block), *general().listings))


def _is_known(unit: Unit) -> bool:
    """True if a line is of a kind that edges of websites consist of: links and marks, cues, what is about the site."""
    return is_menu(unit) or is_strong(unit) or is_about_site(unit.text) or unit.text.isdecimal()


def is_of_known_kind(unit: Unit) -> bool:
    """True if a unit may go because of what stands around it: a line of a website's kind, and no licence or sentence.

    A sentence goes only if it is about the site.
    """
    if is_licence(unit.text):
        return False
    if not unit.is_link and unit.words >= _FEW and unit.text.endswith((".", "!", "?", "。")):
        return (_is_known(unit) or unit.known) and ("©" in unit.text or speaks_of_site(unit.text))
    return _is_known(unit) or unit.known


def _sections(page: JudgedPage, head: Sequence[int]) -> int:
    """Number of links that lead to the sections of one website, if they are many."""
    targets = [target for at in head if is_root(page.units[at]) for _, target in page.units[at].links]
    hosts = {target.split("/")[2] for target in targets if "//" in target}
    return len(targets) if len(targets) >= _ROOTS and len(hosts) <= 1 else 0


def _cut_plain_head(page: JudgedPage) -> None:
    """In a text that has lost its headings: the lines before the last strong cue above the article.

    The title stands below the menus, or it is the first line; it has no four cues below it before the article begins.
    """
    head = range(_article_start(page))
    strong = [at for at in head if group_of(page.units[at]) is not None]
    if len(strong_texts(page, head)) < _BEFORE or groups_of(page, head) < _GROUPS:
        return
    first, below = strong[-1], set[str]()
    for at in range(strong[-1], -1, -1):
        unit = page.units[at]
        if group_of(unit) is not None:
            below.add(unit.text.lower())
        elif not (page.verdicts[at] is not None or is_menu(unit) or is_about_site(unit.text)):
            certain = _STRONG if unit.words <= _STRONG else _CERTAIN
            if at == 0 or len(below) < certain or unit.words > _MENU:
                break
            continue
        first = at
    _cut(page, range(first, strong[-1] + 1), _HEAD)


def _article_start(page: JudgedPage) -> int:
    """Where the article begins at the latest: at a paragraph, a byline, or a line that tells a fact."""
    near = any_fact(tuple(fact.line for fact in _bylines()))
    for at, unit in enumerate(page.units):
        if at in page.facts_at or near.fits(unit.text) or (page.verdicts[at] is None and is_written(unit, False)):
            return at
    return 0  # no article is here that a head could stand above


def _bylines() -> Iterator[Fact]:
    return (fact for fact in general().fact if "<author>" in fact.line or fact.near_title)


def cut_foot(page: JudgedPage) -> None:
    """From a line that opens a site's foot, in the second half, to the end: where nothing written follows."""
    opens = either((*general().footers, *general().listings, *general().strong))
    surely = page_foot.begins(page)
    written = [at for at, unit in enumerate(page.units[:surely]) if page.verdicts[at] is None and _is_text(unit)]
    start = _sources_end(page, max(max(written, default=-1) + 1, len(page.units) // 2, page.tail))
    likely = (
        at
        for at in range(start, len(page.units))
        if (page.units[at].known and opens.fits(page.units[at].text)) or is_chrome(page.units[at])
    )
    for at in islice(likely, _TRIES):
        if _is_foot(page, range(at, len(page.units))):
            first = at
            while first > start and page.verdicts[first - 1] is None and is_known_root(page.units[first - 1]):
                first -= 1  # "Home", at the start of the same row of links
            _cut(page, range(first, len(page.units)), _FOOT, behind_text=bool(written))
            return


def _sources_end(page: JudgedPage, start: int) -> int:
    """The end of the list in which unit `start` stands, if it is one of sources or of links to other websites."""
    first = start
    while first and page.verdicts[first - 1] is None and page.units[first - 1].is_link:
        first -= 1
    if not first or not is_last_section(page.units[first - 1]):
        return start
    while start < len(page.units) and page.units[start].is_link and group_of(page.units[start]) is None:
        start += 1
    return start


def _is_text(unit: Unit) -> bool:
    """True if no foot holds this: a section that belongs to the article, or what somebody wrote."""
    if unit.kept and is_chrome(unit):
        return False  # it stays where it is
    if not unit.is_link and is_last_section(unit):
        return True
    if group_of(unit) is not None or is_to_visitors(unit):
        return False
    return is_written(unit, not unit.text.endswith(("?", "!")))


def _is_foot(page: JudgedPage, foot: Sequence[int]) -> bool:
    strong, groups = strong_texts(page, foot), groups_of(page, foot)
    sure = sum(page.verdicts[at] is not None or is_chrome(page.units[at]) for at in foot)
    signs = sum(
        page.verdicts[at] is not None or is_sign(page.units[at]) or group_of(page.units[at]) is not None for at in foot
    )
    if signs * _SHARE < len(foot) and len(strong) < _MANY:
        return False
    if sure < _FEW and (groups < _GROUPS or len(strong) < _STRONG):
        return False
    return _is_explained(page, foot)


def _is_explained(page: JudgedPage, foot: Sequence[int]) -> bool:
    """True if each line of a foot is a sign, one of a few among signs, or in a list of other pages."""
    titles = _titles()
    seen, listed, others = set[str](), False, 0
    for at in foot:
        unit = page.units[at]
        strong = group_of(unit) is not None
        if strong:
            seen.add(unit.text.lower())
        if page.verdicts[at] is not None or strong or is_menu(unit) or (unit.kept and is_chrome(unit)):
            listed = titles.fits(unit.text) or (listed and not strong and not is_sign(unit))
            others = 0
        elif is_about_site(unit.text):
            others = 0
        elif not (listed or len(seen) >= _BEFORE or unit.text.isdecimal()):
            others += 1
            if others > _ALONE or unit.words > _SHORT or unit.text.endswith((".", "?", "!")):
                return False
    return True
