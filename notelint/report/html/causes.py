"""Findings put under their causes, the most harmful first: what to do about a vault, not what is wrong in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.printable import counted
from notelint.report import CheckerPage
from notelint.vault.suggestion_hints import move_command

DEAD = frozenset(
    {
        "broken-link",
        "broken-heading-link",
        "broken-block-link",
        "broken-permalink-link",
        "broken-app-link",
        "missing-attachment",
    }
)
UNWRITTEN = "unwritten-note"
UNPUBLISHED = "unpublished-target"
_HARM = {Severity.ERROR: 10, Severity.WARNING: 4, Severity.INFO: 1}
_NAMED = 5  # so many notes are proposed in a headline
_NUMBERS = ("no", "one", "two", "three", "four", "five")
_PUBLISHING = "notelint publish-report"  # which says what publishing each of them brings
_MISSING = {
    "broken-link": "No note “{}”",
    "missing-attachment": "No file “{}”",
    "broken-permalink-link": "No page at {}",
    "broken-app-link": "Nothing for Obsidian to open: “{}”",
}


@dataclass
class Cause:
    """The common cause of several findings.

    `kind` is `renamed`, `unwritten`, `unpublished`, `missing` or `checker`; `key` names the cause in the address of a
    report; `findings` are positions in the result; `items` are the targets in it with their numbers of links.
    """

    kind: str
    key: str
    title: str = ""
    remedy: str = ""
    findings: list[int] = field(default_factory=list)
    items: list[tuple[str, int]] = field(default_factory=list)
    harm: int = 0


def causes(
    found: Sequence[Diagnostic], renamed: Mapping[str, tuple[str, str]], page: Callable[[str], CheckerPage]
) -> list[Cause]:
    """All findings under their causes, each under one, the most harmful first."""
    known: dict[str, Cause] = {}
    for at, one in enumerate(found):
        kind, key = _key(one, renamed)
        cause = known.setdefault(key, Cause(kind, key))
        cause.findings.append(at)
        cause.harm += _HARM[one.severity]
    for cause in known.values():
        _describe(cause, [found[at] for at in cause.findings], renamed, page)
    return sorted(known.values(), key=lambda cause: (-cause.harm, cause.key))


def _key(one: Diagnostic, renamed: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    if one.checker == UNWRITTEN:
        return "unwritten", "unwritten"
    if one.checker == UNPUBLISHED and one.about:
        return "unpublished", "unpublished"
    if one.checker == "broken-link" and one.about is not None and one.about in renamed:
        return "renamed", f"renamed:{renamed[one.about][0]}"
    if one.checker in DEAD and one.about:
        return "missing", f"{one.checker}:{one.about}"
    return "checker", one.checker


def _describe(
    cause: Cause,
    found: Sequence[Diagnostic],
    renamed: Mapping[str, tuple[str, str]],
    page: Callable[[str], CheckerPage],
) -> None:
    """Set what is said of a cause."""
    first = found[0]
    if cause.kind in ("unwritten", "unpublished"):
        counts = Counter(one.about or one.message for one in found)
        cause.items = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        cause.title = _invitation(cause)
        cause.remedy = _PUBLISHING if cause.kind == "unpublished" else ""
        return  # their fixes take the links away, which is not what the title invites to
    elif cause.kind == "renamed":
        old, new = renamed[first.about or ""]
        cause.title = f"The folder “{old}” seems to be “{new}” now"
        cause.remedy = move_command(old, new)
    elif cause.kind == "missing":
        same = {one.message for one in found}
        known = _MISSING.get(first.checker, "").format(first.about) if first.checker in _MISSING else None
        cause.title = known or (first.message if len(same) == 1 else f"{first.checker}: {first.about}")
    else:
        cause.title = page(first.checker).summary.strip().rstrip(".") or first.checker
    if not cause.remedy:
        cause.remedy = next(_remedies(found), "")


def _invitation(cause: Cause) -> str:
    """`Write these five notes and 31 links come alive`."""
    named = cause.items[:_NAMED]
    links = sum(count for _, count in named)
    notes = "this note" if len(named) == 1 else f"these {_NUMBERS[len(named)]} notes"
    verb = "Write" if cause.kind == "unwritten" else "Publish"
    where = "" if cause.kind == "unwritten" else " on the site"
    return f"{verb} {notes} and {counted(links, 'link')} {'comes' if links == 1 else 'come'} alive{where}"


def _remedies(found: Sequence[Diagnostic]) -> Iterator[str]:
    """The command that fixes findings of one checker, where all of them have a fix."""
    checkers = {one.checker for one in found}
    safety = {None if one.fix is None else str(one.fix.safety) for one in found}
    if len(checkers) == 1 and None not in safety:
        unsafe = " --unsafe-fixes" if "unsafe" in safety else ""
        yield f"notelint fix{unsafe} --select {next(iter(checkers))}"
