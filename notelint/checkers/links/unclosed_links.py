"""Links that are opened and not closed on their line, which ends every link (G1)."""

import re
from collections.abc import Iterator

from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.file_types import is_attachment, is_note, names_file
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Regions, Span
from notelint.note.frontmatter.parse import inner, string_values
from notelint.note.links import LinkForm, is_template
from notelint.note.note import Note

_OPENING = lazy_regex(r"\[\[(?=[\w#/]|[^\x00-\x7f])(?!\d[\d.]*[ \t]*,)(?<![\w\[\]\\]\[\[)")
_BRACKET = lazy_regex(r"\\.|[\[\]]")
_REST = lazy_regex(r"[^\r\n]*")
_NAME = lazy_regex(r"[^\[\]{}\r\n]*")
_CELL = lazy_regex(r"(?:[^\[\]{}\r\n|\\]|\\.)*")
_DESTINATION = lazy_regex(r"\]\((?P<to>[^\s()<>]++)(?P<rest>[^()\r\n]*+)(?=$|[\r\n])")
_ANGLE = lazy_regex(r"\]\(<(?P<to>[^()<>\r\n]+)(?P<end>\)|(?=$|[\r\n]))")
# The rest of a link that is broken by lines: at most two more, none of them empty, of one paragraph or quote.
_CLOSED_BELOW = lazy_regex(r"[^\[\]\r\n]*+(?:\r?\n[ \t>]*+(?=[^\s\[\]])[^\[\]\r\n]*+){1,2}\]\]|[ \t]*\r?\n[ \t>]*+\]\]")
_GOES_ON = lazy_regex(r"\r?\n[ \t>]*+[^\s()<>\[\]]++\)")  # behind a destination that is broken by a line's end
_WEB = lazy_regex(r"https?://\S+\.", re.I)
_BEHIND = lazy_regex(
    r"[。，、；：！？「」『』（）].*|(?<![.,;:!?*])[.,;:!?*]++$"
)  # belongs to the sentence, not to a destination
_SENTENCE = lazy_regex(r"[.,;:!?](?:\s|$)")
_LONGEST = 80  # characters of what can be taken for a name, up to the end of its line


def unclosed(note: Note) -> Iterator[Finding]:
    """Yield wikilinks and Markdown links whose end is missing, in the body and in properties.

    Brackets that are closed after all, as in `[[a] b]`, are prose; a digit and a comma begin an array.
    """
    yield from _in_properties(note)
    text, found = note.text, note.structure
    links = [link.span for link in found.links if link.form is LinkForm.WIKILINK]
    if text.count("[[", note.body_start) > len(links):
        inside = Regions([*(link.span for link in found.links), *found.opaque.spans, *found.comments.spans])
        line, open_ones = Span(0, 0), frozenset[int]()
        for match in _OPENING.finditer(text, note.body_start):
            if match.start() in inside:
                continue
            if match.start() >= line.end:
                line = _line(text, match.start())
                open_ones = _never_closed(text, line)
            if match.start() in open_ones:
                yield from _wikilink(note, match.start(), line.end)
    if "](" in text:
        yield from _markdown(note)
    if "](<" in text:
        yield from _angles(note)


def _never_closed(text: str, line: Span) -> frozenset[int]:
    """Where brackets stand on a line that no other one closes there."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text, line.start, line.end):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif bracket[0] == "]" and opened:
            opened.pop()
    return frozenset(opened)


def _wikilink(note: Note, start: int, line_end: int) -> Iterator[Finding]:
    text = note.text
    name = (_CELL if start in note.structure.tables else _NAME).match(text, start + 2)
    if name is None or is_template(text[start : name.end() + 2]) or text.startswith("],", name.end()):
        return
    end = start + 2 + len(name[0].rstrip())
    embed = start > note.body_start and text[start - 1] == "!"
    written = text[start:end]
    following = text[end : end + 2]
    shown = written if len(written) <= _LONGEST else written[: _LONGEST - 3] + "..."
    if _CLOSED_BELOW.match(text, end):
        message = f"{shown} is opened as a link, but closed on a later line, so it is not one: write it on one line"
        yield Finding(Span(start - embed, end), message, about=written[2:])
        return
    fix = None
    if following == "}}":
        fix = Fix("write ]]", (Edit(Span(end, end + 2), "]]"),), Safety.UNSAFE)
    elif following[:1] == "]":
        fix = Fix("write ]]", (Edit(Span(end + 1, end + 1), "]"),), Safety.UNSAFE)
    elif (
        (name.end() == line_end or text[name.end()] == "|")
        and len(written) <= _LONGEST
        and not _SENTENCE.search(written)
    ):
        fix = Fix("close the link", (Edit(Span(end, end), "]]"),), Safety.UNSAFE)
    message = f"{shown} is opened as a link and not closed on its line: ]] is missing"
    yield Finding(Span(start - embed, end), message, fix, about=written[2:])


def _markdown(note: Note) -> Iterator[Finding]:
    """Markdown links to a note, an attachment or a web page that nothing closes, neither here nor on the next line."""
    text = note.text
    for match, start in _opened(note, _DESTINATION):
        to, end = _BEHIND.sub("", match["to"]), match.end()
        is_path = is_note(to.partition("#")[0]) or is_attachment(to) or _WEB.match(to)
        if not is_path or text[end : end + 200].lstrip()[:1] in (")", '"', "'") or is_template(to):
            continue
        if match["rest"].lstrip()[:1] in ('"', "'"):
            continue
        place = Span(start, match.start("to") + len(to))
        if not match["rest"] and _GOES_ON.match(text, end):
            message = f"{place.of(text)} is broken by the end of its line, so it is not a link: write it on one line"
            yield Finding(place, message, about=to)
            continue
        fix = Fix("close the link", (Edit(Span(place.end, place.end), ")"),), Safety.UNSAFE)
        yield Finding(place, f"{place.of(text)} is opened as a link and not closed: ) is missing", fix, about=to)


def _angles(note: Note) -> Iterator[Finding]:
    """Destinations in angle brackets of which the second is missing: `[a](<b c.md)`."""
    for match, start in _opened(note, _ANGLE):
        to, end = match["to"].rstrip(), match.end("to")
        if not names_file(to.partition("#")[0]) or is_template(to):
            continue
        missing = ">" if match["end"] else ">)"
        place = Span(start, match.end())
        fix = Fix("close the link", (Edit(Span(end, end), missing),), Safety.UNSAFE)
        yield Finding(
            place, f"{place.of(note.text)} is opened as a link and not closed: {missing} is missing", fix, about=to
        )


def _opened(note: Note, destination: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
    """Destinations behind a label that begins on their line, and where their links do: no link, code or comment."""
    text, found = note.text, note.structure
    matches = list(destination.finditer(text, note.body_start))
    apart = Regions(
        [*(link.span for link in found.links), *found.opaque.spans, *found.comments.spans] if matches else ()
    )
    for match in matches:
        opening = text.rfind("[", _line_start(text, match.start()), match.start())
        before = text[opening - 1 : opening]
        if opening >= 0 and opening not in apart and before != "\\":
            yield match, opening - (before == "!")


def _in_properties(note: Note) -> Iterator[Finding]:
    block = note.frontmatter
    if block is None or block.fault is not None or "[[" not in block.content.of(note.text):
        return
    for path, value, span in string_values(block):
        bare = value.strip()
        if not bare.startswith("[[") or "]]" in bare or not _OPENING.match(bare) or is_template(bare):
            continue
        place = inner(note.text, span)
        at = None if place is None else place.start + len(place.of(note.text).rstrip())
        missing = "]" if bare.endswith("]") else "]]"
        fix = None if at is None else Fix("close the link", (Edit(Span(at, at), missing),), Safety.UNSAFE)
        yield Finding(span, f"{bare} is opened as a link and not closed: ]] is missing", fix, about=str(path[0]))


def _line(text: str, at: int) -> Span:
    """The line that `at` stands in, from there on."""
    match = _REST.match(text, at)
    return Span(at, at if match is None else match.end())


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
