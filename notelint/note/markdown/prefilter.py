"""The parts of a body that the Markdown parser must see: prose without markup tells it nothing."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.markdown.headings import read_heading, simple_heading
from notelint.note.markdown.model import Heading

# Sections of plain prose and lists, between headings at the margin: see `text_for_parser`.
_MARGIN = lazy_regex(r"\n(#{1,6})(?:[ \t]([^\n]*))?(?=\n|\Z)")
_FENCED = lazy_regex(
    r"\n(?:(```++)[^`\n]*(?:\n[^\n]*)*?\n {0,3}\1`*|(~~~++)[^\n]*(?:\n[^\n]*)*?\n {0,3}\2~*)[ \t]*\r?(?=\n|\Z)"
)
_OPENING = lazy_regex(r"```|~~~|<(?=[A-Za-z/!?])")  # of fenced code or HTML; what begins with a literal is found fast
_TELLING = lazy_regex(  # code, mathematics, links, definitions, tables, underlines of headings
    r"`|\$|~~~|\t|\]\(|\]:|\]\[|--|\| ?-|: ?-|- ?\||-:|- *[\r\n]|- *\Z|= *[\r\n]|= *\Z"
)
_ROW = r"\|(?![ \t\r:|-]*\n)[^\n`$\\\[\]<>]*+\n(?=\|(?![ \t\r:|-]*(?:\n|\Z)))"  # of words, and before one
_ROWS = lazy_regex(rf"\n{_ROW}((?:{_ROW})++)")
_TELLING_OR_HTML = lazy_regex(f"<|>|{_TELLING.pattern}")
_MANY = 100  # rows from which on looking for those to leave out takes less time than reading them
_Cut = tuple[int, int, str]  # from where to where, and what stands there instead


def text_for_parser(body: str) -> tuple[str, list[tuple[int, int]], list[Heading]]:
    """The text with a blank in place of what the parser's events would tell nothing of; behind which of those blanks
    characters are left out, and how many; and the headings found there.

    To make values of events takes far longer than to see that they are not needed. A heading at the margin ends all
    that stands above it but fenced code and HTML, and these are the same whether words or blanks follow a blank line.
    Of many rows of a table without markup the first and the last are enough.
    """
    cuts, found = _free_sections(body)
    if body.count("\n|") > _MANY:
        cuts = sorted([*cuts, *_plain_rows(body, cuts)])
    kept: list[str] = []
    left_out: list[tuple[int, int]] = []
    at = length = 0
    for start, end, instead in cuts:
        kept += [body[at:start], instead]
        length += start - at + len(instead)
        left_out.append((length, end - start - len(instead)))
        at = end
    return "".join([*kept, body[at:]]), left_out, found


def _plain_rows(body: str, free: Sequence[_Cut]) -> Iterator[_Cut]:
    """Rows of tables in which there is nothing but words, behind and before others, and not above a row of dashes.

    Other lines that begin with `|` continue what they stand in, as rows do, and nothing depends on how many there are.
    """
    ends = [end for _, end, _ in free]
    for rows in _ROWS.finditer(body):
        start, end = rows.span(1)
        section = bisect_left(ends, end)
        if section == len(ends) or free[section][0] > start:
            yield start, end, ""


def _free_sections(body: str) -> tuple[list[_Cut], list[Heading]]:
    """The sections of plain prose, and the headings that are left out with them."""
    sections, certain_until = _sections(body)
    deep, nested = "    " in body, " #" in body
    found: list[Heading] = []
    cuts: list[_Cut] = []
    free, telling, mark, blanks = False, 0, -1, -1  # the next place of each sign, once it is sought
    for heading, end in sections:
        start, content = heading.start() + 1, min(heading.end() + 1, len(body))
        certain = end <= certain_until
        if certain and telling < start:
            telling = match.start() if (match := _TELLING.search(body, start)) else len(body)
        if nested and mark < content:
            mark = body.find(" #", content)
            nested = mark >= 0
        if deep and blanks < content:
            blanks = body.find("    ", content)
            deep = blanks >= 0
        free = (free or certain or body.endswith(("\n", "\n\r"), 0, start - 1)) and not (
            (telling < end if certain else _TELLING_OR_HTML.search(body, content, end))
            or (nested and mark < end - 1)
            or (deep and blanks < end - 3)
        )
        if not free:
            continue
        if certain:
            found.append(_margin_heading(body, heading))
        start = start if certain else content
        if end > start:
            cuts.append((start, end, " "))
    return cuts, found


def _sections(body: str) -> tuple[list[tuple[re.Match[str], int]], int]:
    """Text that looks like headings at the margin, each with the end of its section; and up to where it surely is
    one.
    """
    fences, certain_until = _fences(body)
    code = Regions(fences)
    margins = [heading for heading in _MARGIN.finditer(body) if not fences or heading.start() not in code]
    ends = [*(heading.start() for heading in margins[1:]), len(body)]
    return list(zip(margins, ends, strict=False)), certain_until


def _fences(body: str) -> tuple[list[Span], int]:
    """Fenced code at the margin, each closed, and up to where nothing else is code in blocks, or HTML.

    Up to there, what looks like a heading at the margin is one.
    """
    found: list[Span] = []
    at = 0
    if not ("<" in body or ("`" in body and "```" in body) or ("~" in body and "~~~" in body)):
        return found, len(body)
    while (opening := _OPENING.search(body, at)) is not None:
        fence = _FENCED.match(body, opening.start() - 1) if opening.start() else None
        if fence is None:
            return found, opening.start()
        found.append(Span(fence.start(), fence.end()))
        at = fence.end()
    return found, len(body)


def _margin_heading(body: str, match: re.Match[str]) -> Heading:
    """The heading that `_MARGIN` found."""
    start, end = match.start() + 1, match.end()
    simple = simple_heading(len(match[1]), match[2], start, end)
    return simple or read_heading(body, Span(start, min(end + 1, len(body))), len(match[1]), False)
