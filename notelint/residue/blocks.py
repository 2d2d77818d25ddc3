"""What websites have in common: JSON left by scripts, tables of contents, lists of other pages, heads and feet."""

import re
from collections.abc import Iterable

from notelint.residue.knowledge import either, general, matcher
from notelint.residue.page import Page, Verdict
from notelint.residue.units import Unit

_PARAGRAPH = 25  # words: so much is written by somebody, unless a pattern says otherwise
_SENTENCE = 4  # words of a sentence at least
_VISITOR = re.compile(r"\b(?:you|your|we|our|us)\b", re.I)
_SITE_WORDS = (
    r"web ?sites?|sites?|pages?|browsers?|cookies?|privacy|terms|newsletters?|e-?mails?|subscri\w+|accounts?|sign|"
    r"log|click\w*|download\w*|links?|advert\w*|ads?|inbox|content|notifications?|register\w*|comments?|passwords?|"
    r"donat\w+|readers?|"
    r"story|stories|articles?|visit\w*|policy|licen[cs]e\w*|copyright|display\w*|media|brands?|trademarks?|reproduc\w+"
)
# Each word's first letter comes first, and what must not stand before it after that: a literal is found fast.
_SITE = re.compile("|".join(rf"{word[0]}(?<!\w\w){word[1:]}\b" for word in _SITE_WORDS.split("|")))
_JSON_KEYS = re.compile(r"\\?\"[\w\\-]{1,40}\\?\":")
_KEYS_OF_A_BLOB = 4
_SHARE = 3  # one unit in so many must be a link or a pattern
_HEAD = 3  # units of a head at least
_CROWD = 5  # links that lead about a site, in a note that is not known to come from one
_CONTENTS = re.compile(r"(?:table of )?contents:?|on this page:?|in this (?:article|page):?|jump to:?", re.I)
_PART = re.compile(r"(?:article|images|sections?):?", re.I)
_REFERENCE = re.compile(r"\b(?:doi|PMID|ISBN|et al)\b|\b(?:19|20)\d\d;\d|^\[?\d{1,3}[.\])]\s", re.I)
_CITATION = re.compile(r"\b(?:doi|PMID|ISBN|et al)\b", re.I)
_MEASURE = re.compile(r"\d ?(?:mm|cm|mg|ml|mL|g|kg|%|µg|mcg|mSv|Gy|HU|Hz|T)\b")


def apply(page: Page) -> None:
    """Say of every unit what can be said whatever the site."""
    known = general()
    page.cut_lines(line for line in known.line if not line.company)
    _cut_blobs(page)
    imported = is_imported(page)
    if imported or _company(page) >= _CROWD:
        page.cut_lines(known.line)
    _cut_contents(page)
    _cut_plain_contents(page)
    if page.title is None:
        page.title = _title(page.units)
    _cut_head(page, 2 if imported else _CROWD)
    _cut_lists(page)
    _cut_foot(page, 2 if imported else _CROWD)


def is_imported(page: Page) -> bool:
    """Whether a note is known to come from a website: it says so, or holds what nobody writes."""
    profile = page.note.profile
    return any(page.verdicts) or "source" in page.note.properties or (profile is not None and profile.imported)


def _company(page: Page) -> int:
    lines = [line for line in general().line if line.company]
    any_of_them = either(tuple(line.line for line in lines))
    likely = (at for at, unit in enumerate(page.units) if unit.is_link and any_of_them.match(unit.text))
    return sum(any(page.is_line(at, line) for line in lines) for at in likely)


def is_sign(unit: Unit) -> bool:
    """Whether a unit is what sites consist of: a link to a website, a cue, a mark, an icon."""
    return unit.is_link or unit.is_mark or is_cue(unit)


def is_cue(unit: Unit) -> bool:
    """Whether a unit is a line that websites are full of, though it may mean something elsewhere."""
    return unit.words <= _PARAGRAPH * 12 and either(general().cues).match(unit.text) is not None


def is_chrome(unit: Unit) -> bool:
    """Whether a unit is a link that leads about the site."""
    targets = either(general().targets, whole=False)
    return unit.is_link and any(targets.search(target) for _, target in unit.links)


def is_written(unit: Unit, sentences: bool) -> bool:
    """Whether somebody wrote this as part of an article: prose, a reference, a measurement; or it must stay.

    A short sentence is prose too where `sentences` count: behind the article, its last words may stand.
    """
    if unit.kept:
        return True
    if is_sign(unit):
        return False
    if has_fact_of_science(unit.text):
        return True
    sentence = sentences and unit.words >= _SENTENCE and unit.text.endswith((".", "!", "?"))
    return (sentence or unit.words >= _PARAGRAPH) and not is_about_site(unit.text)


def has_fact_of_science(text: str) -> bool:
    """Whether a text holds what no website writes about itself: a reference, a measurement, a dose."""
    return _REFERENCE.search(text) is not None or _MEASURE.search(text) is not None


def has_measure(text: str) -> bool:
    """Whether a text holds a measurement or a dose."""
    return _MEASURE.search(text) is not None


def has_citation(text: str) -> bool:
    """Whether a text is part of a reference, or holds a measurement: what is never guessed away."""
    return _CITATION.search(text) is not None or _MEASURE.search(text) is not None


def is_about_site(text: str) -> bool:
    """Whether a sentence speaks to a website's visitors, about the website."""
    said = {match.group() for match in _SITE.finditer(text.lower())}
    return len(said) >= (2 if _VISITOR.search(text) else 3)


def _cut_blobs(page: Page) -> None:
    for at, unit in enumerate(page.units):
        braced = unit.text.startswith(("{", "[{", "\\[{")) and unit.text.endswith(("}", "]"))
        if braced and len(_JSON_KEYS.findall(unit.text, 0, 5_000)) >= _KEYS_OF_A_BLOB:
            page.cut(at, Verdict("navigation", "data for the page's scripts"))


def _cut_contents(page: Page) -> None:
    """Tables of contents: each entry is a link within the page whose words a heading of the note repeats."""
    headings = {unit.text.lower() for unit in page.units if unit.level}
    run: list[int] = []
    for at in range(len(page.units) + 1):
        unit = page.units[at] if at < len(page.units) else None
        if unit is not None and unit.is_link and not unit.level and all("#" in target for _, target in unit.links):
            run.append(at)
        elif run and (unit is None or not unit.is_mark):
            _cut_entries(page, run, headings)
            run = []


def _cut_entries(page: Page, run: list[int], headings: set[str]) -> None:
    named = sum(page.units[at].text.lower() in headings for at in run)
    if len(run) < _HEAD or named * 3 < len(run) * 2:
        return
    verdict = Verdict("navigation", "the page's own table of contents")
    page.cut_all(run, verdict)
    before = run[0] - 1
    while before >= 0 and (page.units[before].is_mark or _PART.fullmatch(page.units[before].text)):
        before -= 1
    if before >= 0 and _CONTENTS.fullmatch(page.units[before].text):
        page.cut_all(range(before, run[0]), verdict)


def _cut_plain_contents(page: Page) -> None:
    """A table of contents in a text that has lost its links: nearly every entry stands again below."""
    opening = [at for at, unit in enumerate(page.units) if not unit.level and _CONTENTS.fullmatch(unit.text)]
    last = {_entry(unit.text): at for at, unit in enumerate(page.units)} if opening else {}
    for at in opening:
        if page.units[at].kept:
            continue
        end, seen = at + 1, set[str]()
        while end < len(page.units) and page.units[end].words <= _PARAGRAPH and not page.units[end].kept:
            entry = _entry(page.units[end].text)
            if entry in seen:
                break  # the first section begins
            if not page.units[end].is_mark and not _PART.fullmatch(page.units[end].text):
                seen.add(entry)
            end += 1
        again = sum(last[entry] >= end for entry in seen)
        if len(seen) >= _HEAD and again * 4 >= len(seen) * 3:
            page.cut_all(range(at, end), Verdict("navigation", "the page's own table of contents"))


def _entry(text: str) -> str:
    """An entry of a table of contents, without its number and what an editor adds."""
    return re.sub(r"^\d+(?:\.\d+)*\.? |\s*\[ ?edit ?\]$", "", text.lower())


def _title(units: list[Unit]) -> int | None:
    """The first heading of the first level that is no link; its text may stand on the next line in a crude scrape."""
    for at, unit in enumerate(units):
        if unit.level == 1 and not unit.is_link:
            return at if not unit.is_mark or at + 1 == len(units) else at + 1
    return None


def _cut_head(page: Page, certain: int) -> None:
    """All before the title, where it looks like a site's head and holds nothing that somebody wrote."""
    if page.title is None:
        return
    head = range(page.title)
    if page.title and page.units[page.title - 1].is_mark:
        head = range(page.title - 1)
    if len(head) >= _HEAD and _is_site(page, head, certain, False):
        page.cut_all(head, Verdict("navigation", "the head of a website's page"))


def _is_site(page: Page, between: Iterable[int], certain: int, sentences: bool) -> bool:
    """Whether these units together are part of a site: signs enough, some of them certain, nothing written."""
    units = [(page.units[at], page.verdicts[at]) for at in between]
    if any(verdict is None and is_written(unit, sentences) for unit, verdict in units):
        return False
    signs = sum(verdict is not None or is_sign(unit) for unit, verdict in units)
    sure = sum(verdict is not None or is_chrome(unit) for unit, verdict in units)
    return signs * _SHARE >= len(units) and sure >= certain


def _cut_lists(page: Page) -> None:
    """A title such as "More like this" and the links below it."""
    for block in general().block:
        title = matcher(block.title)
        for at, unit in enumerate(page.units):
            if page.verdicts[at] is None and title.match(unit.text) and not unit.kept:
                end = at + 1
                while end < len(page.units) and _is_entry(page, end):
                    end += 1
                while end > at + 1 and not page.units[end - 1].is_link and page.verdicts[end - 1] is None:
                    end -= 1
                links = sum(page.units[entry].is_link for entry in range(at + 1, end))
                if links >= 2:
                    page.cut_all(range(at, end), Verdict("navigation", block.reason))


def _is_entry(page: Page, at: int) -> bool:
    unit = page.units[at]
    if unit.kept or (unit.level and not unit.is_link):
        return False
    return unit.is_link or unit.is_mark or page.verdicts[at] is not None or _is_label(unit)


def _is_label(unit: Unit) -> bool:
    return unit.words <= 4 and unit.text.endswith(":")


def _cut_foot(page: Page, certain: int) -> None:
    """From a line that opens a site's foot, in the second half, to the end: where nothing written follows."""
    marker = either(general().footers)
    written = (at for at, unit in enumerate(page.units) if page.verdicts[at] is None and is_written(unit, True))
    for at in range(max(max(written, default=-1) + 1, len(page.units) // 2), len(page.units)):
        unit = page.units[at]
        if (marker.match(unit.text) or is_chrome(unit)) and _is_site(page, range(at, len(page.units)), certain, True):
            page.cut_all(range(at, len(page.units)), Verdict("navigation", "the foot of a website's page"))
            return
