"""Silencing diagnostics from inside a note: comments, and a property.

`<!-- notelint-disable id, id -->` silences from its line to the end of the note, `notelint-enable` ends that,
`notelint-disable-next-line` silences the next line. The same inside `%% ... %%`. Without ids, all checkers are meant.
Behind ` -- ` may stand why. What begins like one of these and cannot be read silences nothing, and is reported.
The property `notelint: {ignore: [id]}` silences for the whole note.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from notelint.core.diagnostic import COVERED, Finding
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.note import Note

_OPENING = lazy_regex(r"(?:<!--|%%)\s*+(?P<name>notelint-(?P<what>\w++(?:-\w++)*+))")
_ID = lazy_regex(r"\w++(?:-\w++)*+")
_REST = lazy_regex(  # the ids, why, and the comment's end
    rf"(?P<ids>(?:\s++{_ID.pattern}(?:(?:\s*+,\s*+|\s++){_ID.pattern})*+)?+)\s*+"
    r"(?:--\s(?:(?!-->|%%|<!--)[^\r\n])*+)?+(?:-->|%%)"
)
_WRITTEN = ("disable-next-line", "disable", "enable")
UNUSED = "unused-suppression"
_OF_PROPERTY = "silences what its key `ignore` lists, and nothing else: write `notelint: {ignore: [id]}`"


class Rule(Struct, array_like=True):
    """One id (None: all) silenced over a place; `used` tells whether it ever silenced anything.

    With a `fault` it silences nothing: this says why it could not be read.
    """

    id: str | None
    over: Span
    place: Span
    whole: Span
    used: bool = False
    fault: str = ""


class Suppressions(Struct):
    """The suppressions of one note."""

    rules: list[Rule] = field(default_factory=list)
    _silenced: dict[str, list[int]] = field(default_factory=dict)  # by checker, where its findings were silenced
    _over: dict[str | None, Regions] | None = None

    @classmethod
    def of(cls, note: Note) -> "Suppressions":
        """Read a note's suppressions; those in code are text."""
        return cls([*_from_property(note), *_from_comments(note)])

    def silences(self, checker: str, span: Span) -> bool:
        """True if a finding of `checker` that starts where `span` does is silenced; remembers that it was."""
        if not self.rules:
            return False
        if self._over is None:
            by_id: dict[str | None, list[Span]] = {}
            for rule in self.rules:
                by_id.setdefault(rule.id, []).append(rule.over)
            self._over = {id: Regions(spans) for id, spans in by_id.items()}
        silenced = any(span.start in self._over[id] for id in (checker, COVERED.get(checker), None) if id in self._over)
        if silenced:
            for name in {checker, COVERED.get(checker, checker)}:
                self._silenced.setdefault(name, []).append(span.start)
        return silenced

    def known_to(self, note: Note, earlier: Note) -> "Suppressions":
        """Those of this `note`'s suppressions that stood in it before, when it was `earlier`.

        One is known by its words, whether it ends, and the line that it silences alone: a comment that was moved to
        another line is another one.
        """
        left = Counter(_known_by(earlier, rule) for rule in Suppressions.of(earlier).rules)
        kept = []
        for rule in self.rules:
            mark = _known_by(note, rule)
            if left[mark]:
                left[mark] -= 1
                kept.append(rule)
        return Suppressions(kept)

    def settled(self) -> list[Rule]:
        """The rules, each of which knows by now whether it silenced anything."""
        by_checker: dict[str | None, list[int]] = {id: sorted(places) for id, places in self._silenced.items()}
        by_checker[None] = sorted(place for places in self._silenced.values() for place in places)
        for rule in self.rules:
            places = by_checker.get(rule.id, [])
            at = bisect_left(places, rule.over.start)
            rule.used = rule.used or (at < len(places) and places[at] < rule.over.end)
        return self.rules

    def unused(self, ran: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
        """Suppressions that silenced nothing, of checkers that `ran`, or of ids that are not `known`."""
        ran, known = set(ran), set(known)
        by_name = Regions(rule.over for rule in self.rules if rule.id == UNUSED)
        for rule in self.settled():
            if rule.place.start in by_name:
                continue  # silenced by name; a blanket suppression does not hide that it is useless
            if rule.fault:
                yield Finding(rule.place, rule.fault)
            elif rule.id is not None and rule.id not in known:
                yield Finding(rule.place, f"there is no checker {rule.id!r} to silence", about=rule.id)
            elif not rule.used and (rule.id is None or rule.id in ran):
                name = "all checkers" if rule.id is None else f"{rule.id!r}"
                yield Finding(rule.place, f"silences {name}, which finds nothing there: remove it", about=rule.id)


def _known_by(note: Note, rule: Rule) -> tuple[str | None, str, bool, str]:
    """The key by which a suppression is recognised in another version of its note."""
    words = " ".join(rule.whole.of(note.text).split())
    line = " ".join(rule.over.of(note.text).split()) if "next-line" in words else ""
    return rule.id, words, rule.over.end > len(note.text), line


def _from_property(note: Note) -> Iterator[Rule]:
    asked, block = note.properties.get("notelint"), note.frontmatter
    if asked is None or block is None:
        return
    ignored = asked.get("ignore") if isinstance(asked, dict) else None
    if not isinstance(asked, dict) or set(asked) - {"ignore"}:
        place = block.place(("notelint",)).key
        yield Rule("notelint", Span(0, 0), place, place, fault=_OF_PROPERTY)
    if ignored is None:
        return
    for at, id in enumerate(ignored if isinstance(ignored, list) else [ignored]):
        path = ("notelint", "ignore", at) if isinstance(ignored, list) else ("notelint", "ignore")
        place = block.place(path).value
        yield Rule(str(id), Span(0, len(note.text) + 1), place, place)


def _from_comments(note: Note) -> Iterator[Rule]:
    if "notelint-" not in note.text:
        return
    end_of_note = len(note.text) + 1
    open_rules: dict[str | None, list[Rule]] = {}
    for opening in _OPENING.finditer(note.text, note.body_start):
        if opening.start() in note.structure.code:
            continue
        rest = _REST.match(note.text, opening.end())
        if rest is None or opening["what"] not in _WRITTEN:
            yield _unread(opening, is_known=opening["what"] in _WRITTEN)
            continue
        whole = Span(opening.start(), rest.end())
        named = [(id.group(), Span(*id.span())) for id in _ID.finditer(note.text, *rest.span("ids"))]
        ids: list[tuple[str | None, Span]] = [*named] or [(None, whole)]
        if opening["what"] == "enable":
            for id in list(open_rules) if ids[0][0] is None else [id for id, _ in ids]:
                for rule in open_rules.pop(id, ()):
                    rule.over = Span(rule.over.start, whole.start)
            continue
        line = note.lines.position(whole.end)[0]
        over = Span(note.lines.line_span(line).start, end_of_note)
        if opening["what"] == "disable-next-line":
            following = note.lines.line_span(line + 1) if line < len(note.lines) else Span(end_of_note, end_of_note)
            over = Span(following.start, following.end + (following.end == len(note.text)))
        rules = [Rule(id, over, place, whole) for id, place in ids]
        if opening["what"] == "disable":
            for rule in rules:
                open_rules.setdefault(rule.id, []).append(rule)
        yield from rules


def _unread(opening: re.Match[str], *, is_known: bool) -> Rule:
    """A comment that was meant to silence something, as a rule that silences nothing."""
    name, place = opening["name"], Span(*opening.span("name"))
    if is_known:
        fault = f"silences nothing: behind {name} may stand ids, and behind ` -- ` why, up to the end of the comment"
    else:
        fault = f"silences nothing: {name} is none of {', '.join(f'notelint-{one}' for one in _WRITTEN)}"
    return Rule(name, Span(0, 0), place, place, fault=fault)
