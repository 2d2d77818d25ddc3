"""Whatever is typed, saved, closed or changed on disk: an editor sees what a check of these very texts would report."""

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.diagnostic import Diagnostic
from notelint.engine.check import check
from notelint.engine.workspace import Workspace
from notelint.server.open_notes import OpenNotes

PATHS = ("A.md", "b/B.md", "C.md", "c/A.md")
SETTINGS = 'garden.slugify = true\ngarden.path-rewrite-rules = []\nextend-select = ["case-mismatch", "orphan-note"]\n'
PIECES = (
    "---\naliases: [Other]\n---\n",
    "---\ndg-publish: true\n---\n",
    "---\ndg-publish: true\ndg-permalink: same\n---\n",
    "---\ntags: [One]\n---\n",
    "# A\n\n",
    "## Part\n\n",
    "Text ^id\n\n",
    "[[A]] ",
    "[[B#Part]] ",
    "[[C#^id]] ",
    "[[Other]] ",
    "[[b/A]] ",
    "[x](C.md#Part) ",
    "[y](/same/) ",
    "![[B]]\n\n",
    "![[C#Part]]\n\n",
    "#one ",
    "[[a]] ",
    "<!-- notelint-disable-next-line broken-heading-link -->\n",
    "%% notelint-disable unwritten-note %%\n",
    "[[Missing ",
    "😀\r\n",
)
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
ACTIONS = ("type", "save", "close", "write", "delete", "rename")
steps = st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PATHS), texts))
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
        elif action == "rename":
            rename(root, path)
        elif path in held:
            write(root, path, held[path])
        notes.renew()


def rename(root: Path, path: str) -> None:
    """Another program moves a note to the next free path."""
    free = next((other for other in PATHS if not (root / other).exists()), None)
    if free is not None and (root / path).exists():
        (root / free).parent.mkdir(parents=True, exist_ok=True)
        (root / path).rename(root / free)


def cold(root: Path, held: dict[str, str]) -> dict[str, Seen]:
    """The report of a check on a copy of the vault in which all texts are saved."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        made(copy)
        for file in root.rglob("*.md"):
            write(copy, str(file.relative_to(root)), file.read_bytes().decode())
        for path, text in held.items():
            write(copy, path, text)
        found = check(Workspace.open(copy)).diagnostics
    return {path: seen([one for one in found if one.path == path]) for path in held}


def made(root: Path) -> None:
    (root / ".obsidian").mkdir()
    (root / "notelint.toml").write_text(SETTINGS, "utf-8")


def shown(notes: OpenNotes) -> dict[str, Seen]:
    return {one.note.path: seen(notes.diagnostics(one)) for one in notes.all()}


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(start=st.lists(texts, min_size=4, max_size=4), given=steps)
def test_open_notes_are_judged_as_a_cold_check_does(start: list[str], given: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, notes, held = Path(folder).resolve(), OpenNotes(), dict[str, str]()
        made(root)
        for path, text in zip(PATHS, start, strict=True):
            write(root, path, text)
        for one in [("type", "A.md", start[0]), *given]:
            step(notes, root, held, one)
            assert shown(notes) == cold(root, held)


@pytest.mark.slow
def test_no_update_is_lost_in_ten_thousand_edits(tmp_path: Path) -> None:
    """Letters and pieces are typed into four notes, now and then one is saved, closed, moved: all in one session."""
    random, notes, held = Random(20), OpenNotes(), dict[str, str]()
    root = tmp_path / "vault"
    root.mkdir()
    made(root)
    for path in PATHS:
        write(root, path, random.choice(PIECES))
        step(notes, root, held, ("type", path, random.choice(PIECES)))
    for number in range(10_000):
        path = random.choice(PATHS)
        action = random.choice(ACTIONS) if number % 100 == 0 else "type"
        step(notes, root, held, (action, path, typed(random, held.get(path, ""))))
        found = shown(notes)  # asked each time, so that it has to be noticed when it does not hold any more
        if number % 25 == 0:
            assert found == cold(root, held), number
        assert {one.note.path: one.note.text for one in notes.all()} == held


def typed(random: Random, text: str) -> str:
    """A text after one more edit: a piece put in somewhere, or some letters taken out."""
    at = random.randrange(len(text) + 1)
    if len(text) > 300 or random.random() < 0.3:
        return text[:at] + text[at + random.randrange(1, 40) :]
    at = 0 if random.random() < 0.2 else at
    return text[:at] + random.choice([*PIECES, "a", "#", "[", "\n"]) + text[at:]
