"""Reading a schema, and all that it refers to, from the vault or from what is shipped."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from notelint.checkers.schema_bounds import (
    MOST_BYTES,
    MOST_LEVELS,
    levels,
    parts,
    patterns_of,
)
from notelint.checkers.schema_keywords import require_pattern
from notelint.core import resources
from notelint.core.errors import NotelintError
from notelint.core.safe_read import read_of_vault

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SUFFIX = ".schema.json"


def located(name: str, root: str) -> tuple[str, dict[str, Any]]:
    """The address of a schema, and the contents of all that it refers to."""
    beside = resources.path("frontmatter", name + _SUFFIX)
    inside = Path(root, name)
    if not re.search(r"[/\\]|\.json$", name):
        if not beside.is_file():
            known = sorted(file.name.removesuffix(_SUFFIX) for file in beside.parent.glob("*" + _SUFFIX))
            raise NotelintError(
                f"no schema is named {name!r}: use one of {', '.join(known)}, or a path that ends .json"
            )
        inside = beside
    uri = _whole(inside).as_uri()
    return uri, _collect(uri, name, (_whole(Path(root)), _whole(beside.parent)))


def _whole(path: Path) -> Path:
    """The path from the root of the file system, links not followed: `safe_read` refuses those."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _collect(uri: str, name: str, allowed: tuple[Path, ...]) -> dict[str, Any]:
    """A schema and all those that it refers to, by address."""
    documents: dict[str, Any] = {}
    length = 0
    waiting = [(uri, f"schema {name!r}")]
    while waiting:
        address, who = waiting.pop()
        if address in documents:
            continue
        path = _whole(Path(_path_of(urlsplit(address).path)))
        if not address.startswith("file:///") or not any(path.is_relative_to(base) for base in allowed):
            raise NotelintError(
                f"{who} refers to {address}: only schemas inside the vault can be used, by relative path"
            )
        data = _bytes(path if address == uri else meant(path), name, allowed[0])
        if path.suffix.lower() != ".json":  # a comparison with an earlier commit knows settings by their endings
            raise NotelintError(f"{who} refers to {path.name}: a schema is a file that ends .json")
        length += len(data)
        if length > MOST_BYTES:
            raise NotelintError(f"schema {name!r} is larger than {MOST_BYTES >> 20} MB with all that it refers to")
        documents[address] = contents = _parsed(data, name, path)
        others = (urldefrag(urljoin(address, reference)).url for reference in _references(contents))
        waiting += [(other, f"schema {path.name!r}") for other in others]
    return documents


def _path_of(path: str) -> str:
    """The path of a file in the form of the system, from that of its address."""
    if os.name == "posix":
        return unquote(path)
    from urllib.request import url2pathname  # brings a client for HTTP with it: 20 ms

    return url2pathname(path)


def meant(path: Path) -> Path:
    """The file that a reference means: a shipped schema of that name where the path leads to no file."""
    known = {file.name: file for file in resources.path("frontmatter").iterdir()}
    return path if os.path.lexists(path) else known.get(path.name, path)


def _bytes(path: Path, name: str, root: Path) -> bytes:
    try:
        return read_of_vault(root, path)
    except OSError as error:
        where = "a path starts at the vault's root"
        raise NotelintError(f"schema {name!r} cannot be read: {error.strerror}; {where}") from error
    except ValueError as error:
        raise NotelintError(f"schema {name!r} is not the name of a file: {error}") from error


def _parsed(data: bytes, name: str, path: Path) -> Any:
    try:
        contents = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotelintError(f"schema {name!r} is not JSON: {error} ({path.name})") from error
    dialect = contents.get("$schema", DIALECT) if isinstance(contents, dict) else DIALECT
    if not isinstance(contents, dict | bool) or str(dialect).rstrip("#") != DIALECT:
        raise NotelintError(f"schema {name!r} is not a JSON Schema of {DIALECT} ({path.name})")
    if levels(contents) > MOST_LEVELS:
        raise NotelintError(f"schema {name!r} has more than {MOST_LEVELS} levels in one another ({path.name})")
    for part in parts(contents):
        for pattern in patterns_of(part):
            require_pattern(pattern)
        if isinstance(part.get("$id"), str):
            del part["$id"]  # a schema is known by where it lies
        if isinstance(part.get("$schema"), str):
            del part["$schema"]  # by which jsonschema would choose its own keywords for what is referred to
    return contents


def _references(schema: Any) -> Iterator[str]:
    for part in parts(schema):
        for word in ("$ref", "$dynamicRef"):
            if isinstance(part.get(word), str):
                yield part[word]
