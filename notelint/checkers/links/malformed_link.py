"""See malformed_link.md."""

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.checkers.links.unclosed_links import unclosed
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.file_types import names_file
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Regions, Span
from notelint.edits.allowance import Part
from notelint.note.links import LinkForm, decode_uri, is_external, is_template
from notelint.note.note import Note

_MARKDOWN = lazy_regex(r"\[[^\[\]\n]*\]\((?P<to>[^()<>\n]+)\)")  # patterns that begin with a literal are fast
_BLANK = lazy_regex(r"\[\[[ \t]*\]\]")
_PIPED = lazy_regex(r"\[\[[^\[\]\n|\\]+(?P<pipe>\|)[^\[\]\n|]*\]\]")
_ODD_DESTINATION = lazy_regex(r"\]\([^()<>\n]*(?: |%(?![0-7][0-9A-Fa-f]))")  # whether there is anything to look at
_PATH = lazy_regex(r"\((?P<to>[^()\s]+)\)")
_DEFINITION = lazy_regex(r"\]:[ \t]+(?P<to>[^\s<>()\[\]\"']++(?: +[^\s<>()\[\]\"']+)+)[ \t]*$", re.M)  # behind a label
_LABEL = lazy_regex(r"(?:\n|\r|\A) {0,3}\[(?P<label>[^\[\]\r\n^][^\[\]\r\n]*)\Z")
_WEB = lazy_regex(r"https?://", re.I)
_PIPE = lazy_regex(r"(?<!\\)(?:\\\\)*\|")
_NO_BRACKETS = str.maketrans("[]", "  ")
_LONGEST = 200  # characters of a label
_LONE_PERCENT = lazy_regex(r"%(?![0-9A-Fa-f]{2})")
_CODE = lazy_regex(r"(?<!`)(`++)[^`\r\n]++\1(?!`)")
_DATA = lazy_regex(r",|\A\[\[[ \t]*[-+]?[\d._]+[ \t]*\]\]\Z")  # a row of a matrix, or a cell of one
_TITLED = lazy_regex(r"(?<!\s)\s++(?:\"[^\"]*\"|'[^']*')\s*$")


class MalformedLinkOptions(Struct, frozen=True):
    """The options of `malformed-link`."""

    tables: Annotated[bool, "Report wikilinks whose pipe ends a table's cell; some wikis read them all the same."] = (
        True
    )


class MalformedLink(NoteChecker):
    """Text that was meant as a link, and is not one as it is written."""

    Options = MalformedLinkOptions
    family = "links"
    takes = frozenset({Part.TARGETS, Part.VALUES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what no reader takes for a link, outside comments: there nobody reads it (N4)."""
        yield from (found for found in self._written(note) if found.span.start not in note.structure.comments)

    def _written(self, note: Note) -> Iterator[Finding]:
        """Yield links in properties without quotes, and links of the body that no reader takes for one."""
        yield from _in_properties(note)
        yield from unclosed(note)
        yield from _two_in_one(note)
        body = note.text
        if _ODD_DESTINATION.search(body):
            links = Regions(link.span for link in note.structure.links)
            for match, span in _unescaped(_MARKDOWN, note, Span(note.body_start, len(body))):
                if span.start not in links:
                    yield from _destination(match, span)
        if "]: " in body:
            yield from _definitions(note)
        for match, span in _unescaped(_BLANK, note, Span(note.body_start, len(body))):
            if body[match.end() : match.end() + 1] != "(":
                yield Finding(span, "the link names nothing: write a note's name between the brackets")
        for table in note.structure.tables.spans if self.options.tables else ():
            if body.find("[[", table.start, table.end) >= 0:
                yield from _in_table(note, table)
        if "]]]" in body:
            yield from _with_bracket_left_over(note)


def _unescaped(pattern: re.Pattern[str], note: Note, within: Span) -> Iterator[tuple[re.Match[str], Span]]:
    """Matches of a pattern outside code and the like, without those that are escaped, and each with its `!`."""
    text = note.text
    for match in pattern.finditer(text, within.start, within.end):
        start = match.start()
        before = text[start - 1] if start > within.start else ""
        if before == "!" and text[max(start - 2, 0) : start - 1] != "\\":
            start -= 1
        if before != "\\" and start not in note.structure.opaque:
            yield match, Span(start, match.end())


def _in_table(note: Note, table: Span) -> Iterator[Finding]:
    r"""Links that a `|` cuts in two. The fix is safe where the row loses a cell as it is, and none with `\|`.

    Else the brackets may be cells of their own, as in `| [[ | ]] |`: then nothing is known.
    """
    lines = table.of(note.text).split("\n")
    columns = _cells(lines[1]) if len(lines) > 1 else 0
    rows: dict[int, list[tuple[re.Match[str], Span]]] = {}
    for match, span in _unescaped(_PIPED, note, table):
        rows.setdefault(note.text.count("\n", table.start, span.start), []).append((match, span))
    for row, cut in rows.items():
        cells, code = _cells(lines[row]), _code(note, cut[0][1])
        for match, span in cut:
            if (cells <= columns and " | " in match.group()) or span.start in code:
                continue
            safety = Safety.SAFE if cells > columns == cells - len(cut) else Safety.UNSAFE
            edit = Edit(Span(*match.span("pipe")), r"\|")
            fix = Fix(r"write \|", (edit,), safety) if row else None  # a head of fewer cells is not a table's
            yield Finding(span, r"a | ends the table's cell, and the link is lost: write \|", fix)


def _code(note: Note, place: Span) -> Regions:
    """What stands in backticks on a line: meant as code, though a pipe ends the cell before it closes."""
    line = note.lines.line_span(note.lines.position(place.start)[0])
    return Regions(Span(*match.span()) for match in _CODE.finditer(note.text, line.start, line.end))


def _cells(row: str) -> int:
    """Number of cells that a row of a table has as it is written."""
    bare = row.strip().lstrip("> \t").removeprefix("|")
    last = 0 if bare.endswith("|") and not bare.endswith("\\|") else 1
    return len(_PIPE.findall(bare)) + last


def _with_bracket_left_over(note: Note) -> Iterator[Finding]:
    """Links to a heading that ends with a bracket: the first `]]` ends them (G1). A heading is found without (H1)."""
    text = note.text
    for link in note.structure.links:
        subpath = Span(link.path_span.end, link.target_span.end)
        written = subpath.of(text)
        over = written.count("[") - written.count("]")
        if link.form is not LinkForm.WIKILINK or link.alias is not None or over < 1:
            continue
        if written.startswith("#[^"):  # a footnote, as Obsidian writes links to it (H5)
            continue
        rest = Span(link.span.end, link.span.end + over)
        if rest.of(text) == "]" * over:
            better = " ".join(written.translate(_NO_BRACKETS).split())
            whole = f"{text[link.span.start : subpath.start]}{better}]]"
            message = f"the first ]] ends the link, and a bracket is left over: write {whole}"
            fix = Fix("leave the brackets out", (Edit(subpath, better), Edit(rest, "")), Safety.UNSAFE)
            yield Finding(Span(link.span.start, rest.end), message, fix, about=link.target.path)


def _two_in_one(note: Note) -> Iterator[Finding]:
    """`[[x]](y)`: the wikilink ends at `]]`, the path behind it is text (G1a). A citation's address is not a path."""
    text = note.text
    for link in note.structure.links if "]](" in text else ():
        path = _PATH.match(text, link.span.end) if link.form is LinkForm.WIKILINK and not link.cited else None
        if path is None or link.embed:
            continue
        to = path["to"].partition("#")[0]
        if names_file(to) or "/" in to:
            message = f"the link ends at ]], and {path[0]} is text: write [[...]] or [...](...), not both"
            yield Finding(Span(link.span.start, path.end()), message, about=link.target.path)


def _in_properties(note: Note) -> Iterator[Finding]:
    """F4: without quotes, YAML reads `[[x]]` as a list in a list."""
    block = note.frontmatter
    for path, span in block.unquoted_links if block is not None else ():
        written = span.of(note.text)
        quoted = '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
        message = f"without quotes {written} is a list in a list, and no link: write {quoted}"
        safety = Safety.UNSAFE if _DATA.search(written) else Safety.SAFE
        yield Finding(span, message, Fix("put it in quotes", (Edit(span, quoted),), safety), about=str(path[0]))


def _destination(match: re.Match[str], span: Span) -> Iterator[Finding]:
    """M2, M3: a space ends a destination; a percent sign that begins no escape makes it no internal link."""
    written = _TITLED.sub("", match["to"])
    if _WEB.match(written) and " " in written.strip() and not is_template(written):
        yield Finding(span, "a space ends the address, so this is not a link: write %20 for it", about=written)
        return
    path = written.partition("#")[0].strip()
    if is_external(written) or is_template(written) or not names_file(path):
        return
    place = Span(match.start("to"), match.start("to") + len(written))
    if " " in written.strip():
        better = _LONE_PERCENT.sub("%25", written.strip()).replace(" ", "%20")
        message = f"a space ends the destination, so this is not a link: write {better}"
        safety = Safety.UNSAFE if "%" in written else Safety.SAFE  # a sign that is meant, or begins an escape
        yield Finding(span, message, Fix("encode the spaces", (Edit(place, better),), safety), about=path)
    elif decode_uri(written) is None:
        better = _LONE_PERCENT.sub("%25", written)
        fix = (
            None
            if decode_uri(better) is None
            else Fix("encode the percent sign", (Edit(place, better),), Safety.UNSAFE)
        )
        yield Finding(span, f"{written!r} has a % that begins no escape: write %25", fix, about=path)


def _definitions(note: Note) -> Iterator[Finding]:
    """M2: a space ends the destination of a definition (`[label]: a b.md`) too; only of a label that is used."""
    text = note.text
    for match in _DEFINITION.finditer(text, note.body_start):
        to = match["to"]
        before = _LABEL.search(text, max(match.start() - _LONGEST, 0), match.start())
        first, last = to.split()[0], to.partition("#")[0].rstrip()
        if before is None or match.start() in note.structure.opaque or is_external(to) or is_template(to):
            continue
        if not (names_file(last) and not names_file(first) and _uses(text, before["label"])):
            continue
        better = to.replace(" ", "%20")
        message = f"a space ends the destination, so this defines no link: write {better}"
        yield Finding(Span(*match.span("to")), message, about=to)


def _uses(text: str, label: str) -> bool:
    """True if a label stands in brackets elsewhere than where it is defined."""
    return text.lower().count(f"[{label.lower()}]") > 1
