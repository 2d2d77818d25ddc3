"""Debt that is suppressed: recorded by content, never taken in silently, told when it is fixed."""

import json
from pathlib import Path

import pytest

from notelint.engine.fingerprint import fingerprint
from tests.conftest import MakeVault, run
from tests.history.test_since import git

pytestmark = pytest.mark.slow

FILE = ".notelint-baseline.jsonl"
NOTES: dict[str, str | bytes] = {"A.md": "# A\n\n[[/Gone]]\n\n[[/Gone]]\n", "B.md": "[[/Lost]] [[A]]\n"}


def told(vault: Path, *arguments: str) -> list[str]:
    result = run("check", "--output-format", "concise", *arguments, cwd=vault)
    return [line for line in result.stdout.splitlines() if ".md:" in line]


def test_what_was_there_is_suppressed_and_what_is_new_is_reported(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    assert len(told(vault)) == 3
    result = run("baseline", cwd=vault)
    assert result.stdout == f"{FILE}: 3 entries, 3 added, 0 removed.\n"
    lines = (vault / FILE).read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    assert all(len(json.loads(line)) == 3 for line in lines)
    result = run("check", cwd=vault)
    assert result.exit_code == 0
    assert "3 known diagnostics are suppressed" in result.stderr
    (vault / "A.md").write_text("New words.\n\n# A\n\n[[/Gone]]\n\n[[/Gone]]\n\n[[/Gone]]\n[[/New]]\n", "utf-8")
    assert told(vault) == ["A.md:9:1: broken-link: no note '/Gone'", "A.md:10:1: broken-link: no note '/New'"]
    assert len(told(vault, "--no-baseline")) == 5


def test_a_renamed_note_keeps_its_entries(make_vault: MakeVault) -> None:
    vault = make_vault({**NOTES, "B.md": "[[/Lost]]\n"})
    run("baseline", cwd=vault)
    (vault / "B.md").rename(vault / "C.md")
    assert told(vault) == []


def test_what_is_about_a_whole_note_stays_suppressed_when_its_first_line_changes(make_vault: MakeVault) -> None:
    config = '[[custom]]\nid = "no-source"\nmessage = "m"\nrequire-property = "source"\n'
    text = "---\ntype: disease\n---\n# Cyst\n\n## Concept\n\nWords.\n"
    vault = make_vault({"notelint.toml": config, "A.md": text, "B.md": "Words.\n"})
    before = told(vault)
    assert {line.split(": ")[1] for line in before} == {"missing-section", "no-source"}
    run("baseline", cwd=vault)
    (vault / "A.md").write_text(
        text.replace("type", "kind: x\ntype").replace("# Cyst", "# Cyst of the kidney"), "utf-8"
    )
    (vault / "B.md").write_text("# B\n\nWords.\n", "utf-8")
    assert len(told(vault, "--no-baseline")) == len(before)
    assert told(vault) == []
    (vault / "A.md").write_text(text.replace("## Concept", "## Words"), "utf-8")
    assert [line.partition(" (")[0] for line in told(vault)] == ["A.md:4:1: missing-section: no section 'Concept'"]


def test_what_a_property_of_json_says_stays_suppressed_when_others_change(make_vault: MakeVault) -> None:
    text = '---\n{"dg-publish":true,"permalink":"/a/","tags":["a b"],"updated":"2024-01-01"}\n---\nWords.\n'
    vault = make_vault({"A.md": text})
    assert len(told(vault)) == 1
    run("baseline", cwd=vault)
    (vault / "A.md").write_text(text.replace("2024", "2025"), "utf-8")
    assert told(vault) == []
    (vault / "A.md").write_text(text.replace("a b", "a c"), "utf-8")
    assert len(told(vault)) == 1


def test_a_baseline_that_knows_whole_notes_by_their_first_line_still_counts(make_vault: MakeVault) -> None:
    config = '[[custom]]\nid = "no-source"\nmessage = "m"\nrequire-property = "source"\n'
    vault = make_vault({"notelint.toml": config, "B.md": "Words.\n"})
    mark = fingerprint("no-source", "B.md", "Words. no-source")
    (vault / FILE).write_text(f'["B.md", "no-source", "{mark}"]\n', "utf-8")
    assert told(vault) == []


def test_entries_follow_a_renamed_note_and_not_one_that_got_the_same_line(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[/Other]]\n", "Z.md": "[[/Lost]]\n"})
    run("baseline", cwd=vault)
    (vault / "Z.md").rename(vault / "Z2.md")
    (vault / "A.md").write_text("[[/Other]]\n[[/Lost]]\n", "utf-8")
    assert told(vault) == ["A.md:2:1: broken-link: no note '/Lost'"]


def test_new_debt_is_not_taken_in_silently(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    run("baseline", cwd=vault)
    before = (vault / FILE).read_bytes()
    (vault / "D.md").write_text("[[/Newly lost]]\n", "utf-8")
    result = run("baseline", cwd=vault)
    assert result.exit_code == 2
    assert "1 diagnostic, such as" in result.stderr
    assert (vault / FILE).read_bytes() == before
    run("baseline", "--prune", cwd=vault)
    assert told(vault) == ["D.md:1:1: broken-link: no note '/Newly lost'"]
    assert run("baseline", "--add", cwd=vault).stdout == f"{FILE}: 4 entries, 1 added, 0 removed.\n"
    assert told(vault) == []


def test_what_is_fixed_is_reported_and_pruned(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    run("baseline", cwd=vault)
    (vault / "B.md").write_text("[[A]]\n", "utf-8")
    assert "fixed since the baseline: broken-link in B.md" in run("check", cwd=vault).stderr
    assert "fixed since" not in run("check", "A.md", cwd=vault).stderr
    assert run("baseline", "--prune", cwd=vault).stdout == f"{FILE}: 2 entries, 0 added, 1 removed.\n"
    assert "fixed since" not in run("check", cwd=vault).stderr


@pytest.mark.parametrize("union", [False, True])
def test_the_baselines_of_two_branches_merge(make_vault: MakeVault, union: bool) -> None:
    vault = make_vault({f"{name}.md": f"[[Gone {name}]]\n" for name in "BDFH"})
    if union:
        (vault / ".gitattributes").write_text(f"{FILE} merge=union\n", "utf-8")

    def commit() -> None:
        git(vault, "add", "-A")
        git(vault, "commit", "-q", "-m", "x")

    git(vault, "init", "-q")
    run("baseline", cwd=vault)
    commit()
    git(vault, "checkout", "-q", "-b", "topic")
    (vault / "C.md").write_text("[[/Gone C]]\n", "utf-8")
    (vault / "H.md").write_text("fixed\n", "utf-8")
    run("baseline", "--add", "--prune", cwd=vault)
    commit()
    git(vault, "checkout", "-q", "main")
    (vault / ("C2.md" if union else "E.md")).write_text("[[/Gone too]]\n", "utf-8")
    run("baseline", "--add", cwd=vault)
    commit()
    git(vault, "merge", "-q", "-m", "x", "topic")
    assert told(vault) == []
    assert "fixed since" not in run("check", cwd=vault).stderr
    lines = (vault / FILE).read_text("utf-8").splitlines()
    assert len(lines) == 5
    run("baseline", "--prune", cwd=vault)
    assert (vault / FILE).read_text("utf-8").splitlines() == sorted(lines)


def test_a_damaged_baseline_is_named_with_its_line(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    run("baseline", cwd=vault)
    text = (vault / FILE).read_text("utf-8")
    (vault / FILE).write_text(f"{text}<<<<<<< HEAD\n", "utf-8")
    result = run("check", cwd=vault)
    assert result.exit_code == 2
    assert f"{FILE}:4 is not an entry: keep the lines of both sides" in result.stderr
