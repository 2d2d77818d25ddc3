"""Findings over the history: `--trend` counts what a check of each commit would find, by the rules of now."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine.result import Moment, Trend
from notelint.history.trend import sampled
from notelint.report.trend import BLOCKS, sparkline, trend_line
from tests.conftest import MakeVault, report, run

NAMES = st.sampled_from(["A", "B", "c d", "Inner/A", "Inner/Deep/E"])
TEXTS = st.sampled_from(
    ["", "Text.\n", "[[A]]\n", "[[Gone]]\n", "[[Inner/A#None]]\n\n## Empty\n", "[x](c%20d.md) [[E|e]]\n"]
)
STATES = st.lists(st.dictionaries(NAMES, TEXTS, min_size=1), min_size=1, max_size=4)


def git(root: Path, *arguments: str) -> str:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path, notes: dict[str, str], message: str = "notes") -> str:
    """Commit a state of the vault that has these notes and no others."""
    for path in root.rglob("*.md"):
        path.unlink()
    for name, text in notes.items():
        file = root / (name if "." in name else f"{name}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD").strip()


def trend(root: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = report(root, "--trend", "30", *arguments)["trend"]
    return found


@pytest.fixture
def vault(make_vault: MakeVault) -> Path:
    root = make_vault({".obsidian/app.json": "{}", "notelint.toml": ""})
    git(root, "init", "-q", "-b", "main")
    return root


def expected(root: Path, commits: list[str], scratch: Path) -> list[tuple[int, int]]:
    """Notes and findings of each commit, checked out beside the vault and checked without a cache."""
    found = []
    for nth, one in enumerate(commits):
        git(root, "worktree", "add", "-q", str(scratch / str(nth)), one)
        said = report(scratch / str(nth), "--no-cache", "--allow-empty")["summary"]
        found.append((said["notes"], sum(said["checkers"].values())))
    return found


def numbers(found: dict[str, Any]) -> list[tuple[int, int]]:
    return [(one["notes"], sum(one["families"].values())) for one in found["moments"]]


@pytest.mark.slow
@settings(max_examples=12)
@given(states=STATES)
def test_it_counts_what_each_commit_has(states: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("trend") / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}")
    (root / "notelint.toml").write_text("")
    git(root, "init", "-q", "-b", "main")
    commits = [commit(root, state) for state in states]
    changing = [one for at, one in enumerate(commits) if at == 0 or states[at] != states[at - 1]]
    truth = expected(root, changing, tmp_path_factory.mktemp("out"))
    for arguments in (["--no-cache"], [], []):  # without a cache, filling it, and from it
        found = trend(root, *arguments)
        assert [one["commit"] for one in found["moments"]] == changing
        assert numbers(found) == truth


def test_it_takes_notes_that_are_not_committed_for_nothing(vault: Path) -> None:
    commit(vault, {"A": "[[Gone]]\n[[Gone too/x]]\n", "B": "Text.\n"})
    commit(vault, {"A": "[[C]]\n", "B": "Text.\n", "Pages/C": "Text.\n"})
    (vault / "Mine.md").write_text("[[Gone/y]] [[Pages/C]]\n", "utf-8")
    (vault / "A.md").write_text("[[Gone/z]] [[Mine]]\n", "utf-8")
    assert numbers(trend(vault)) == [(2, 2), (3, 0)]


def test_rules_and_profiles_are_those_of_now_and_settings_of_the_commit_do_nothing(vault: Path) -> None:
    (vault / "notelint.toml").write_text('ignore = ["links"]\n', "utf-8")
    commit(vault, {"A": "[[Gone/x]]\n", "B": "[[A]]\n"})
    (vault / "notelint.toml").write_text("", "utf-8")
    (vault / "plugin.py").write_text("raise SystemExit('executed')\n", "utf-8")
    commit(vault, {"A": "[[Gone/x]] [[Gone/y]]\n"})
    assert [one["families"] for one in trend(vault)["moments"]] == [{"links": 1}, {"links": 2}]


def test_a_baseline_suppresses_findings_but_not_their_count(vault: Path) -> None:
    commit(vault, {"A": "[[Gone/x]]\n"})
    assert run("baseline", cwd=vault).exit_code == 0
    found = report(vault, "--trend", "3")
    assert found["diagnostics"] == []
    assert numbers(found["trend"]) == [(1, 1)]


def test_named_folders_are_counted_alone(vault: Path) -> None:
    commit(vault, {"A": "[[Gone/x]]\n", "In/B": "[[Gone/x]] [[A]]\n", "Inner": "[[Gone/y]]\n"})
    assert numbers(trend(vault, "In")) == [(1, 1)]
    assert numbers(trend(vault)) == [(3, 3)]


def test_a_vault_in_a_folder_of_a_repository_has_the_commits_that_changed_it(tmp_path: Path) -> None:
    (tmp_path / "notes" / ".obsidian").mkdir(parents=True)
    (tmp_path / "notes" / ".obsidian" / "app.json").write_text("{}")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, {"notes/A": "[[Gone/x]]\n"})
    commit(tmp_path, {"notes/A": "[[Gone/x]]\n", "readme": "[[Elsewhere/x]]\n"})
    commit(tmp_path, {"notes/A": "Text.\n", "readme": "[[Elsewhere/x]]\n"})
    assert numbers(trend(tmp_path / "notes")) == [(1, 1), (1, 0)]


def test_canvases_are_counted_as_they_were(vault: Path) -> None:
    node = '{"nodes": [{"id": "1", "type": "file", "file": "%s", "x": 0, "y": 0, "width": 1, "height": 1}]}'
    commit(vault, {"A": "Text.\n", "Map.canvas": node % "Gone.md"})
    commit(vault, {"A": "Text.\n", "Map.canvas": node % "A.md"})
    assert [sum(one["families"].values()) for one in trend(vault)["moments"]] == [1, 0]


def test_counts_are_kept_for_each_commit_and_forged_ones_are_counted_again(vault: Path, user_folders: Path) -> None:
    commit(vault, {"A": "[[Gone/x]]\n"})
    commit(vault, {"A": "[[Gone/x]] [[Gone/y]]\n"})
    assert numbers(trend(vault)) == [(1, 1), (1, 2)]
    (kept,) = user_folders.glob("cache/vaults/*/trend.json")
    kept.write_text(kept.read_text("utf-8").replace('"links":2', '"links":7'), "utf-8")
    assert numbers(trend(vault)) == [(1, 1), (1, 7)]
    for forged in (b"", b"\xff", b'{"key": 1}', b"[" * 5000):
        kept.write_bytes(forged)
        assert numbers(trend(vault)) == [(1, 1), (1, 2)]
    assert run("clean", cwd=vault).exit_code == 0
    assert not kept.exists()


def test_a_name_with_a_line_end_and_a_forged_date_do_no_harm(vault: Path) -> None:
    commit(vault, {"A\n::error::B": "[[Gone/x]]\n"})
    git(vault, "commit", "-q", "--amend", "--no-edit", "--date", "@99999999999999 +0000")
    assert numbers(trend(vault)) == [(1, 1)]


@pytest.mark.parametrize(
    "beside", [["-"], ["--shard", "1/2"], ["--staged"], ["--since", "HEAD", "--config-from", "base"]]
)
def test_what_is_of_no_whole_vault_has_no_trend(vault: Path, beside: list[str]) -> None:
    commit(vault, {"A": "Text.\n"})
    result = run("check", "--trend", "3", *beside, cwd=vault, stdin="")
    assert result.exit_code == 2
    assert "--trend" in result.stderr


def test_without_a_repository_it_says_so(make_vault: MakeVault) -> None:
    result = run("check", "--trend", "3", cwd=make_vault({"A.md": "Text.\n"}))
    assert result.exit_code == 2
    assert "is in no git repository" in result.stderr


def test_before_the_first_commit_there_is_none(vault: Path) -> None:
    (vault / "A.md").write_text("Text.\n", "utf-8")
    result = run("check", "--trend", "3", cwd=vault)
    assert result.exit_code == 0
    assert "Trend: there is no commit yet." in result.stdout


@given(total=st.integers(0, 3000), most=st.integers(1, 30))
def test_commits_are_sampled_with_the_first_and_the_last_and_mostly_the_same_ones(total: int, most: int) -> None:
    now, next_time = sampled(total, most), sampled(total + 1, most)
    assert len(now) == min(total, most)
    assert now == sorted(set(now))
    if most >= 2 and total:
        assert (now[0], now[-1]) == (0, total - 1)
    assert len(set(now) - set(next_time)) <= 2


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_a_sparkline_begins_at_nought_and_keeps_the_order(values: list[int]) -> None:
    line = sparkline(values)
    assert len(line) == len(values)
    for value, block in zip(values, line, strict=True):
        assert (block == BLOCKS[0]) == (value == 0)
        assert (block == BLOCKS[-1]) >= (value == max(values) > 0)
    assert sorted(line) == [block for _, block in sorted(zip(values, line, strict=True))]


def test_the_line_for_a_terminal() -> None:
    moments = [
        Moment("a" * 40, "2025-01-03", 0, 3, 4, {"links": 4, "sections": 4}),
        Moment("b" * 40, "2025-02-01", 1, 3, 2, {"sections": 2}),
    ]
    some = Trend(tuple(moments), 240)
    way = "Trend, 2 of 240 commits, 2025-01-03 to 2025-02-01: findings"
    assert trend_line(some, blocks=True) == f"{way} 8 █▃ 2 (links 4 █▁ 0, sections 4 █▅ 2)"
    assert trend_line(some, blocks=False) == f"{way} 8 to 2 (links 4 to 0, sections 4 to 2)"
    assert trend_line(Trend(tuple(moments[:1]), 1), blocks=True) == "Trend: 1 commit, 2025-01-03: one more is needed."


def test_a_shallow_clone_says_that_older_commits_are_not_there(vault: Path, tmp_path: Path) -> None:
    commit(vault, {"A": "[[Gone/x]]\n"})
    commit(vault, {"A": "[[Gone/x]] [[Gone/y]]\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", vault.as_uri(), str(tmp_path / "clone"))
    result = run("check", "--trend", "30", cwd=tmp_path / "clone")
    assert "1 commit" in result.stdout
    assert "(older ones are not in this shallow clone)" in result.stdout
    assert numbers(trend(tmp_path / "clone")) == [(1, 2)]


def test_no_program_of_the_repository_runs(vault: Path, tmp_path: Path) -> None:
    """Filters, textconv, signatures and external differences that the repository configures."""
    mark = tmp_path / "executed"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n", "utf-8")
    script.chmod(0o755)
    commit(vault, {"A": "[[Gone/x]]\n", ".gitattributes": "*.md filter=evil diff=evil\n"})
    for name in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external", "gpg.program"):
        git(vault, "config", name, str(script))
    git(vault, "config", "log.showSignature", "true")
    (vault / "A.md").write_text("[[Gone/x]] [[Gone/y]]\n", "utf-8")
    assert numbers(trend(vault)) == [(1, 1)]
    assert not mark.exists()
