"""The project speaks plain modern English, in the terms of its field: in names, docstrings, messages and pages."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "notelint").rglob("*.py"))
OTHERS = [
    *sorted(path for name in ("tests", "benchmarks", "conformance", "docs") for path in (ROOT / name).rglob("*.py")),
]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "notelint").rglob("*.md")])
# fix, suppress, report: the words of the field, for which others were used once
STRANGE = re.compile(r"\b(mend(s|ed|ing)?|forg[ia]ve(s|n)?|hears nothing|(is|are|was|were|be|been) told)\b", re.I)
IS_NO = re.compile(r"(?<!\bthere )\bis no (?!longer\b|doubt\b)\w+", re.I)
QUESTION = re.compile(r"(What|Whether|Which|How)\b")


def strange(text: str) -> str | None:
    """The first strange wording of a text."""
    text = " ".join(text.split())
    found = STRANGE.search(text) or IS_NO.search(text)
    return None if found is None else text[max(found.start() - 30, 0) : found.end() + 30]


def prose(file: Path) -> Iterator[tuple[int, str]]:
    """The texts and comments of a module, and the names in it, as words."""
    with tokenize.open(file) as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type == tokenize.NAME:
                yield token.start[0], token.string.replace("_", " ")
            elif token.type in (tokenize.STRING, tokenize.COMMENT):
                yield token.start[0], token.string


def may_be_strange(file: Path) -> bool:
    """True if a text or name in a module may have a strange wording: most have none, and are not taken apart."""
    text = file.read_text("utf-8")
    return strange(text) is not None or strange(text.replace("_", " ")) is not None


def test_the_code_speaks_the_words_of_its_field() -> None:
    files = [file for file in (*SOURCES, *OTHERS) if file != Path(__file__) and may_be_strange(file)]
    found = [
        f"{file.relative_to(ROOT)}:{line} {said}"
        for file in files
        for line, text in prose(file)
        if (said := strange(text) if file in SOURCES else (m[0] if (m := STRANGE.search(text)) else None)) is not None
    ]
    assert found == []


def test_the_pages_speak_the_words_of_their_field() -> None:
    found = [
        f"{page.relative_to(ROOT)} {said}"
        for page in PAGES
        for paragraph in page.read_text("utf-8").split("\n\n")
        if (said := strange(paragraph)) is not None
    ]
    assert found == []


def docstrings() -> Iterator[str]:
    """The docstrings of all modules, classes and functions."""
    for file in (*SOURCES, *OTHERS):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text:
                    yield text


def test_docstrings_answer_and_do_not_ask() -> None:
    texts = list(docstrings())
    asking = [text.split("\n")[0] for text in texts if QUESTION.match(text)]
    assert len(texts) > 1000
    assert len(asking) < 0.05 * len(texts), asking
