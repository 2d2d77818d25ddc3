"""Prints docs/map.md, the map of the code: each package with its modules and what they say of themselves.

    python docs/map.py > docs/map.md

The packages and their order are those of the contract in pyproject.toml: the map cannot name one that is not there.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ROOT / "notelint"
_HEAD = """\
# The map of the code

A package imports only from those below it, here as in the picture. This page is made by `python docs/map.py` from the
contract in `pyproject.toml`, from the imports, and from what each module says of itself; a test keeps it true.
"""


def main() -> str:
    """The page, as Markdown."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [[name.strip() for name in layer.split("|")] for layer in contracts[0]["layers"]]
    names = [name for layer in layers for name in layer]
    return "\n".join([_HEAD, *_picture(layers), *(line for name in names for line in _package(name))])


def _picture(layers: list[list[str]]) -> Iterator[str]:
    """The packages as a Mermaid flowchart: an arrow to each package that one imports from directly below."""
    names = [name for layer in layers for name in layer]
    yield "```mermaid"
    yield "flowchart TD"
    for layer in layers:
        yield "    " + " ~~~ ".join(f"{name}([{name}])" if _is_module(name) else f"{name}[{name}/]" for name in layer)
    imports = {name: _imports(name) & set(names) - {name} for name in names}
    for name in names:
        below = imports[name]
        reached = {far for near in below for far in _reach(near, imports)}
        for other in sorted(below - reached, key=names.index):
            yield f"    {name} --> {other}"
    yield "```"
    yield ""


def _reach(name: str, imports: dict[str, set[str]]) -> set[str]:
    """All packages that one imports from, directly or through others."""
    return imports[name].union(*(_reach(other, imports) for other in imports[name]))


def _imports(name: str) -> set[str]:
    """The packages that the modules of one import from."""
    found = set()
    for file in _files(name):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("notelint."):
                found.add((node.module or "").split(".")[1])
    return found


def _files(name: str) -> list[Path]:
    return [CODE / f"{name}.py"] if _is_module(name) else sorted((CODE / name).rglob("*.py"))


def _is_module(name: str) -> bool:
    return not (CODE / name).is_dir()


def _package(name: str) -> Iterator[str]:
    yield f"## {name}\n"
    if _is_module(name):
        yield f"- [`{name}.py`](../notelint/{name}.py): {_line(CODE / f'{name}.py')}\n"
        return
    yield f"{_line(CODE / name / '__init__.py')}\n"
    for file in _files(name):
        path = file.relative_to(CODE)
        if path.name != "__init__.py":
            yield f"- [`{path.relative_to(name)}`](../notelint/{path}): {_line(file)}"
        elif len(path.parts) > 2:
            yield f"- [`{path.parent.relative_to(name)}/`](../notelint/{path.parent}): {_line(file)}"
    yield ""


def _line(file: Path) -> str:
    """The first sentence or paragraph of a module's docstring, on one line."""
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return " ".join(docstring.split("\n\n", maxsplit=1)[0].split())


if __name__ == "__main__":
    print(main(), end="")
