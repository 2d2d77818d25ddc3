"""For people, on a terminal."""

from collections.abc import Callable, Iterable, Iterator

from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import counted, first_of, is_command, line_of, printable
from notelint.publication.report import MISSED, PublishedNote, PublishReport, Wish

UNKNOWN = "(address not known)"
UNJUDGED = "Not judged: with Dataview, the results of these queries are published, from notes that are private, too"
SILENCED = "leaks, too: of this nothing is reported, for it is suppressed there"
_NAMED = 3  # notes that are named at most
_WIDEST = 48  # columns for the addresses


def render(report: PublishReport, most: int, *, all_notes: bool) -> str:
    """The report as text: failures and leaks; the notes with their addresses, all or those in which something
    breaks; advice.
    """
    return "\n\n".join(_parts(report, most, all_notes)) + "\n"


def _parts(report: PublishReport, most: int, all_notes: bool) -> Iterator[str]:
    if report.fatal:
        yield "\n".join(["The site cannot be built:", *(f"  {_line(found)}" for found in report.fatal)])
    leaks = [found for note in report.notes for found in note.leaks]
    silenced = [note.path for note in report.notes if note.is_silenced]
    if leaks or silenced:
        yield "\n".join(["What leaks:", *_leaks(leaks), *(f"  {line_of(f'{path} {SILENCED}')}" for path in silenced)])
    if unjudged := list(queries(report)):
        yield "\n".join([f"{UNJUDGED}:", *(f"  {line_of(place)}" for place in unjudged)])
    said = {id(found) for found in report.fatal}
    breaks = [(note, [found for found in note.breaks if id(found) not in said]) for note in report.notes]
    shown = [(note, found) for note, found in breaks if all_notes or found]
    if shown:
        width = min(max(len(note.address or UNKNOWN) for note, _ in shown), _WIDEST)
        yield "\n".join(line for note, found in shown for line in _note(note, found, width))
    if properties := seen_properties(report):
        yield "\n".join(["Every reader can see these properties in the source of the pages:", *map(_seen, properties)])
    if report.wishes and most:
        yield "\n".join(_wishes(report.wishes[:most]))
    yield summary(report)


def _leaks(leaks: Iterable[Diagnostic]) -> Iterator[str]:
    """A line for each; where many notes leak the same, that is said once, and then where."""
    places: dict[str, list[Diagnostic]] = {}
    for found in leaks:
        places.setdefault(found.message, []).append(found)
    for message, alike in places.items():
        if len(alike) == 1:
            yield f"  {_line(alike[0])}"
        else:
            yield printable(f"  {counted(len(alike), 'time')}: {message}")
            yield from (f"    {line_of(f'{one.path}:{_place(one)}')}" for one in alike)


def seen_properties(report: PublishReport) -> list[tuple[str, list[str]]]:
    """The author's properties that are published, with the notes that have them; the rarest, which surprise, first."""
    notes: dict[str, list[str]] = {}
    for note in report.notes:
        for name in note.properties:
            notes.setdefault(name, []).append(note.path)
    return sorted(notes.items(), key=lambda item: (len(item[1]), item[0]))


def _seen(named: tuple[str, list[str]]) -> str:
    name, notes = named
    where = f"in {notes[0]}" if len(notes) == 1 else f"in {len(notes)} notes"
    shown = f'"{name}"' if is_command(name) else name  # it stands first in its line, where GitHub looks for commands
    return printable(f"  {shown}  {where}")


def summary(report: PublishReport) -> str:
    """One line: how many notes would be published, leak, and break."""
    leaking = sum(bool(note.leaks) or note.is_silenced for note in report.notes)
    dead = broken_things(report)
    in_notes = counted(sum(bool(note.breaks) for note in report.notes), "note")
    leaks = f"{counted(leaking, 'note')} {'leaks' if leaking == 1 else 'leak'}" if leaking else "nothing leaks"
    if not leaking and any(queries(report)):
        leaks = "nothing is known to leak (queries are not judged)"
    breaks = f"{dead} {'thing breaks' if dead == 1 else 'things break'} in {in_notes}" if dead else "nothing breaks"
    return f"{len(report.notes)} of {counted(report.vault_notes, 'note')} would be published: {leaks}, {breaks}."


def queries(report: PublishReport) -> Iterator[str]:
    """The places of queries, of which nobody knows here what they show."""
    for note in report.notes:
        yield from (f"{note.path}:{line}" for line in note.queries)
        if note.has_embedded_queries:
            yield f"{note.path}, in what it embeds"


def broken_things(report: PublishReport) -> int:
    """The number of things that break on the site."""
    return len({_thing(found) for note in report.notes for found in note.breaks})


def _thing(found: Diagnostic) -> tuple[str, ...]:
    """The key that makes two diagnostics one thing that breaks: an address that several notes have is one."""
    if found.checker in ("duplicate-permalink", "duplicate-home"):
        return found.checker, found.about or ""
    return found.checker, found.path, str(found.span.start), found.message


def _note(note: PublishedNote, breaks: list[Diagnostic], width: int) -> Iterator[str]:
    """Where it is, its links to what is not published in one line, and what else breaks in a line each."""
    yield line_of(f"{note.address or UNKNOWN:{width}}  {note.path}")
    missed: dict[str, list[str]] = {}
    others = []
    for found in breaks:
        if found.checker == MISSED and found.about is not None and found.about.endswith(".md"):
            missed.setdefault(found.about, []).append(_place(found))
        else:
            others.append(found)
    if missed:
        targets = "; ".join(f"{target} ({', '.join(places)})" for target, places in missed.items())
        yield printable(f"    leads to what is not published: {targets}")
    yield from (printable(f"    breaks {_place(found)} {found.message}") for found in others)


def _place(found: Diagnostic) -> str:
    return f"{found.start.line}:{found.start.column}"


def _line(found: Diagnostic) -> str:
    return line_of(f"{found.path}:{found.start.line}:{found.start.column} {found.message}")


def headline(wishes: tuple[Wish, ...]) -> str:
    """The effect of publishing these notes, in one line."""
    links = sum(wish.links for wish in wishes)
    these = "this note" if len(wishes) == 1 else f"these {len(wishes)} notes"
    return f"Publish {these} and {counted(links, 'dead link')} {'comes' if links == 1 else 'come'} alive"


def remark(wish: Wish, written: Callable[[str], str] = str) -> str:
    """A remark on a wish, to stand behind its name. `written` is how a path is written."""
    if not wish.path.endswith(".md") and "/" not in wish.path:
        return " (was never written)"  # so the bare name tells, in a published garden
    brings = f" (with {counted(wish.brings, 'dead link')} of its own)" if wish.brings else ""
    named = first_of([*map(written, wish.besides)], _NAMED)
    besides = f" (publishes text of {named} besides)" if wish.besides else ""
    return f"{' (dg-publish is set to false)' if wish.refused else ''}{brings}{besides}"


def _wishes(wishes: tuple[Wish, ...]) -> Iterator[str]:
    yield f"{headline(wishes)}:"
    for wish in wishes:
        yield printable(f"  {wish.links:4}  in {counted(wish.notes, 'note')}: {wish.path}{remark(wish)}")
