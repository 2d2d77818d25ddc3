"""The page for agents says what is: its hook does what it promises, its table names the keys of the report."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, MakeVault, run

PAGE = (ROOT / "docs" / "agents.md").read_text("utf-8")
FILES: dict[str, str | bytes] = {
    "Good.md": "# Good\n\n[[Dead|x]]\n",
    "Bad.md": "# Bad\n\n[[Good#Nothing]] and [[folder/Gone]]\n",
    "text.txt": "[[folder/Gone]]\n",
}


def hook(root: Path, given: str) -> subprocess.CompletedProcess[str]:
    """Run the hook of the page as an agent does: in the vault, with what was done on stdin."""
    script = next(block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) if block.startswith("#!/bin/sh"))
    (root.parent / "notelint-hook.sh").write_text(script, "utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["/bin/sh", "../notelint-hook.sh"]
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        command, cwd=root, env=environment, input=given, capture_output=True, text=True, timeout=60, check=False
    )


def written(path: Path | str) -> str:
    return json.dumps({"hook_event_name": "PostToolUse", "tool_name": "Write", "tool_input": {"file_path": str(path)}})


@pytest.mark.slow
def test_the_hook_shows_the_agent_what_is_wrong(make_vault: MakeVault) -> None:
    root = make_vault(FILES)
    done = hook(root, written(root / "Bad.md"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("notelint found this in the note you wrote:\nBad.md:3:1: ")
    assert "broken-heading-link" in done.stderr
    assert "broken-link" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("path", ["Good.md", "text.txt", "Not there.md", ""])
def test_the_hook_is_silent_where_nothing_is_wrong(make_vault: MakeVault, path: str) -> None:
    done = hook(make_vault(FILES), written(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
def test_the_hook_does_not_stop_an_agent_where_notelint_is_misconfigured(make_vault: MakeVault) -> None:
    root = make_vault({**FILES, "notelint.toml": "select = 7\n"})
    done = hook(root, written(root / "Bad.md"))
    assert done.returncode == 1
    assert "notelint.toml" in done.stderr
    assert hook(root, '{"tool_name": "Write"}').returncode == 0


def test_the_table_names_each_key_of_a_diagnostic(make_vault: MakeVault) -> None:
    root = make_vault(FILES)
    done = run(
        "check", "-", "--stdin-filename", "new/Note.md", "--output-format", "json", cwd=root, stdin="😀 [[good#x]]\n"
    )
    assert done.exit_code == 1
    (found,) = json.loads(done.stdout)["diagnostics"]
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.partition("## The answer")[2].partition("##")[0], re.M)
    assert rows == list(found)
    assert found["path"] == "new/Note.md"
    assert found["range"]["start"] == {"line": 1, "column": 3, "utf16": 4, "utf8": 6}


def test_the_edits_of_a_fix_can_be_applied_by_their_spans(make_vault: MakeVault) -> None:
    root = make_vault({**FILES, "notelint.toml": 'extend-select = ["case-mismatch"]\n'})
    text = "\ufeff😀 [[good]] [[GOOD|x]]\n"
    arguments = ("-", "--stdin-filename", "Note.md")
    done = run("check", *arguments, "--output-format", "json", cwd=root, stdin=text.encode())
    fixes = [one["fix"] for one in json.loads(done.stdout)["diagnostics"]]
    assert [fix["safety"] for fix in fixes] == ["safe", "safe"]
    changed = text.removeprefix("\ufeff")
    edits: list[dict[str, Any]] = [edit for fix in fixes for edit in fix["edits"]]
    for edit in sorted(edits, key=lambda one: -one["span"]["start"]):
        changed = changed[: edit["span"]["start"]] + edit["text"] + changed[edit["span"]["end"] :]
    fixed = run("fix", *arguments, cwd=root, stdin=text.encode())
    assert fixed.stdout_bytes.decode() == f"\ufeff{changed}"
    assert changed == "😀 [[Good]] [[Good|x]]\n"


@pytest.mark.slow
@pytest.mark.parametrize("given", ["", "no JSON", "[]", "{}", '{"tool_input": null}', '{"tool_input": ["x.md"]}'])
def test_the_hook_is_silent_about_what_is_no_file(make_vault: MakeVault, given: str) -> None:
    done = hook(make_vault(FILES), given)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
def test_the_hook_checks_a_note_whose_name_looks_like_an_option(make_vault: MakeVault) -> None:
    done = hook(make_vault({**FILES, "--quiet.md": "[[folder/Gone]]\n"}), written("--quiet.md"))
    assert done.returncode == 2
    assert "--quiet.md:1:1: " in done.stderr
