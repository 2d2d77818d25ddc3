"""A note seen as a page of a website: its units, and what is said of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from notelint.note import Note
from notelint.residue.facts import Facts, can_take
from notelint.residue.knowledge import Fact, Line, either, matcher
from notelint.residue.units import Unit, units

FACT = "edit-history"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a unit goes: the kind of residue (a checker's id), the reason ("this is ..."), whether that is sure."""

    kind: str
    reason: str
    safe: bool = True


@dataclass
class Page:
    """A note's units with a verdict each (None: it stays), the article's title among them, and the facts found."""

    note: Note
    units: list[Unit]
    verdicts: list[Verdict | None]
    facts: Facts
    title: int | None = None
    takes_facts: bool = True
    facts_at: set[int] = field(default_factory=set)
    site: str | None = None

    @classmethod
    def of(cls, note: Note, crude: bool = False) -> "Page":
        """The page that a note is, with nothing said of it yet. In a `crude` scrape no indentation is code."""
        found = units(note, crude)
        return cls(note, found, [None] * len(found), Facts(note.properties), takes_facts=can_take(note))

    def cut(self, at: int, verdict: Verdict) -> None:
        """Say that a unit goes, unless something was said of it before or nothing may take it out."""
        if not self.units[at].kept and self.verdicts[at] is None:
            self.verdicts[at] = verdict

    def cut_all(self, between: Iterable[int], verdict: Verdict) -> None:
        """The same of several units."""
        for at in between:
            self.cut(at, verdict)

    def take(self, at: int, values: dict[str, str], reason: str) -> bool:
        """Keep what a unit tells of the article in the frontmatter, and let the unit go; False if it must stay."""
        if self.units[at].kept or not self.takes_facts or not self.facts.take(values):
            return False
        self.verdicts[at] = Verdict(FACT, reason)
        self.facts_at.add(at)
        return True

    def take_fact(self, at: int, fact: Fact) -> bool:
        """Whether a unit tells this fact; if so, and there is a place for it, the unit goes."""
        if self.verdicts[at] is not None:
            return False
        if fact.near_title and not (self.title is not None and self.title < at <= self.title + fact.near_title):
            return False
        match = matcher(fact.line, False).match(self.units[at].text)
        if match is None:
            return False
        return self.take(at, {key: value for key, value in match.groupdict().items() if value}, fact.reason)

    def is_line(self, at: int, line: Line) -> bool:
        """Whether a unit is a line of this make."""
        unit = self.units[at]
        if matcher(line.line).match(unit.text) is None:
            return False
        if line.target is None:
            return True
        return unit.is_link and any(matcher(line.target).match(target) for _, target in unit.links)

    def cut_lines(self, lines: Iterable[Line]) -> None:
        """Let every unit go that is a line of one of these makes."""
        lines = tuple(lines)
        any_of_them = either(tuple(line.line for line in lines))
        for at in range(len(self.units)):
            if any_of_them.match(self.units[at].text) is None:
                continue
            for line in lines:
                if self.verdicts[at] is None and self.is_line(at, line):
                    self.cut(at, Verdict(line.kind, line.reason))

    def first(self, pattern: str, start: int = 0) -> int | None:
        """The first unit from `start` on that reads as the pattern says."""
        expression = matcher(pattern)
        for at in range(start, len(self.units)):
            if expression.match(self.units[at].text):
                return at
        return None
