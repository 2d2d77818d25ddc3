"""`notelint check`, end to end."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from notelint.core.diagnostic import Finding
from notelint.core.text import Span
from tests.conftest import ROOT, MakeVault, lines, reference, report, run

SEED_PATH = "Rad/GU/Kidney/Renal calcification/Cortical nephrocalcinosis.md"
SIBLING = "30_Rad Knowledge/GU/Kidney/Renal calcification/Medullary nephrocalcinosis.md"


def test_a_clean_vault_is_green(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[B]]\n", "B.md": "Text.\n"})
    result = run("check", cwd=vault)
    assert result.exit_code == 0
    assert result.stdout == "2 notes checked: nothing to report.\n"


def test_text_shows_the_place_with_a_caret(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "é\tSee [[x/B]].\n", "Bxy.md": "Text.\n"})
    result = run("check", cwd=vault)
    assert result.exit_code == 1
    assert result.stdout == (
        "A.md\n"
        "  1:7 error broken-link: no note 'x/B'\n"
        "    1 | é See [[x/B]].\n"
        "      |       ^^^^^^^\n"
        "\n"
        "2 notes checked: 1 error in 1 note.\n"
    )


def test_concise_is_one_line_a_diagnostic(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[x/B]] [[x/C]]\n"})
    result = run("check", "--output-format", "concise", cwd=vault)
    assert result.stdout.splitlines()[:2] == [
        "A.md:1:1: broken-link: no note 'x/B'",
        "A.md:1:9: broken-link: no note 'x/C'",
    ]


def test_json_obeys_its_schema(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[New%2FB]]\n[[x]] [[x]] [[x]]\n", "New/B.md": "Text.\n"})
    found = report(vault)
    jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text())).validate(found)
    assert found["vault"] == str(vault)
    assert found["summary"]["groups"] == [{"checker": "unwritten-note", "about": "x", "count": 3}]
    fix = found["diagnostics"][0]["fix"]
    assert fix["safety"] == "safe"
    start = {"line": 1, "column": 3}
    place = {"range": {"start": start, "end": {"line": 1, "column": 10}}, "span": {"start": 2, "end": 9}}
    assert fix["edits"] == [{**place, "text": "New/B"}]


def test_one_missing_note_is_one_line_of_the_summary(make_vault: MakeVault) -> None:
    vault = make_vault({f"{n}.md": "[[Missing]]\n" for n in range(31)})
    assert "    31 unwritten-note: Missing\n" in run("check", cwd=vault).stdout


def test_a_few_paths_are_judged_against_the_whole_vault(make_vault: MakeVault) -> None:
    vault = make_vault({"a/A.md": "[[B]] [[x/C]]\n", "b/B.md": "[[x/D]]\n", "b/E.md": "[[x/F]]\n"})
    assert lines(report(vault, "a/A.md")) == ["a/A.md:1:7 broken-link"]
    assert lines(report(vault, "b")) == ["b/B.md:1:1 broken-link", "b/E.md:1:1 broken-link"]
    assert lines(report(vault / "b", "B.md")) == ["b/B.md:1:1 broken-link"]


def test_stdin_is_judged_in_the_place_of_its_file(make_vault: MakeVault) -> None:
    vault = make_vault({"a/A.md": "[[B]]\n", "B.md": "[[A#New]]\n"})
    result = run("check", "-", "--stdin-filename", "a/A.md", cwd=vault, stdin="# New\n[[#New]] [[x/Nowhere]]\n")
    assert result.stdout.startswith("a/A.md\n  2:10 error broken-link: no note 'x/Nowhere'\n")
    assert run("check", "-", cwd=vault, stdin="[[x/Nowhere]]").stdout.startswith("stdin.md\n  1:1 error broken-link")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.md"], "no such file or folder: nowhere.md"),
        (["data.csv"], "data.csv is not a note"),
        ([".."], "vault"),
        (["--select", "brokn-link"], 'did you mean "broken-link"'),
    ],
)
def test_what_the_user_can_fix_is_one_line_and_exit_2(
    make_vault: MakeVault, arguments: list[str], message: str
) -> None:
    vault = make_vault({"A.md": "Text.\n", "data.csv": "1\n"})
    result = run("check", *arguments, cwd=vault)
    if arguments == [".."]:
        assert result.exit_code in (0, 2)
        return
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_crashing_checker_is_a_diagnostic_and_exit_3(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.checkers.links.broken_link import BrokenLink

    def crash(*_: object) -> None:
        raise ValueError("oops")

    monkeypatch.setattr(BrokenLink, "check", crash)
    vault = make_vault({"A.md": "[[#Nope]]\n"})
    result = run("check", cwd=vault)
    assert result.exit_code == 3
    assert "checker broken-link crashed: ValueError('oops')" in result.stdout
    assert "broken-heading-link" in result.stdout


def test_a_hint_that_is_no_pattern_is_reported(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.checkers.content.mojibake import Mojibake

    monkeypatch.setattr(Mojibake, "hint", lambda _: "(a")
    result = run("check", cwd=make_vault({"A.md": "text\n"}))
    assert result.exit_code == 2
    assert "the hint '(a' of a checker is not a pattern" in result.stderr


def test_an_excluded_note_that_claims_an_address(make_vault: MakeVault) -> None:
    note = '---\n{"dg-publish":true,"permalink":"/b/"}\n---\n'
    vault = make_vault({"notelint.toml": 'exclude = ["Sub"]\n', "Sub/A.md": note, "B.md": "text\n"})
    assert run("check", "Sub/A.md", "--select", "duplicate-permalink", cwd=vault).exit_code == 0


@pytest.mark.parametrize("method", ["hint", "concerns"])
def test_a_checker_that_fails_to_say_where_to_ask_it_is_asked(
    method: str, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notelint.checkers.content.mojibake import Mojibake

    def fail(*_: object) -> None:
        raise ValueError("oops")

    monkeypatch.setattr(Mojibake, method, fail)
    monkeypatch.setattr(Mojibake, "check", lambda *_: iter([Finding(Span(0, 1), "asked")]))
    vault = make_vault({"A.md": "text\n"})
    assert lines(report(vault, "--select", "mojibake")) == ["A.md:1:1 mojibake"]


def test_line_ends_of_windows(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "Considerations include:\r\n\r\n## Next\r\n\r\ntext\r\n"})
    assert lines(report(vault)) == ["A.md:1:1 dangling-intro"]


def test_suppressions_and_what_they_do_not_silence(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "A.md": "[[/x]] <!-- notelint-disable-next-line broken-link -->\n[[/x]]\n[[/x]]\n",
            "B.md": "---\nnotelint: {ignore: [broken-link]}\n---\n[[/x]]\n",
            "C.md": "%% notelint-disable broken-link %%\n[[/x]]\n<!-- notelint-enable broken-link -->\n[[/x]]\n",
            "D.md": "<!-- notelint-disable broken-link, empty-section -->\nNothing.\n",
            "E.md": "`<!-- notelint-disable -->` [[/x]]\n",
        }
    )
    assert lines(report(vault)) == [
        "A.md:1:1 broken-link",
        "A.md:3:1 broken-link",
        "C.md:4:1 broken-link",
        "D.md:1:23 unused-suppression",
        "D.md:1:36 unused-suppression",
        "E.md:1:29 broken-link",
    ]


def test_the_published_seed_has_no_false_diagnostic(make_vault: MakeVault) -> None:
    seed = reference("seeds", "published-note.md").read_text("utf-8")
    vault = make_vault({SEED_PATH: seed, SIBLING: "Text.\n"})
    assert lines(report(vault)) == []
    (vault / SIBLING).unlink()
    assert lines(report(vault)) == [f"{SEED_PATH}:51:5 broken-link"]


def test_the_seed_scrape_lacks_frontmatter_and_sections(make_vault: MakeVault) -> None:
    seed = reference("seeds", "imported-article.txt").read_text("utf-8")
    vault = make_vault({"Imports/Calcinosis of chronic renal failure.md": seed})
    checkers = [line.split()[-1] for line in lines(report(vault))]
    assert checkers.count("missing-frontmatter") == 1
    assert checkers.count("missing-section") == 4


def test_a_real_vault_has_exactly_its_known_link_diagnostics() -> None:
    root = reference("vaults", "obsidian-help-en")
    expected = json.loads(reference("vaults", "obsidian-help-en.expected.json").read_text("utf-8"))
    wanted = {
        f"{o['file']}:{o['line']}:{o['col']} {'ambiguous' if o['status'] == 'ambiguous' else 'broken'}-link"
        for o in expected["not_ok"]
    }
    found = {line.replace("unwritten-note", "broken-link") for line in lines(report(root))}  # both find nothing
    assert found == wanted


def test_the_sample_vault_is_clean() -> None:
    found = report(ROOT / "notes")
    assert lines(found) == []
    assert found["summary"]["checked"] >= 40


def test_every_note_of_the_broken_vault_has_something_to_report() -> None:
    found = report(ROOT / "notes" / "broken")
    assert {d["path"] for d in found["diagnostics"]} == {
        path.relative_to(ROOT / "notes" / "broken").as_posix() for path in (ROOT / "notes" / "broken").rglob("*.md")
    }
    assert len({d["checker"] for d in found["diagnostics"]}) >= 14


def test_the_installed_command_runs(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[x/B]]\n"})
    command = [sys.executable, "-m", "notelint", "check"]
    done = subprocess.run(command, cwd=vault, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("A.md\n  1:1 error broken-link")


def test_the_terminal_is_safe_from_notes(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[\x1b[31mred\u202e]]\n"})
    assert "\x1b" not in run("check", cwd=vault).stdout
    assert "\u202e" not in run("check", cwd=vault).stdout


def test_a_vault_below_the_repository_is_found(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs" / "vault" / ".obsidian").mkdir(parents=True)
    (tmp_path / "docs" / "vault" / "A.md").write_text("[[x/B]]\n")
    (tmp_path / "README.md").write_text("[[not a note of the vault]]\n")
    assert lines(report(tmp_path)) == ["A.md:1:1 broken-link"]
