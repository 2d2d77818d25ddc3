"""`notelint mv` and `rename-heading`: every link means what it meant, in its author's form, or nothing is done."""

import os
import posixpath
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from notelint.core.errors import NotelintError
from notelint.edits import relink, rename_heading
from notelint.edits.broken_by_move import moved_notes
from notelint.edits.journal import Journal
from notelint.edits.link_rewrite import VaultMove, moved, rewrite
from notelint.note.note import Note
from notelint.vault.resolution import Anchor, Status
from notelint.vault.vault import Vault
from tests.conftest import ROOT, MakeVault, run


def read_all(vault: Path) -> dict[str, bytes]:
    hidden = (".git", ".obsidian")
    paths = [path for path in vault.rglob("*") if path.is_file() and path.relative_to(vault).parts[0] not in hidden]
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in paths}


def fixed(make_vault: MakeVault, text: str, *arguments: str, others: Mapping[str, str] | None = None) -> str:
    """The text of a note `A.md` beside `GU/Old name.md`, after `notelint mv` with these arguments."""
    vault = make_vault({"A.md": text, "GU/Old name.md": "# H\n\nText ^id\n", **(others or {})})
    result = run("mv", *arguments, cwd=vault)
    assert result.exit_code == 0, result.output
    return (vault / "A.md").read_text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[Old name]]", "[[New name]]"),
        ("[[old name|x]]", "[[New name|x]]"),
        ("[[Old name.md]]", "[[New name.md]]"),
        ("[[ GU/Old name \\|x]]", "[[ Kidney/New name \\|x]]"),
        ("| [[GU/Old name\\|x]] |\n|---|", "| [[Kidney/New name\\|x]] |\n|---|"),
        ("[[/GU/Old name]]", "[[/Kidney/New name]]"),
        ("[[./GU/Old name]]", "[[./Kidney/New name]]"),
        ("![[Old name#H]] [[Old name#^id|x]]", "![[New name#H]] [[New name#^id|x]]"),
        ("[x](GU/Old%20name.md#H)", "[x](Kidney/New%20name.md#H)"),
        ('[x](<GU/Old name.md> "Old name")', '[x](<Kidney/New name.md> "Old name")'),
        ("![x|300](<Old%20name>)", "![x|300](<New%20name>)"),
        ("[Old name][r]\n\n[r]: ./GU/Old%20name.md", "[Old name][r]\n\n[r]: ./Kidney/New%20name.md"),
        ('<a href="GU/Old%20name.md">Old name</a>', '<a href="Kidney/New%20name.md">Old name</a>'),
        ('---\nup: "[[Old name|x]]"\n---', '---\nup: "[[New name|x]]"\n---'),
        ('---\nup:\n  - "[[GU/Old name\\\\|x]]"\n---', '---\nup:\n  - "[[Kidney/New name\\\\|x]]"\n---'),
        ('---\n{"up":"[[GU/Old name\\\\|\\"x\\"]]"}\n---', '---\n{"up":"[[Kidney/New name\\\\|\\"x\\"]]"}\n---'),
        ("---\nup: '[x](GU/Old%20name.md)'\n---", "---\nup: '[x](Kidney/New%20name.md)'\n---"),
        ("%% [[Old name]] %%", "%% [[New name]] %%"),
        ("`[[Old name]]` and Old name", "`[[Old name]]` and Old name"),
        ("\ufeff[[Old name]]\r\nx\r", "\ufeff[[New name]]\r\nx\r"),
    ],
)
def test_every_form_of_link_is_kept(before: str, after: str, make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": before, "GU/Old name.md": "# H\n\nText ^id\n"})
    result = run("mv", "GU/Old name.md", "Kidney/New name", cwd=vault)
    assert result.exit_code == 0, result.output
    assert (vault / "A.md").read_bytes().decode() == after
    assert not (vault / "GU/Old name.md").exists()
    assert (vault / "Kidney/New name.md").read_text() == "# H\n\nText ^id\n"


def test_a_quote_in_a_new_name_keeps_the_property_readable(make_vault: MakeVault) -> None:
    text = "---\nup: '[[Old name]]'\nto: \"[[Old name]]\"\n---\n"
    after = fixed(make_vault, text, "GU/Old name.md", 'GU/Crohn\'s "x"')
    assert after == '---\nup: \'[[Crohn\'\'s "x"]]\'\nto: "[[Crohn\'s \\"x\\"]]"\n---\n'


def test_a_bare_name_becomes_the_shortest_path_that_finds_the_note(make_vault: MakeVault) -> None:
    others = {"Chest/Cyst.md": "", "Neuro/GU/x.md": ""}
    assert fixed(make_vault, "[[Old name]]", "GU/Old name.md", "GU/Cyst.md", others=others) == "[[GU/Cyst]]"


def test_a_bare_link_that_the_new_name_would_shadow_is_fixed(make_vault: MakeVault) -> None:
    others = {"Chest/Cyst.md": "[[Cyst]]", "Neuro/N.md": "[[Cyst|x]]"}
    vault = make_vault({"A.md": "[[Cyst]]", "GU/Old.md": "", **others})
    assert run("mv", "GU/Old.md", "Cyst.md", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[Chest/Cyst]]"
    assert (vault / "Neuro/N.md").read_text() == "[[Chest/Cyst|x]]"
    assert run("check", cwd=vault, stdin=None).output.count("ambiguous-link") == 0


def test_links_inside_the_moved_note_go_on_meaning_the_same(make_vault: MakeVault) -> None:
    text = "[[./B]] [x](../C.md) [[#H]] [[Old#H]] [[B]] ![](./p.png) [[./gone]]\n# H\n"
    vault = make_vault({"GU/Old.md": text, "GU/B.md": "", "C.md": "", "GU/p.png": b"", "D/E/x.md": ""})
    assert run("mv", "GU/Old.md", "D/E/", cwd=vault).exit_code == 0
    after = "[[../../GU/B]] [x](../../C.md) [[#H]] [[Old#H]] [[B]] ![](../../GU/p.png) [[./gone]]\n# H\n"
    assert (vault / "D/E/Old.md").read_text() == after


def test_folders_attachments_and_what_is_written_outside_of_links(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "A.md": "![[GU/fig.png|300]] [[fig.png]] [[GU/Old]] [[Kidney/Cyst]] GU/Old\n",
            "GU/Old.md": "[[./Kidney/Cyst]] [[GU/Kidney/Cyst]]\n",
            "GU/Kidney/Cyst.md": "[[../Old]]\n",
            "GU/fig.png": b"png",
            "GU/.hidden": b"kept",
        }
    )
    assert run("mv", "GU", "Renal", cwd=vault).exit_code == 0
    assert read_all(vault) == {
        "A.md": b"![[Renal/fig.png|300]] [[fig.png]] [[Renal/Old]] [[Kidney/Cyst]] GU/Old\n",
        "Renal/Old.md": b"[[./Kidney/Cyst]] [[Renal/Kidney/Cyst]]\n",
        "Renal/Kidney/Cyst.md": b"[[../Old]]\n",
        "Renal/fig.png": b"png",
        "Renal/.hidden": b"kept",
    }
    assert run("mv", "Renal/fig.png", "new fig.png", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "![[new fig.png|300]] [[new fig.png]] [[Renal/Old]] [[Kidney/Cyst]] GU/Old\n"
    assert run("fix", "--undo", cwd=vault).exit_code == 0
    assert (vault / "Renal/fig.png").read_bytes() == b"png"


def test_capitals_alone_can_change(make_vault: MakeVault) -> None:
    links = "[[cyst]] [[GU/Cyst]] [[gu/cyst]] [x](./GU/Cyst.md) [x](./gu/cyst.md)"
    vault = make_vault({"A.md": links, "GU/Cyst.md": "x"})
    assert run("mv", "GU/Cyst.md", "GU/CYST.md", cwd=vault).exit_code == 0
    assert [path.name for path in (vault / "GU").iterdir()] == ["CYST.md"]
    assert (vault / "A.md").read_text() == "[[CYST]] [[GU/CYST]] [[gu/CYST]] [x](./GU/CYST.md) [x](./gu/cyst.md)"
    assert run("mv", "GU", "gu", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[CYST]] [[gu/CYST]] [[gu/CYST]] [x](./gu/CYST.md) [x](./gu/cyst.md)"


REFUSED = [
    ("A.md", "B.md", "B.md exists already"),
    ("A.md", "b.md", "B.md exists already, and to links it is b.md"),
    ("A.md", "A.md", "A.md has that path already"),
    ("A.md", "A", "A.md has that path already"),
    ("A.md", "../out.md", "lies outside the vault"),
    ("A.md", "link/x.md", "lies outside the vault"),
    ("A.md", "X#1.md", "'#' in 'X#1.md' makes a name that Obsidian cannot link"),
    ("A.md", "X^1", "cannot link"),
    ("A.md", "[X]", "cannot link"),
    ("A.md", "a|b", "cannot link"),
    ("A.md", "x %% y", "cannot link"),
    ("A.md", "x .md", "begins or ends with a space"),
    ("A.md", ".trash/x.md", "would not be part of the vault"),
    ("A.md", "Archive/x.md", "would be excluded from checking"),
    ("A.md", "B.md/x.md", "B.md is not a folder"),
    ("Archive/Old.md", "x.md", "is excluded from checking"),
    ("gone.md", "x.md", "no such file or folder"),
    ("GU", "GU/Kidney", "cannot be moved into itself"),
    ("p.png", "p.md", "would turn an attachment into a note"),
    (".obsidian", "x", "is not a note, attachment or folder of this vault"),
    (".", "x", "is not a note, attachment or folder of this vault"),
    ("soft.md", "x.md", "is a symbolic link"),
]


@pytest.mark.parametrize(("old", "new", "said"), REFUSED)
def test_what_is_refused_changes_nothing(old: str, new: str, said: str, make_vault: MakeVault, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"A.md": "[[B]]\n", "B.md": "", "Archive/Old.md": "", "GU/C.md": "", "p.png": b""}
    vault = make_vault({"notelint.toml": 'exclude = ["Archive/**"]\n', **files})
    (tmp_path / "elsewhere").mkdir()
    (vault / "link").symlink_to(tmp_path / "elsewhere")
    (vault / "soft.md").symlink_to(vault / "A.md")
    before = read_all(vault)
    result = run("mv", old, new, cwd=vault)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert read_all(vault) == before


def test_a_link_that_cannot_be_kept_is_named_and_nothing_is_done(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "x\n---\nb\n", "B.md": "---\nup: >-\n  [[A]]\n---\n[[A]]\n"})
    before = read_all(vault)
    result = run("mv", "A.md", "N.md", cwd=vault)
    assert result.exit_code == 2
    assert result.stderr.startswith("notelint: nothing is changed: B.md:2: ")
    assert "would name nothing; change that link first" in result.stderr
    assert read_all(vault) == before


def test_what_is_not_fixed_is_reported(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "notelint.toml": 'exclude = ["X/**"]\ngarden.slugify = true\n',
            "GU/A.md": "---\ndg-publish: true\n---\n",
            "GU/B.md": "---\ndg-publish: true\ndg-permalink: kept\n---\n",
            "X/B.md": "[[A]] [[A]]",
            "X/C.canvas": '{"nodes":[{"type":"file","file":"GU/A.md"}]}',
            "D.canvas": '{"nodes":[{"type":"file","file":"GU/AB.md"}]}',
        }
    )
    before = read_all(vault)
    assert run("mv", "GU/B.md", "GU/N.md", cwd=vault).stderr == ""
    result = run("mv", "GU/A.md", "N.md", cwd=vault)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "notelint: X/B.md is excluded, and 2 links in it break",
        "notelint: X/C.canvas shows what moves by its old path: choose it again there",
        "notelint: N.md is published at /n/, no longer at /gu/a/: `dg-permalink` would keep the old address",
    ]
    assert {path: data for path, data in read_all(vault).items() if path[0] in "XCD"} == {
        path: data for path, data in before.items() if path[0] in "XCD"
    }


def test_the_difference_is_what_git_applies(make_vault: MakeVault) -> None:
    files: dict[str, str | bytes] = {
        "A b.md": "[[Old]]\nno end",
        "GU/Old.md": "[[./B]]\n",
        "GU/B.md": "",
        "C.md": "x\n" * 9 + "[[Old]]\n",
    }
    vault = make_vault(files)
    before = read_all(vault)
    result = run("mv", "GU/Old.md", "D/New é.md", "--diff", cwd=vault)
    assert result.exit_code == 0
    assert read_all(vault) == before
    assert "rename from GU/Old.md\nrename to D/New é.md\n--- a/GU/Old.md\n+++ b/D/New é.md\n" in result.stdout
    other = vault.parent / "other"
    shutil.copytree(vault, other)
    subprocess.run(["git", "init", "-q"], cwd=other, check=True)
    subprocess.run(["git", "apply", "-"], cwd=other, check=True, input=result.stdout.encode())
    run("mv", "GU/Old.md", "D/New é.md", cwd=vault)
    assert read_all(other) == read_all(vault)


def test_undo_takes_a_move_back_with_its_links_and_folders(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[Old]]", "GU/Old.md": "[[./B]]", "GU/B.md": ""})
    before = read_all(vault)
    run("mv", "GU/Old.md", "D/E/New.md", cwd=vault)
    assert read_all(vault)["A.md"] == b"[[New]]"
    result = run("fix", "--undo", cwd=vault)
    assert result.exit_code == 0, result.output
    assert result.stdout == "restored A.md\nrestored GU/Old.md\n"
    assert read_all(vault) == before
    assert not (vault / "D").exists()


def test_undo_leaves_what_was_made_or_edited_since(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[Old]]", "Old.md": "x"})
    run("mv", "Old.md", "New.md", cwd=vault)
    (vault / "Old.md").write_text("another")
    result = run("fix", "--undo", cwd=vault)
    assert result.exit_code == 1
    assert "Old.md was edited since" in result.stderr
    assert (vault / "Old.md").read_text() == "another"
    assert (vault / "New.md").read_text() == "x"


def test_a_forged_move_reaches_nothing_outside(make_vault: MakeVault, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("x")
    vault = make_vault({"A.md": "y"})
    journal = Journal(vault)
    journal.begin()
    journal.record_move("B.md", "../outside.md", [])
    journal.record_move("../B.md", "A.md", [])
    journal.record_move("B.md", "A.md", [".."])
    journal.end()
    assert run("fix", "--undo", cwd=vault).exit_code == 2
    assert (tmp_path / "outside.md").exists()
    assert read_all(vault) == {"A.md": b"y"}


def test_a_failure_in_the_middle_takes_everything_back(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault({"A.md": "[[Old]]", "B.md": "[[Old]]", "Old.md": "x"})
    before = read_all(vault)

    def fail(root: Path, old: str, new: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("notelint.core.atomic_write.move", fail)
    result = run("mv", "Old.md", "New.md", cwd=vault)
    assert result.exit_code == 2
    assert "nothing is changed" in result.stderr
    assert read_all(vault) == before


def test_a_note_that_changed_meanwhile_is_never_overwritten(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notelint.engine import move

    vault = make_vault({"A.md": "[[Old]]", "Old.md": "x"})
    real = move.plan_move

    def slow(*arguments: object) -> object:
        plan = real(*arguments)  # type: ignore[arg-type]
        (vault / "Old.md").write_text("newer")
        return plan

    monkeypatch.setattr(move, "plan_move", slow)
    result = run("mv", "Old.md", "New.md", cwd=vault)
    assert result.exit_code == 2
    assert "Old.md was changed by somebody else meanwhile" in result.stderr
    assert read_all(vault) == {"A.md": b"[[Old]]", "Old.md": b"newer"}


@pytest.mark.slow
def test_killing_a_move_leaves_what_undo_takes_back(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {f"n/{n}.md": f"[[GU/Old]] {'word ' * 100}{n}\n" for n in range(150)}
    vault = make_vault({**notes, "GU/Old.md": "x\n"})
    old = read_all(vault)
    chance = random.Random(3)
    for _ in range(5):
        command = [sys.executable, "-m", "notelint", "mv", "GU", "Renal/Kidney"]
        process = subprocess.Popen(command, cwd=vault, stdout=subprocess.DEVNULL)
        time.sleep(0.3 + chance.random() * 0.6)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert run("fix", "--undo", cwd=vault).exit_code in (0, 2)
        assert {name: data for name, data in read_all(vault).items() if "/.notelint-" not in name} == old


def test_a_move_is_reported_from_any_folder(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[GU/Old]]", "GU/Old.md": "", "GU/Kidney/x.md": ""})
    assert run("mv", "Old", "../Cyst", cwd=vault / "GU").exit_code == 0
    assert run("mv", vault / "Cyst.md", vault / "GU" / "Kidney", cwd=vault.parent).exit_code == 0
    assert (vault / "A.md").read_text() == "[[Cyst]]"  # from the root, a full path and a bare name are the same
    nowhere = run("mv", "--already-moved", "x.md", "gone/y.md", cwd=vault)
    assert nowhere.exit_code == 2
    assert nowhere.stderr == "notelint: gone/y.md is not in the vault: name the path that it has now\n"


def test_links_are_fixed_after_a_move_by_other_means(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[GU/Old|x]] [[Old]]", "D/New.md": "[[./B]] [[Old#H]]\n# H\n", "GU/B.md": ""})
    result = run("mv", "--already-moved", "GU/Old", "D/New.md", cwd=vault)
    assert result.exit_code == 0, result.output
    assert (vault / "A.md").read_text() == "[[D/New|x]] [[New]]"
    assert (vault / "D/New.md").read_text() == "[[../GU/B]] [[New#H]]\n# H\n"
    assert run("fix", "--undo", cwd=vault).stdout == "restored A.md\nrestored D/New.md\n"
    again = run("mv", "--already-moved", "GU/B.md", "GU/B.md", cwd=vault)
    assert again.exit_code == 2
    assert "is still there" in again.stderr
    unknown = run("mv", "--already-moved", "GU/Old.md", "E/gone.md", cwd=vault)
    assert unknown.exit_code == 2
    assert "E/gone.md is not in the vault" in unknown.stderr


def test_links_are_fixed_after_a_folder_or_into_a_folder(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[GU/Old]] [[GU/Kidney/Cyst]]", "Renal/Old.md": "", "Renal/Kidney/Cyst.md": ""})
    assert run("mv", "--already-moved", "GU/Old.md", "Renal/", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[Renal/Old]] [[GU/Kidney/Cyst]]"
    assert run("mv", "--already-moved", "GU", "Renal", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[Renal/Old]] [[Renal/Kidney/Cyst]]"
    assert run("mv", "--already-moved", "GU", "Renal", cwd=vault).stdout == "No links to fix.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[N#Old]] [[N#Old|Old]] ![[N#old\\|x]]", "[[N#New, & ok]] [[N#New, & ok|Old]] ![[N#new, & ok\\|x]]"),
        ("[[N#Old#Deep]] [[N#Top#Old]]", "[[N#New, & ok#Deep]] [[N#Top#New, & ok]]"),
        ("[x](N.md#Old) [x](<N.md#Old>)", "[x](N.md#New,%20&%20ok) [x](<N.md#New, & ok>)"),
        ("[[N#Deep]] [[N#^id]] [[Other#Old]] `[[N#Old]]`", "[[N#Deep]] [[N#^id]] [[Other#Old]] `[[N#Old]]`"),
        ('---\nup: "[[N#Old]]"\n---', '---\nup: "[[N#New, & ok]]"\n---'),
    ],
)
def test_a_renamed_heading_takes_its_links_along(before: str, after: str, make_vault: MakeVault) -> None:
    note = "# Top\n[[#Old]] Old [x](#old)\n## Old ##\n### Deep\nText ^id\n"
    vault = make_vault({"A.md": before, "N.md": note, "Other.md": "# Old\n"})
    result = run("rename-heading", "N.md", "Old", "New, & ok", cwd=vault)
    assert result.exit_code == 0, result.output
    assert (vault / "A.md").read_text() == after
    expected = "# Top\n[[#New, & ok]] Old [x](#new,%20&%20ok)\n## New, & ok ##\n### Deep\nText ^id\n"
    assert (vault / "N.md").read_text() == expected
    assert run("fix", "--undo", cwd=vault).exit_code == 0
    assert (vault / "N.md").read_text() == note


def test_a_headings_block_id_and_underline_stay(make_vault: MakeVault) -> None:
    vault = make_vault({"N.md": "## Old ^b1\n\nSetext\n---\n[[#^b1]] [[#Setext]]\n"})
    assert run("rename-heading", "N", "Old", "New", cwd=vault).exit_code == 0
    assert run("rename-heading", "N.md", "Setext", "Other", cwd=vault).exit_code == 0
    assert (vault / "N.md").read_text() == "## New ^b1\n\nOther\n---\n[[#^b1]] [[#Other]]\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Gone", "x", "there is no heading 'Gone' in N.md: its headings are 'A', 'Same', 'B', 'Same'"),
        ("Same", "x", "several headings 'Same', on lines 2, 4: write PARENT#Same"),
        ("A", "  ", "cannot be a heading"),
        ("A", "x\ny", "cannot be a heading"),
        ("A", "B", "would name another part of the note"),
        ("A", "`", "cannot be a heading"),
        ("B", "x #", "would not be read as the text of a heading"),
        ("A", "A", "nothing is changed: the heading of N.md says 'A' already"),
    ],
)
def test_a_heading_that_cannot_be_renamed(old: str, new: str, said: str, make_vault: MakeVault) -> None:
    vault = make_vault({"N.md": "# A\n## Same\n# B\n## Same\n", "L.md": "[[N#A]] [[N#B]] [[N#B#Same]]\n"})
    before = read_all(vault)
    result = run("rename-heading", "N.md", old, new, cwd=vault)
    assert result.exit_code == 2
    assert said in result.stderr
    assert read_all(vault) == before


def test_a_heading_named_by_its_parent(make_vault: MakeVault) -> None:
    vault = make_vault({"N.md": "# A\n## Same\n# B\n## Same\n", "L.md": "[[N#B#Same]] [[N#Same]]\n"})
    assert run("rename-heading", "N.md", "B#Same", "Other", cwd=vault).exit_code == 0
    assert (vault / "N.md").read_text() == "# A\n## Same\n# B\n## Other\n"
    assert (vault / "L.md").read_text() == "[[N#B#Other]] [[N#Same]]\n"


def test_fix_writes_the_same_as_a_move_would_have(make_vault: MakeVault) -> None:
    links = "[[Old/Cyst]] [[./Old/Cyst|x]] [x](/Old/Cyst.md) [y](<Old/Cyst.md>)\n"
    vault = make_vault({"A.md": links, "Old/Cyst.md": "x\n"})
    other = vault.parent / "other"
    shutil.copytree(vault, other)
    assert run("mv", "Old/Cyst.md", "New/", cwd=vault).exit_code == 0
    author = ("git", "-c", "user.name=a", "-c", "user.email=a@b")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*author, *command], cwd=other, check=True)
    (other / "New").mkdir()
    (other / "Old/Cyst.md").rename(other / "New/Cyst.md")
    assert run("fix", cwd=other).exit_code == 0  # git shows that it was moved
    shutil.rmtree(other / ".git")
    assert read_all(other) == read_all(vault)
    assert run("fix", "--diff", cwd=vault).exit_code == 0


@pytest.mark.slow
def test_the_sample_vault_stays_without_diagnostics(tmp_path: Path) -> None:
    vault = tmp_path / "notes"
    shutil.copytree(ROOT / "notes", vault, ignore=shutil.ignore_patterns("broken"))
    before = read_all(vault)
    for old, new in [
        ("GU/Adrenal/Haemorrhage.md", "GU/Adrenal/Adrenal haemorrhage"),
        ("Neuro/Haemorrhage.md", "Brain bleeding.md"),
        ("Physics/1.5T vs 3.0T MRI.md", "Physics/3.0T vs 1.5T MRI"),
        ("Attachments", "Files/Pictures"),
        ("GU", "Renal"),
        ("Signs/Comb sign.md", "Imports/"),
    ]:
        assert run("mv", old, new, cwd=vault).exit_code == 0, (old, new)
        assert run("check", cwd=vault).stdout == "52 notes checked: nothing to report.\n", (old, new)
    assert len(read_all(vault)) == len(before)
    result = run("rename-heading", "Physics/3.0T vs 1.5T MRI.md", "Factors", "What decides", cwd=vault)
    assert result.exit_code == 0, result.output


def test_a_move_found_by_git_is_one_diagnostic(make_vault: MakeVault) -> None:
    texts = {"A.md": "[[GU/Old]] [[Old|x]]\n", "B.md": "[[Old]] [[B]]\n", "D/New.md": "[[./B2]]\n", "GU/B2.md": ""}
    notes = {path: Note(path, text) for path, text in texts.items()}
    vault = Vault({path: note.outline for path, note in notes.items()}, list(notes))
    (found,) = moved_notes({"GU/Old.md": "D/New.md", "x.md": "gone.md", "A.md": "B.md"}, vault, notes)
    assert found.diagnostic.path == "D/New.md"
    assert found.diagnostic.checker == "moved-note"
    assert found.diagnostic.message == (
        "moved from 'GU/Old.md', which breaks 4 links in 3 notes: "
        "`notelint mv --already-moved GU/Old.md D/New.md` fixes them"
    )
    assert len(found.links) == 4
    assert moved_notes({"Old2.md": "B.md"}, vault, notes) == []


def test_the_cure_that_the_diagnostic_names_cures(make_vault: MakeVault) -> None:
    import shlex

    vault = make_vault({"A.md": "[[It's old]]\n", "D/New name.md": "x\n"})
    notes = {path: Note(path, (vault / path).read_text()) for path in ("A.md", "D/New name.md")}
    tree = Vault({path: note.outline for path, note in notes.items()}, list(notes))
    (found,) = moved_notes({"GU/It's old.md": "D/New name.md"}, tree, notes)
    command = shlex.split(found.diagnostic.message.split("`")[1])
    assert run(*command[1:], cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[New name]]\n"


# Vaults made at random

FOLDERS = ["", "GU/", "GU/Kidney/", "Neuro/", "a b/", "é/"]
NAMES = ["Cyst", "cyst 2", "1.5T vs 3.0T", "A & B", "50% (x)", "Crohn's", "é", "e\u0301x", "Note.md", 'x"y']
HEADINGS = ["Causes", "Old", "A & B", "50%", "old", "é", "C/D"]
PATHS = st.builds(lambda folder, name: f"{folder}{name}.md", st.sampled_from(FOLDERS), st.sampled_from(NAMES))
FILES = PATHS | st.builds(lambda folder, name: f"{folder}{name}.png", st.sampled_from(FOLDERS), st.sampled_from(NAMES))


@st.composite
def links(draw: st.DrawFn, source: str, paths: list[str]) -> str:
    """A link of any form to a file of the vault, or to none."""
    path = draw(st.sampled_from([*paths, "gone.md"]))
    parts = path.split("/")
    folder = posixpath.dirname(source)
    relative = posixpath.relpath(path, folder or ".")
    name = draw(
        st.sampled_from(
            [parts[-1], "/".join(parts[-2:]), path, f"/{path}", relative if relative[0] == "." else f"./{relative}", ""]
        )
    )
    if draw(st.booleans()):
        name = name.removesuffix(".md")
    if draw(st.integers(0, 5)) == 0:
        name = name.upper()
    parts = draw(st.lists(st.sampled_from(HEADINGS), max_size=2))
    subpath = draw(st.sampled_from(["", "#^id", *["#" + "#".join(parts)] * 3])) if path.endswith(".md") else ""
    target = name + subpath
    encoded = target.replace("%", "%25").replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace('"', "%22")
    angles = target.replace("%", "%25")
    return draw(
        st.sampled_from(
            [
                f"[[{target}]]",
                f"[[{target}|Old]]",
                f"![[{target}\\|300]]",
                f"| [[{target}\\|x]] |",
                f"[Old]({encoded})",
                f"![x](<{angles}>)",
                f'<a href="{encoded}">x</a>',
                f'[x](<{angles}> "Old")',
                f"%% [[{target}]] %%",
                f"`[[{target}]]`",
            ]
        )
    )


@st.composite
def vaults(draw: st.DrawFn) -> dict[str, Note]:
    """Notes at paths that differ, even in small letters; those that are attachments have no text."""
    paths = draw(st.lists(FILES, min_size=2, max_size=6, unique_by=str.lower))
    notes = {}
    for path in paths:
        if path.endswith(".md"):
            body = draw(st.lists(links(path, paths), min_size=1, max_size=6))
            headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=6, unique_by=str.lower))
            up = draw(st.sampled_from(paths)).replace("'", "''")
            head = f"---\nup: '[[{up}]]'\n---\n" if draw(st.booleans()) else ""
            text = head + "\n\n".join([*body, *(f"{'#' * (at + 1)} {h}" for at, h in enumerate(headings)), "Text ^id"])
            notes[path] = Note(path, text)
        else:
            notes[path] = Note(path, "")
    return notes


def vault_of(notes: Mapping[str, Note]) -> Vault:
    files = sorted(notes, key=lambda path: [(True, part) for part in path.split("/")[:-1]] + [(False, path)])
    return Vault({path: note.outline for path, note in notes.items() if path.endswith(".md")}, files)


def meanings(vault: Vault, path: str) -> list[tuple[str | None, Anchor, str | None, bool]]:
    """The meaning of each link of a note: file, kind of part, heading's number or block id, and whether it is sure."""
    found = []
    for link in vault.outlines[path].links:
        one = vault.resolve_link(link, path)
        part = None if one.target is None else vault.anchors.resolve(one.target, link.target.subpath)
        number = None
        if part is not None and one.target is not None and part.heading is not None:
            number = str([h is part.heading for h in vault.outlines[one.target].headings].index(True))
        kind = Anchor.NONE if part is None else part.kind
        found.append((one.target, kind, number, one.status is Status.AMBIGUOUS))
    return found


@pytest.mark.slow
@given(vaults(), FILES, st.data())
@settings(max_examples=3000)
def test_after_any_move_every_link_means_what_it_meant(notes: dict[str, Note], new: str, data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(sorted(notes)))
    if old[-3:] != new[-3:] or any(path.lower() == new.lower() and path != old for path in notes):
        return
    before = vault_of(notes)
    texts = {path: note for path, note in notes.items() if path.endswith(".md")}
    change = VaultMove(before, moved(before, {old: new}), {old: new})
    result = rewrite(change, texts, relink.edits(change, texts))
    later = {
        change.path(path): result.notes.get(path, Note(change.path(path), note.text)) for path, note in notes.items()
    }
    after = vault_of(later)
    for path in before.outlines:
        then = meanings(before, path)
        now = meanings(after, change.path(path))
        assert len(then) == len(now)
        for (target, kind, number, unsure), new_meaning in zip(then, now, strict=True):
            if target is not None:
                assert new_meaning[:3] == (change.path(target), kind, number)
                assert unsure or not new_meaning[3]


@pytest.mark.slow
@given(vaults(), st.sampled_from([*HEADINGS, "New", "New (x) #1", '*New*: 5%, "x"', "[[x]] y"]), st.data())
@settings(max_examples=300)
def test_after_any_heading_is_renamed_every_link_means_what_it_meant(
    notes: dict[str, Note], new: str, data: st.DataObject
) -> None:
    texts = {path: note for path, note in notes.items() if path.endswith(".md")}
    headings = [(path, heading.text) for path, note in texts.items() for heading in note.headings]
    assume(headings)
    before = vault_of(notes)
    named = [
        (meaning[0], texts[meaning[0]].headings[int(meaning[2])].text)
        for path in before.outlines
        for meaning in meanings(before, path)
        if meaning[0] is not None and meaning[2] is not None
    ]
    path, old = data.draw(st.sampled_from(named or headings))
    try:
        result = rename_heading.rename(before, texts, path, old, new)
    except NotelintError:
        assert "[[" in new or new in HEADINGS  # a name that other headings have, or links that are dead until now
        return
    after = vault_of({**notes, **result.notes})
    for source in before.outlines:
        if source == path and "[[" in new:
            continue
        for was, now in zip(meanings(before, source), meanings(after, source), strict=True):
            assert was == now or was[1] is Anchor.MISSING_HEADING


def test_encoded_links_of_a_website_follow_and_stay_encoded(make_vault: MakeVault) -> None:
    """Programs write `%2C` and `%26`, and websites decode them (WS2), which Obsidian does not (M2)."""
    text = "[a](N/A%20%26%20b%2C%20c.md) ![d](N/x%2By.png) [q](N/C%23.md)\n"
    notes = {"docs/A.md": text, "docs/N/A & b, c.md": "x\n", "docs/N/C#.md": "x\n"}
    vault = make_vault({"mkdocs.yml": "site_name: x\n", "docs/N/x+y.png": b"", **notes})
    assert run("check", cwd=vault).exit_code == 0
    assert run("mv", "docs/A.md", "docs/S/A.md", cwd=vault).exit_code == 0
    assert (vault / "docs/S/A.md").read_text() == text.replace("(N/", "(../N/")
    assert run("mv", "docs/N/x+y.png", "docs/N/p?, q.png", cwd=vault).exit_code == 0
    assert run("mv", "docs/N/A & b, c.md", "docs/N/One, two.md", cwd=vault).exit_code == 0
    assert (vault / "docs/S/A.md").read_text() == "[a](../N/One,%20two.md) ![d](../N/p%3F,%20q.png) [q](../N/C%23.md)\n"
