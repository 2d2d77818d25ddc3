"""A class is found by its name: no two public classes of the package share one."""

import ast
from collections import defaultdict
from pathlib import Path

import notelint


def test_no_two_public_classes_share_a_name() -> None:
    root = Path(notelint.__file__).parent
    places: dict[str, list[str]] = defaultdict(list)
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(f"{file.relative_to(root)}:{node.lineno}")
    assert len(places) > 300
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
