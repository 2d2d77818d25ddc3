"""A change cannot take notes out of sight: what it does to them is reported or said, by the rules of its base too."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import run
from tests.history.test_silenced import BROKEN, silenced
from tests.history.test_since import commit, git, write

pytestmark = pytest.mark.slow

WAYS = {"staged": ["--staged"], "since": ["--since", "main"], "base": ["--since", "main", "--config-from", "base"]}
FINE = "# Topic\n\nThere is a line of text here, which stays as it is.\n"
KNOWN = "[[Gone/y]]\n\n[[Long ago]]\n\n"
CANVAS = {"nodes": [{"id": "1", "type": "text", "text": "[[Nowhere/x]]", "x": 0, "y": 0, "width": 9, "height": 9}]}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with known faults, and a branch."""
    git(tmp_path, "init", "-qb", "main")
    commit(
        tmp_path,
        {
            ".obsidian/app.json": "{}",
            "Topic.md": FINE,
            "Known.md": f"{KNOWN}[[Topic]]\n",
            "Sub/Old.md": "# Old\n",
            "Board.canvas": '{"nodes": []}',
        },
    )
    git(tmp_path, "checkout", "-q", "-b", "topic")
    return tmp_path


def checked(root: Path, way: str) -> tuple[int, list[str], str]:
    done = run("check", "--no-cache", "--output-format", "concise", *WAYS[way], cwd=root)
    assert done.exit_code in (0, 1), done.output
    return done.exit_code, [line for line in done.stdout.splitlines() if ": " in line][:-1], done.stderr


MOVES = {
    "another ending": "Topic.txt",
    "an ending of other tools": "Topic.markdown",
    "a hidden folder": ".hidden/Topic.md",
    "a folder of other tools": "node_modules/Topic.md",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", [FINE, BROKEN], ids=["as it is", "rewritten"])
@pytest.mark.parametrize("name", MOVES)
def test_a_note_that_is_none_any_more_is_one_line(repo: Path, name: str, text: str, way: str) -> None:
    git(repo, "rm", "-q", "Topic.md")
    write(repo, {MOVES[name]: text, "Known.md": KNOWN})
    git(repo, "add", "-A", "-f")
    code, shown, said = checked(repo, way)
    assert (code, shown) == (0, [])
    assert said.count(f"1 note is not checked any more, by the new name: Topic.md (now {MOVES[name]})") == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_note_that_is_gone_is_no_such_note(repo: Path, way: str) -> None:
    git(repo, "rm", "-q", "Topic.md")
    write(repo, {"Other.txt": FINE.upper()})
    git(repo, "add", "-A")
    code, shown, said = checked(repo, way)
    assert code == 1
    assert [line for line in shown if "Topic" in line] == shown
    assert "not checked any more" not in said


@pytest.mark.parametrize("way", WAYS)
def test_a_note_that_is_too_large_is_reported(repo: Path, way: str) -> None:
    write(repo, {"Topic.md": BROKEN + "x" * (33 << 20)})
    git(repo, "add", "-A")
    code, shown, _ = checked(repo, way)
    assert code == 1
    assert shown == ["Topic.md:1:1: unreadable-note: cannot be read: it is larger than 32 MB"]


def _note(repo: Path) -> None:
    (repo / "Topic.md").unlink()
    (repo / "Topic.md").symlink_to("Sub/Old.md")


def _folder(repo: Path) -> None:
    shutil.move(repo / "Sub", repo / ".Sub")
    (repo / "Sub").symlink_to(".Sub")


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("link", "name"), [(_note, "Topic.md"), (_folder, "Sub")])
def test_a_symbolic_link_in_the_place_of_notes_is_said(
    repo: Path, way: str, link: Callable[[Path], None], name: str
) -> None:
    link(repo)
    git(repo, "add", "-A", "-f")
    code, shown, said = checked(repo, way)
    assert (code, shown) == (0, [])
    assert f"symbolic links are not followed, and what they lead to is unknown: {name}" in said
    assert "repository of its own" not in said


@pytest.mark.parametrize("way", WAYS)
def test_a_repository_in_the_repository_is_said(repo: Path, way: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-qb", "main")
    commit(other, {"In.md": BROKEN})
    git(repo, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "Mod")
    _, _, said = checked(repo, way)
    assert "Mod is a repository of its own, which was added" in said


@pytest.mark.parametrize("way", WAYS)
def test_faults_that_were_there_stay_known(repo: Path, way: str) -> None:
    write(repo, {"Known.md": f"A line more.\n\n{KNOWN}[[Topic]]\n", "notelint.toml": "# mine\n"})
    git(repo, "add", "-A")
    code, shown, said = checked(repo, way)
    assert (code, shown, silenced(said)) == (0, [], [])


def test_canvases_are_judged_by_the_rules_of_the_base(repo: Path) -> None:
    write(repo, {"Board.canvas": json.dumps(CANVAS)})
    git(repo, "add", "-A")
    for way in WAYS:
        code, shown, _ = checked(repo, way)
        assert (code, len(shown)) == (1, 1), way
        assert shown[0].startswith("Board.canvas:1:")
    write(repo, {"notelint.toml": 'exclude = ["*.canvas"]\n'})
    git(repo, "add", "-A")
    for way in ("staged", "since"):
        code, shown, said = checked(repo, way)
        assert (code, shown) == (0, [])
        assert "1 diagnostic is silenced by this change: 1 broken-link (by notelint.toml)" in said
    code, shown, _ = checked(repo, "base")
    assert (code, len(shown)) == (1, 1)


ODD = {
    "carriage returns": b"# Topic\r\rsee [[Nowhere/x]]\r",
    "Windows line ends": b"# Topic\r\n\r\nsee [[Nowhere/x]]\r\n",
    "bytes that are no text": b"# Topic\n\xff\xfe\nsee [[Nowhere/x]]\n",
    "zero bytes": b"# Topic\n\0\0\nsee [[Nowhere/x]]\n",
    "two byte characters": "see [[Nowhere/x]]\n".encode("utf-16"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ODD)
def test_other_bytes_hide_nothing(repo: Path, name: str, way: str) -> None:
    (repo / "Topic.md").write_bytes(ODD[name])
    write(repo, {".gitattributes": "*.md -diff binary eol=crlf export-ignore\n"})
    git(repo, "add", "-A")
    code, shown, _ = checked(repo, way)
    assert code == 1
    assert any("broken-link" in line or "invalid-encoding" in line for line in shown)


@pytest.mark.parametrize("way", WAYS)
def test_other_names_and_modes_hide_nothing(repo: Path, way: str) -> None:
    git(repo, "mv", "Sub/Old.md", "Sub/old.MD")
    write(repo, {"Sub/old.MD": BROKEN, "two\nlines.md": BROKEN, " .md": BROKEN})
    (repo / "Sub/old.MD").chmod(0o755)
    git(repo, "add", "-A")
    code, shown, _ = checked(repo, way)
    assert code == 1
    assert len(shown) == 3


def test_a_schema_is_known_by_its_ending(repo: Path) -> None:
    profile = 'name = "thing"\nschema = "thing.json"\n[match]\npaths = ["Topic.md"]\n'
    write(repo, {"notelint.toml": 'profiles = ["t.toml"]\n', "t.toml": profile, "other.txt": "{}"})
    write(repo, {"thing.json": '{"$ref": "other.txt"}'})
    done = run("check", cwd=repo)
    assert done.exit_code == 2
    assert "schema 'thing.json' refers to other.txt: a schema is a file that ends .json" in done.stderr
