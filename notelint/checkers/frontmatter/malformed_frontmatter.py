"""See malformed_frontmatter.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.frontmatter import parse
from notelint.note.frontmatter.lost import LostBlock, are_surely_properties, is_body, lost_block
from notelint.note.frontmatter.model import Fault, Frontmatter
from notelint.note.links import is_template
from notelint.note.note import Note
from notelint.note.template_folders import is_template_folder

_NOT = "this is not frontmatter, and none of its properties count"


class MalformedFrontmatter(NoteChecker):
    """Frontmatter that cannot be read, so that none of its properties count."""

    family = "frontmatter"
    takes = frozenset({Part.HEADINGS})  # to Markdown, properties above a `---` that closes nothing are a heading

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the first place that cannot be read, or the fence by which this is not frontmatter."""
        block = note.frontmatter
        if block is not None:
            if block.fault is not None and not _is_of_template(note, block.fault):
                yield _ends_before(note, block, block.fault) or _unreadable(note, block.fault)
            return
        found = parse.misplaced(note.text)
        if found is not None:
            fence = Span(found.start, found.start + 3)
            message = "frontmatter must begin on the first line: here it is text, and none of its properties count"
            title, edit = "remove the blank lines before the frontmatter", Edit(Span(0, found.start), "")
            yield Finding(fence, message, Fix(title, (edit,), _safety_of_beginning(found.of(note.text))))
            return
        lost = lost_block(note.text)
        if lost is not None:
            yield _lost(note, lost)


def _is_of_template(note: Note, fault: Fault) -> bool:
    """True if a note is a template, and its properties cannot be read only before it is filled in."""
    first, last = (note.lines.line_span(note.lines.position(at)[0]) for at in (fault.span.start, fault.span.end))
    return is_template(note.text[first.start : last.end]) and is_template_folder(note.path.rpartition("/")[0])


def _safety_of_beginning(written: str) -> Safety:
    """Safe if text that becomes frontmatter is properties beyond doubt: no reader sees it any more, and it counts."""
    block = parse.parse(written)
    return Safety.SAFE if block is not None and are_surely_properties(block.properties) else Safety.UNSAFE


def _unreadable(note: Note, fault: Fault) -> Finding:
    """The place that is not YAML; with quotes around the value, where these are all that it lacks."""
    from notelint.note.frontmatter.missing_quotes import in_quotes  # few notes need it

    quoted = in_quotes(note.text, fault)
    if quoted is None:
        return Finding(fault.span, fault.message)
    safety = Safety.SAFE if quoted.certain else Safety.UNSAFE
    return Finding(fault.span, fault.message, Fix(quoted.title, (quoted.edit,), safety))


def _ends_before(note: Note, block: Frontmatter, fault: Fault) -> Finding | None:
    """A fence that is mistyped or missing, where the next real one stands far below, in the body."""
    lost = lost_block(note.text)
    if lost is None or lost.span.start or lost.remedy is None:
        return None
    last = note.lines.position(block.content.end)[0]
    if not lost.never_closed:
        written = lost.blame.of(note.text)
        message = f"{written!r} does not close the frontmatter: all up to line {last} is taken for properties"
        return Finding(lost.blame, f"{message}, and none of them count: write '---'", _fix(lost))
    if fault.span.start < lost.span.end or not is_body(note.text, Span(lost.span.end, block.content.end)):
        return None
    line = note.lines.position(lost.span.end)[0] - 1
    message = f"no '---' closes the frontmatter below line {line}: all up to line {last} is taken for properties"
    return Finding(lost.blame, f"{message}, and none of them count", _fix(lost))


def _lost(note: Note, lost: LostBlock) -> Finding:
    """The fault in the fences of a block that is not frontmatter."""
    written = lost.blame.of(note.text)
    if lost.never_opened:
        return Finding(lost.blame, f"{_NOT}: no '---' opens it, which belongs above line 1", _fix(lost))
    if lost.never_closed:
        line = note.lines.position(max(lost.span.end - 1, 0))[0]
        where = f", which belongs below line {line}" if lost.remedy is not None else ""
        return Finding(lost.blame, f"{_NOT}: no second '---' closes it{where}", _fix(lost))
    if written == "---":
        closes = lost.blame.start > lost.span.start
        what = "a blank stands before the '---' that closes it"
        what = what if closes else "the fence must be the note's first three characters"
        return Finding(lost.blame, f"{_NOT}: {what}", _fix(lost))
    does = "closes" if lost.blame.start > lost.span.start else "opens"
    return Finding(lost.blame, f"{_NOT}: {written!r} {does} none: write '---'", _fix(lost))


def _fix(lost: LostBlock) -> Fix | None:
    """Write the fence. The properties begin to count, and may publish the note: nothing to do unread."""
    if lost.remedy is None:
        return None
    title = "close the frontmatter" if lost.blame.start or lost.never_closed else "open the frontmatter"
    return Fix(title, (lost.remedy,), Safety.UNSAFE)
