"""Completion in the body: tags, callouts, titles of sections, and ids of checkers in suppressions."""

from collections.abc import Iterator

from lsprotocol import types

from notelint.checkers.registry import summary
from notelint.core.lazy_regex import lazy_regex
from notelint.engine.workspace import Workspace
from notelint.note.sections import known
from notelint.server.open_notes import OpenNotes
from notelint.server.typing_place import Cursor, Item

_TAG = lazy_regex(r"(?:^|(?<=\s))#([^\s#\[\]()|^]*)$")
_CALLOUT = lazy_regex(r"^[ \t]*(?:>[ \t]?)+\[!([\w-]*)$")
_TITLE = lazy_regex(r"^(#{1,6}) ([^#]*)$")
_IDS = lazy_regex(
    r"(?:<!--|%%)[ \t]*notelint-(?:disable-next-line|disable|enable)[ \t]+(?:[\w-]+[ \t]*,[ \t]*)*([\w-]*)$"
)
# https://help.obsidian.md/callouts
_CALLOUTS = """
    note abstract summary tldr info todo tip hint important success check done question help faq warning caution
    attention failure fail missing danger error bug example quote cite
""".split()
Proposed = tuple[str, Iterator[Item]]


def begins_tag(cursor: Cursor) -> bool:
    """Tell whether what stands before the cursor can become a tag."""
    return _TAG.search(cursor.before) is not None


def tags(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Proposed | None:
    """The tags of the vault behind a `#`, nested ones too."""
    tag = _TAG.search(cursor.before)
    if tag is None:
        return None
    counted = notes.tags(run, cursor.note, cursor.at)
    return tag[1], (Item(one, one, types.CompletionItemKind.Keyword, use=use) for one, use in counted.items())


def callouts(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Proposed | None:
    """The kinds of callout in `> [!`, those first that do for a section of the profile."""
    begun = _CALLOUT.match(cursor.before)
    if begun is None:
        return None
    profile = cursor.note.profile
    wanted = {kind.lower() for section in profile.sections for kind in section.callouts} if profile is not None else ()
    closing = "" if cursor.after.startswith("]") else "] "
    kinds = dict.fromkeys([*wanted, *_CALLOUTS])
    kind = types.CompletionItemKind.EnumMember
    return begun[1], (Item(one, one + closing, kind, far=one not in wanted) for one in kinds)


def sections(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Proposed | None:
    """The titles of the sections that the note's profile knows and the note does not have, on this level."""
    begun, profile = _TITLE.match(cursor.before), cursor.note.profile
    if begun is None or profile is None or not profile.sections:
        return None
    present = {section.name for heading, section in known(cursor.note) if heading.span.start != cursor.start}
    missing = [section for section in profile.sections if section.name not in present]
    kind = types.CompletionItemKind.Struct
    return begun[2], (
        Item(one.name, one.name, kind, f"section of profile {profile.name!r}", far=2 * at + (not one.required))
        for at, one in enumerate(missing)
        if one.level == len(begun[1])
    )


def checkers(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Proposed | None:
    """The ids of checkers in a comment that suppresses them, those first that find something in the note."""
    begun = _IDS.search(cursor.before)
    return None if begun is None else (begun[1], checker_ids(cursor, run, notes))


def checker_ids(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Iterator[Item]:
    """The ids of all checkers, those first that find something in the note."""
    held = notes.held(run, cursor.note.path)
    found = {one.checker for one in notes.diagnostics(held)} if held is not None else set[str]()
    for id, checker in run.registry.items():
        yield Item(id, id, types.CompletionItemKind.Constant, summary(checker), far=id not in found)
    for custom in run.config.custom:
        yield Item(custom.id, custom.id, types.CompletionItemKind.Constant, custom.message, far=custom.id not in found)
