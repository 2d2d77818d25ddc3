"""ARCHITECTURE.md names what is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
NAMED = re.findall(r"`([a-z_/]+\.py): (\w+)(?:\.(\w+))?`", TEXT)
MODULES = {path.relative_to(ROOT / "notelint").with_suffix("").as_posix() for path in (ROOT / "notelint").rglob("*.py")}
FOLDERS = {path.rpartition("/")[0] for path in MODULES}


def test_the_walk_has_ten_lines() -> None:
    walk = TEXT.partition("## The walk of a note")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d+)\. .*`\w+/", walk, re.M) == [str(number) for number in range(1, 11)]
    assert len(NAMED) > 20


@pytest.mark.parametrize(("file", "name", "part"), NAMED)
def test_each_name_stands_in_its_file(file: str, name: str, part: str) -> None:
    tree = ast.parse((ROOT / "notelint" / file).read_text("utf-8"))
    defined = {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    assert name in defined
    if part:
        assert part in {node.name for node in ast.walk(defined[name]) if isinstance(node, ast.FunctionDef)}


def test_each_module_that_a_table_names_is_there() -> None:
    named = {one for one in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", TEXT) if one.split(".")[0] in FOLDERS}
    gone = [one for one in named if (path := one.replace(".", "/")) not in MODULES | FOLDERS and not _has(path)]
    assert len(named) > 30
    assert gone == []


def _has(path: str) -> bool:
    """True for a name within a module: `config/load/load`."""
    module, _, name = path.rpartition("/")
    return module in MODULES and f"def {name}(" in (ROOT / "notelint" / f"{module}.py").read_text("utf-8")
