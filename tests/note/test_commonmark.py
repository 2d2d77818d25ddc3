"""The outline against markdown-it-py, on the examples of the CommonMark specification: headings, links, code.

Where they differ, the example stands in DIFFERENCES with the reason.
"""

import json
import re
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from notelint.note.links import LinkForm, is_external
from notelint.note.markdown.parse import structure
from tests.conftest import ROOT

EXAMPLES: list[dict[str, object]] = json.loads((ROOT / "tests" / "data" / "commonmark-0.31.2.json").read_text("utf-8"))[
    "examples"
]
DIFFERENCES = {507: "a no-break space in a destination is a space to Obsidian (G6)"}
_WORD = re.compile(r"[^\W_]+")


def _inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens if token.type == "inline" for child in _children(token)]


def _children(token: Token) -> list[Token]:
    """All descendants: an image's text may hold links."""
    found = []
    for child in token.children or []:
        found += [child, *_children(child)]
    return found


def _headings(tokens: list[Token]) -> list[tuple[int, list[str]]]:
    return [
        (int(token.tag[1]), _WORD.findall(tokens[at + 1].content))
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def _destinations(tokens: list[Token]) -> list[str]:
    """Internal destinations of inline links and images: references are judged at their definitions."""
    found = []
    for token in _inline(tokens):
        href = token.attrGet("href") or token.attrGet("src")
        if href and not token.meta.get("label") and token.info != "auto" and not is_external(str(href)):
            found.append(unquote(str(href), errors="replace"))
    return found


def _code_words(tokens: list[Token]) -> list[str]:
    code = [
        token.content for token in [*tokens, *_inline(tokens)] if token.type in ("fence", "code_block", "code_inline")
    ]
    return sorted(word for text in code for word in _WORD.findall(text))


def _own_code_words(text: str) -> list[str]:
    words = []
    for span in structure(text).code.spans:
        source = re.sub(r"^[ ]{0,3}(`{3,}[^`\n]*|~{3,}[^\n]*)(\n|$)", "", span.of(text))
        words += _WORD.findall(source)
    return sorted(words)


@pytest.mark.parametrize("example", [pytest.param(one, id=str(one["example"])) for one in EXAMPLES])
def test_example(example: dict[str, object]) -> None:
    text = str(example["markdown"])
    tokens = MarkdownIt("commonmark", {"store_labels": True}).parse(text)
    found = structure(text)
    theirs = (_headings(tokens), sorted(_destinations(tokens)), _code_words(tokens))
    ours = (
        [(heading.level, _WORD.findall(heading.text)) for heading in found.headings],
        sorted(
            unquote(link.target.path, errors="replace")
            + ("" if link.target.subpath is None else f"#{link.target.subpath}")
            for link in found.links
            if link.form is LinkForm.MARKDOWN
        ),
        _own_code_words(text),
    )
    if example["example"] in DIFFERENCES:
        assert ours != theirs, "no difference any more: take it from the list"
    else:
        assert ours == theirs
