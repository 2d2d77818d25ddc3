"""Whatever is typed, saved, closed or changed on disk: an editor sees what a check of these very texts would report."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.diagnostic import Diagnostic
from notelint.engine.check import check
from notelint.engine.workspace import Workspace
from notelint.server.open_notes import OpenNotes

PATHS = ("A.md", "b/B.md", "C.md")
PIECES = (
    "---\naliases: [Other]\n---\n",
    "# A\n\n",
    "## Part\n\n",
    "Text ^id\n\n",
    "[[A]] ",
    "[[B#Part]] ",
    "[[C#^id]] ",
    "[[Other]] ",
    "[[b/A]] ",
    "[x](C.md#Part) ",
    "[[Missing ",
    "😀\r\n",
)
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
steps = st.lists(
    st.tuples(st.sampled_from(("type", "save", "close", "write", "delete")), st.sampled_from(PATHS), texts)
)
Seen = list[tuple[int, int, str, str]]


def seen(found: list[Diagnostic]) -> Seen:
    return sorted((one.span.start, one.span.end, one.checker, one.message) for one in found)


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())


def step(notes: OpenNotes, root: Path, held: dict[str, str], given: tuple[str, str, str]) -> None:
    action, path, text = given
    uri = (root / path).as_uri()
    if action == "type":
        held[path] = text
        notes.put(uri, 1, text)
    elif action == "close":
        held.pop(path, None)
        notes.close(uri)
    else:
        if action == "delete":
            (root / path).unlink(missing_ok=True)
        elif action == "write":
            write(root, path, text)
        elif path in held:
            write(root, path, held[path])
        notes.renew()


def cold(root: Path, held: dict[str, str]) -> dict[str, Seen]:
    """What a check reports of a copy of the vault in which all texts are saved."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / ".obsidian").mkdir()
        for file in root.rglob("*.md"):
            write(copy, str(file.relative_to(root)), file.read_bytes().decode())
        for path, text in held.items():
            write(copy, path, text)
        found = check(Workspace.open(copy)).diagnostics
    return {path: seen([one for one in found if one.path == path]) for path in held}


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(start=st.tuples(texts, texts, texts), given=steps)
def test_open_notes_are_judged_as_a_cold_check_does(
    start: tuple[str, str, str], given: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, notes, held = Path(folder).resolve(), OpenNotes(), dict[str, str]()
        (root / ".obsidian").mkdir()
        for path, text in zip(PATHS, start, strict=True):
            write(root, path, text)
        for one in [("type", "A.md", start[0]), *given]:
            step(notes, root, held, one)
            found = {one.note.path: seen(notes.diagnostics(one, notes.vault(one.run))) for one in notes.all()}
            assert found == cold(root, held)
