"""For people, on a terminal."""

from collections.abc import Iterator

from notelint.diagnostic import Diagnostic
from notelint.publication import PublishedNote, PublishReport, Wish
from notelint.report.plain import counted, printable


def render(report: PublishReport, most: int, *, all_notes: bool) -> str:
    """What fails, the notes with their addresses (all, or those with something to tell), what to publish next."""
    return "\n\n".join(_parts(report, most, all_notes)) + "\n"


def _parts(report: PublishReport, most: int, all_notes: bool) -> Iterator[str]:
    if report.fatal:
        yield "\n".join(["The site cannot be built:", *(f"  {_line(found)}" for found in report.fatal)])
    shown = [note for note in report.notes if all_notes or note.leaks or note.breaks]
    if shown:
        width = min(max(len(note.address) for note in shown), 48)
        yield "\n".join(line for note in shown for line in _note(note, width))
    if report.wishes and most:
        yield "\n".join(_wishes(report.wishes[:most]))
    yield summary(report)


def summary(report: PublishReport) -> str:
    """One line: how many notes would be published, leak, and break."""
    leaking = sum(bool(note.leaks) for note in report.notes)
    dead = sum(len(note.breaks) for note in report.notes)
    in_notes = counted(sum(bool(note.breaks) for note in report.notes), "note")
    leaks = f"{counted(leaking, 'note')} {'leaks' if leaking == 1 else 'leak'}" if leaking else "nothing leaks"
    breaks = f"{dead} {'thing breaks' if dead == 1 else 'things break'} in {in_notes}" if dead else "nothing breaks"
    return f"{len(report.notes)} of {counted(report.vault_notes, 'note')} would be published: {leaks}, {breaks}."


def _note(note: PublishedNote, width: int) -> Iterator[str]:
    yield printable(f"{note.address:{width}}  {note.path}")
    if note.properties:
        yield printable(f"    shows  the properties {', '.join(note.properties)}")
    yield from (f"    leaks  {_place(found)}" for found in note.leaks)
    yield from (f"    breaks {_place(found)}" for found in note.breaks)


def _place(found: Diagnostic) -> str:
    return printable(f"{found.start.line}:{found.start.column} {found.message}")


def _line(found: Diagnostic) -> str:
    return printable(f"{found.path}:{found.start.line}:{found.start.column} {found.message}")


def headline(wishes: tuple[Wish, ...]) -> str:
    """What publishing these notes does, in one line."""
    links = sum(wish.links for wish in wishes)
    these = "this note" if len(wishes) == 1 else f"these {len(wishes)} notes"
    return f"Publish {these} and {counted(links, 'dead link')} {'comes' if links == 1 else 'come'} alive"


def remark(wish: Wish) -> str:
    """What else is to be known of a wish, to stand behind its name."""
    brings = f" (with {counted(wish.brings, 'dead link')} of its own)" if wish.brings else ""
    return f" (dg-publish is set to false){brings}" if wish.refused else brings


def _wishes(wishes: tuple[Wish, ...]) -> Iterator[str]:
    yield f"{headline(wishes)}:"
    for wish in wishes:
        yield printable(f"  {wish.links:4}  in {counted(wish.notes, 'note')}: {wish.path}{remark(wish)}")
