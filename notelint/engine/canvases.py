"""The canvases of a vault: what is wrong with the links on their cards, and how these follow what moves.

A canvas is not a note. Each of its cards of text is read as the text of a note at the canvas' path, what is found is
reported at the card's place in the JSON, which keeps its form: only strings are changed.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from notelint.checkers.publishing import leaking_embed, visible_comment
from notelint.core.diagnostic import Diagnostic, Finding, Fix
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.text import Edit, Span
from notelint.edits import relink, rename_heading
from notelint.edits.apply import apply
from notelint.edits.link_rewrite import Renamed, VaultMove, rewrite, with_notes
from notelint.engine.lint import Found, diagnostics, of_vault
from notelint.engine.workspace import Workspace
from notelint.garden.permalinks import is_published
from notelint.note.canvas import Canvas, JsonString, escaped, parse
from notelint.note.links import Link
from notelint.note.note import Note, Outline
from notelint.note.suppressions import Suppressions
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault

_OF_LINKS = frozenset(
    {
        "broken-link",
        "unwritten-note",
        "broken-heading-link",
        "broken-block-link",
        "ambiguous-link",
        "missing-attachment",
        "case-mismatch",
    }
)
_MISSING = {Anchor.MISSING_HEADING: "broken-heading-link", Anchor.MISSING_BLOCK: "broken-block-link"}


class Rewritten(Struct, frozen=True):
    """A canvas with other strings: its bytes before and after, and how many edits there are between."""

    before: bytes
    after: bytes
    edits: int


def paths(run: Workspace) -> list[str]:
    """The canvases of a vault that are checked: none that the configuration excludes, no links to files."""
    found = [path for path in run.files.files if path.endswith(".canvas") and not run.excludes(path)]
    return [path for path in found if not (run.root / path).is_symlink()]


def check(run: Workspace, vault: Vault, path: str) -> list[Diagnostic]:
    """The diagnostics of a canvas, seen in the vault; none of a file that is not a canvas."""
    read = _read(run, path)
    if read is None:
        return []
    note, canvas = read
    plan = run.plan_of(path, None)
    asked = {checker.id: plan.severity.get(checker.id, checker.severity) for checker in plan.checkers}
    links = tuple(link for card in canvas.cards if card.text is not None for link in _links(card.text, path))
    of_links = structs.replace(plan, checkers=tuple(checker for checker in plan.checkers if checker.id in _OF_LINKS))
    found = of_vault(Outline(path, links=links), vault, of_links, Suppressions())
    others = [*_of_files(canvas, vault)]
    if is_published(canvas.properties):
        others += _of_publishing(canvas, path, vault)
    found += [Found(id, asked[id], finding) for id, finding in others if id in asked]
    return diagnostics(note, [structs.replace(one, finding=structs.replace(one.finding, fix=None)) for one in found])


def _read(run: Workspace, path: str) -> tuple[Note, Canvas] | None:
    data = run.data(path)
    note = None if data is None else Note.decode(path, data)
    canvas = None if note is None or not note.is_valid else parse(note.text)
    return None if note is None or canvas is None else (note, canvas)


def _links(text: JsonString, path: str) -> Iterator[Link]:
    """The links of a card of text, with their places in the canvas."""
    for link in Note(path, text.value).links:
        place = text.place(link.target_span)
        length = text.at(link.target_span.start + link.path_length) - place.start
        yield structs.replace(link, span=text.place(link.span), target_span=place, path_length=length)


def _of_files(canvas: Canvas, vault: Vault) -> Iterator[tuple[str, Finding]]:
    """Cards of files that are not there, or not the part of them: a card names a file by its whole path."""
    known = frozenset(vault.files)
    for card in canvas.cards:
        if card.file is None:
            continue
        path = card.file.value
        if path not in known:
            kind, id = ("note", "broken-link") if is_note(path) else ("file", "missing-attachment")
            yield id, Finding(card.file.span, f"no {kind} {path!r}: choose it again on this card", about=path)
        elif card.subpath is not None and card.subpath.value.strip("#"):
            missing = _MISSING.get(vault.anchors.resolve(path, card.subpath.value).kind)
            if missing is not None:
                what = "heading" if missing == "broken-heading-link" else "block"
                name = card.subpath.value.lstrip("#")
                yield missing, Finding(card.subpath.span, f"no {what} {name!r} in {path!r}", about=f"{path}#{name}")


def _of_publishing(canvas: Canvas, path: str, vault: Vault) -> Iterator[tuple[str, Finding]]:
    """Findings for private notes that the cards of a published canvas publish, and cards of notes that are not on
    the site.
    """
    pages = vault.published_pages
    for card in canvas.cards:
        if card.text is not None and pages is not None:
            page = pages.page_of(Note(path, card.text.value))
            for id, found in (("leaking-embed", leaking_embed.findings_on(page, Span(0, 0))),
                              ("visible-comment", visible_comment.findings_on(page, Span(0, 0)))):  # fmt: skip
                for finding in found:
                    yield id, structs.replace(finding, span=card.text.place(finding.span))
        elif card.file is not None and is_note(card.file.value) and vault.site.publishes(card.file.value) is False:
            message = f"{card.file.value!r} is not published: on the site this card is empty; publish it, too"
            yield "unpublished-target", Finding(card.file.span, message, about=card.file.value)


def after_move(run: Workspace, change: VaultMove) -> dict[str, Rewritten]:
    """The canvases that follow when files move, by their paths before. Raises `NotelintError` as for notes."""
    found = {}
    for before, note, canvas in _all(run, change):
        edits: list[Edit] = []
        for card in canvas.cards:
            if card.file is not None and card.file.value in change.moves:
                edits.append(Edit(card.file.span, escaped(change.moves[card.file.value])))
            if card.text is not None:
                own = Note(before, card.text.value)
                wanted = relink.edits(change, {before: own})
                rewrite(change, {before: own}, wanted)  # which refuses what would mean something else
                edits += _in_text(card.text, wanted.get(before, ()))
        if edits:
            found[before] = _rewritten(note, edits)
    return found


def after_renaming(run: Workspace, vault: Vault, renamed: Renamed, new: Note) -> dict[str, Rewritten]:
    """The canvases that follow when a heading is renamed; `new` is its note afterwards. Raises `NotelintError`."""
    found = {}
    heading, text = vault.outlines[renamed.note].headings[renamed.number], new.headings[renamed.number].text
    after = with_notes(vault, [new])
    for path, note, canvas in _all(run, VaultMove(vault, vault)):
        edits: list[Edit] = []
        for card in canvas.cards:
            if card.file is not None and card.file.value == renamed.note and card.subpath is not None:
                subpath = rename_heading.renamed_subpath(vault, renamed.note, card.subpath.value, heading, text)
                if subpath != card.subpath.value:
                    edits.append(Edit(card.subpath.span, escaped(subpath)))
            if card.text is not None:
                own = Note(path, card.text.value)
                wanted = rename_heading.in_links(vault, own, renamed.note, heading, text)
                if wanted:
                    rewrite(VaultMove(vault, after), {path: own}, {path: wanted}, renamed)
                edits += _in_text(card.text, wanted)
        if edits:
            found[path] = _rewritten(note, edits)
    return found


def _all(run: Workspace, change: VaultMove) -> Iterator[tuple[str, Note, Canvas]]:
    """The canvases by their paths before the change."""
    back = {new: old for old, new in change.moves.items()}
    for path in paths(run):
        read = _read(run, path)
        if read is not None:
            yield (back.get(path, path), *read)


def _in_text(text: JsonString, edits: Iterable[Edit]) -> list[Edit]:
    """Edits of a card's text as edits of the canvas."""
    return [Edit(text.place(edit.span), escaped(edit.text)) for edit in edits]


def _rewritten(note: Note, edits: Sequence[Edit]) -> Rewritten:
    """Raises `NotelintError` if the canvas could not be read afterwards."""
    text, _ = apply(note.text, [Fix("", tuple(edits))])
    if parse(text) is None:
        raise NotelintError(f"nothing is changed: {note.path} could not be read afterwards")
    return Rewritten(note.encode(), Note(note.path, text, bom=note.bom).encode(), len(edits))
