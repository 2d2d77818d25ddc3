"""The part of a report besides diagnostics: its notes, how they link, folders that were renamed, texts."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct, field

from notelint.core.diagnostic import Diagnostic
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.vault.past import renamed_within, was_folder
from notelint.vault.vault import Vault

_BY_PATH = "broken-link"  # the checker whose findings a renamed folder explains


def _no_text(path: str) -> str | None:
    return None


class Survey(Struct, frozen=True):
    """The vault around the diagnostics of a run.

    `notes` are the paths of all notes, in the vault's order. `links` are (source, target, how many), by positions in
    `notes`. `renamed` maps the missing target of a link to the folder in it that was evidently renamed, and its new
    path. `published` are positions of notes that go to the site; None where the vault is not a Digital Garden. `text`
    gives the text of a note, or None where it cannot be read.
    """

    notes: tuple[str, ...] = ()
    links: tuple[tuple[int, int, int], ...] = ()
    renamed: dict[str, tuple[str, str]] = field(default_factory=dict)
    published: frozenset[int] | None = None
    text: Callable[[str], str | None] = _no_text


def survey(run: Workspace, found: Collection[Diagnostic]) -> Survey:
    """The vault of a run, seen around these diagnostics: links are those from and to notes that have some."""
    vault = run.vault
    notes = tuple(run.files.notes)
    near = {one.path for one in found}
    published = (
        frozenset(at for at, path in enumerate(notes) if vault.site.publishes(path)) if vault.rules.publishes else None
    )
    missing = {one.about for one in found if one.checker == _BY_PATH and one.about}
    links = tuple(_links(notes, near, vault)) if near else ()
    return Survey(notes, links, dict(_renamed(sorted(missing), vault)), published, _reader(run))


def _reader(run: Workspace) -> Callable[[str], str | None]:
    """Reads the text of a note, as spans of diagnostics count it; the last one is kept."""
    last: list[tuple[str, str | None]] = []

    def text(path: str) -> str | None:
        if not last or last[0][0] != path:
            data = run.data(path) if path in known else None
            last[:] = [(path, None if data is None else Note.decode(path, data).text)]
        return last[0][1]

    known = frozenset(run.files.notes)
    return text


def _links(notes: tuple[str, ...], near: Collection[str], vault: Vault) -> Iterator[tuple[int, int, int]]:
    """The links between notes of which one end is near, each pair once."""
    places = {path: at for at, path in enumerate(notes)}
    for source, path in enumerate(notes):
        outline = vault.outlines.get(path)
        if outline is None:
            continue
        is_near = path in near
        targets: Counter[int] = Counter()
        for link in outline.links:
            found = None if link.hidden else vault.resolve_link(link, path).target
            if found is not None and found != path and (is_near or found in near) and found in places:
                targets[places[found]] += 1
        yield from ((source, target, count) for target, count in sorted(targets.items()))


def _renamed(targets: Iterable[str], vault: Vault) -> Iterator[tuple[str, tuple[str, str]]]:
    """The targets in whose path a folder was evidently renamed, with its old and its new path."""
    for target in targets:
        renamed = renamed_within(target, vault)
        if renamed is not None and was_folder(renamed[0], vault) is not False:
            yield target, renamed
