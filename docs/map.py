"""Prints docs/map.md, the map of the code: each floor with its modules and what they say of themselves.

    python docs/map.py > docs/map.md

The floors are those of the contract in pyproject.toml, so that the map cannot name one that is not there.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_HEAD = """\
# The map of the code

A module imports only from floors below its own. This page is made by `python docs/map.py` from the contract in
`pyproject.toml` and from what each module says of itself; a test keeps it true.
"""


def main() -> str:
    """The page, as Markdown."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = [[name.strip() for name in layer.split("|")] for layer in contracts[0]["layers"]]
    return "\n".join([_HEAD, *(line for nth, floor in enumerate(floors) for line in _floor(len(floors) - nth, floor))])


def _floor(number: int, modules: list[str]) -> Iterator[str]:
    yield f"## {number}\n"
    for module in sorted(modules):
        folder = ROOT / "notelint" / module
        file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or f"{module}."
        name = f"{module}/" if folder.is_dir() else f"{module}.py"
        yield f"- [`{name}`](../notelint/{name.rstrip('/')}): {_line(said)}"
    yield ""


def _line(docstring: str) -> str:
    """The first sentence or paragraph, on one line."""
    return " ".join(docstring.split("\n\n", maxsplit=1)[0].split())


if __name__ == "__main__":
    print(main(), end="")
