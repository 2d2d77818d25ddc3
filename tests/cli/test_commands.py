"""The smaller commands, end to end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.checkers.registry import BUILTIN
from notelint.core.printable import printable
from tests.conftest import MakeVault, lines, report, run
from tests.vectors import vectors


def test_checkers_lists_every_checker_and_whether_it_is_on(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": 'ignore = ["broken-link"]\n'})
    listed = run("checkers", cwd=vault).stdout
    assert all(f" {id} " in listed for id in BUILTIN)
    assert "off  broken-link " in listed
    assert "on   broken-heading-link " in listed
    assert "off  case-mismatch " in listed


@pytest.mark.parametrize("id", BUILTIN)
def test_explain_shows_a_page(id: str, tmp_path: Path) -> None:
    assert run("explain", id, cwd=tmp_path).stdout.startswith(f"# {id}\n")


def test_explain_shows_a_checker_of_the_configuration(tmp_path: Path) -> None:
    own = '[[custom]]\nid = "no-todo"\nmessage = "do it \\u001b[1m"\nforbid-pattern = "TODO"\npaths = ["A/**"]\n'
    (tmp_path / "notelint.toml").write_text(own)
    shown = run("explain", "no-todo", cwd=tmp_path)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# no-todo\n\ndo it ")
    assert '\nforbid-pattern = "TODO"\npaths = ["A/**"]\n' in shown.stdout
    assert "\x1b" not in shown.stdout
    assert "severity" not in shown.stdout
    assert "did you mean 'no-todo'?" in run("explain", "no-tdo", cwd=tmp_path).stderr


def test_explain_knows_what_was_meant(tmp_path: Path) -> None:
    result = run("explain", "brokenlink", cwd=tmp_path)
    assert result.exit_code == 2
    assert result.stderr == "notelint: there is no checker 'brokenlink': did you mean 'broken-link'?\n"


def test_init_fits_the_vault_and_never_overwrites(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "---\ndg-publish: true\n---\n[[B]]\n", "B.md": "Text.\n"})
    assert lines(report(vault)) == []
    assert run("init", cwd=vault).exit_code == 0
    assert lines(report(vault)) == ["A.md:4:1 unpublished-target"]
    written = (vault / "notelint.toml").read_text()
    assert "Digital Garden" in written
    again = run("init", cwd=vault)
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert (vault / "notelint.toml").read_text() == written


def test_config_tells_where_values_come_from(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "notelint.toml": '[severity]\nbroken-link = "warning"\n',
            ".obsidian/app.json": '{"attachmentFolderPath": "Files"}',
            "A.md": "Text.\n",
        }
    )
    shown = run("config", "A.md", cwd=vault).stdout
    assert "# notelint.toml" in shown
    assert "# .obsidian/app.json" in shown
    assert "# default" in shown
    assert "Files" in shown


def test_permalink_of_paths_that_exist_and_of_others(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            ".obsidian/plugins/digitalgarden/data.json": '{"pathRewriteRules": "30_Rad Knowledge:Rad"}',
            "There.md": "---\ndg-publish: true\ndg-path: Else/Where.md\n---\n",
        }
    )
    result = run("permalink", "There.md", "30_Rad Knowledge/MRI/1.5T vs 3.0T MRI.md", "A & B.md", cwd=vault)
    assert result.stdout.splitlines() == [
        "There.md\t/else/where/",
        "30_Rad Knowledge/MRI/1.5T vs 3.0T MRI.md\t/rad/mri/1-5-t-vs-3-0-t-mri/",
        "A & B.md\t/a-and-b/",
    ]


def test_permalink_of_the_home_note_and_in_a_published_garden(make_vault: MakeVault) -> None:
    vault = make_vault(
        {"Start here.md": "---\ndg-publish: true\ndg-home: true\n---\n", "src/site/notes/GU/A & B.md": "x\n"}
    )
    result = run("permalink", "Start here.md", "src/site/notes/GU/A & B.md", "src/site/notes/New.md", cwd=vault)
    assert [line.partition("\t")[2] for line in result.stdout.splitlines()] == ["/", "/gu/a-and-b/", "/new/"]


def test_permalink_agrees_with_every_vector(make_vault: MakeVault) -> None:
    known = [case for cases in vectors("permalinks")["paths"].values() for case in cases]
    known = [case for case in known if "\0" not in case[0] and not case[0].startswith("-")]
    result = run("permalink", "--", *[path for path, *_ in known], cwd=make_vault({}))
    assert result.stdout == "".join(f"{printable(path)}\t{permalink}\n" for path, permalink, _ in known)


def test_resolve_says_what_and_by_which_rule(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "Home.md": "# Home\n## Index\nText. ^id1\n",
            "a/Src.md": "x\n",
            "p.png": b"",
            "a b.md": "x\n",
            "k/Cyst.md": "x\n",
            "l/Cyst.md": "x\n",
        }
    )
    links = [
        "[[Home#Index|x]]",
        "![[p.png]]",
        "[x](a%20b.md)",
        "Home#^ID1",
        "[[Nowhere]]",
        "[[Cyst]]",
        "[x](https://x.org)",
    ]
    result = run("resolve", "--from", "a/Src.md", *links, "--output-format", "json", cwd=vault)
    found = json.loads(result.stdout)
    assert [list(one) for one in found] == [
        ["link", "status", "target", "heading", "block", "candidates", "rule"] for _ in links
    ]
    assert [(one["status"], one["target"], one["heading"], one["block"]) for one in found] == [
        ("resolved", "Home.md", "Index", None),
        ("resolved", "p.png", None, None),
        ("resolved", "a b.md", None, None),
        ("resolved", "Home.md", None, "id1"),
        ("missing", None, None, None),
        ("ambiguous", "k/Cyst.md", None, None),
        ("missing", None, None, None),
    ]
    assert found[5]["candidates"] == ["k/Cyst.md", "l/Cyst.md"]
    assert found[6]["rule"] == "M4"
    text = run("resolve", "--from", "a/Src.md", "[[Cyst]]", cwd=vault).stdout
    assert text == "[[Cyst]]: ambiguous, k/Cyst.md (rule L7); also l/Cyst.md\n"


def test_custom_checkers_need_no_code(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "notelint.toml": """
[[custom]]
id = "spelling"
message = "write haemorrhage"
forbid-pattern = "(?i)hemorrhage"
severity = "warning"

[[custom]]
id = "tagged"
message = "a note in Rad needs tags"
require-property = "tags"
paths = ["Rad/**"]
""",
            "A.md": "Hemorrhage, `hemorrhage`, haemorrhage.\n",
            "Rad/B.md": "---\ntags: [x]\n---\n",
            "Rad/C.md": "Text.\n",
        }
    )
    assert lines(report(vault)) == ["A.md:1:1 spelling", "Rad/C.md:1:1 tagged"]


def test_a_plugin_is_loaded_only_when_it_is_named(make_vault: MakeVault) -> None:
    pytest.importorskip("notelint_example", reason="the example plugin is not installed")
    vault = make_vault({"A.md": "TODO\n"})
    assert lines(report(vault)) == []
    (vault / "notelint.toml").write_text('plugins = ["example"]\n')
    assert lines(report(vault)) == ["A.md:1:1 todo-left"]
    (vault / "notelint.toml").write_text('plugins = ["example"]\n[checkers.todo-left]\nwords = ["LATER"]\n')
    assert lines(report(vault)) == []
    (vault / "notelint.toml").write_text('plugins = ["nowhere"]\n')
    result = run("check", cwd=vault)
    assert result.exit_code == 2
    assert "plugin 'nowhere' is not installed" in result.stderr


def test_shell_completion_works() -> None:
    environment = {
        **os.environ,
        "_NOTELINT_COMPLETE": "bash_complete",
        "COMP_WORDS": "notelint explain bro",
        "COMP_CWORD": "2",
    }
    command = Path(sys.executable).with_name("notelint")
    if not command.exists():
        pytest.skip("notelint is not installed beside this Python")
    done = subprocess.run([command], env=environment, capture_output=True, text=True, check=False)
    assert "plain,broken-link" in done.stdout


def test_help_teaches_every_command() -> None:
    shown = run("--help").stdout
    assert "Start with `notelint check`" in shown
    for command in ("check", "checkers", "config", "explain", "init", "permalink", "resolve"):
        assert run(command, "--help").exit_code == 0
        assert f"  {command} " in shown


def test_version() -> None:
    assert run("--version").stdout.startswith("notelint, version ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("chek", "No such command 'chek'. Did you mean 'check'?"),
        ("publish", "No such command 'publish'. Did you mean 'publish-report'?"),
        ("merge", "No such command 'merge'. Did you mean 'merge-reports'?"),
        ("frobnicate", "No such command 'frobnicate'."),
    ],
)
def test_a_mistyped_command_is_named_with_the_one_that_was_meant(typed: str, said: str) -> None:
    found = run(typed)
    assert found.exit_code == 2
    assert said in found.stderr


def test_a_group_of_commands_alone_shows_its_help_in_lines() -> None:
    found = run("schema")
    assert found.exit_code == 2
    assert "\nCommands:\n  infer" in found.stdout + found.stderr


def test_an_address_is_named_as_it_was_typed() -> None:
    assert "https://example.org/a is an address" in run("import", "https://example.org/a").stderr


def test_nothing_is_inferred_where_there_is_nothing_in_common(make_vault: MakeVault) -> None:
    vault = make_vault({"a.png": ""})
    empty = run("schema", "infer", cwd=vault)
    assert (empty.exit_code, empty.stdout) == (2, "")
    assert "nothing to infer from: no note (*.md) in the vault" in empty.stderr
    for n in range(10):
        (vault / f"{n}.md").write_text(f"Text {n}.\n")
    bare = run("schema", "infer", cwd=vault)
    assert bare.stdout == ""
    assert "nothing to propose" in bare.stderr


def test_a_profile_that_extends_an_unknown_one_is_named_with_the_remedy(make_vault: MakeVault) -> None:
    vault = make_vault(
        {"notelint.toml": 'profiles = ["kinds/book.toml"]\n', "kinds/book.toml": 'extends = "work"\n', "A.md": ""}
    )
    found = run("check", cwd=vault)
    assert found.exit_code == 2
    assert "book.toml: extends: there is no profile 'work'" in found.stderr
    assert "named by its path, such as 'kinds/work.toml'" in found.stderr


def test_a_section_of_one_word_is_counted_in_the_singular(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "notelint.toml": 'profiles = ["book.toml"]\n',
            "book.toml": 'name = "book"\nsection = [{ name = "Summary", min-words = 2 }]\n[match]\npaths = ["*.md"]\n',
            "A.md": "## Summary\n\nShort.\n",
        }
    )
    assert "section 'Summary' has 1 word: at least 2 are asked for" in run("check", cwd=vault).stdout
