"""No text of a vault becomes a command in the log of a CI system, whichever command prints it."""

import json
import tomllib
from pathlib import Path

import pytest

from notelint.core.printable import is_command
from notelint.core.unified_diff import quoted
from tests.conftest import MakeVault, run

HOSTILE = ("::error::pwn", "##[error]pwn", "##vso[task.complete]", "##teamcity[message]")


def no_commands(text: str) -> bool:
    return not any(map(is_command, text.splitlines()))


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_what_publishing_does_is_reported_without_commands(make_vault: MakeVault, form: str) -> None:
    properties = "".join(f"'{text}': '{text}'\n" for text in HOSTILE)
    note = f"---\ndg-publish: true\n{properties}---\n%%a%% [[x/y]] [[Private]] ![[Private]]\n"
    vault = make_vault(
        {".obsidian/app.json": "{}", "Private.md": "secret\n", "a.md": note, **{f"{name}.md": note for name in HOSTILE}}
    )
    result = run("publish-report", "--output-format", form, cwd=vault)
    assert result.exit_code == 0
    assert "error" in result.stdout
    assert no_commands(result.output)


@pytest.mark.parametrize("form", ["toml", "json"])
@pytest.mark.parametrize("what", ["schema", "profile", "both"])
def test_what_notes_have_in_common_is_reported_without_commands(make_vault: MakeVault, form: str, what: str) -> None:
    texts = "".join(f"'{text}': '{text}'\n" for text in HOSTILE)
    headings = "".join(f"## {text}\n\nText.\n\n" for text in HOSTILE)
    vault = make_vault({f"Kind/{at}.md": f"---\ntype: kind\n{texts}---\n{headings}" for at in range(20)})
    options = ("--output-format", form) if form == "json" else ()
    result = run("schema", "infer", "--what", what, *options, cwd=vault)
    assert result.exit_code == 0
    assert "pwn" in result.stdout
    assert no_commands(result.output)
    if form == "json":
        assert "##[error]pwn" in json.dumps(json.loads(result.stdout))
    elif what == "profile":
        assert "##[error]pwn" in str(tomllib.loads(result.stdout))


@pytest.mark.parametrize("name", HOSTILE[1:])
def test_names_in_a_difference_are_quoted(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TF_BUILD", "True")
    vault = make_vault({f"{name}.md": "| a | b |\n|---|---|\n| [[B c|b]] | c |\n", "B c.md": "x\n"})
    result = run("fix", "--diff", "--unsafe-fixes", cwd=vault)
    assert "diff --git" in result.stdout
    assert no_commands(result.output)
    shown = quoted(f"a/{name}")
    assert shown.startswith('"')
    assert shown[1:-1].encode().decode("unicode_escape") == f"a/{name}"


@pytest.mark.parametrize("text", HOSTILE)
def test_wrong_arguments_are_reported_without_commands(tmp_path: Path, text: str) -> None:
    for arguments in (("-C", text, "check"), (text,), ("check", f"--{text}"), ("check", "--output-format", text),
                      ("check", text), (f"--{text}",), ("check", "--config", text)):  # fmt: skip
        result = run(*arguments, cwd=tmp_path)
        assert result.exit_code == 2, arguments
        assert no_commands(result.output), arguments
