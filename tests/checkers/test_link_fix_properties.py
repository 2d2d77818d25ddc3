"""Whatever a vault holds: no fix of a link takes a target from a link, or asserts one that it does not reach."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.checkers.registry import load_checkers
from notelint.core.diagnostic import Diagnostic, Fix, FixCandidate, Safety
from notelint.edits.apply import apply
from notelint.engine.lint import LintPlan, lint
from notelint.note.links import Link
from notelint.note.note import Note
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.resolution import Anchor, Resolution, Status
from notelint.vault.vault import Vault

_OF_LINKS = ("links", "permalinks")
CHECKERS = tuple(checker() for checker in load_checkers().values() if checker.family in _OF_LINKS)
PLAN = LintPlan(CHECKERS)
MISSING = (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK)

folders = st.sampled_from(["", "Kidney/", "kidney stones/", "Kidney/Old/", "PET/", "a%20b/", "Liver/"])
NAMES = (
    """Cyst|cysts|Renal-cyst|Renal cyst|HER2+|HER2-|T2*|T2|1.5T|15T|CT|PET-CT|Core [3]|C#|Éclair|Eclair|a (b)|it's"""
)
names = st.sampled_from(NAMES.split("|"))
paths = st.builds("{}{}".format, folders, names)
subpaths = st.sampled_from(
    ["", "#Major causes", "#major-causes", "#Core [3", "#Cause", "#^in-short", "#^inshort", "#A#B"]
)
shapes = st.sampled_from(
    [
        "[[{}{}]]",
        "[[{}{}|x]]",
        "![[{}{}]]",
        "[x](<{}{}>)",
        "[x]({}{})",
        "[[{}{}]](y)",
        "| [[{}{}\\|x]] | y |",
        "[x](./{}{})",
    ]
)
BODIES = ("# Major causes\n\nText. ^in-short\n", "## Core [3]\n\n# A\n\n## B\n", "Nothing.\n")


@st.composite
def vaults(draw: st.DrawFn) -> tuple[dict[str, str], ResolutionProfile]:
    """Notes that link each other, some of them by names that are nearly there."""
    existing = draw(st.lists(paths, min_size=2, max_size=8, unique=True))
    notes = {}
    for path in existing:
        lines = [draw(st.sampled_from(BODIES))]
        for _ in range(draw(st.integers(0, 4))):
            target = draw(st.one_of(st.sampled_from(existing), paths, names))
            shape, subpath = draw(shapes), draw(subpaths)
            if "](" in shape and "[[" not in shape and "<" not in shape:
                target = target.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
            lines.append(shape.format(target, subpath))
        head = draw(st.sampled_from(["", '---\nrel: "[[{}]]"\n---\n', "---\naliases: [{}]\n---\n"]))
        notes[f"{path}.md"] = head.format(draw(names).replace("#", "")) + "\n\n".join(lines) + "\n"
    return notes, draw(st.sampled_from(list(ResolutionProfile)))


def read(notes: dict[str, str], rules: ResolutionProfile) -> tuple[dict[str, Note], Vault]:
    parsed = {path: Note(path, text) for path, text in notes.items()}
    return parsed, Vault({path: note.outline for path, note in parsed.items()}, list(notes), rules=RULES[rules])


def found_by(link: Link, note: Note, vault: Vault) -> tuple[Resolution, Anchor]:
    there = vault.resolve_link(link, note.path)
    part = Anchor.NONE if there.target is None else vault.anchors.resolve(there.target, link.target.subpath).kind
    return there, part


def candidates(diagnostic: Diagnostic) -> list[Fix]:
    return [candidate.fix for candidate in diagnostic.candidates if isinstance(candidate, FixCandidate)]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(vaults())
def test_every_fix_keeps_the_target_of_every_link_that_resolved(made: tuple[dict[str, str], ResolutionProfile]) -> None:
    notes, rules = made
    parsed, vault = read(notes, rules)
    for path, note in parsed.items():
        for diagnostic in lint(note, vault, PLAN):
            assert not diagnostic.checker.startswith("crashed"), diagnostic
            for fix in candidates(diagnostic):
                after_notes, after = read({**notes, path: apply(note.text, [fix])[0]}, rules)
                _keeps(note, vault, after_notes[path], after, fix)
                _reaches(diagnostic, fix, after_notes[path], after)


def _keeps(note: Note, vault: Vault, changed: Note, after: Vault, fix: Fix) -> None:
    """Links outside the edits are the same ones, and those inside them lose nothing that they had."""
    assert len(changed.links) >= len(note.links), fix
    for link in note.links:
        before, part = found_by(link, note, vault)
        if before.status is not Status.RESOLVED:
            continue
        moved = sum(len(e.text) - (e.span.end - e.span.start) for e in fix.edits if e.span.end <= link.span.start)
        now = next(one for one in changed.links if one.span.start == link.span.start + moved and one.form is link.form)
        there, part_now = found_by(now, changed, after)
        assert there.target == before.target, (fix, note.text)
        assert part in MISSING or part_now not in MISSING, (fix, note.text)


def _reaches(diagnostic: Diagnostic, fix: Fix, changed: Note, after: Vault) -> None:
    """Assert that a link finds the note that the fix's title names, and that this is not the note itself."""
    named = re.fullmatch(r"link to ('.+\.md'|\".+\.md\")", fix.title)
    if named is None:
        return
    link = next(one for one in changed.links if one.span.start == diagnostic.span.start)
    there, _ = found_by(link, changed, after)
    assert repr(there.target) == named[1], (fix, changed.text)
    assert there.target != changed.path
    if fix.safety is not Safety.SUGGESTION:
        assert there.status is Status.RESOLVED


@settings(max_examples=60, deadline=None)
@given(vaults())
def test_all_bulk_fixes_together_keep_every_target(made: tuple[dict[str, str], ResolutionProfile]) -> None:
    notes, rules = made
    parsed, vault = read(notes, rules)
    for path, note in parsed.items():
        fixes = [diagnostic.fix for diagnostic in lint(note, vault, PLAN) if diagnostic.fix is not None]
        changed, after = read({**notes, path: apply(note.text, fixes)[0]}, rules)
        before = [found_by(link, note, vault)[0] for link in note.links]
        now = [found_by(link, changed[path], after)[0] for link in changed[path].links]
        kept = [one.target for one in before if one.status is Status.RESOLVED]
        left = [one.target for one in now]
        for target in kept:
            assert target in left, (note.text, changed[path].text)
            left.remove(target)
