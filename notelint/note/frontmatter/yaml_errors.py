"""Mistakes in YAML, explained with their place and the remedy."""

import re

from yaml.error import MarkedYAMLError

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.frontmatter.reader import MAX_DEPTH

_TEMPLATE = lazy_regex(r"(?:^|:|-)[ \t]*(\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\{\{.*)")
_HASH = lazy_regex(r"\[[^\"'\[\]#]*+(?<=[\[,\s])(?P<hash>#[^\s,\[\]]++)[^\[\]]*+\]")  # in a list, which it keeps open
BLANK_LINE = lazy_regex(r"^[ \t]+$", re.MULTILINE)
_TAB = "a tab indents this line: YAML takes only spaces"
# What libyaml says (a part of "context: problem"), whether the place to show is where the construct opened rather than
# where libyaml gave up, and what we say. {0} is the character at that place. The first line that fits counts.
_CURES: tuple[tuple[str, bool, str], ...] = (
    ("maximum nesting depth", False, f"more than {MAX_DEPTH} levels of maps and lists in one another"),
    ("found a tab", False, _TAB),
    ("cannot start any token", False, "{0} cannot start a value: put the whole value in quotes"),
    ("quoted scalar: found unexpected", True, "this quote is never closed"),
    ("Unicode character escape", False, "an escape of half a character: write the character itself"),
    ("quoted scalar: ", False, "unknown escape: double the backslash, or use single quotes"),
    ("could not find expected ':'", True, "this line has no colon: write it as `key: value`"),
    ("expected '-' indicator", False, "this line breaks the list: begin it with `- `, or give the list a key"),
    ("did not find expected ',' or", True, "{0} is never closed, or a comma is missing: put a text in quotes"),
    ("scanning an alias", True, "a value that starts with * must be in quotes"),
    ("scanning an anchor", True, "a value that starts with & must be in quotes"),
    ("sequence entries are not allowed", False, "a list begins on a new line; put a text that starts with - in quotes"),
    (
        "comment or line break",
        True,
        "after {0} the text begins on a new line; put a text that starts with {0} in quotes",
    ),
    ("mapping keys are not allowed", False, "a value that starts with ? must be in quotes"),
    ("expected node content", False, "{0} cannot start a value: put the whole value in quotes"),
    ("expected <document start>", False, "text follows the end of the properties, or is not indented like them"),
    ("directive", True, "a line that starts with % must be in quotes"),
    (" tag", True, "a value that starts with ! must be in quotes"),
)


def explain(error: MarkedYAMLError, source: str) -> tuple[str, int, int]:
    """An error of libyaml in plain words, with the place to blame as offsets into `source`."""
    at = min(error.problem_mark.index, len(source)) if error.problem_mark else 0
    opened = min(error.context_mark.index, len(source)) if error.context_mark else at
    for place in (at, opened):
        line = _line(source, place)
        if template := _TEMPLATE.search(source[line.start : line.end]):
            start = line.start + template.start(1)
            return f"{template[1]} is a template, and must be in quotes", start, start + len(template[1])
    for place in (opened, max(len(source[:at].rstrip()) - 1, 0)):
        line = _line(source, place)
        if hidden := _HASH.search(source, line.start, line.end):
            message = f"{hidden['hash']} begins a comment, which hides the end of the list: leave # out, or use quotes"
            return (message, *hidden.span("hash"))
    said = f"{error.context or ''}: {error.problem or ''}"
    if "mapping values are not allowed" in said:
        return _second_colon(source, at)
    before = source[_line(source, at).start : at].strip()
    if "did not find expected key" in said or ("entries are not allowed" in said and not before.endswith(":")):
        message = "text follows a value that is complete: put the whole value in quotes"
        if not before:
            message = "this line is not indented like those it belongs to"
        return (message, *_rest_of_line(source, at))
    for part, from_opening, message in _CURES:
        if part in said:
            start, end = _rest_of_line(source, opened if from_opening else at)
            if source[start : start + 1] == "\t":
                return _TAB, start, start + 1
            return message.format(source[start : start + 1]), start, end
    return (str(error.problem), *_rest_of_line(source, at))


def _second_colon(source: str, at: int) -> tuple[str, int, int]:
    line = _line(source, at)
    if key := re.compile(r"[^:]*:\s+").match(source, line.start, at):
        message = "a second colon in one line: put the whole value in quotes"
        return message, key.end(), line.end
    message = "this line is indented deeper than the one above, or that one lacks its colon or the space after it"
    return message, at - len(source[line.start : at].lstrip()), line.end


def _line(source: str, at: int) -> Span:
    """The line that `at` stands in, without its line end and the blanks before that."""
    start = max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1
    ends = [end for end in (source.find("\n", start), source.find("\r", start)) if end >= 0]
    line = source[start : min(ends, default=len(source))]
    return Span(start, start + len(line.rstrip()))


def _rest_of_line(source: str, at: int) -> tuple[int, int]:
    """From `at` to the end of its line; where nothing is left, the last character before `at` that can be seen."""
    end = _line(source, at).end
    if at < end:
        return at, end
    if source[at : at + 1] == "\t":
        return at, at + 1
    last = len(source[:at].rstrip())
    return max(last - 1, 0), last
