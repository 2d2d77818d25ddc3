"""A summary in Markdown, for a comment of a pull request or the summary of a CI step.

What notes say stands in code spans, so that nothing in it is a mention, a link, HTML or the end of a table's cell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from posixpath import dirname

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.printable import counted, printable
from notelint.engine.result import Result, Since
from notelint.report import ReportStyle
from notelint.report.plain import whole_summary
from notelint.report.programs import with_cure
from notelint.report.trend import trend_line

MARK = "<!-- notelint report -->"  # by which a comment, or a file, is known as a report
_MOST_ROWS = 20
_MOST_NOTES = 10
_LONGEST = 300  # characters: a comment has room for some 60,000
_PUNCTUATION = lazy_regex(r"[!-/:-@\[-`{-~]")
_ID = lazy_regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BACKTICKS = lazy_regex("`+")
_ORDER = list(Severity)


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """Totals, what changed, counts by checker and by folder, the worst notes, the first diagnostics."""
    parts = [MARK, "## notelint", f"{_sign(result)} {whole_summary(result)}", *_since(result)]
    if result.trend is not None:
        parts.append(f"{trend_line(result.trend, blocks=True)}.")
    if result.tally.total:
        notes, worst = _walk(result)
        folders: Counter[str] = Counter()
        for path, count in notes.items():
            folders[dirname(path) or "."] += count
        parts += [
            _table(("checker", "severity", "diagnostics", "fixes"), _by_checker(result)),
            _table(("folder", "diagnostics"), _counted(folders)),
            "### Worst notes",
            _table(("note", "diagnostics"), _counted(notes), _MOST_NOTES),
            "### Diagnostics",
            *_list(worst, result.tally.total),
        ]
    yield "\n\n".join(parts) + "\n"


def _walk(result: Result) -> tuple[Counter[str], list[Diagnostic]]:
    """The number of diagnostics of each note, and the first of the gravest diagnostics."""
    notes: Counter[str] = Counter()
    first: dict[Severity, list[Diagnostic]] = {severity: [] for severity in _ORDER}
    for found in result.diagnostics:
        notes[found.path] += 1
        if len(first[found.severity]) < _MOST_ROWS:
            first[found.severity].append(found)
    return notes, [found for some in first.values() for found in some][:_MOST_ROWS]


def _sign(result: Result) -> str:
    return "❌" if result.exit_code else "✅"


def _since(result: Result) -> Iterator[str]:
    """The changes since the base, where they are known."""
    since = result.since
    if result.not_compared:
        yield f"Old debt is among it: {code(result.not_compared)}"
    if since is not None:
        yield (
            f"Since {code(since.ref)}: {result.tally.total} new, {since.fixed} fixed, "
            f"{since.known} there before and not shown{_silenced(since)}."
        )


def _silenced(since: Since) -> str:
    """The remark on diagnostics that the change itself hides."""
    return f", **{since.silenced} silenced by this change**" if since.silenced else ""


def _by_checker(result: Result) -> Iterator[tuple[str, ...]]:
    for checker, count in result.by_checker().items():
        yield cell(checker), str(result.tally.worst(checker)), str(count), str(result.tally.fixable[checker])


def _counted(counts: Counter[str]) -> Iterator[tuple[str, ...]]:
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield cell(name), str(count)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], most: int = _MOST_ROWS) -> str:
    all_rows = list(rows)
    rule = ("---", *["---:" if name in ("diagnostics", "fixes") else "---" for name in head[1:]])
    lines = [f"| {' | '.join(row)} |" for row in (head, rule, *all_rows[:most])]
    if len(all_rows) > most:
        lines.append(f"\n…and {len(all_rows) - most} more.")
    return "\n".join(lines)


def _list(worst: Iterable[Diagnostic], total: int) -> Iterator[str]:
    yield "\n".join(map(_item, worst))
    left = total - _MOST_ROWS
    if left > 0:
        yield f"…and {counted(left, 'other diagnostic')}."


def _item(found: Diagnostic) -> str:
    place = code(f"{found.path}:{found.start.line}:{found.start.column}")
    return f"- {place} **{found.severity}** {_checker(found.checker)}: {code(with_cure(found))}"


def cell(text: str) -> str:
    """A code span that can stand in a table."""
    if "\\|" not in text:
        return code(text).replace("|", "\\|")
    return f"<code>{_PUNCTUATION.sub(_entity, _shortened(text))}</code>"  # readers differ on a pipe behind backslashes


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _shortened(text: str) -> str:
    return printable(text if len(text) <= _LONGEST else text[:_LONGEST] + "…").replace("\t", " ")


def _checker(id: str) -> str:
    """A checker's id; what is none, as in a forged report that was merged, as code."""
    return id if _ID.fullmatch(id) else code(id)


def code(text: str) -> str:
    """A code span that holds any text."""
    shown = _shortened(text)
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(shown)), default=0) + 1)
    gap = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{gap}{shown}{gap}{fence}"
