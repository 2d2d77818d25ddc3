"""A commit is reported as if all of the vault were compared, whatever was left out because it cannot have changed."""

import shutil
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notelint.history import since, staged
from notelint.history.introduced import introduced
from tests.conftest import report, run
from tests.history.test_since import commit, git

pytestmark = pytest.mark.slow

_NAMES = ["A", "B", "Sub/A", "C", "D", "Sub/Deep/E"]
_LINES = st.lists(
    st.sampled_from(
        ["[[A]]", "[[B#One]]", "[[Gone]]", "# One", "## Two", "text ^id", "[[A#^id]]", "![[B#One]]", "[[C#Two]] ",
         "[[Ren]]", "[[Old/X]]", "[[Old/Y]] [[Old/Z]]", "<!-- notelint-disable-next-line -->", "[x](/b/)", "text",
         "[s](Sub/)", "[x](Sub/Deep)", "[x](A.md#one)", "[a](A.md) [d](Sub/D.md)", "[[Sub]]"]
    ),
    max_size=4,
).map("\n\n".join)  # fmt: skip
_HEADS = st.sampled_from(
    ["", "", "", "---\naliases: [Ren]\n---\n", "---\ndg-publish: true\n---\n",
     "---\ndg-publish: true\npermalink: /b/\n---\n"]
)  # fmt: skip
_NOTES = st.tuples(_HEADS, _LINES).map("".join)
_EDITS = st.tuples(
    st.sampled_from(
        ["write", "write", "append", "append", "append", "delete", "rename", "unstaged", "commit", "check"]
    ),
    st.sampled_from(_NAMES),
    _NOTES,
)


def _edited(vault: Path, kind: str, note: Path, text: str) -> None:
    if kind == "commit":
        commit(vault)
    elif kind == "check":
        report(vault)
    elif kind == "delete":
        note.unlink(missing_ok=True)
        git(vault, "add", "-A")
    elif kind == "rename":
        if note.exists():
            note.rename(vault / "Ren.md")
        git(vault, "add", "-A")
    else:
        before = note.read_text() if kind == "append" and note.exists() else ""
        note.write_text(before + text)
        if kind != "unstaged":
            git(vault, "add", "-A")


def _staged(vault: Path, *arguments: str) -> str:
    """The report of the next commit; empty if it touches no vault."""
    result = run("check", "--output-format", "json", "--staged", "--allow-empty", *arguments, cwd=vault)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(_NAMES), _NOTES, min_size=2),
    st.sampled_from(["", 'extend-select = ["publishing", "unlinked-mention"]\n', 'resolution = "github"\n']),
    st.lists(_EDITS, min_size=1, max_size=6),
)
def test_a_commit_is_reported_as_if_everything_were_compared(
    tmp_path: Path, notes: dict[str, str], config: str, edits: list[tuple[str, str, str]]
) -> None:
    vault = tmp_path / "vault"
    shutil.rmtree(vault, ignore_errors=True)
    (vault / "Sub" / "Deep").mkdir(parents=True)
    (vault / "notelint.toml").write_text(config)
    for name, text in notes.items():
        (vault / f"{name}.md").write_text(text)
    git(vault, "init", "-q")
    commit(vault)
    report(vault, "--allow-empty")
    for kind, name, text in edits:
        note = vault / f"{name}.md"
        _edited(vault, kind, note, text)
        named = [f"{name}.md"] if note.exists() else []
        quick = _staged(vault, *named)
        new = report(vault, "--allow-empty", "--since", "HEAD")
        with mock.patch.object(staged, "near_changes", return_value=None):
            assert quick == _staged(vault, "--no-cache", *named)
        with mock.patch.object(since, "near_changes", return_value=None):
            assert new == report(vault, "--allow-empty", "--since", "HEAD", "--no-cache")


def test_what_is_known_of_other_notes_is_counted_and_not_listed(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for name in "ABCD":
        (vault / f"{name}.md").write_text(f"[[gone {name}]]\n")
    git(vault, "init", "-q")
    commit(vault)
    report(vault)
    (vault / "A.md").write_text("[[gone A]]\n\n[[gone too]]\n")
    git(vault, "add", "-A")
    with mock.patch("notelint.history.staged.check_workspace", side_effect=AssertionError):
        found = report(vault, "--staged")
    assert [one["message"].count("gone too") for one in found["diagnostics"]] == [1]
    assert found["since"]["known"] == 4


def test_what_no_cache_can_keep_is_counted_too(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A.md").write_text("[[gone A]]\n")
    (vault / "Bad.md").write_bytes(b"caf\xe9 [[x]]\n")
    git(vault, "init", "-q")
    commit(vault)
    report(vault)
    (vault / "New.md").write_text("[[gone too]]\n")
    git(vault, "add", "-A")
    for arguments in (["--staged"], ["--staged", "--no-cache"], ["--since", "HEAD"]):
        found = report(vault, *arguments)
        assert (len(found["diagnostics"]), found["since"]["known"]) == (1, 3)


def _compared(vault: Path) -> set[str]:
    """The notes whose findings are held against those at the commit."""
    with mock.patch("notelint.history.staged.introduced", wraps=introduced) as compared:
        report(vault, "--staged")
    return {one.path for one in compared.call_args.kwargs["everything"]}


def test_only_notes_that_may_see_another_text_are_compared(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A.md").write_text("# One\n\n[[gone]]\n")
    (vault / "Part.md").write_text("[[A#Two]]\n")
    (vault / "Folder.md").write_text("[[Old/A]]\n")
    git(vault, "init", "-q")
    commit(vault)
    report(vault)
    for added, expected in (
        ("text\n", {"A.md"}),
        ("\n# Two\n", {"A.md"}),  # the other vault has no such heading, and Part.md links to it: nothing is left there
        ("\n[[Old/B]]\n", {"A.md", "Folder.md"}),  # links into the same folder count, whoever has them
    ):
        with (vault / "A.md").open("a") as note:
            note.write(added)
        git(vault, "add", "-A")
        assert _compared(vault) == expected


def test_notes_that_link_to_a_heading_are_compared_if_it_goes(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A.md").write_text("# One\n")
    (vault / "Part.md").write_text("[[A#One]]\n")
    git(vault, "init", "-q")
    commit(vault)
    report(vault)
    (vault / "A.md").write_text("# Two\n")
    git(vault, "add", "-A")
    assert _compared(vault) == {"Part.md"}
