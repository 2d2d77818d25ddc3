"""A note seen as a page of a website: its units, and what is said of each."""

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct, field

from notelint.core.lazy_regex import lazy_regex
from notelint.note.note import Note
from notelint.residue.facts import ArticleFacts, can_take
from notelint.residue.knowledge import Fact, Line, any_fact, either, general, matcher
from notelint.residue.units import Unit, units
from notelint.residue.untouchable import pictures, untouchable

FACT = "edit-history"
_BYLINES = 12  # units after the title or the first paragraph that may tell more authors
_BY = lazy_regex(r"(?:.{0,30} )?by:?|(?:last )?(?:updated|published|posted|revised|reviewed|edited)(?: on)?:?", re.I)
_LABELLED = lazy_regex(r"(?:[^\W\d_]+ ){0,2}[^\W\d_]+ ?[:：] ?\S")
_LABEL = 12  # words of a labelled line in a record, at most
_POSTS = 3  # lines alike, each with a text below it
_RECORD = 2  # others of them, beside it
_PROSE = 5  # words of a line of a paragraph at least
_SENTENCE_ENDS = (".", "!", "?", "。")
PARAGRAPH = 25  # words: so much is written by somebody, unless a pattern says otherwise


class Verdict(Struct, frozen=True):
    """Why a unit goes: the kind of residue (a checker's id), the reason ("this is ..."), whether that is sure."""

    kind: str
    reason: str
    safe: bool = True


class JudgedPage(Struct, dict=True):
    """A note's units with a verdict each (None: it stays), the article's title among them, and the facts found."""

    note: Note
    units: list[Unit]
    verdicts: list[Verdict | None]
    facts: ArticleFacts
    title: int | None = None
    can_take: bool = True
    facts_at: set[int] = field(default_factory=set)
    untouchable: frozenset[int] = frozenset()
    pictures: frozenset[int] = frozenset()  # and captions, which go only with what stands around them
    sections: frozenset[int] = frozenset()  # units of the article's sections whose headings its profile knows
    is_declared: bool = False  # not merely signed
    in_rows: frozenset[int] = frozenset()  # units of rows in which several lines can only be a website's
    knows_contents: bool = False  # its site's pack says how its tables of contents look

    @classmethod
    def of(cls, note: Note, crude: bool = False) -> "JudgedPage":
        """The page that a note is, with nothing said of it yet. In a `crude` scrape no indentation is code."""
        found = units(note, crude)
        page = cls(note, found, [None] * len(found), ArticleFacts(note.properties), can_take=can_take(note))
        page.untouchable, page.pictures = untouchable(note, found), pictures(note, found)
        return page

    @property
    def tail(self) -> int:
        """The first unit behind the last section whose heading the profile knows: no foot begins before it."""
        return max(self.sections, default=-1) + 1

    def below(self, at: int) -> int | None:
        """The number of the next unit that is not a mark alone; None if there is none."""
        return next((other for other in range(at + 1, len(self.units)) if not self.units[other].is_mark), None)

    def may_go(self, at: int) -> bool:
        """True if a unit may be taken out at all."""
        return at not in self.pictures and self.may_go_with_others(at)

    def may_go_with_others(self, at: int) -> bool:
        """The same, if a picture's surroundings go."""
        return not self.units[at].kept and at not in self.untouchable

    def is_within_paragraph(self, at: int) -> bool:
        """True if a unit stands between two lines of prose without a blank line: it may be their words."""
        if not 0 < at < len(self.units) - 1:
            return False
        before, unit, after = self.units[at - 1 : at + 2]
        if unit.bullet or unit.level or (before.span.end, unit.span.end) != (unit.span.start, after.span.start):
            return False
        return _is_prose(before) and _is_prose(after) and not after.bullet

    def cut(self, at: int, verdict: Verdict) -> None:
        """Say that a unit goes, unless something was said of it before or nothing may take it out."""
        if self.may_go(at):
            self.cut_with_others(at, verdict)

    def cut_with_others(self, at: int, verdict: Verdict) -> None:
        """The same; a picture goes with what stands around it."""
        if self.may_go_with_others(at) and self.verdicts[at] is None:
            self.verdicts[at] = verdict

    def make_sure(self, between: Iterable[int], verdict: Verdict) -> None:
        """Say that units go, those too of which it was a guess."""
        for at in between:
            guessed = self.verdicts[at]
            if guessed is not None and not guessed.safe and verdict.safe:
                self.verdicts[at] = None
            self.cut(at, verdict)

    def cut_all(self, between: Iterable[int], verdict: Verdict) -> None:
        """The same of several units."""
        for at in between:
            self.cut(at, verdict)

    def take(self, at: int, values: dict[str, str], reason: str) -> bool:
        """Keep what a unit tells of the article in the frontmatter, and let the unit go; False if it must stay."""
        if not self.may_go(at) or not self.can_take or not self.facts.take(values):
            return False
        self.verdicts[at] = Verdict(FACT, reason)
        self.facts_at.add(at)
        return True

    def take_fact(self, at: int, fact: Fact, text: str) -> bool:
        """True if a unit, by what is read of it, tells this fact; if so, and there is a place for it, the unit goes."""
        if self.verdicts[at] is not None or (fact.near_title and not self._is_near_title(at, fact)):
            return False
        match = matcher(fact.line, False).match(text)
        if match is None or self.is_within_paragraph(at) or self._is_in_record(at):
            return False
        values = {key: value for key, value in match.groupdict().items() if value}
        if self._is_of_another(at, values) or ("licence" in values and not self._is_whole(at)):
            return False
        return self.take(at, values, fact.reason)

    def _is_in_record(self, at: int) -> bool:
        """True if a unit is one of several labelled lines in a row that tell nothing else of an article: a record of
        something, as that of a game of chess is.
        """
        if _LABELLED.match(self.units[at].text) is None:
            return False
        known = any_fact(tuple(fact.line for fact in general().fact))
        others = 0
        for step in (-1, 1):
            near = at + step
            while 0 <= near < len(self.units) and _LABELLED.match(self.units[near].text):
                if self.units[near].known or self.units[near].words > _LABEL or known.fits(self.units[near].text):
                    return False
                others, near = others + 1, near + step
        return others >= _RECORD

    def _is_whole(self, at: int) -> bool:
        """True if a unit holds whole sentences: none began on the line above, none goes on or is explained below."""
        unit = self.units[at]
        before, after = self.units[at - 1 : at] if at else [], self.units[at + 1 : at + 2]
        if any(one.span.end == unit.span.start and _is_prose(one) and not _ends(one) for one in before):
            return False
        goes_on = any(one.span.start == unit.span.end and not one.bullet and not one.level for one in after)
        return _ends(unit) or not (goes_on or unit.text.endswith((":", ",", ";")))

    def _is_of_another(self, at: int, values: Mapping[str, str]) -> bool:
        """True if this tells who wrote another article, of which a page's foot may show many."""
        start = self.title if self.title is not None else 0
        if at <= max(start, self.first_prose or 0) + _BYLINES:
            return False
        return any(self.facts.others(key, values[key]) for key in ("author", "reviewer", "editor") if key in values)

    def take_all(self, between: Iterable[int], reason: str) -> None:
        """Let units go whose words another one has."""
        for at in between:
            if self.verdicts[at] is None and self.may_go(at):
                self.verdicts[at] = Verdict(FACT, reason)
                self.facts_at.add(at)

    def take_facts(self, facts: Iterable[Fact]) -> None:
        """Take what these facts say of the article, from the units that tell it and are not spoken for."""
        facts = tuple(facts)
        any_of_them = any_fact(tuple(fact.line for fact in facts))
        texts = {at: unit.text for at, unit in enumerate(self.units)}
        joined = {
            at: f"{texts[at]} {texts[at + 1]}"
            for at in texts
            if at + 1 in texts and _BY.fullmatch(texts[at]) and not self._heads_list(at)
        }
        likely = {at: text for at, text in (texts | joined).items() if any_of_them.fits(text)}
        for fact in facts if likely else ():
            pattern = matcher(fact.line, False)
            telling = {at: text for at, text in likely.items() if pattern.match(text)}
            if fact.near_title and self._are_heads(telling):
                continue
            near = {at: text for at, text in telling.items() if not fact.near_title or self._is_near_title(at, fact)}
            if not fact.single or (len(set(near.values())) == 1 and not self._is_parted(near)):
                for at, text in telling.items():
                    if self.take_fact(at, fact, text) and at in joined:
                        self.take_all((at + 1,), fact.reason)

    def _heads_list(self, at: int) -> bool:
        """True if two items of a list or more stand below a unit: it is not the first one that it belongs to."""
        below = self.units[at + 1 : at + 3]
        return len(below) == 2 and all(unit.bullet for unit in below)

    def _is_parted(self, alike: Iterable[int]) -> bool:
        """True if a sentence stands between units: they are heads of what follows each, as in minutes and diaries."""
        between = self.units[min(alike) : max(alike)]
        return any(unit.text.endswith(_SENTENCE_ENDS) and not (unit.known or unit.is_link) for unit in between)

    def _are_heads(self, telling: Mapping[int, str]) -> bool:
        """True if several lines that differ stand each above a text: they are of posts, not of the article."""
        places = sorted(telling)
        return len(set(telling.values())) >= _POSTS and all(
            any(not (unit.known or unit.is_link or unit.is_mark) for unit in self.units[at + 1 : below])
            for at, below in itertools.pairwise(places)
        )

    def _is_near_title(self, at: int, fact: Fact) -> bool:
        """True if a unit stands below the title; in a text without headings, between the first units and the prose."""
        if self.title is not None:
            return self.title < at <= self.title + fact.near_title
        return self.first_prose is not None and self.first_prose - fact.near_title <= at < self.first_prose

    @cached_property
    def known(self) -> list[int]:
        """The units that are lines which may mean something to websites."""
        return [at for at, unit in enumerate(self.units) if unit.known]

    @cached_property
    def first_prose(self) -> int | None:
        """The first unit that is as long as a paragraph."""
        return next((at for at, unit in enumerate(self.units) if unit.words >= PARAGRAPH), None)

    def is_line(self, at: int, line: Line) -> bool:
        """True if a unit is a line of this make."""
        unit = self.units[at]
        if matcher(line.line).match(unit.text) is None:
            return False
        if line.target is None:
            return True
        if line.labelled:
            return bool(unit.links) and all(matcher(line.target).match(target) for _, target in unit.links)
        return unit.is_link and any(matcher(line.target).match(target) for _, target in unit.links)

    def cut_lines(self, lines: Iterable[Line], between: Iterable[int]) -> None:
        """Let every one of some units go that is a line of one of these makes."""
        lines = tuple(lines)
        any_of_them = either(tuple(line.line for line in lines))
        for at in between:
            if not any_of_them.fits(self.units[at].text):
                continue
            for line in lines:
                if self.verdicts[at] is None and self.is_line(at, line):
                    self.cut(at, Verdict(line.kind, line.reason, safe=not self.is_within_paragraph(at)))

    def first(self, pattern: str, start: int = 0) -> int | None:
        """The first unit from `start` on that reads as the pattern says."""
        expression = matcher(pattern)
        for at in range(start, len(self.units)):
            if expression.match(self.units[at].text):
                return at
        return None


def _is_prose(unit: Unit) -> bool:
    return unit.words >= _PROSE and not (unit.level or unit.known or unit.is_link or unit.image)


def _ends(unit: Unit) -> bool:
    return unit.text.endswith(_SENTENCE_ENDS)
