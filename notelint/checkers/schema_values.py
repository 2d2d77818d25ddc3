"""The properties that a schema knows, and the values that it lists for them: what an editor can propose."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

_DEEPEST = 12  # references and choices in one another that are followed
_UNWANTED = frozenset({"x-instead", "deprecated", "not"})  # beside a property that is better not written
_CHOICES = ("allOf", "anyOf", "oneOf", "if", "then", "else")


def known_keys(uri: str, documents: Mapping[str, Any]) -> dict[str, str]:
    """The properties that a schema names, with what it says of them. `documents` are all that it refers to."""
    keys: dict[str, str] = {}
    for _, properties in _properties(uri, documents):
        for key, value in properties.items():
            if value is not False and not (isinstance(value, dict) and _UNWANTED & value.keys()):
                said = value.get("description", "") if isinstance(value, dict) else ""
                keys[key] = keys.get(key) or str(said)
    return keys


def listed_values(uri: str, documents: Mapping[str, Any], key: str) -> list[Any]:
    """The values that a schema lists for a property, or for the items of its list: each once, in its order."""
    found: list[Any] = []
    for base, properties in _properties(uri, documents):
        if key in properties:
            for value in _listed(base, properties[key], documents, 0):
                if value is not None and not any(value is one or repr(value) == repr(one) for one in found):
                    found.append(value)
    return found


def _properties(uri: str, documents: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for base, schema in _parts(uri, documents.get(uri), documents, 0):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield base, properties


def _parts(base: str, schema: Any, documents: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A schema and those that it is made of, each with the address that its references start from."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    yield base, schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        address, there = _meant(base, reference, documents)
        yield from _parts(address, there, documents, depth + 1)
    for word in _CHOICES:
        inner = schema.get(word)
        for one in inner if isinstance(inner, list) else [inner]:
            yield from _parts(base, one, documents, depth + 1)


def _meant(base: str, reference: str, documents: Mapping[str, Any]) -> tuple[str, Any]:
    """The address and the schema that a reference means; None if it is not there."""
    address, fragment = urldefrag(urljoin(base, reference))
    found = documents.get(address)
    for part in unquote(fragment).split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        found = found.get(name) if isinstance(found, dict) else None
    return address, found


def _listed(base: str, schema: Any, documents: Mapping[str, Any], depth: int) -> Iterator[Any]:
    for address, part in _parts(base, schema, documents, depth):
        if isinstance(part.get("enum"), list):
            yield from part["enum"]
        if "const" in part:
            yield part["const"]
        if isinstance(part.get("examples"), list):
            yield from part["examples"]
        kinds = part.get("type")
        if "boolean" in (kinds if isinstance(kinds, list) else [kinds]):
            yield from (True, False)
        if "items" in part:
            yield from _listed(address, part["items"], documents, depth + 1)
