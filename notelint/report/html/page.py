"""The page as one file: its pieces put together, under a policy by which nothing else can run, load or be sent.

What comes from a vault stands in one block of JSON, in which no markup can begin or end; the script puts it on the page
as text alone, and the browser is asked to refuse anything else (`require-trusted-types-for`).
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from notelint.core.printable import in_json

MARK = '<meta name="generator" content="notelint">'
_SCRIPTS = ("base", "address", "diagrams", "dialogs", "findings", "overview", "trend", "publication", "start")
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def page(values: dict[str, Any]) -> str:
    """The page that shows these values (see `payload`)."""
    style, script = _piece("page.css"), _script()
    pieces = {
        "policy": _policy(style, script),
        "title": escape(f"{values['title']}: notes checked"),
        "mark": MARK,
        "style": style,
        "plain": escape(f"{values['sentence']} {values['summary']} {values['remedies']}"),
        "data": data_block(values),
        "script": script,
    }
    parts = _piece("page.html").split("{{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}}")
        filled += [pieces[name], rest]
    return "".join(filled)


def data_block(values: Any) -> str:
    """JSON that says these values in ASCII, in which nothing is markup or a command to a CI system."""
    text = in_json(json.dumps(values, ensure_ascii=True, separators=(",", ":")))
    for char, escaped in _ESCAPES.items():
        text = text.replace(char, escaped)
    return text


def _policy(style: str, script: str) -> str:
    rules = {
        "default-src": "'none'",
        "style-src": _digest(style),
        "script-src": _digest(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _piece(name: str) -> str:
    return (files("notelint.report.html") / name).read_text("utf-8").strip("\n")


def _script() -> str:
    """The script, whose parts share one function."""
    body = "\n".join(_piece(f"{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}\n}})();'
