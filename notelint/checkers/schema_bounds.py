"""Bounds on what a schema may cost: a pull request brings schemas too.

Without references a schema is a tree, and judging properties by it costs its size times theirs. References that double
at each level make that exponential, and so does `unevaluatedProperties` at each level. Three things hold it:

- what is too large, nested too deep, or refers to itself at one place is refused when it is loaded;
- jsonschema-rs, whose steps cannot be counted, judges only by schemas that stay small with all references written out;
- jsonschema counts its steps, and stops at a number of them that no schema meant to be read by people needs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from notelint.core.errors import NotelintError

MOST_BYTES = 4 << 20  # of a schema and all that it refers to
MOST_LEVELS = 100  # of maps and lists in one another
MOST_PATTERNS = 1000
PLAIN_SIZE = 100_000  # schemas, all references written out
MOST_STEPS = 200_000  # keywords applied, for the properties of a note,
STEPS_FOR_EACH = 200  # and so many more for each value in them

_DATA = frozenset({"enum", "const", "default", "examples"})  # keywords whose values are not schemas
_UNUSED = frozenset({"$defs", "definitions"})  # schemas that are applied only where something refers to them
_BY_NAME = _UNUSED | {"properties", "patternProperties", "dependentSchemas"}  # whose values are schemas by any name
_HERE = ("not", "if", "then", "else", "allOf", "anyOf", "oneOf", "dependentSchemas")  # judge the very same value
_UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")  # judge once more by all schemas beside them
_AGAIN = 3
_BEING_COUNTED = -1

Applied = Callable[[Mapping[str, Any]], Iterator[Any]]  # the schemas inside another that it applies


class _EndlessError(Exception):
    """A schema refers to itself. Its argument is the address of the document."""


class Steps:
    """Counts the steps of judging one note, and stops at too many."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = MOST_STEPS

    def begin(self, properties: Any) -> None:
        """Count from nothing, for these properties."""
        self._left = MOST_STEPS + STEPS_FOR_EACH * sum(1 for _ in values(properties))

    def counted(self, keyword: Callable[..., Any]) -> Callable[..., Any]:
        """A keyword of jsonschema that counts. It raises `NotelintError` at too many steps."""

        def count(*arguments: Any) -> Any:
            self._left -= 1
            if self._left < 0:
                raise NotelintError(
                    f"schema {self._name!r} takes more than {MOST_STEPS} steps for the properties of one note: its "
                    "references multiply at each level. Refer to each schema from fewer places"
                )
            return keyword(*arguments)

        return count


def values(tree: Any) -> Iterator[Any]:
    """A value of JSON and all values inside it, in no order."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def levels(tree: Any) -> int:
    """Depth to which maps and lists of a value of JSON lie in one another."""
    count, level = 0, [tree]
    while level := [one for one in level if isinstance(one, dict | list)]:
        count += 1
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return count


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all schemas inside it, in no order; what else is a map inside it, too."""
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += _inside(one, one.keys() - _DATA)
        elif isinstance(one, list):
            waiting += one


def _inside(schema: Mapping[str, Any], words: Iterable[str]) -> Iterator[Any]:
    """The values of some keywords of a schema: schemas, lists of them, and other values."""
    for word in words:
        value = schema.get(word)
        yield from value.values() if word in _BY_NAME and isinstance(value, dict) else (value,)


class SchemaReferences:
    """The schemas that references of a set of schemas lead to, by address."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents = documents
        self._anchors = {
            (uri, part[word]): part
            for uri, contents in documents.items()
            for part in parts(contents)
            for word in ("$anchor", "$dynamicAnchor")
            if isinstance(part.get(word), str)
        }

    def meant(self, uri: str, reference: str) -> tuple[str, Any]:
        """The schema that a reference means in the document at `uri`, and its document's address; None: nothing."""
        address, fragment = urldefrag(urljoin(uri, reference))
        found = self._documents.get(address)
        if fragment and not fragment.startswith("/"):
            return address, self._anchors.get((address, fragment))
        for step in fragment.split("/")[1:]:
            found = _inner(found, unquote(step).replace("~1", "/").replace("~0", "~"))
        return address, found


def _inner(part: Any, step: str) -> Any:
    if isinstance(part, list):
        return part[int(step)] if step.isdecimal() and int(step) < len(part) else None
    return part.get(step) if isinstance(part, dict) else None


def patterns_of(part: Mapping[str, Any]) -> Iterator[str]:
    """The patterns of a schema; those of schemas inside it are not among them."""
    if isinstance(part.get("pattern"), str):
        yield part["pattern"]
    if isinstance(part.get("patternProperties"), dict):
        yield from part["patternProperties"]


def require_bounded(name: str, documents: Mapping[str, Any]) -> None:
    """Raise `NotelintError` for schemas with too many patterns, or one that refers to itself at one place."""
    patterns = sum(len(list(patterns_of(part))) for contents in documents.values() for part in parts(contents))
    if patterns > MOST_PATTERNS:
        raise NotelintError(f"schema {name!r} has {patterns} patterns: no more than {MOST_PATTERNS} are supported")
    references = SchemaReferences(documents)
    sizes: dict[int, int] = {}
    try:
        for uri, contents in documents.items():
            for part in parts(contents):
                if isinstance(part.get("$ref"), str) and references.meant(uri, part["$ref"])[1] is None:
                    raise NotelintError(f"schema {name!r} refers to {part['$ref']!r}, which is not there")
                _size(uri, part, references, _applied_here, sizes)
    except _EndlessError as error:
        file = str(error).rpartition("/")[2]
        raise NotelintError(f"schema {name!r} refers to itself without end ({file}): remove that reference") from error


def is_plain(uri: str, documents: Mapping[str, Any]) -> bool:
    """Tell whether judging by the schema at `uri` costs little in any case, with all references written out."""
    if any(isinstance(part.get("$dynamicRef"), str) for contents in documents.values() for part in parts(contents)):
        return False
    try:
        return _size(uri, documents[uri], SchemaReferences(documents), _applied, {}) <= PLAIN_SIZE
    except _EndlessError:
        return False


def _applied(part: Mapping[str, Any]) -> Iterator[Any]:
    """The schemas inside another that it applies, to a value or to what lies in that."""
    for one in _inside(part, part.keys() - _DATA - _UNUSED):
        yield from one if isinstance(one, list) else (one,)


def _applied_here(part: Mapping[str, Any]) -> Iterator[Any]:
    """The schemas inside another that it applies to the very same value."""
    for one in _inside(part, _HERE):
        yield from one if isinstance(one, list) else (one,)


def _size(uri: str, schema: Any, references: SchemaReferences, applied: Applied, sizes: dict[int, int]) -> int:
    """Number of schemas that a schema applies, all references written out. Raises `_EndlessError` if that never ends.

    `sizes` holds those that are known, by the identity of the schema.
    """
    waiting: list[tuple[str, Any, bool]] = [(uri, schema, False)]
    while waiting:
        where, part, is_counted = waiting.pop()
        if not isinstance(part, dict):
            continue
        inner = [(where, one) for one in applied(part)]
        if isinstance(part.get("$ref"), str):
            inner.append(references.meant(where, part["$ref"]))
        if is_counted:
            times = _AGAIN if any(word in part for word in _UNEVALUATED) else 1
            sizes[id(part)] = _own_size(part) + times * sum(sizes.get(id(one), 0) for _, one in inner)
        elif id(part) not in sizes:
            sizes[id(part)] = _BEING_COUNTED
            waiting += [(where, part, True), *((*one, False) for one in inner)]
        elif sizes[id(part)] == _BEING_COUNTED:
            raise _EndlessError(where)
    return sizes.get(id(schema), 1)


def _own_size(part: Mapping[str, Any]) -> int:
    choices = part.get("enum")
    return 1 + (len(choices) // 100 if isinstance(choices, list) else 0)
