"""Several JSON reports become one result, as if one run had made them."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notelint import __version__
from notelint.core import resources
from notelint.core.diagnostic import Diagnostic, Fix, FixCandidate, PlacedEdit, Position, Safety, Severity
from notelint.core.errors import NotelintError
from notelint.core.safe_read import read_named
from notelint.core.text import Edit, Span
from notelint.engine.result import Result, Since
from notelint.engine.shard import Shard

_LARGEST = 1 << 30  # bytes


@dataclass(frozen=True)
class Report:
    """A report that was read: where from, and what it says."""

    file: Path
    result: Result


def read(file: Path) -> Report:
    """The report in a file. Raises `NotelintError` if it is none, or one of another version of notelint."""
    try:
        found = json.loads(read_named(file, _LARGEST))
    except OSError as error:
        raise NotelintError(f"cannot read {file}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise NotelintError(f"{file} is not JSON: write it with `notelint check --output-format json:FILE`") from error
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, str) and version != __version__:
        raise NotelintError(
            f"{file} is a report of notelint {version}, this is {__version__}: make all reports with one version"
        )
    _validate(file, found)
    return Report(file, _result(found))


def _validate(file: Path, found: Any) -> None:
    import jsonschema_rs

    schema = json.loads(resources.path("report.schema.json").read_text("utf-8"))
    try:
        jsonschema_rs.validator_for(schema).validate(found)
    except jsonschema_rs.ValidationError as error:
        place = "/".join(map(str, error.instance_path)) or "its top"
        raise NotelintError(f"{file} is not a report of notelint: at {place}: {error.message[:200]}") from error
    except UnicodeError as error:  # it is wrong, and what is not text has no places
        raise NotelintError(f"{file} is not a report of notelint") from error


def merge(reports: Sequence[Report]) -> Result:
    """One result of all (at least one); the order of the reports does not matter.

    Raises `NotelintError` if they are not of one vault in one state, or if they are shares of a run and one is missing
    or there twice.
    """
    first = reports[0]
    for other in reports[1:]:
        _same(first, other, "the vault", str(first.result.root), str(other.result.root))
        _same(first, other, "a vault of this many notes", first.result.vault_notes, other.result.vault_notes)
        _same(first, other, "a comparison with", _ref(first), _ref(other))
    _complete(reports)
    found: dict[Diagnostic, int] = {}
    for report in reports:
        for one, times in Counter(report.result.diagnostics).items():
            found[one] = max(times, found.get(one, 0))  # what several reports have is shown once
    checked = min(sum(report.result.checked for report in reports), first.result.vault_notes)
    return Result(
        first.result.root,
        tuple(sorted(Counter(found).elements(), key=Diagnostic.sort_key)),
        checked,
        first.result.vault_notes,
        folder=first.result.folder,
        since=_since([report.result.since for report in reports]),
    )


def _ref(report: Report) -> str:
    return "nothing" if report.result.since is None else report.result.since.ref


def _same(one: Report, other: Report, what: str, left: object, right: object) -> None:
    if left != right:
        raise NotelintError(f"reports of different runs: {one.file} is of {what} {left}, {other.file} of {right}")


def _since(all_of_them: Sequence[Since | None]) -> Since | None:
    given = [since for since in all_of_them if since is not None]
    if not given:
        return None
    known, fixed, silenced = (sum(getattr(since, name) for since in given) for name in ("known", "fixed", "silenced"))
    return Since(given[0].ref, known, fixed, silenced)


def _complete(reports: Sequence[Report]) -> None:
    """A share that is missing would look like notes without diagnostics."""
    shards = [None if report.result.shard is None else Shard.parse(report.result.shard) for report in reports]
    given = [shard for shard in shards if shard is not None]
    if not given:
        return
    count = given[0].count
    if len(given) < len(shards) or any(shard.count != count for shard in given):
        kinds = ", ".join(f"{report.file} is {report.result.shard or 'no share'}" for report in reports)
        raise NotelintError(f"these are not the shares of one run: {kinds}")
    indexes = [shard.index for shard in given]
    for index in range(1, count + 1):
        if indexes.count(index) != 1:
            problem = "is missing" if index not in indexes else "is there twice"
            raise NotelintError(f"the report of shard {index}/{count} {problem}")


def _result(found: dict[str, Any]) -> Result:
    since = found["since"]
    return Result(
        Path(found["vault"]),
        tuple(_diagnostic(one) for one in found["diagnostics"]),
        found["summary"]["checked"],
        found["summary"]["notes"],
        folder=found["folder"],
        shard=found["shard"],
        since=None if since is None else Since(**since),
    )


def _diagnostic(found: dict[str, Any]) -> Diagnostic:
    fix = None if found["fix"] is None else _candidate(found["fix"])
    start, end = _places(found["range"])
    return Diagnostic(
        path=found["path"],
        start=start,
        end=end,
        checker=found["checker"],
        severity=Severity(found["severity"]),
        message=found["message"],
        span=Span(**found["span"]),
        source=found["source"]["text"],
        source_column=found["source"]["column"],
        fix=None if fix is None else fix.fix,
        edits=() if fix is None else fix.edits,
        about=found["about"],
        suggestions=tuple(_candidate(suggestion) for suggestion in found["suggestions"]),
    )


def _candidate(found: dict[str, Any]) -> FixCandidate:
    edits = tuple(Edit(Span(**edit["span"]), edit["text"]) for edit in found["edits"])
    placed = tuple(PlacedEdit(*_places(edit["range"]), edit["text"]) for edit in found["edits"])
    return FixCandidate(Fix(found["title"], edits, Safety(found["safety"])), placed)


def _places(found: dict[str, dict[str, int]]) -> tuple[Position, Position]:
    return _position(found["start"]), _position(found["end"])


def _position(at: dict[str, int]) -> Position:
    column = at["column"]
    return Position(at["line"], column, at.get("utf16", column) - column, at.get("utf8", column) - column)
