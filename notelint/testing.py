"""Runs the cases that a checker's page shows. Public, for authors of plugins.

A case is a `##` section of the page. Its fenced blocks are named by their info string: `markdown PATH` is a note,
`markdown PATH fixed` the same note once all fixes are applied, `report` the expected lines
`PATH:LINE:COLUMN ID: message`, `options` TOML options of the checker, `profile` a profile's TOML, `resolution` by
whose rules links are judged (`unknown`: nothing shows that Obsidian reads the notes), `file PATH` any other file of the
vault. Other blocks are prose. A case without `report` shows notes in which nothing is found.
"""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from msgspec import structs

from notelint.checkers.base import Checker
from notelint.core import typed_toml
from notelint.core.diagnostic import Diagnostic
from notelint.core.lazy_regex import lazy_regex
from notelint.edits.apply import apply
from notelint.engine.lint import LintPlan, lint, of_file
from notelint.garden.permalinks import Garden
from notelint.note.note import Note
from notelint.note.profile import Profile
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.note_texts import HeldTexts
from notelint.vault.vault import Vault

_HEADING = lazy_regex(r"^## (.+)$")
_FENCE = lazy_regex(r"^(`{3,}|~{3,})(.*)$")


@dataclass
class Case:
    """One case of a page: notes in, report out, fixed notes."""

    name: str
    notes: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # path to contents
    report: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    profile: Profile | None = None
    resolution: ResolutionProfile = ResolutionProfile.OBSIDIAN
    reader_unknown: bool = False

    def add(self, info: str, content: str) -> None:
        """Take a fenced block with this info string into the case; blocks of other kinds are prose."""
        kind, _, rest = info.strip().partition(" ")
        path, _, state = rest.strip().rpartition(" ") if rest.endswith(" fixed") else (rest.strip(), "", "")
        if kind == "markdown" and path:
            (self.fixed if state else self.notes)[path] = content
        elif kind == "file" and path:
            self.files[path] = content
        elif kind == "report":
            self.report = content.splitlines()
        elif kind == "options":
            self.options = tomllib.loads(content)
        elif kind == "resolution" and content.strip() == "unknown":
            self.reader_unknown = True
        elif kind == "resolution":
            self.resolution = ResolutionProfile(content.strip())
        elif kind == "profile":
            self.profile = typed_toml.read(Profile, {"name": "case", **tomllib.loads(content)}, "profile")

    def file(self, path: str) -> Note | None:
        """A file of the vault that is not a note, as text."""
        return Note(path, self.files[path]) if path in self.files else None


def read_cases(page: str) -> list[Case]:
    """The cases of a checker's page: its `##` sections that hold a note."""
    cases: list[Case] = []
    fence, info, block = "", "", list[str]()
    for line in page.splitlines():
        opening = _FENCE.match(line)
        if fence:
            if line == fence:
                if cases:
                    cases[-1].add(info, "".join(f"{kept}\n" for kept in block))
                fence = ""
            else:
                block.append(line)
        elif opening:
            fence, info, block = opening[1], opening[2], []
        elif heading := _HEADING.match(line):
            cases.append(Case(heading[1].strip()))
    return [case for case in cases if case.notes]


def check_case(case: Case, checker: type[Checker]) -> None:
    """Run one case. Raises `AssertionError` that says what differs from the page."""
    found = lint_notes(case.notes, checker, case)
    assert [str(diagnostic) for diagnostic in found] == case.report
    fixes = {path: [d.fix for d in found if d.path == path and d.fix is not None] for path in case.notes}
    fixed = {path: apply(text, fixes[path])[0] for path, text in case.notes.items()}
    changed = {path: text for path, text in fixed.items() if text != case.notes[path]}
    assert changed == case.fixed, "a note is fixed if and only if the page shows it"
    if changed:
        left = lint_notes({**case.notes, **changed}, checker, case)
        assert not any(diagnostic.fix for diagnostic in left), "nothing is left to fix"


def lint_notes(notes: dict[str, str], checker: type[Checker], case: Case) -> list[Diagnostic]:
    """Diagnostics of one checker in a vault that consists of these notes (path to text) and the case's files."""
    read = [Note(path, text, case.profile) for path, text in notes.items()]
    vault = Vault(
        {note.path: note.outline for note in read},
        [*notes, *case.files],
        Garden(),
        rules=structs.replace(RULES[case.resolution], reader_unknown=case.reader_unknown),
        texts=HeldTexts({note.path: note for note in read}, case.file),
    )
    plan = LintPlan(
        (checker(typed_toml.read(checker.Options, case.options, "options")),), known=frozenset({checker.identifier()})
    )
    of_files = (diagnostic for path in case.files for diagnostic in of_file(path, vault, plan))
    return [*(diagnostic for note in read for diagnostic in lint(note, vault, plan)), *of_files]
