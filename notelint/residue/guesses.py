"""Likely residue, not certain: only `--unsafe-fixes` removes it, and only from imported notes."""

import re
from collections.abc import Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.edges import FOOTS, is_of_known_kind
from notelint.residue.knowledge import either, general
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.sentences import (
    FULL,
    PARAGRAPH,
    is_any_sentence,
    is_protected,
    is_sentence,
    is_whole_sentence,
    is_wording,
)
from notelint.residue.signs import (
    has_citation,
    has_fact_of_science,
    is_about_site,
    is_chrome,
    is_cue,
    is_last_section,
    is_sign,
)
from notelint.residue.strong_cues import is_strong
from notelint.residue.units import Unit

_BUTTON = 6  # words of a repeated line at most
_OFTEN = 4  # times that a short link is repeated
_VERY_OFTEN = 6  # times that a short line is
_SHARE = 4  # one unit in so many is a sign
_ENTRY = 14  # words of a line in a list of titles at most
_FOLLOWING = 2  # lines at least below the title of a list
_TITLE = 3  # units of a title and a byline
_CERTAIN = 3  # units that are residue for certain
_CUE = 3  # words of a cue that is counted
_CUES = 8  # different cues make a text that has lost its links a website's page
_RARE = 5  # one unit in so many is a cue
_FOOT = 12  # units of a foot that may hold a sentence
_NEAR = 3  # units
_LABEL = 3  # words of a label within a list at most
_SENTENCES = 5  # guesses may take one word in so many of what is left of sentences
_WORDS = 2  # and of all words
_INTERESTS = lazy_regex(
    r"\b(?:no|any|following|current) (?:\w+ ){0,2}(?:disclosures|relationships|interests|conflicts? of interests?)\b|"
    r"\brevision history\b|\bdisclosures\b|\bcontributors -|\bpeer review and were\b|^revisions:|^\d+ times, by$",
    re.I,
)
_BUTTONS = lazy_regex(
    r"(?:view|show|hide|open|close|load|see|read|learn|click|tap|share|save|add|reply|report|like|follow|download|print|buy|"
    r"get|go|back|next|previous|more|all|copy|edit|submit|sign|log|subscribe|watch|play|expand|collapse|zoom|toggle)\b",
    re.I,
)


def apply(page: JudgedPage) -> None:
    """Guess at the units of an import that nothing was said of."""
    _cut_head(page)
    _cut_edges(page)
    _cut_lists(page)
    _cut_foot(page)
    _cut_repeated(page)
    _cut_signs(page)
    _cut_between(page)
    _hold_bounds(page)


def _guess(page: JudgedPage, between: Sequence[int], reason: str) -> None:
    """Let units go that are of a kind which websites consist of; what else stands among them was perhaps written."""
    for at in between:
        if is_of_known_kind(page.units[at]) and not is_protected(page, at):
            page.cut(at, Verdict("navigation", reason, safe=False))


def _hold_bounds(page: JudgedPage) -> None:
    """Withdraw all guesses where they would take much of what is left.

    That is a fifth of the sentences, or half of them with those about a website, or half of the words.

    Then it was not the website's edges that were found, but an article of a kind that nobody thought of. Data for
    scripts, and links, do not count as words of an article.
    """
    left = [at for at, verdict in enumerate(page.verdicts) if verdict is None or not verdict.safe]
    guessed = [at for at in left if page.verdicts[at] is not None]
    for counts, share in ((is_whole_sentence, _SENTENCES), (is_any_sentence, _WORDS), (is_wording, _WORDS)):
        words = sum(page.units[at].words for at in left if counts(page.units[at]))
        gone = sum(page.units[at].words for at in guessed if counts(page.units[at]))
        if gone * share > words:
            for at in guessed:
                page.verdicts[at] = None
            return


def _cut_head(page: JudgedPage) -> None:
    """All before the title, if a part of it is certain and no paragraph stands there."""
    head = range(page.title or 0)
    if any(page.verdicts[at] is not None or is_chrome(page.units[at]) for at in head) and _is_chrome_mostly(page, head):
        _guess(page, head, "before the title, among links about the website")


def _cut_edges(page: JudgedPage) -> None:
    """Judge the units before the first paragraph and after the last one, from the first cue to the last, if cues are
    many.

    The lines next to the paragraph stay: they are the title and the byline.
    """
    prose = [at for at, unit in enumerate(page.units) if _is_prose(page, at) or unit.kept]
    if not prose:
        return
    title = page.title if page.title is not None else max(prose[0] - _TITLE, 0)
    head = range(_head_end(page, min(title, prose[0])))
    cues = _cues(page, head)
    if cues:
        _guess(page, range(cues[-1] + 1), "before the article, among lines about the website")
    foot = range(_foot_start(page, prose[-1] + 1), len(page.units))
    cues = _cues(page, foot)
    if cues:
        _guess(page, range(cues[0], len(page.units)), "behind the article, among lines about the website")


def _cues(page: JudgedPage, edge: range) -> list[int]:
    """The cues of an edge, if they are many there."""
    cues = [at for at in edge if is_cue(page.units[at]) or page.verdicts[at] is not None]
    return cues if len(cues) >= _OFTEN and len(cues) * _RARE >= len(edge) else []


def _head_end(page: JudgedPage, end: int) -> int:
    """Where a head may end, at unit `end` at the latest: before a sentence, unless a few lines tell that it goes on."""
    signs = set[str]()
    for at in range(end - 1, -1, -1):
        unit = page.units[at]
        if is_strong(unit):
            signs.add(unit.text.lower())
        elif len(signs) < _CERTAIN and page.verdicts[at] is None and is_sentence(unit):
            end, signs = at, set()
    return end


def _foot_start(page: JudgedPage, start: int) -> int:
    """Where a foot may start, from unit `start` on: what still may be the article's comes before it.

    Feet hold sentences too, but not before a few lines have shown that the article is over.
    """
    written, signs = start, set[str]()
    for at in range(start, len(page.units)):
        unit = page.units[at]
        if is_strong(unit) or page.verdicts[at] in FOOTS:
            signs.add(unit.text.lower())
        elif len(signs) < _CERTAIN and page.verdicts[at] is None and _may_be_written(page, at):
            written, signs = at + 1, set()
    return written


def _may_be_written(page: JudgedPage, at: int) -> bool:
    """True if a unit may be the last of an article: a sentence, a section's title, a source."""
    unit = page.units[at]
    if unit.kept or _is_section(page, at) or is_last_section(unit):
        return True
    sentence = unit.words >= FULL and unit.text.endswith((".", "!", "?", ".”", '."', ":"))
    return (sentence and not is_about_site(unit.text)) or has_citation(unit.text)


def _is_prose(page: JudgedPage, at: int) -> bool:
    unit = page.units[at]
    if page.verdicts[at] is not None or is_about_site(unit.text):
        return False
    return unit.words >= PARAGRAPH or has_fact_of_science(unit.text) or _is_section(page, at) or _is_in_run(page, at)


def _is_in_run(page: JudgedPage, at: int) -> bool:
    """True if a unit is one of two sentences in a row, as in articles of short paragraphs."""
    if not is_whole_sentence(page.units[at]):
        return False
    beside = (_beside(page, at, step) for step in (-1, 1))
    return any(
        other is not None and page.verdicts[other] is None and is_whole_sentence(page.units[other]) for other in beside
    )


def _beside(page: JudgedPage, at: int, step: int) -> int | None:
    """The next unit in one direction that is more than marks."""
    at += step
    while 0 <= at < len(page.units) and page.units[at].is_mark:
        at += step
    return at if 0 <= at < len(page.units) else None


def _cut_lists(page: JudgedPage) -> None:
    """Short lines below the title of a list of other pages, as far as they go: links in a text that has lost them."""
    linked = sum(unit.is_link for unit in page.units) > _OFTEN
    titles = either(tuple(block.title for block in general().block))
    likely = [at for at in page.known if not page.units[at].kept and titles.fits(page.units[at].text)]
    for block in general().block if likely else ():
        title = either((block.title,))
        for at in likely:
            if not title.fits(page.units[at].text):
                continue
            end, prose = at + 1, page.first_prose
            last = prose - _TITLE if page.title is None and prose is not None and at < prose else len(page.units)
            while end < last and end != page.title and _is_entry(page, end, linked):
                end += 1
            if end - at > _FOLLOWING:
                _guess(page, range(at, end), block.reason)


def _is_entry(page: JudgedPage, at: int, linked: bool) -> bool:
    unit = page.units[at]
    if linked and not unit.is_link and not unit.is_mark and page.verdicts[at] is None:
        return False
    if unit.kept or unit.level or (unit.image and not unit.links):
        return False
    ends = (".", ";") if unit.words <= _LABEL else (".", ";", ":")
    return page.verdicts[at] is not None or (unit.words <= _ENTRY and not unit.text.endswith(ends))


def _cut_foot(page: JudgedPage) -> None:
    """From the title of a foot, in the second half, to the end: where signs of a website are many."""
    marker = either((*general().footers, *general().listings))
    for at in range(_foot_start(page, len(page.units) // 2), len(page.units)):
        unit, foot = page.units[at], range(at, len(page.units))
        opens = (unit.known and marker.fits(unit.text)) or is_chrome(unit) or page.verdicts[at] is not None
        short = len(foot) < _FOOT and any(is_sentence(page.units[at]) for at in foot)
        if opens and not short and _is_chrome_mostly(page, foot):
            _guess(
                page,
                [at for at in foot if not _is_prose(page, at)],
                "behind the article, among links about the website",
            )
            return


def _is_chrome_mostly(page: JudgedPage, between: Sequence[int]) -> bool:
    """True if signs of a website are many here, and no section of the article is."""
    signs = words = 0
    for at in between:
        unit = page.units[at]
        if page.verdicts[at] is not None or is_sign(unit):
            signs += 1
        elif unit.kept or _is_section(page, at):
            return False
        elif has_fact_of_science(unit.text) or (unit.words >= PARAGRAPH and not is_about_site(unit.text)):
            words += unit.words
    return signs * _SHARE >= len(between) and words <= len(between) * 3


def _is_section(page: JudgedPage, at: int) -> bool:
    unit, profile = page.units[at], page.note.profile
    return bool(unit.level) and profile is not None and profile.section(unit.text) is not None


def _cut_repeated(page: JudgedPage) -> None:
    """Short lines that stand in a note many times over: buttons. A link is one if each time it leads elsewhere."""
    targets: dict[str, list[tuple[str, ...]]] = {}
    for unit in page.units:
        targets.setdefault(unit.text, []).append(tuple(target for _, target in unit.links))
    elsewhere = {text: len(set(places)) == len(places) for text, places in targets.items()}
    title = page.units[page.title].text if page.title is not None else ""
    for at, unit in enumerate(page.units):
        if unit.text == title:
            continue
        places = targets[unit.text]
        often = len(places) >= (_OFTEN if unit.links and elsewhere[unit.text] else _VERY_OFTEN)
        button = bool(unit.links) or _BUTTONS.match(unit.text) is not None
        if often and button and not unit.level and 2 <= unit.words <= _BUTTON and unit.text[-1:].isalpha():
            _guess(page, (at,), f"repeated {len(places)} times, as buttons are")


def _cut_signs(page: JudgedPage) -> None:
    """Links about the website, cues, and sentences that speak to its visitors, where other residue is near."""
    for at, unit in enumerate(page.units):
        if page.verdicts[at] is not None or unit.is_mark or unit.level:
            continue
        within = unit.is_link and all("#" in target for _, target in unit.links)
        said = within or is_chrome(unit) or is_about_site(unit.text) or _INTERESTS.search(unit.text) is not None
        at_end = said and at >= len(page.units) - _NEAR
        if at_end or ((said or is_cue(unit)) and _residue_near(page, at) >= (1 if said else 2)):
            _guess(page, (at,), "about the website, beside other residue")


def _residue_near(page: JudgedPage, at: int) -> int:
    near = range(max(at - _NEAR, 0), min(at + _NEAR + 1, len(page.units)))
    return sum(other != at and (page.verdicts[other] is not None or _is_alone(page.units[other])) for other in near)


def _is_alone(unit: Unit) -> bool:
    return not unit.is_mark and not unit.kept and is_sign(unit) and (not unit.is_link or is_chrome(unit))


def _cut_between(page: JudgedPage) -> None:
    """A short line or a number between two units that go."""
    for at in range(1, len(page.units) - 1):
        unit = page.units[at]
        both = page.verdicts[at - 1] is not None and page.verdicts[at + 1] is not None
        sentence = unit.words > 1 and unit.text.endswith((".", "!", "?", ":"))
        if both and at != page.title and not unit.level and not unit.is_link and unit.words <= _BUTTON and not sentence:
            _guess(page, (at,), "between lines about the website")
