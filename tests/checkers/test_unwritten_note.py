"""Settings for `broken-link` go on covering `unwritten-note`, which was a part of it."""

from pathlib import Path

import pytest
from msgspec import structs

from notelint.core.diagnostic import CRASHED
from notelint.engine.check import check
from notelint.engine.workspace import Workspace
from notelint.history import baseline
from tests.conftest import MakeVault, lines, report, run

NOTES: dict[str, str | bytes] = {"A.md": "[[Idea]] [[x/Gone]]\n"}
BOTH = ["A.md:1:1 unwritten-note", "A.md:1:10 broken-link"]


def severities(vault: Path, *arguments: str) -> dict[str, str]:
    return {one["checker"]: one["severity"] for one in report(vault, *arguments)["diagnostics"]}


def test_it_informs_and_fails_no_run(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[Idea]] [[Idea]] [[Idea#Part]]\n"})
    result = run("check", cwd=vault)
    assert result.exit_code == 0
    assert "     3 unwritten-note: Idea\n" in result.stdout


def test_a_published_garden_has_no_unwritten_notes(make_vault: MakeVault) -> None:
    note = '---\n{"dg-publish":true,"permalink":"/a/"}\n---\n[[Idea|idea]]\n'
    vault = make_vault({"src/site/notes/A.md": note, "notelint.toml": 'resolution = "digital-garden-site"\n'})
    assert lines(report(vault)) == ["src/site/notes/A.md:4:1 unpublished-target"]  # which says more, once
    assert severities(vault, "--select", "broken-link") == {"broken-link": "error"}


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('ignore = ["broken-link"]', {}),
        ('ignore = ["unwritten-note"]', {"broken-link": "error"}),
        ('select = ["broken-link"]', {"broken-link": "error"}),
        ('select = ["unwritten-note"]', {"unwritten-note": "info"}),
        ('[severity]\nbroken-link = "warning"', {"unwritten-note": "warning", "broken-link": "warning"}),
        ('[severity]\nunwritten-note = "error"', {"unwritten-note": "error", "broken-link": "error"}),
        (
            '[severity]\nbroken-link = "error"\nunwritten-note = "info"',
            {"unwritten-note": "info", "broken-link": "error"},
        ),
        ('[checkers.broken-link]\nignore = ["Idea"]', {"broken-link": "error"}),
        ('[checkers.unwritten-note]\nignore = ["Idea"]', {"broken-link": "error"}),
        ('[[overrides]]\npaths = ["A.md"]\nignore = ["broken-link"]', {}),
    ],
)
def test_settings(make_vault: MakeVault, toml: str, expected: dict[str, str]) -> None:
    assert severities(make_vault({**NOTES, "notelint.toml": toml})) == expected


def test_the_command_line(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    assert lines(report(vault, "--select", "broken-link")) == ["A.md:1:1 broken-link", "A.md:1:10 broken-link"]
    assert lines(report(vault, "--select", "links", "--ignore", "orphan-note")) == BOTH
    assert lines(report(vault, "--ignore", "broken-link")) == []


def test_suppressions(make_vault: MakeVault) -> None:
    silenced = "<!-- notelint-disable-next-line broken-link -->\n[[Idea]]\n"
    named = "%% notelint-disable-next-line unwritten-note %%\n[[Idea]] [[x/Gone]]\n"
    vault = make_vault(
        {"A.md": silenced, "B.md": named, "C.md": "---\nnotelint: {ignore: [broken-link]}\n---\n[[Idea]]\n"}
    )
    assert lines(report(vault)) == ["B.md:2:10 broken-link"]


def test_a_baseline_that_was_made_before(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    assert run("baseline", cwd=vault).exit_code == 0
    file = vault / baseline.FILE
    now = file.read_text("utf-8")
    assert now.count("unwritten-note") == 1
    assert lines(report(vault)) == []
    found = [one for one in check(Workspace.open(vault)).diagnostics if one.checker != CRASHED]
    old = baseline.entries(structs.replace(one, checker="broken-link") for one in found)
    baseline.write(vault, old)
    assert "unwritten-note" not in file.read_text("utf-8")
    assert lines(report(vault)) == []
    assert run("check", cwd=vault).exit_code == 0
