"""See property_type_mismatch.md."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Struct, field

from notelint.checkers.base import NoteChecker
from notelint.checkers.schema_messages import as_date
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.note.frontmatter.values import scalar
from notelint.note.links import is_template
from notelint.note.note import Note

_DATE = lazy_regex(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
_LISTS = frozenset({"multitext", "tags", "aliases"})
_NAMES = {
    "date": "a date as YYYY-MM-DD",
    "datetime": "a date and time as YYYY-MM-DDThh:mm",
    "checkbox": "true or false",
    "number": "a number",
    "text": "a text",
    **dict.fromkeys(_LISTS, "a list of texts"),
}


class PropertyTypeMismatchOptions(Struct, frozen=True):
    """The types that properties have."""

    types: Annotated[
        dict[str, str], "The type of each property, as in .obsidian/types.json, from which it is taken at first."
    ] = field(default_factory=dict)


class PropertyTypeMismatch(NoteChecker):
    """A value that Obsidian shows as a type mismatch, since the property is declared to be of another type."""

    Options = PropertyTypeMismatchOptions
    family = "frontmatter"
    severity = Severity.WARNING
    takes = frozenset({Part.VALUES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each property at the top level whose value its type cannot show."""
        block = note.frontmatter
        if not self.options.types or block is None or block.fault is not None:
            return
        types = {key.casefold(): kind for key, kind in self.options.types.items()}  # F6
        for key, value in block.properties.items():
            kind = types.get(str(key).casefold(), "")
            if value is None or value == "" or not _mismatches(kind, value):
                continue
            place = block.place((key,))
            written = place.value.of(note.text)
            if is_template(written) or "<%" in written:
                continue
            is_simple = not isinstance(value, list | dict) and "\n" not in written
            shown = written[:40] if is_simple else "a map" if isinstance(value, dict) else "a list"
            shown = "this text" if isinstance(value, str) and not is_simple else shown
            message = f"property {key!r} is declared {_a(kind)}, and {shown} is not {_NAMES[kind]}"
            better = _meant(kind, value)
            fix = None
            if better is not None and is_simple:
                fix = Fix(f"write {scalar(better)}", (Edit(place.value, scalar(better)),), Safety.UNSAFE)
            yield Finding(place.value if is_simple else place.key, message, fix, str(key))


def _mismatches(kind: str, value: Any) -> bool:
    """True if a value is certainly none of a type; what Obsidian may turn into one is not reported."""
    match kind:
        case "checkbox":
            return not isinstance(value, bool)
        case "number":
            return isinstance(value, bool | list | dict) or (isinstance(value, str) and not _is_number(value))
        case "date" | "datetime":
            return not isinstance(value, str) or not _is_date(value.strip())
        case "text":
            return isinstance(value, list | dict)
    if kind not in _LISTS:
        return False
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
        if match[2]:
            datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        return False
    return True


def _meant(kind: str, value: Any) -> str | bool | None:
    """The value of the right type that can alone be meant."""
    if kind == "checkbox" and isinstance(value, str):
        return _BOOLEANS.get(value.strip().casefold())
    return as_date(value) if kind == "date" and isinstance(value, str) else None


def _a(kind: str) -> str:
    return {"multitext": "a list", "tags": "tags", "aliases": "aliases", "datetime": "a date and time"}.get(
        kind, f"a {kind}"
    )
