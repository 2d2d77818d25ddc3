"""All that the code and the docs refer to is there: each rule is defined in the docs, each file is in the project."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RULES = [ROOT / "docs/link-rules.md", ROOT / "docs/publishing.md"]
_RULE = re.compile(r"\b(?:DG-[A-Z]|GH|[GEMFLHN])\d+a?\b")
_RANGE = re.compile(r"\b(DG-[A-Z]|GH|[GEMFLHN])(\d+)(?:-| to )\1(\d+)\b")
_CODE = re.compile(r"^(```+|~~~+).*?^\1|`+[^`\n]*`+", re.M | re.S)
_FILE = re.compile(
    r"(?<![\w./*{<-])(?:docs|notelint|tests|benchmarks|schemas|conformance)/[\w./-]*\w\.(?:py|md|json|toml)\b"
)


def _expanded(text: str) -> str:
    """The text with ranges of rules (`N1 to N3`) written out."""

    def every(found: re.Match[str]) -> str:
        return " ".join(f"{found[1]}{number}" for number in range(int(found[2]), int(found[3]) + 1))

    return _RANGE.sub(every, text)


def _defined() -> set[str]:
    """The rules that have a row of a table, or stand in the paragraph of their family."""
    found = set()
    for page in RULES:
        text = page.read_text("utf-8")
        for line in text.splitlines():
            if line.startswith("| ") and (cell := line.split("|")[1].strip()) and _RULE.match(cell):
                found.update(_RULE.findall(_expanded(cell)))
        for paragraph in re.findall(r"^## N: .*?(?=^## |\Z)", text, re.M | re.S):
            found.update(_RULE.findall(_expanded(paragraph)))
    return found


def _words(path: Path) -> Iterator[str]:
    """Words of a file for people: comments and docstrings of code, and the rules that it names as values; prose."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        yield _CODE.sub("", text)
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.partition("noqa:")[0]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.keyword) and node.arg == "rule" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _citing() -> list[Path]:
    docs = [path for path in (ROOT / "docs").glob("*.md") if path not in RULES]
    return [*(ROOT / "notelint").rglob("*.py"), *(ROOT / "notelint/checkers").rglob("*.md"), *docs, *ROOT.glob("*.md")]


def test_every_rule_that_is_cited_is_defined() -> None:
    defined = _defined()
    assert len(defined) > 90
    cited = {
        (rule, path.relative_to(ROOT).as_posix())
        for path in _citing()
        for words in _words(path)
        for rule in _RULE.findall(_expanded(words))
    }
    assert len(cited) > 200
    assert sorted(one for one in cited if one[0] not in defined) == []


def test_every_file_that_is_named_is_there() -> None:
    named = {
        (file, path.relative_to(ROOT).as_posix())
        for path in [*_citing(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
        for words in _words(path)
        for file in _FILE.findall(words)
    }
    assert len(named) > 10
    assert sorted(one for one in named if not (ROOT / one[0]).exists()) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [("(N1-N3, H6)", ["N1", "N2", "N3", "H6"]), ("DG-L1 to DG-L3", ["DG-L1", "DG-L2", "DG-L3"]), ("ISO8601", [])],
)
def test_ranges_are_written_out(text: str, rules: list[str]) -> None:
    assert _RULE.findall(_expanded(text)) == rules
