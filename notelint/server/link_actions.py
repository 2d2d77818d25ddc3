"""Actions for links that find nothing, or nothing that is published: create the note, unlink, publish the target."""

from collections.abc import Iterator

from lsprotocol import types

from notelint.core.diagnostic import Diagnostic
from notelint.core.text import Span
from notelint.edits.new_note import text_of_new
from notelint.edits.set_property import set_property
from notelint.edits.unlink import unlinked
from notelint.edits.verify import violation
from notelint.note.links import Link
from notelint.note.profile import Profile
from notelint.server.action_request import ActionRequest
from notelint.server.new_note import path_of_new, profiles_of_new

_MISSING = ("broken-link", "unwritten-note")
_DEAD = (*_MISSING, "missing-attachment", "moved-note", "unpublishable-link")
_UNPUBLISHED = ("unpublished-target", "leaking-embed")


def link_actions(asked: ActionRequest) -> Iterator[types.CodeAction]:
    """Yield the actions for the links of which something was found, each once."""
    for one in asked.found:
        if one.checker in _UNPUBLISHED:
            yield from _publish(asked, one)
    links = {link.span: link for link in asked.note.links}
    dead = {one.span: one.checker for one in asked.found if one.checker in _DEAD and one.span in links}
    for span, checker in dead.items():
        if checker in _MISSING and asked.able.creates_files:
            yield from _create(asked, links[span])
        yield from _unlink(asked, links[span])


def _publish(asked: ActionRequest, one: Diagnostic) -> Iterator[types.CodeAction]:
    """Publish the note that is not, where a property does that."""
    path = one.about
    if path is None or path not in asked.vault.outlines or asked.vault.site.holds(asked.note.outline):
        return
    target = asked.notes.note(asked.one.run, path)
    edit = set_property(target, "dg-publish", True)
    if edit is not None:
        changes = [asked.editing(path, target, [edit])]
        title = f"Publish {path!r} too (dg-publish: true)"
        edits = types.WorkspaceEdit(document_changes=[*changes])
        yield types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, edit=edits)


def _create(asked: ActionRequest, link: Link) -> Iterator[types.CodeAction]:
    """Create the note that a link names, empty or as a profile begins one."""
    run, source = asked.one.run, asked.note
    path = path_of_new(run, asked.vault, link, source)
    if path is not None:
        for profile in profiles_of_new(run, path, source):
            yield _creation(asked, path, profile)


def _creation(asked: ActionRequest, path: str, profile: Profile | None) -> types.CodeAction:
    uri = (asked.one.run.root / path).as_uri()
    made = types.CreateFile(uri, options=types.CreateFileOptions(overwrite=False, ignore_if_exists=False))
    changes: list[types.CreateFile | types.TextDocumentEdit] = [made]
    text = text_of_new(profile)
    if text:
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        document = types.OptionalVersionedTextDocumentIdentifier(uri)
        changes.append(types.TextDocumentEdit(document, [types.TextEdit(start, text)]))
    title = f"Create {path!r}" + (f" as profile {profile.name!r} begins it" if profile is not None else "")
    kind = types.CodeActionKind.QuickFix
    return types.CodeAction(title=title, kind=kind, edit=types.WorkspaceEdit(document_changes=[*changes]))


def _unlink(asked: ActionRequest, link: Link) -> Iterator[types.CodeAction]:
    """Take the link away and keep its words, if nothing else is lost."""
    fix = unlinked(link)
    if fix is None:
        return
    text, span = asked.note.text, Span(link.span.start, link.span.end)
    after = asked.note.with_text(text[: span.start] + fix.edits[0].text + text[span.end :])
    if violation(asked.note, after, fix.edits) is None and len(after.links) == len(asked.note.links) - 1:
        yield asked.quick_fix("Unlink, and keep the text", fix.edits)
