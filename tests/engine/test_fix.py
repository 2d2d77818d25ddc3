"""`notelint fix`: what it fixes, what it keeps, what it refuses, and how it is taken back."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.core import user_folders
from notelint.core.atomic_write import ChangedMeanwhileError, replace
from notelint.core.diagnostic import Diagnostic, Finding, Fix
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Allowance, Part
from notelint.edits.fix_loop import FixedNotes, Lint, fix_notes
from notelint.edits.journal import Journal
from notelint.edits.verify import violation
from notelint.engine.lint import LintPlan, lint
from notelint.note.note import Note
from notelint.vault.vault import Vault
from tests.conftest import ROOT, MakeVault, lines, reference, report, run
from tests.note.test_properties import TEXTS

CHECKERS = tuple(checker() for checker in load_checkers().values())


def read_all(vault: Path) -> dict[str, bytes]:
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*.md")}


def test_safe_fixes_only_unless_asked(make_vault: MakeVault) -> None:
    vault = make_vault(
        {"A.md": "[[New%2FB]] [[Bx]]\n", "New/B.md": "x\n", "New/Bxy long.md": "x\n", "New/Bx long.md": "x\n"}
    )
    assert run("fix", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[New/B]] [[Bx]]\n"


def test_the_authors_form_is_kept(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "A.md": "| [[New%2FB\\|b]] |\n|---|\n| x |\n\n"
            "[x](New%252FC%20d.md#H) [y](<New%252FC d.md>) ![[At%2Fp.png\\|300]]\n",
            "New/B.md": "x\n",
            "New/C d.md": "# H\n",
            "At/p.png": b"",
            "notelint.toml": "garden.slugify = true\n",
            "J.md": '---\n{"dg-publish":true,"dg-path":"z/J.md","x":1}\n---\n',
            "Y.md": "---\n# a comment\nrel: [[B]] # why\ntags: [a]\n---\n",
        }
    )
    assert run("fix", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == (
        "| [[New/B\\|b]] |\n|---|\n| x |\n\n[x](New/C%20d.md#H) [y](<New/C%20d.md>) ![[At/p.png\\|300]]\n"
    )
    assert (
        vault / "J.md"
    ).read_text() == '---\n{"dg-publish":true,"dg-path":"z/J.md","permalink":"/z/j/","x":1}\n---\n'
    assert (vault / "Y.md").read_text() == '---\n# a comment\nrel: "[[B]]" # why\ntags: [a]\n---\n'


def test_bom_newlines_and_mode_are_kept(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": b"\xef\xbb\xbf[[New%2FB]]\r\ntext\rmore\xe9\n", "New/B.md": "x\n"})
    (vault / "A.md").chmod(0o440)
    assert run("fix", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_bytes() == b"\xef\xbb\xbf[[New/B]]\r\ntext\rmore\xe9\n"
    assert (vault / "A.md").stat().st_mode & 0o777 == 0o440


def test_diff_writes_nothing_and_tells_by_its_exit_status(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[New%2FB]]\n", "New/B.md": "x\n"})
    before = read_all(vault)
    result = run("fix", "--diff", cwd=vault)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "# A.md:1 broken-link: link to 'New/B.md'",
        "diff --git a/A.md b/A.md",
        "--- a/A.md",
        "+++ b/A.md",
        "@@ -1 +1 @@",
        "-[[New%2FB]]",
        "+[[New/B]]",
    ]
    assert read_all(vault) == before
    run("fix", cwd=vault)
    assert run("fix", "--diff", cwd=vault).exit_code == 0


def test_git_can_apply_the_difference(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {
        "a/Two words.md": "[[New%2FB]]\nno end [[New%2FB]]",
        "Bytes.md": b"\xef\xbb\xbf[[New%2FB]] caf\xe9 \x01\r\nmore\rmore\n",
        "C.md": "".join(f"{n}\n" for n in range(30)) + "[[New%2FB]]\n" + "x\n" * 30 + "[[New%2FB]]\n",
    }
    vault = make_vault({**notes, "New/B.md": "x\n"})
    before = read_all(vault)
    difference = run("fix", "--diff", cwd=vault).stdout_bytes
    subprocess.run(["git", "apply", "-"], cwd=vault, input=difference, check=True)
    assert read_all(vault) == {name: data.replace(b"New%2FB", b"New/B") for name, data in before.items()}
    assert run("fix", "--diff", cwd=vault).stdout == ""


def test_check_with_fix_reports_what_is_left(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[New%2FB]] [[x/gone]]\n", "New/B.md": "x\n"})
    result = run("check", "--fix", "--output-format", "concise", cwd=vault)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "A.md:1:11: broken-link: no note 'x/gone'"
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--staged", "--fix"), "--staged is for the notes of a commit: --fix does not go with it"),
        (("check", "--unsafe-fixes"), "--unsafe-fixes goes with --fix"),
        (("fix", "empty"), "nothing to fix: no note in empty"),
    ],
)
def test_what_would_fix_nothing_is_reported(make_vault: MakeVault, arguments: tuple[str, ...], said: str) -> None:
    vault = make_vault({"A.md": "[[New%2FB]]\n", "New/B.md": "x\n", "empty/x.png": b""})
    result = run(*arguments, cwd=vault)
    assert result.exit_code == 2
    assert said in result.stderr
    assert (vault / "A.md").read_text() == "[[New%2FB]]\n"


def test_stdin_is_filtered_to_stdout(make_vault: MakeVault) -> None:
    vault = make_vault({"New/B.md": "x\n"})
    result = run("fix", "-", "--stdin-filename", "A.md", cwd=vault, stdin=b"[[New%2FB]]\r\n\xff")
    assert result.stdout_bytes == b"[[New/B]]\r\n\xff"
    assert run("fix", "-", cwd=vault, stdin="[[New%2FB]]").stdout == "[[New/B]]"
    shown = run("fix", "-", "--diff", "--stdin-filename", "A.md", cwd=vault, stdin="[[New%2FB]]")
    assert (shown.exit_code, shown.stdout.splitlines()[4:6]) == (1, ["@@ -1 +1 @@", "-[[New%2FB]]"])


def test_undo_takes_the_last_run_back_but_no_later_edit(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[New%2FB]]\n", "C.md": "[[New%2FB]]\n", "New/B.md": "x\n"})
    before = read_all(vault)
    run("fix", cwd=vault)
    (vault / "C.md").write_text("[[New/B]] and more\n")
    result = run("fix", "--undo", cwd=vault)
    assert result.exit_code == 1
    assert result.stdout == "restored A.md\n"
    assert "C.md was edited since" in result.stderr
    assert (vault / "A.md").read_bytes() == before["A.md"]
    assert (vault / "C.md").read_text() == "[[New/B]] and more\n"
    (vault / "C.md").write_text("[[New/B]]\n")
    assert run("fix", "--undo", cwd=vault).exit_code == 0
    assert read_all(vault) == before
    again = run("fix", "--undo", cwd=vault)
    assert again.exit_code == 2
    assert "nothing to undo" in again.stderr


def test_undo_leaves_what_it_cannot_write_and_says_why(make_vault: MakeVault) -> None:
    vault = make_vault({"New/B.md": "x\n", **{f"{name}.md": "[[New%2FB]]\n" for name in "ACDE"}})
    run("fix", cwd=vault)
    (vault / "C.md").rename(vault / "New/other.md")
    (vault / "C.md").symlink_to("New/other.md")
    (vault / "D.md").unlink()
    result = run("fix", "--undo", cwd=vault)
    assert (result.exit_code, result.stdout) == (1, "restored A.md\nrestored E.md\n")
    assert result.stderr.splitlines() == [
        "notelint: C.md cannot be written: it is a symbolic link, and links are not followed: left as it is",
        "notelint: D.md was edited since: left as it is",
    ]
    assert (vault / "New/other.md").read_text() == "[[New/B]]\n"
    (vault / "C.md").unlink()
    (vault / "New/other.md").rename(vault / "C.md")
    assert run("fix", "--undo", cwd=vault).stdout == "restored C.md\n"


@pytest.mark.parametrize("arguments", [("--undo", "--diff"), ("--undo", "A.md"), ("--undo", "-")])
def test_undo_takes_no_note_and_shows_nothing(make_vault: MakeVault, arguments: tuple[str, ...]) -> None:
    vault = make_vault({"A.md": "[[New%2FB]]\n", "New/B.md": "x\n"})
    run("fix", cwd=vault)
    result = run("fix", *arguments, cwd=vault)
    assert result.exit_code == 2
    assert "--undo takes the whole last run back" in result.stderr
    assert (vault / "A.md").read_text() == "[[New/B]]\n"


@pytest.mark.parametrize("name", ["A.md", "Excluded.md"])
def test_what_somebody_else_writes_while_it_is_fixed_stays(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    vault = make_vault({name: "[[New%2FB]]\n", "New/B.md": "x\n", "notelint.toml": 'exclude = ["Excluded.md"]\n'})

    def slow(fixed: dict[str, Note], lint: Lint, **options: Any) -> FixedNotes:
        (vault / name).write_text("[[New%2FB]] and my own words\n")
        return fix_notes(fixed, lint, **options)

    monkeypatch.setattr("notelint.engine.fix.fix_notes", slow)
    result = run("fix", name, cwd=vault)
    assert result.exit_code == 1
    assert result.stderr == f"notelint: {name} is left as it was: it was changed by somebody else meanwhile\n"
    assert (vault / name).read_text() == "[[New%2FB]] and my own words\n"


def test_what_a_killed_run_left_is_removed_by_the_next_and_nothing_else(make_vault: MakeVault) -> None:
    vault = make_vault({"n/A.md": "[[New%2FB]]\n", "New/B.md": "x\n", "n/.notelint-own": "mine"})
    journal = Journal(vault)
    for arguments in (("fix",), ("fix", "--undo")):
        journal.begin()
        journal.record("n/A.md", (vault / "n/A.md").read_bytes(), b"y", ".notelint-abcd")
        journal.close()  # as by the end of the process
        (vault / "n/.notelint-abcd").write_text("half a no")
        assert run(*arguments, cwd=vault).exit_code == 0
        assert sorted(path.name for path in (vault / "n").iterdir()) == [".notelint-own", "A.md"]


def test_what_a_killed_run_had_written_is_said_by_the_next(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "new\n", "B.md": "old\n", "C.md": "[[New%2FX]]\n", "New/X.md": "x\n"})
    journal = Journal(vault)
    journal.begin()
    for name in ("A.md", "B.md"):
        journal.record(name, b"old\n", b"new\n", f".notelint-{name}")
    journal.close()
    said = "notelint: the run before was stopped when it had written 1 of 2 notes: A.md\n"
    assert run("fix", cwd=vault).stderr == said
    (vault / "C.md").write_text("[[New%2FX]]\n")
    assert run("fix", cwd=vault).stderr == ""
    for _ in range(3):
        run("fix", "--undo", cwd=vault)
    assert (vault / "A.md").read_text() == "old\n"


def test_a_journal_whose_end_was_cut_off_is_read_up_to_there_and_on(make_vault: MakeVault) -> None:
    vault = make_vault({})
    journal = Journal(vault)
    journal.begin()
    (index,) = user_folders.state_folder().rglob("journal.jsonl")
    for name in ("A.md", "B.md"):
        (vault / name).write_bytes(b"new")
        journal.record(name, name.encode(), b"new", ".notelint-x")
        with index.open("ab") as file:
            file.write(b'{"path": "half')
    journal.close()
    assert journal.undo().restored == ("A.md", "B.md")


def test_a_forged_journal_reaches_nothing_outside(make_vault: MakeVault, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("new")
    vault = make_vault({"A.md": "x\n", ".git/hooks/post-checkout": "new"})
    journal = Journal(vault)
    journal.begin()
    for path in ("../outside.md", ".git/hooks/post-checkout", str(outside), "A.md/../../outside.md"):
        journal.record(path, b"old", b"new", ".notelint-x")
    journal.record_move("A.md", ".git/hooks/pre-commit", [])
    journal.close()
    assert run("fix", "--undo", cwd=vault).exit_code == 2
    assert outside.read_text() == "new"
    assert (vault / ".git/hooks/post-checkout").read_text() == "new"


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    note = tmp_path / "A.md"
    note.write_bytes(b"other")
    with pytest.raises(ChangedMeanwhileError):
        replace(tmp_path, "A.md", b"old", b"new")
    assert note.read_bytes() == b"other"
    assert [path.name for path in tmp_path.iterdir()] == ["A.md"]


EVERYTHING = Allowance(frozenset(Part))
ALLOWED = {id: checker.allowance() for id, checker in load_checkers().items()}


class Faulty(NoteChecker):
    """A checker whose fix does harm."""

    def __init__(self, edit: Edit | None) -> None:
        super().__init__(None, "faulty")
        self.edit = edit

    def check(self, note: Note) -> Iterator[Finding]:
        edit = self.edit or Edit(Span(0, 1), "b" if note.text[0] == "a" else "a")
        if edit.span.end <= len(note.text) and edit.text != edit.span.of(note.text):
            yield Finding(edit.span, "bad", Fix("do harm", (edit,)))


def fixed_by(*checkers: NoteChecker, text: str) -> tuple[str, dict[str, str]]:
    note = Note("A.md", text)

    def check(notes: object) -> dict[str, list[object]]:
        assert isinstance(notes, dict)
        vault = Vault({path: one.outline for path, one in notes.items()})
        return {path: list(lint(one, vault, LintPlan(checkers))) for path, one in notes.items()}

    result = fix_notes({"A.md": note}, check, unsafe=False, allowed=lambda id: EVERYTHING)  # type: ignore[arg-type]
    return result.notes.get("A.md", note).text, result.problems


@pytest.mark.parametrize(
    ("text", "edit", "said"),
    [
        ("---\na: 1\n---\nText\n", Edit(Span(4, 6), "'"), "frontmatter would not be readable"),
        ("one\ntwo\n", Edit(Span(3, 4), ""), "the word 'one' would be lost"),
        ("x\n\n`[[A]]` y\n", Edit(Span(2, 3), "\n```\n"), "would"),
        ("x\n[[A]] y\n", Edit(Span(1, 2), "\n```\n"), "the word 'A' would become code"),
        ("x `a b` y\n", Edit(Span(4, 5), "c"), "code would change"),
        ("```\na b\n```\n", Edit(Span(4, 6), ""), "code would change"),
        ("x\n[[A]] y %%\n", Edit(Span(1, 2), " %%\n"), "the word 'A' would become a comment"),
        ("x\n[[A]] y\n", Edit(Span(2, 2), "\\"), "the link to 'A' would be lost"),
        ("[[A]] x [[A]] y\n", Edit(Span(8, 8), "[[A]] \\"), "the link to 'A' would be lost"),
        ("x [[A|b]] y\n", Edit(Span(4, 5), "A\n"), "the link to 'A' would be lost"),
        ("x\n# H\n", Edit(Span(1, 2), ""), "would be lost"),
        ("x\n# H\n", Edit(Span(2, 2), "# H\n\nx"), "the heading 'h' would be lost"),
        ("x\n\nText ^id\n", Edit(Span(11, 11), " more"), "the block id ^id would be lost"),
        ("x\n\nText ^id\n", Edit(Span(11, 12), "\nmore\n"), "the block id ^id would be lost"),
        ("one\ntwo\n", Edit(Span(3, 4), "one two "), "the word 'one' would be lost"),
        ("x\n---\na: 1\n---\n", Edit(Span(0, 2), ""), "text would become frontmatter"),
        ("---\na: 1\n---\nb: 2\n---\n", Edit(Span(9, 13), ""), "the frontmatter would end elsewhere"),
        ("---\na: 1\n# b: 2\n---\n", Edit(Span(9, 11), ""), "the property 'b' would appear"),
        ("---\na: 1\nb: 1\n---\n", Edit(Span(9, 10), "a"), "the property 'a' would stand twice"),
        ("---\na: 1\nb: 2\n---\n", Edit(Span(8, 8), " x"), "the property 'a' would change"),
        ("x\n\n[^a]: y\n", Edit(Span(3, 3), "z"), "the footnote 'a' would be lost"),
        ("x\n\n|a|b|\n|-|-|\n", Edit(Span(3, 3), "|c"), "a table would be lost"),
    ],
)
def test_a_fix_that_loses_something_writes_nothing_and_is_named(text: str, edit: Edit, said: str) -> None:
    fixed, problems = fixed_by(Faulty(edit), text=text)
    assert fixed == text
    assert "faulty on line" in problems["A.md"]
    assert said in problems["A.md"]


def test_a_fix_that_is_refused_takes_no_other_with_it(make_vault: MakeVault) -> None:
    text = "".join(f"[x](My Note.md) {n}\n\n" for n in range(40))
    vault = make_vault(
        {"My Note.md": "x\n", "A.md": text, "B.md": "[[My%20Note]] ![x](<My Note.md>) [y](My Note.md)\n"}
    )
    result = run("fix", cwd=vault)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (vault / "A.md").read_text() == text.replace("My Note", "My%20Note")
    assert (vault / "B.md").read_text() == "[[My Note]] ![x](<My Note.md>) [y](My%20Note.md)\n"


class Replacing(NoteChecker):
    """Fixes that write something else in the place of each text of a kind."""

    family = "tests"

    def __init__(self, id: str, old: str, new: str) -> None:
        super().__init__(None, id)
        self.texts = old, new

    def check(self, note: Note) -> Iterator[Finding]:
        old, new = self.texts
        for match in re.finditer(re.escape(old), note.text):
            span = Span(*match.span())
            yield Finding(span, "bad", Fix("replace it", (Edit(span, new),)))


@pytest.mark.parametrize(
    ("checker", "bad", "said"),
    [
        (Replacing("taking", "mine", ""), "a\nmine\nb\n", "the word 'mine' would be taken"),
        (Replacing("commenting", "!\n", "%%\n"), "x!\n[[A]] %%\n", "the word 'A' would become a comment"),
    ],
)
@pytest.mark.parametrize("many", [1, 12])
def test_good_fixes_are_applied_beside_refused_ones(checker: NoteChecker, bad: str, said: str, many: int) -> None:
    pair = bad + "teh\n\n"
    note = Note("A.md", pair * many)

    def check(notes: Mapping[str, Note]) -> dict[str, list[Diagnostic]]:
        vault = Vault({path: one.outline for path, one in notes.items()})
        plan = LintPlan((checker, Replacing("correcting", "teh", "the")))
        return {path: list(lint(one, vault, plan)) for path, one in notes.items()}

    def allowed(id: str) -> Allowance:
        return EVERYTHING if id in ("correcting", "commenting") else Allowance()

    result = fix_notes({"A.md": note}, check, unsafe=False, allowed=allowed)
    assert result.problems == {}
    assert result.notes["A.md"].text == (bad + "the\n\n") * many
    (refused,) = result.refused.values()
    assert len(refused) == many
    assert all(said in one and checker.id in one for one in refused)


def test_fixes_that_undo_each_other_are_named() -> None:
    fixed, problems = fixed_by(Faulty(None), text="a")
    assert fixed == "a"
    assert problems == {"A.md": "the fixes of faulty undo each other"}


def test_fixes_that_lose_something_only_together_take_turns(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "notelint.toml": "garden.slugify = true\n",
            "J.md": '---\n{"dg-publish":true,"dg-path":"a/J.md","permalnk":"/q/"}\n---\n',
            "K.md": '---\n{"dg-publish":true,"permalink":"/k/","dg-pth":"k.md","dg-paht":"z"}\n---\n',
        }
    )
    assert run("fix", "--unsafe-fixes", "--ignore", "permalink-mismatch", cwd=vault).exit_code == 0
    assert (vault / "J.md").read_text() == (
        '---\n{"dg-publish":true,"dg-path":"a/J.md","permalink":"/a/j/","permalnk":"/q/"}\n---\n'
    )
    assert (vault / "K.md").read_text() == (
        '---\n{"dg-publish":true,"permalink":"/k/","dg-path":"k.md","dg-paht":"z"}\n---\n'
    )


class Turning(NoteChecker):
    """A checker that puts one word in the place of another."""

    def __init__(self, id: str, old: str, new: str) -> None:
        super().__init__(None, id)
        self.words = old, new

    def check(self, note: Note) -> Iterator[Finding]:
        old, new = self.words
        if note.text.startswith(old):
            span = Span(0, len(old))
            yield Finding(span, "bad", Fix("turn it", (Edit(span, new),)))


def test_all_checkers_of_a_circle_are_named_and_no_others() -> None:
    circle = [Turning("one", "a", "b"), Turning("two", "b", "c"), Turning("three", "c", "b"), Turning("four", "d", "e")]
    assert fixed_by(*circle, text="a") == ("a", {"A.md": "the fixes of two, three undo each other"})


def test_fixes_without_end_are_named() -> None:
    fixed, problems = fixed_by(Turning("more", "a", "aa"), Turning("other", "b", "c"), text="a")
    assert (fixed, problems) == ("a", {"A.md": "the fixes of more come to no end in 10 rounds"})


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=300)
def test_no_fix_ever_loses_anything_and_the_second_run_changes_nothing(text: str) -> None:
    other = Note("Note.md", "# a\nText ^id\n")
    note = Note("A.md", text)

    def check(notes: object) -> dict[str, list[object]]:
        assert isinstance(notes, dict)
        outlines = {path: one.outline for path, one in {"Note.md": other, **notes}.items()}
        vault = Vault(outlines, [*outlines, "x/Note two.md"])
        return {path: list(lint(one, vault, LintPlan(CHECKERS))) for path, one in notes.items()}

    result = fix_notes({"A.md": note}, check, unsafe=True, allowed=ALLOWED.__getitem__)  # type: ignore[arg-type]
    assert "undo each other" not in result.problems.get("A.md", "")
    after = result.notes.get("A.md", note)
    if not result.problems:
        assert fix_notes({"A.md": after}, check, unsafe=True, allowed=ALLOWED.__getitem__).notes == {}  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_real_vault_loses_no_word_link_or_anchor(make_vault: MakeVault) -> None:
    source = reference("vaults", "obsidian-help-en")
    files = {path.relative_to(source).as_posix(): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    vault = make_vault(dict(files))
    before = {name: Note.decode(name, data) for name, data in read_all(vault).items()}
    assert run("fix", "--unsafe-fixes", cwd=vault).exit_code == 0
    after = {name: Note.decode(name, data) for name, data in read_all(vault).items()}
    for name, note in before.items():
        assert len(after[name].links) == len(note.links)
        assert [h.text for h in after[name].headings] == [h.text for h in note.headings]
        if after[name].text == note.text:
            assert violation(note, after[name], ()) is None
    assert run("fix", "--unsafe-fixes", cwd=vault).stdout == "No fixes to apply.\n"


def test_the_sample_vault_needs_no_fix() -> None:
    assert run("fix", "--diff", cwd=ROOT / "notes").exit_code == 0


@pytest.mark.slow
def test_killing_a_fix_leaves_every_note_old_or_new(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {f"n/{n}.md": f"[[New%2FB]] {'word ' * 500}{n}\n" for n in range(200)}
    vault = make_vault({**notes, "New/B.md": "x\n"})
    old = read_all(vault)
    new = {name: data.replace(b"[[New%2FB]]", b"[[New/B]]") for name, data in old.items()}
    chance = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-m", "notelint", "fix"], cwd=vault, stdout=subprocess.DEVNULL)
        time.sleep(0.25 + chance.random() * 0.5)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for name, data in read_all(vault).items():
            if not Path(name).name.startswith(".notelint-"):
                assert data in (old[name], new[name]), name
    run("fix", cwd=vault)
    assert {name: data for name, data in read_all(vault).items() if name in new} == new
    assert lines(report(vault)) == []


def test_a_heading_that_a_link_names_keeps_its_name(make_vault: MakeVault) -> None:
    disease = "---\ntype: disease\n---\n## Definition\nx\n## Aetiology\nx\n## Imaging features\nx\n## DDx\nx\n"
    vault = make_vault(
        {
            "A.md": disease + "See [above](#Definition).\n",
            "B.md": "[[A#Aetiology|why]] [[A#Nowhere]]\n",
            "C.md": disease.replace("Aetiology", "Aetiology ^why"),
            "D.md": "[[C#^why]]\n",
        }
    )
    assert run("fix", "--unsafe-fixes", "--select", "noncanonical-heading", cwd=vault).exit_code == 0
    fixed = disease.replace("Imaging features", "Imaging").replace("DDx", "Differentials")
    assert (vault / "A.md").read_text() == fixed + "See [above](#Definition).\n"
    assert (vault / "C.md").read_text() == fixed.replace("Definition", "Concept").replace("Aetiology", "Causes ^why")
    assert lines(report(vault, "--select", "broken-heading-link,broken-block-link")) == [
        "B.md:1:21 broken-heading-link"
    ]


def test_an_address_that_a_link_names_stays(make_vault: MakeVault) -> None:
    published = '---\n{"dg-publish":true,"permalink":"/old/","dg-path":"GU/New.md","pinned":"yes"}\n---\n'
    notes = {"A.md": published, "B.md": published.replace("old", "free"), "L.md": "[x](/old/?q#part)\n"}
    vault = make_vault({"notelint.toml": "garden.slugify = true\n", **notes})
    assert run("fix", "--unsafe-fixes", "--ignore", "duplicate-permalink", cwd=vault).exit_code == 0
    fixed = published.replace('"yes"', "true")
    assert (vault / "A.md").read_text() == fixed
    assert (vault / "B.md").read_text() == fixed.replace("old", "gu/new")


def test_what_is_fixed_inside_a_word_joins_its_parts(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "Web.md": "Haemor\u00adrhage of the kid\u200bney and the \u200bkidney.\n",
            "Old.md": b"caf\xe9 noir, na\xefve\x00ly \xe9\n",
        }
    )
    found = run("fix", "--unsafe-fixes", "--extend-select", "invisible-character", cwd=vault)
    assert (found.exit_code, found.stderr) == (0, "")
    assert (vault / "Web.md").read_text("utf-8") == "Haemorrhage of the kidney and the kidney.\n"
    assert (vault / "Old.md").read_text("utf-8") == "caf\u00e9 noir, na\u00efvely \u00e9\n"


def test_a_word_beside_an_edit_must_be_there_still() -> None:
    before = Note("A.md", "one\u200btwo three")
    edits = [Edit(Span(3, 4), "")]
    assert violation(before, Note("A.md", "onetwo three"), edits) is None
    assert violation(before, Note("A.md", "one three"), edits) == "text outside its edits would change"
    assert violation(before, Note("A.md", "onetwo three"), [*edits, Edit(Span(2, 5), "etw")]) is not None


def test_a_note_that_no_link_can_name_is_reported_and_not_written(make_vault: MakeVault) -> None:
    unlinkable = {"trailing .md": "x\n", "[abcd].md": "x\n", "C#/Cyst.md": "x\n", "D/Cyst.md": "x\n", "New/b.md": "x\n"}
    links = "[[trailing]] [[[abcd]] [[Cyst]] [[New%2Fb]]\n"
    vault = make_vault({"C#/A.md": links, **unlinkable})
    found = run("fix", "--unsafe-fixes", cwd=vault)
    assert (found.exit_code, found.stderr) == (0, "")
    assert (vault / "C#/A.md").read_text() == links.replace("New%2Fb", "New/b")


def test_of_many_notes_only_those_with_a_fix_are_read_and_the_outcome_is_the_same(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {f"N{n}.md": f"Text {n}.\n" for n in range(40)}
    notes |= {"A.md": "[x](My Note.md) [[my note#Part]]\n", "My Note.md": "# Part\n", "B.md": "[y](My Note.md)\n"}
    notes["M.md"] = "<<<<<<< HEAD\n[x](My Note.md)\n=======\n>>>>>>> other\n"
    vault = make_vault(notes)
    alone = run("fix", "--diff", "A.md", "B.md", "M.md", cwd=vault)
    whole = run("fix", "--diff", cwd=vault)
    assert whole.stdout == alone.stdout
    assert "M.md is left as it was" in whole.stderr
    assert run("fix", cwd=vault).exit_code == 1
    assert (vault / "B.md").read_text() == "[y](My%20Note.md)\n"
    assert run("fix", "--diff", cwd=vault).stdout == ""
