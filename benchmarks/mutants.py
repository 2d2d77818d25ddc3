"""Changes a module by hand's small slips, one at a time, and says which of them its tests do not notice.

    python benchmarks/mutants.py [--sample N] notelint/edits/verify.py tests/edits [...]

Each mutant turns a comparison, a condition, a constant or a returned value round. The file is put back in any case.
With --sample, only N mutants are tried, the same in each run.
"""

import ast
import copy
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 30
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The slips that can be made at one place."""
    other = copy.deepcopy(node)
    if isinstance(other, ast.Compare):
        other.ops[0] = _TURNED[type(other.ops[0])]()
        yield other
    elif isinstance(other, ast.BoolOp):
        other.op = ast.And() if isinstance(other.op, ast.Or) else ast.Or()
        yield other
        for at in range(len(other.values)):
            rest = [value for number, value in enumerate(node.values) if number != at]  # type: ignore[attr-defined]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(copy.deepcopy(node.op), rest)  # type: ignore[attr-defined]
    elif isinstance(other, ast.UnaryOp) and isinstance(other.op, ast.Not):
        yield other.operand
    elif isinstance(other, ast.Constant) and isinstance(other.value, int) and not isinstance(other.value, bool):
        other.value += 1
        yield other
    elif isinstance(other, ast.BinOp) and isinstance(other.op, ast.Add | ast.Sub):
        other.op = ast.Sub() if isinstance(other.op, ast.Add) else ast.Add()
        yield other
    elif isinstance(other, ast.Return) and not (isinstance(other.value, ast.Constant) and other.value.value is None):
        other.value = ast.Constant(None)
        yield other
    elif isinstance(other, ast.Tuple) and isinstance(other.ctx, ast.Load) and len(other.elts) > 2:
        for at in range(len(other.elts)):
            yield ast.Tuple([one for number, one in enumerate(other.elts) if number != at], ast.Load())


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Each mutant of a module: the line, what stood there, and the module's text."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            for at, child in enumerate(value) if isinstance(value, list) else ((None, value),):
                if isinstance(child, ast.AST) and hasattr(child, "lineno") and field not in ("annotation", "returns"):
                    for mutant in changed(child):
                        put(node, field, at, mutant)
                        yield child.lineno, ast.unparse(child), ast.unparse(ast.fix_missing_locations(tree))
                        put(node, field, at, child)


def put(node: ast.AST, field: str, at: int | None, value: ast.AST) -> None:
    """Put a node where another one stood."""
    if at is None:
        setattr(node, field, value)
    else:
        getattr(node, field)[at] = value


def passes(command: list[str]) -> bool:
    """True if tests pass; one that comes to no end does not."""
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """Try all mutants; the exit status."""
    arguments = sys.argv[1:]
    sample = None
    if arguments[0] == "--sample":
        sample, arguments = int(arguments[1]), arguments[2:]
    file, tests = Path(arguments[0]), arguments[1:]
    source, count, survivors = file.read_text("utf-8"), 0, 0
    made = list(mutants(source))
    if sample is not None:
        made = random.Random(0).sample(made, min(sample, len(made)))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0", *tests]
    try:
        for line, stood, text in made:
            file.write_text(text, "utf-8")
            count += 1
            if passes(command):
                survivors += 1
                print(f"{file}:{line}: nobody notices a change of {stood}", flush=True)
    finally:
        file.write_text(source, "utf-8")
    print(f"{survivors} of {count} mutants survive")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
