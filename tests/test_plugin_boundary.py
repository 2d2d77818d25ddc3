"""Plugins stand on `notelint.api` and `notelint.testing` alone: what lies beneath can move."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import notelint
from notelint import api

PLUGIN = Path(__file__).parent / "plugin"
CODE = Path(notelint.__file__).parent
_CASES = """\
from notelint.testing import check_case, read_cases
from notelint_example.lonely_tag import LonelyTag
from notelint_example.todo_left import TodoLeft
import pathlib, notelint_example
for checker, name in ((LonelyTag, "lonely_tag"), (TodoLeft, "todo_left")):
    cases = read_cases((pathlib.Path(notelint_example.__file__).parent / f"{name}.md").read_text("utf-8"))
    assert cases
    for case in cases:
        check_case(case, checker)
print("all cases hold", notelint_example.__file__)
"""


def test_the_example_imports_nothing_else() -> None:
    for file in PLUGIN.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            inside = {name for name in names if name.split(".")[0] == "notelint"}
            assert inside <= {"notelint.api", "notelint.testing"}, file


def test_the_page_names_what_the_boundary_has() -> None:
    page = (CODE.parent / "docs/plugins.md").read_text("utf-8")
    for name in re.findall(r"`vault\.(\w+)", page):
        assert hasattr(api.Vault, name) or name in api.Vault.__dataclass_fields__, name
    for name in re.findall(r"`note\.(\w+)", page):
        assert hasattr(api.Note, name) or name in api.Note.__dataclass_fields__, name
    assert all(hasattr(api, name) for name in api.__all__)


@pytest.mark.slow
def test_internals_move_beneath_a_plugin(tmp_path: Path) -> None:
    """In a copy of the package other packages have other names: the example and its cases are as they were."""
    shutil.copytree(CODE, tmp_path / "notelint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PLUGIN / "notelint_example", tmp_path / "notelint_example")
    for name in ("vault", "note", "edits", "garden"):
        (tmp_path / "notelint" / name).rename(tmp_path / "notelint" / f"moved_{name}")
        for file in (tmp_path / "notelint").rglob("*.py"):
            text = file.read_text("utf-8")
            moved = re.sub(rf"\bnotelint\.{name}\b", f"notelint.moved_{name}", text)
            moved = re.sub(rf"\bfrom notelint import {name}\b", f"from notelint import moved_{name}", moved)
            if moved != text:
                file.write_text(moved, "utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{_CASES}"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout
