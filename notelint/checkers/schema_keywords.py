"""Keywords of JSON Schema that match patterns in linear time, and that name each key which is not expected.

Notes and schemas are not trusted: jsonschema's own keywords run Python's patterns, and report all keys of a map at
once.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from notelint.core.errors import NotelintError
from notelint.core.regex import compile_pattern
from notelint.core.text import encodable

if TYPE_CHECKING:
    from re import Pattern

_CHOICES = ("allOf", "anyOf", "oneOf")


def keywords() -> dict[str, Any]:
    """The keywords by name, as `jsonschema.validators.extend` takes them. Imports jsonschema, which is slow."""
    from jsonschema.exceptions import ValidationError

    def pattern(validator: Any, wanted: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, str) and not _matches(wanted, instance):
            yield ValidationError(f"{instance!r} does not match {wanted!r}")

    def pattern_properties(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        for key, value in instance.items() if isinstance(instance, dict) else ():
            for one, subschema in wanted.items():
                if _matches(one, key):
                    yield from validator.descend(value, subschema, path=key, schema_path=one)

    def judged(validator: Any, wanted: Any, instance: Any, keys: Iterator[str]) -> Iterator[ValidationError]:
        for key in keys:
            if wanted is False:
                yield ValidationError(f"{key!r} is not expected", path=[key])
            else:
                yield from validator.descend(instance[key], wanted, path=key)

    def additional(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            yield from judged(validator, wanted, instance, _extra(instance, schema))

    def unevaluated(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            known = set(_evaluated(validator, instance, {**schema, "unevaluatedProperties": False}))
            yield from judged(validator, wanted, instance, (key for key in instance if key not in known))

    return {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional,
        "unevaluatedProperties": unevaluated,
    }


def _extra(instance: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys that neither `properties` nor `patternProperties` of a schema speak of."""
    patterns = schema.get("patternProperties", ())
    for key in instance:
        if key not in schema.get("properties", {}) and not any(_matches(one, key) for one in patterns):
            yield key


def _evaluated(validator: Any, instance: Mapping[str, Any], schema: Any) -> Iterator[str]:
    """The keys of a map that a schema, or one that it applies to the same map, speaks of."""
    if not isinstance(schema, dict):
        return
    extra = set(_extra(instance, schema))
    yield from (key for key in instance if key not in extra)
    for word in ("additionalProperties", "unevaluatedProperties"):
        below = schema.get(word, False)
        valid = {key for key in extra if below is not False and _is_valid(validator, instance[key], below)}
        yield from valid
    for word in ("$ref", "$dynamicRef"):
        if word in schema:
            found = validator._resolver.lookup(schema[word])  # the one way to what a reference means
            there = validator.evolve(schema=found.contents, _resolver=found.resolver)
            yield from _evaluated(there, instance, found.contents)
    for one in _applied(validator, instance, schema):
        yield from _evaluated(validator, instance, one)


def _applied(validator: Any, instance: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Any]:
    """The schemas inside another that it applies to the same map, and that this obeys."""
    for word in _CHOICES:
        yield from (one for one in schema.get(word, ()) if _is_valid(validator, instance, one))
    dependent = schema.get("dependentSchemas", {})
    yield from (one for key, one in dependent.items() if key in instance and _is_valid(validator, instance, one))
    if "if" in schema:
        holds = _is_valid(validator, instance, schema["if"])
        yield from (schema[word] for word in (("if", "then") if holds else ("else",)) if word in schema)


def _is_valid(validator: Any, instance: Any, schema: Any) -> bool:
    return next(validator.descend(instance, schema), None) is None


def require_pattern(pattern: str) -> None:
    """Raise `NotelintError` for a pattern of a schema that does not compile."""
    _compiled(pattern)


def _matches(pattern: str, text: Any) -> bool:
    return _compiled(pattern).search(encodable(str(text))) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> "Pattern[str]":
    try:
        return compile_pattern(encodable(pattern))
    except ValueError as error:
        raise NotelintError(f"the pattern {pattern!r} of a schema is not supported: {error}") from error
