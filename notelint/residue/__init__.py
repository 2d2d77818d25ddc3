"""What an imported article still holds of the website it came from. Knowledge is data; this is what reads it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from notelint.diagnostic import Finding, Fix
from notelint.note import Note
from notelint.text import Edit, Span

_BEFORE = r"^[ \t\u00a0]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:#{1,6}[ \t]+)?(?:\*\*|__|\*|_)?"
_AFTER = r"(?:\*\*|__|\*|_)?[ \t\u00a0]*\r?$"


@dataclass(frozen=True)
class _Patterns:
    """The patterns of one kind of residue as one expression, and why each means what it does, by its group."""

    expression: re.Pattern[str]
    reasons: dict[str, str]


@cache
def _patterns(kind: str) -> _Patterns:
    table = tomllib.loads(files("notelint.residue").joinpath("lines.toml").read_text("utf-8"))
    named = {f"r{at}": pattern for at, pattern in enumerate(table[kind])}
    either = "|".join(f"(?P<{name}>{pattern['line']})" for name, pattern in named.items())
    expression = re.compile(f"{_BEFORE}(?:{either}){_AFTER}", re.I | re.M)
    return _Patterns(expression, {name: pattern["reason"] for name, pattern in named.items()})


def lines(note: Note, kind: str) -> Iterator[Finding]:
    """Whole lines of the body that are residue of this kind. Code, quotes, tables and comments are left alone."""
    patterns = _patterns(kind)
    for match in patterns.expression.finditer(note.text, note.body_start):
        span = Span(match.start(), match.end())
        if note.structure.opaque.touching(span) or note.structure.tables.touching(span):
            continue
        if span.start in note.structure.comments:
            continue
        reason = patterns.reasons[match.lastgroup or ""]
        written = match.group().strip()
        place = Span(note.text.index(written, span.start), span.start + len(match.group().rstrip()))
        yield Finding(
            place, f"this is {reason}", Fix(f"remove it: {reason}", (_removal(note.text, span),)), about=reason
        )


def _removal(text: str, line: Span) -> Edit:
    """Take the line out, with its line end."""
    end = line.end
    for newline in ("\r\n", "\n", "\r"):
        if text.startswith(newline, end):
            end += len(newline)
            break
    return Edit(Span(line.start, end), "")
