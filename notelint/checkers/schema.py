"""Frontmatter held against a JSON Schema (Draft 2020-12): what is wrong with it, in plain words, and what was meant.

A schema may explain itself: `x-why` (or else `description`) beside a keyword is appended to the message when a value
fails there, and `x-instead` names the property to use in place of a forbidden one. Schemas refer to each other by
relative file name, inside the vault or among those shipped, and nowhere else; nothing is ever fetched. A shipped one is
found from anywhere by its file name, unless a file of that name lies beside the schema that refers to it.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from notelint.checkers.schema_bounds import (
    SchemaReferences,
    Steps,
    is_plain,
    require_bounded,
)
from notelint.checkers.schema_files import located
from notelint.checkers.schema_formats import format_checker
from notelint.checkers.schema_keywords import keywords
from notelint.checkers.schema_messages import Problem, unfold
from notelint.checkers.schema_settings import ProgramSettings
from notelint.core.diagnostic import Safety
from notelint.core.errors import NotelintError
from notelint.core.spelling import is_other_word

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_MOST_COMPARED = 1000  # letters of a key, and names that it is compared with
_LONG = 7  # a key is taken for a misspelling only of names at least so long
_LONGER = 10  # and two slips are allowed in names at least so long


@lru_cache(maxsize=64)
def load(name: str, root: str = ".") -> "Schema":
    """The schema of a shipped name, or of a path relative to the vault root. `NotelintError` if it cannot be used."""
    uri, found = located(name, root)
    require_bounded(name, found)
    schema = Schema(name, uri, found)
    schema.compile()
    return schema


def documents(name: str, root: str = ".") -> Mapping[str, Any]:
    """The documents that `load` reads, by address, not compiled. `NotelintError` if it cannot be read."""
    return located(name, root)[1]


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
        """The problems of these properties, one for each error. `NotelintError` if the schema costs too much."""
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
        references = SchemaReferences(self.documents)
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
                found.append(Problem((key,), message, True, meant, self._safety(key, meant)))
            elif (like := self._settings.like(key)) is not None:
                found.append(Problem((key,), f"{message}known are {like}", True))
        return found

    def _safety(self, key: str, meant: str) -> Safety:
        """Safe if only the case differs; a setting of a program begins to count by it, and may publish the note."""
        prefix = self._settings.prefix
        is_setting = bool(prefix) and meant.startswith(prefix)
        return Safety.SAFE if meant.casefold() == key.casefold() and not is_setting else Safety.UNSAFE

    @cached_property
    def _settings(self) -> "ProgramSettings":
        """The settings that the schema names of a program whose properties all begin alike (`x-prefix`)."""
        prefixes = (part.get("x-prefix") for part in self.documents.values() if isinstance(part, dict))
        return ProgramSettings(next((one for one in prefixes if isinstance(one, str)), ""), tuple(self.known))

    def _meant(self, key: str) -> str | None:
        """The known property that a key is a misspelling of: another case, hyphen, or letter in a long name."""
        if key in self.known or not isinstance(key, str) or max(len(key), len(self.known)) > _MOST_COMPARED:
            return None
        for name in self.known:
            if self._same_name(key, name):
                return name
        return next((name for name in self.known if _misspells(key, name)), None)

    def _same_name(self, key: str, name: str) -> bool:
        """True if only case or hyphens differ; where the schema ignores case, that alone is not a fault (F6)."""
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
        validator: Validator = linear({"$ref": self.uri}, registry=registry, format_checker=format_checker())
        return validator


def _misspells(key: str, name: str) -> bool:
    """True if a key is a long name with a slip or two, which make no other word of it; a plural is another one.

    Imports rapidfuzz only near one.
    """
    slips = 0 if len(name) < _LONG else 1 if len(name) < _LONGER else 2
    one, other = key.casefold(), name.casefold()
    far = abs(len(one) - len(other)) > slips or len({*one} ^ {*other}) > 2 * slips
    if not slips or far or one.rstrip("s") == other.rstrip("s") or is_other_word(key, name):
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
