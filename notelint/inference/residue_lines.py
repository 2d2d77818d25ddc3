"""`notelint residue learn`: what repeats in a vault's imports, as tables of the configuration."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from notelint.checkers.base import NoteChecker
from notelint.core.atomic_write import ChangedMeanwhileError
from notelint.core.errors import NotelintError
from notelint.core.safe_read import read_of_vault
from notelint.core.text import Regions
from notelint.core.transaction import locked
from notelint.core.write_named import write_configuration
from notelint.engine.named_paths import notes_named
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.note.profile import title_key
from notelint.residue import learn
from notelint.residue.learn import PatternProposal


def proposals(run: Workspace, paths: Sequence[Path], least: int) -> list[PatternProposal]:
    """Lines that repeat in the imports among the notes that `paths` name (none: the whole vault).

    What the residue checkers find already, and what any profile knows as a section, is left out. `NotelintError` for
    a path that is none.
    """
    titles = {key for profile in run.profiles.profiles for key in profile.by_key}
    notes = (run.note(path) for path in notes_named(run, paths))
    found = learn.propose(notes, lambda note: learn.origin(note, folders=bool(paths)), _Known(run), least)
    return [proposal for proposal in found if title_key((proposal.pattern.text or "").lstrip("# ")) not in titles]


class _Known:
    """Findings of the residue checkers in a note, whether they are on for it or off."""

    def __init__(self, run: Workspace) -> None:
        kinds = [id for id, kind in run.registry.items() if kind.family == "residue"]
        made = [run.plans.checker(id) for id in kinds]
        self._checkers = [checker for checker in made if isinstance(checker, NoteChecker)]

    def __call__(self, note: Note) -> Regions:
        imported = note.as_named_import()  # it is asked of notes of one source, declared or not
        return Regions(finding.span for checker in self._checkers for finding in checker.check(imported))


def tables(found: Sequence[PatternProposal], prefix: str = "") -> str:
    """The proposals as tables of the configuration, which `prefix` goes before: TOML, with the counts as comments."""
    return "\n".join("".join(f"{line}\n" for line in _table(proposal, prefix)) for proposal in found)


def _table(proposal: PatternProposal, prefix: str) -> Iterator[str]:
    pattern = proposal.pattern
    yield f"# {proposal.where}: in {proposal.notes} of {proposal.of} notes"
    yield f"[[{prefix}residue]]"
    key, value = ("line", pattern.line) if pattern.text is None else ("text", pattern.text)
    yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
    if pattern.source is not None:
        yield f"source = {json.dumps(pattern.source, ensure_ascii=False)}"
    if pattern.paths:
        yield f"paths = {json.dumps(pattern.paths, ensure_ascii=False)}"
    yield f"reason = {json.dumps(pattern.reason, ensure_ascii=False)}"


def add(run: Workspace, found: Sequence[PatternProposal]) -> Path:
    """Append the proposals to the configuration file (a new notelint.toml where there is none), and say which.

    What stands in the file stays. Raises `NotelintError` if it cannot be written, or would no longer be TOML.
    """
    file = run.loaded.file
    target = run.root / "notelint.toml" if file is None else file
    prefix = "tool.notelint." if target.name == "pyproject.toml" else ""
    try:
        old = b"" if file is None else read_of_vault(run.root, target)
        newline = "\r\n" if b"\r\n" in old else "\n"
        gap = ("" if old.endswith(b"\n") else newline) + newline if old else ""
        new = old + (gap + tables(found, prefix).replace("\n", newline)).encode()
        tomllib.loads(new.decode("utf-8-sig"))
        with locked(run.root):
            write_configuration(run.root, target, None if file is None else old, new)
    except ChangedMeanwhileError as error:
        raise NotelintError(f"{target} was changed meanwhile: left as it is") from error
    except OSError as error:
        raise NotelintError(f"{target} is left as it was: it cannot be written: {error.strerror}") from error
    except ValueError as error:
        raise NotelintError(
            f"{target.name} holds `residue` in a form that no table can be added to: {error}"
        ) from error
    return target
