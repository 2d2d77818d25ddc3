"""Modules and functions stay short enough to be read at one sitting."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "notelint"
SOURCES = sorted(PACKAGE.rglob("*.py"))
MOST_IN_A_FUNCTION, MOST_IN_A_MODULE = 40, 300  # lines


def test_no_function_is_long() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name} has {length} lines"
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_IN_A_FUNCTION
    ]
    assert found == []


def test_no_module_is_long() -> None:
    lengths = {file.relative_to(PACKAGE).as_posix(): len(file.read_text("utf-8").splitlines()) for file in SOURCES}
    assert {name: length for name, length in lengths.items() if length > MOST_IN_A_MODULE} == {}
