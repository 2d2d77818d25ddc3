"""Frontmatter held against a JSON Schema (Draft 2020-12): what is wrong with it, in plain words, and what was meant.

A schema may explain itself: `x-why` (or else `description`) beside a keyword is appended to the message when a value
fails there, and `x-instead` names the property to use in place of a forbidden one. Schemas refer to each other by
relative file name, inside the vault or among those shipped, and nowhere else; nothing is ever fetched. A shipped one is
found from anywhere by its file name, unless a file of that name lies beside the schema that refers to it.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from notelint.checkers.schema_bounds import (
    MOST_BYTES,
    MOST_LEVELS,
    References,
    Steps,
    is_plain,
    levels,
    parts,
    patterns_of,
    require_bounded,
)
from notelint.checkers.schema_keywords import keywords, require_pattern
from notelint.checkers.schema_messages import Problem, unfold
from notelint.checkers.schema_settings import Settings
from notelint.core import resources
from notelint.core.errors import NotelintError
from notelint.core.safe_read import read_of_vault

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SUFFIX = ".schema.json"
_MOST_COMPARED = 1000  # letters of a key, and names that it is compared with
_LONG = 7  # a key is taken for a misspelling only of names at least so long
_LONGER = 10  # and two slips are allowed in names at least so long


@lru_cache(maxsize=64)
def load(name: str, root: str = ".") -> "Schema":
    """The schema of a shipped name, or of a path relative to the vault root. `NotelintError` if it cannot be used."""
    uri, found = _located(name, root)
    require_bounded(name, found)
    schema = Schema(name, uri, found)
    schema.compile()
    return schema


def documents(name: str, root: str = ".") -> Mapping[str, Any]:
    """What `load` reads, by address, without compiling it. `NotelintError` if it cannot be read."""
    return _located(name, root)[1]


def _located(name: str, root: str) -> tuple[str, dict[str, Any]]:
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
        from urllib.request import url2pathname  # brings a client for HTTP with it: 20 ms

        path = _whole(Path(url2pathname(urlsplit(address).path)))
        if not address.startswith("file:///") or not any(path.is_relative_to(base) for base in allowed):
            raise NotelintError(
                f"{who} refers to {address}: only schemas inside the vault can be used, by relative path"
            )
        data = _bytes(path if address == uri else _meant(path), name, allowed[0])
        length += len(data)
        if length > MOST_BYTES:
            raise NotelintError(f"schema {name!r} is larger than {MOST_BYTES >> 20} MB with all that it refers to")
        documents[address] = contents = _parsed(data, name, path)
        others = (urldefrag(urljoin(address, reference)).url for reference in _references(contents))
        waiting += [(other, f"schema {path.name!r}") for other in others]
    return documents


def _meant(path: Path) -> Path:
    """The file that a reference means: a shipped schema of that name where the path leads to no file."""
    known = {file.name: file for file in resources.path("frontmatter").iterdir()}
    return path if os.path.lexists(path) else known.get(path.name, path)


def _bytes(path: Path, name: str, root: Path) -> bytes:
    try:
        return read_of_vault(root, path)
    except OSError as error:
        raise NotelintError(f"schema {name!r} cannot be read: {error.strerror} ({path.name})") from error
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


@dataclass
class Schema:
    """A schema, ready to judge properties. Compiled once; notes without fault cost next to nothing."""

    name: str
    uri: str
    documents: Mapping[str, Any]
    _near: dict[str, str | None] = field(default_factory=dict, init=False, repr=False)

    def compile(self) -> None:
        """Raise `NotelintError` if this is not a valid schema."""
        if self._quick is None:
            _ = self._validator

    def problems(self, properties: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with these properties, one for each error. `NotelintError` if the schema costs too much."""
        found = dict.fromkeys(self._misspelt(properties))
        if not self._is_valid(properties):
            self._steps.begin(properties)
            try:
                for error in self._validator.iter_errors(properties):
                    found |= dict.fromkeys(unfold(error))
            except RecursionError:
                message = f"the properties lie too deep in one another to be held against schema {self.name!r}"
                return [Problem((), message)]
        return list(found)

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self.name)

    @cached_property
    def known(self) -> dict[str, Any]:
        """The properties that the schema names, through its references, with what it says of each."""
        known: dict[str, Any] = {}
        references = References(self.documents)
        waiting, seen = [(self.uri, self.documents[self.uri])], set[int]()
        while waiting:
            where, part = waiting.pop()
            if id(part) in seen or not isinstance(part, dict):
                continue
            seen.add(id(part))
            for subschema in (part, *(item for item in part.get("allOf", ()) if isinstance(item, dict))):
                for name, said in subschema.get("properties", {}).items():
                    known.setdefault(name, said)
                if "$ref" in subschema:
                    waiting.append(references.meant(where, subschema["$ref"]))
        return known

    def _misspelt(self, properties: Mapping[str, Any]) -> list[Problem]:
        """Keys that are very nearly one that the schema knows, and those of its program that it does not know."""
        found = []
        for key in properties:
            if key not in self._near:
                self._near[key] = self._meant(key)
            meant = self._near[key]
            message = f"property {key!r} means nothing here: "
            if meant is not None and meant in properties:
                found.append(Problem((key,), f"{message}{meant!r} stands beside it", True))
            elif meant is not None:
                message += f"did you mean {meant!r}?"
                found.append(Problem((key,), message, True, meant, meant.casefold() == key.casefold()))
            elif (like := self._settings.like(key)) is not None:
                found.append(Problem((key,), f"{message}known are {like}", True))
        return found

    @cached_property
    def _settings(self) -> "Settings":
        """The settings that the schema names of a program whose properties all begin alike (`x-prefix`)."""
        prefixes = (part.get("x-prefix") for part in self.documents.values() if isinstance(part, dict))
        return Settings(next((one for one in prefixes if isinstance(one, str)), ""), tuple(self.known))

    def _meant(self, key: str) -> str | None:
        """The known property that a key is a misspelling of: another case, hyphen, or letter in a long name."""
        if key in self.known or not isinstance(key, str) or max(len(key), len(self.known)) > _MOST_COMPARED:
            return None
        for name in self.known:
            if self._same_name(key, name):
                return name
        return next((name for name in self.known if _misspells(key, name)), None)

    def _same_name(self, key: str, name: str) -> bool:
        """Whether only case or hyphens differ; where the schema ignores case, that alone is not a fault (F6)."""
        if key.casefold() == name.casefold():
            return not self.known[name].get("x-any-case") if isinstance(self.known[name], dict) else True
        return "-" in name and re.sub(r"[-_ ]", "", key).casefold() == name.replace("-", "").casefold()

    def _is_valid(self, properties: Mapping[str, Any]) -> bool:
        if self._quick is None:
            return False
        try:
            return self._quick(properties)
        except (ValueError, TypeError, OverflowError):  # what has no form in JSON: let the slow way say
            return False

    @cached_property
    def _quick(self) -> Callable[[Any], bool] | None:
        """The quick yes: jsonschema-rs, where it is installed. It takes 25 ms to import and 2 us a note."""
        if not is_plain(self.uri, self.documents):
            return None
        try:
            import jsonschema_rs
        except ImportError:
            return None
        options: dict[str, Any] = {"validate_formats": True, "pattern_options": jsonschema_rs.RegexOptions()}
        try:
            return jsonschema_rs.Draft202012Validator(
                self.documents[self.uri], base_uri=self.uri, retriever=self.documents.__getitem__, **options
            ).is_valid
        except Exception:  # no valid schema: the slow way says why, or knows better
            _ = self._validator
            return None

    @cached_property
    def _validator(self) -> "Validator":
        """The validator that explains. Slow to import: only for notes that fail."""
        _import_jsonschema()
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import SchemaError
        from jsonschema.validators import extend
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        try:
            for contents in self.documents.values():
                Draft202012Validator.check_schema(contents)
        except SchemaError as error:
            place = "/".join(str(step) for step in error.absolute_path) or "its top"
            raise NotelintError(
                f"schema {self.name!r} is not a valid JSON Schema, at {place}: {error.message}"
            ) from error
        resources = [(uri, DRAFT202012.create_resource(contents)) for uri, contents in self.documents.items()]
        build: Any = extend
        counted = {
            word: self._steps.counted(act) for word, act in (Draft202012Validator.VALIDATORS | keywords()).items()
        }
        linear = build(Draft202012Validator, counted)
        registry: Any = Registry().with_resources(resources)
        validator: Validator = linear(
            {"$ref": self.uri}, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        return validator


def _misspells(key: str, name: str) -> bool:
    """Whether a key is a long name with a slip or two; a plural is another word. Imports rapidfuzz only near one."""
    slips = 0 if len(name) < _LONG else 1 if len(name) < _LONGER else 2
    one, other = key.casefold(), name.casefold()
    far = abs(len(one) - len(other)) > slips or len({*one} ^ {*other}) > 2 * slips
    if not slips or far or one.rstrip("s") == other.rstrip("s"):
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(one, other, score_cutoff=slips) <= slips)


def _import_jsonschema() -> None:
    """Import jsonschema without a grammar of IRIs, which takes it 0.8 s to build where it happens to be installed."""
    unwanted = "rfc3987_syntax"
    hidden = unwanted not in sys.modules
    if hidden:
        sys.modules[unwanted] = None  # type: ignore[assignment]
    try:
        import jsonschema  # noqa: F401
    finally:
        if hidden:
            del sys.modules[unwanted]
