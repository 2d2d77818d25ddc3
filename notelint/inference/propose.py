"""`notelint schema infer`: what a vault's notes have in common, as schemas and profiles in the shipped form."""

import json
import posixpath
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from notelint.checkers import schema
from notelint.config import write_profiles
from notelint.config.profiles import load_profile
from notelint.config.write_profiles import PROFILES, SCHEMAS, escaped, toml
from notelint.core import resources
from notelint.core.globs import literal
from notelint.core.printable import counted
from notelint.engine.named_paths import notes_named, path_in_vault
from notelint.engine.workspace import Workspace
from notelint.inference import enough, headings, kinds, properties
from notelint.inference.kinds import Kind, NoteFacts
from notelint.note.profile import Profile

_SUFFIX = ".schema.json"


@dataclass(frozen=True)
class InferenceRequest:
    """The command line's choices. `by`: "folder", "none", a property, or None for what tells most."""

    by: str | None = None
    least: int = 5
    required_share: float = 1.0
    section_share: float = 0.2
    closed: bool = False


@dataclass(frozen=True)
class KindProposal:
    """A kind of note: its schema (None if no note has a property), its sections, and what its user should know."""

    name: str
    kind: Kind
    schema: Mapping[str, Any] | None
    sections: tuple[headings.SectionProposal, ...]
    frontmatter: bool
    before: Profile | None = None  # the profile of all these notes until now
    remarks: tuple[str, ...] = ()

    @property
    def profile_path(self) -> str:
        """Where the profile lies in the vault."""
        return f"{PROFILES}/{self.name}.toml"

    @property
    def schema_path(self) -> str:
        """Where the schema lies in the vault."""
        return f"{SCHEMAS}/{self.name}{_SUFFIX}"

    @cached_property
    def schema_text(self) -> str:
        """The schema as a file; nothing if there is none."""
        return "" if self.schema is None else escaped(json.dumps(self.schema, indent=2, ensure_ascii=False)) + "\n"

    @cached_property
    def profile_text(self) -> str:
        """The profile as a file: TOML, with the counts as comments."""
        return "".join(f"{line}\n" for line in _profile(self))

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {
            "name": self.name,
            "notes": len(self.kind.notes),
            "what": self.kind.what,
            "schema-path": None if self.schema is None else self.schema_path,
            "schema": self.schema,
            "profile-path": self.profile_path,
            "profile": tomllib.loads(self.profile_text),
            "section-counts": {one.name: one.count for one in self.sections},
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True)
class Inferred:
    """The kinds that were found, how, and the notes that are left out."""

    notes: int
    how: str
    proposals: tuple[KindProposal, ...]
    remarks: tuple[str, ...]


def infer(run: Workspace, paths: Sequence[Path], asked: InferenceRequest) -> Inferred:
    """Infer common traits of the notes that `paths` name (none: the whole vault). `NotelintError` for a bad path."""
    named = list(notes_named(run, paths))
    notes = []
    for at, (outline, profile) in enumerate(run.outlines(named)):
        run.progress("comparing", at, len(named))
        held = run.profiles.by_property(outline.properties)
        notes.append(NoteFacts.of(outline, profile, None if held is None or _is_ours(run, held) else held.name))
    how, found = _divided(notes, asked, [_pattern(run, path) for path in paths] or ["*"])
    names = kinds.names(found, (profile.name for profile in run.profiles.profiles if not _is_ours(run, profile)))
    known = _profiles(run)
    made = [_proposal(run, kind, name, known, asked) for kind, name in zip(found, names, strict=True)]
    made = [one for one in made if one.schema is not None or one.sections]  # else nothing is asked of its notes
    return Inferred(len(notes), how, tuple(made), tuple(_left_out(run, notes, found, asked)))


def _is_ours(run: Workspace, profile: Profile) -> bool:
    """True if a profile of the configuration was proposed before: it may be proposed again by its name."""
    return f"{PROFILES}/{profile.name}.toml" in run.config.profiles


def _pattern(run: Workspace, path: Path) -> str:
    relative = path_in_vault(run, path)
    return "*" if relative == "." else literal(relative) + ("/" if path.is_dir() else "")


def _divided(notes: Sequence[NoteFacts], asked: InferenceRequest, scope: Sequence[str]) -> tuple[str, list[Kind]]:
    """The kinds as asked for; else by the property or folder that divides most notes."""
    if asked.by == "folder":
        return "divided by folder", kinds.by_folder(notes, asked.least)
    if asked.by is not None and asked.by != "none":
        return f"divided by the property {asked.by!r}", kinds.by_property(notes, asked.by, asked.least)
    by_key = {key: kinds.by_property(notes, key, asked.least) for key in kinds.PROPERTIES if asked.by is None}
    for key, found in by_key.items():
        if kinds.covers(found, notes):
            return f"divided by the property {key!r}, which most notes have", found
    folders = kinds.by_folder(notes, asked.least) if asked.by is None else []
    if len(folders) > 1 and kinds.covers(kinds.set_apart(folders), notes):
        return "divided by folder: most have something that other notes lack", folders
    for key, found in by_key.items():
        own = [kind for kind in found if all(note.held is None for note in kind.notes)]
        if own:
            return f"divided by the property {key!r}, which only some notes have", own
    alone = "as asked for" if asked.by else "neither a property nor folders divide them"
    whole = [kind for kind in kinds.all_at_once(notes, scope) if len(kind.notes) >= asked.least]
    return f"taken all at once: {alone}", whole


def _left_out(
    run: Workspace, notes: Sequence[NoteFacts], found: Sequence[Kind], asked: InferenceRequest
) -> Iterator[str]:
    """Remarks on notes that are of no kind, and why."""
    within = {note.path for kind in found for note in kind.notes}
    left = [note for note in notes if note.path not in within]
    key = found[0].property if found else asked.by if asked.by not in ("folder", "none") else None
    held = Counter(note.held for note in left if note.held is not None and key is None)
    for name, count in sorted(held.items()):
        asks = next(iter(run.profiles.named[name].match.properties))
        yield f"left out: {count}, which their property {asks!r} makes notes of profile {name!r} (--by {asks})"
    rest = len(left) - held.total()
    why = "too few belong together" if key is None else f"they have no {key!r}, or too few have the same"
    if rest:
        yield f"left out: {rest}, as {why} (--least {asked.least})"


def _profiles(run: Workspace) -> list[Profile]:
    """The profiles that may know synonyms: those of the configuration, then those shipped."""
    own = list(run.profiles.profiles)
    names = sorted(path.stem for path in resources.path("profiles").glob("*.toml"))
    return own + [load_profile(name, run.root) for name in names if name not in run.config.profiles]


def _proposal(run: Workspace, kind: Kind, name: str, known: Sequence[Profile], asked: InferenceRequest) -> KindProposal:
    total, share = len(kind.notes), asked.required_share
    title = f"{name}: proposed from {total} notes {kind.what}"
    found = properties.propose(
        [note.properties for note in kind.notes], title,
        required_share=share, closed=asked.closed, kind_key=kind.property,
    )  # fmt: skip
    before = _before(run, kind)
    proposed, remarks = _built_upon(_base(run, kind, before), run.root, kind, found.schema)
    for wrong, count, meant, of in found.misspelt:
        remarks.append(f"the property {wrong!r} ({count}) may be a misspelling of {meant!r} ({of})")
    remarks += _taken_over(run, kind, before)
    sections = headings.propose(kind.notes, known, section_share=asked.section_share, required_share=share)
    whole = enough(sum(note.frontmatter for note in kind.notes), total, share)
    return KindProposal(name, kind, proposed, tuple(sections), whole, before, tuple(remarks))


def _built_upon(base: str, root: Path, kind: Kind, proposed: dict[str, Any]) -> tuple[dict[str, Any] | None, list[str]]:
    """A proposed schema on top of the one that counts now, if the notes fulfil that; None if it names no property."""
    if not proposed["properties"]:
        return None, []
    known = schema.load(base, str(root))
    broken = _breaking(known, kind, proposed)
    if broken:
        return proposed, [
            f"does not build on the schema {base!r}, which finds fault with {counted(len(broken), 'note')} today "
            f"({broken[0]}): fix what `notelint check` says, and infer again"
        ]
    head = {key: proposed.pop(key) for key in ("$schema", "title", "type")}
    reference = quote(posixpath.relpath(base, SCHEMAS)) if base.endswith(".json") else base + _SUFFIX
    return {**head, "allOf": [{"$ref": reference}], **proposed}, []


def _before(run: Workspace, kind: Kind) -> Profile | None:
    """The profile that all notes of a kind are of now, if there is one."""
    now = {note.profile for note in kind.notes}
    return run.profiles.named.get(now.pop()) if len(now) == 1 else None


def _taken_over(run: Workspace, kind: Kind, before: Profile | None) -> Iterator[str]:
    """Remarks on the profiles that the notes have now."""
    if before is not None and not _is_ours(run, before):
        yield f"takes the place of profile {before.name!r} for these notes; what that switches on or off is kept"
    taken = Counter(note.profile for note in kind.notes if note.profile in run.profiles.named)
    for name, count in sorted(taken.items()) if before is None else ():
        asks = run.profiles.named[name].match.properties
        stay = ", ".join(f"{key}: {value[0] if isinstance(value, list) else value}" for key, value in asks.items())
        hint = f": with `{stay}` in the frontmatter they stay there" if stay and kind.property is None else ""
        yield f"takes {counted(count, 'note')} from profile {name!r}{hint}"


def _base(run: Workspace, kind: Kind, before: Profile | None) -> str:
    """The schema that notes of this kind are held against now: a shipped one's name, or a path in the vault."""
    if before is not None and before.schema is not None and not _is_ours(run, before):
        return before.schema
    if all(note.published for note in kind.notes):
        return "digital-garden-published"
    garden = any(key.startswith("dg-") for note in kind.notes for key in note.properties)
    return "digital-garden-source" if garden else "obsidian"


def _breaking(known: schema.Schema, kind: Kind, proposed: Mapping[str, Any]) -> list[str]:
    """The paths of notes with which a schema finds fault, but for keys that the proposal names."""
    address = urljoin(known.uri, "proposal" + _SUFFIX)
    document = {"allOf": [{"$ref": known.uri}], "properties": {key: {} for key in proposed["properties"]}}
    whole = schema.Schema(known.name, address, {**known.documents, address: document})
    return [note.path for note in kind.notes if whole.problems(note.properties)]


def _profile(proposal: KindProposal) -> Iterator[str]:
    total = len(proposal.kind.notes)
    yield f"# Proposed by `notelint schema infer` from {total} notes. Counts are of these notes; nobody updates them."
    yield f"name = {toml(proposal.name)}"
    yield f"description = {toml(f'Notes {proposal.kind.what}')}"
    if proposal.schema is not None:
        yield f"schema = {toml(proposal.schema_path)}"
    if proposal.frontmatter:
        yield "frontmatter = true"
    yield from _kept(proposal.before)
    yield ""
    yield "[match]"
    match = proposal.kind.match
    if match.paths:
        yield f"paths = {toml(match.paths)}"
    if match.properties:
        yield f"properties = {toml(match.properties)}"
    for section in proposal.sections:
        yield ""
        yield from _section(section, total)


def _kept(before: Profile | None) -> Iterator[str]:
    """The lines of these notes' profile beyond their properties and sections."""
    if before is None:
        return
    if before.imported:
        yield "imported = true"
    for key in ("select", "ignore"):
        if getattr(before, key):
            yield f"{key} = {toml(getattr(before, key))}"
    if before.template:
        yield f"template = {toml(before.template)}"


def _section(section: headings.SectionProposal, total: int) -> Iterator[str]:
    names = zip((section.name, *section.synonyms), section.counts, strict=True)
    each = ": " + ", ".join(f"{toml(name)} {count}" for name, count in names) if section.synonyms else ""
    yield f"# in {section.count} of {total} notes{each}"
    yield "[[section]]"
    yield f"name = {toml(section.name)}"
    if section.synonyms:
        yield f"synonyms = {toml(section.synonyms)}"
    if section.level != 2:
        yield f"level = {section.level}"
    if not section.required:
        yield "required = false"


def put(run: Workspace, proposals: Sequence[KindProposal]) -> list[str]:
    """Write proposals into the vault, and name them in its configuration: what was written. Raises `NotelintError`."""
    profiles = {one.profile_path: one.profile_text for one in proposals}
    schemas = {one.schema_path: one.schema_text for one in proposals if one.schema is not None}
    return write_profiles.put(run.loaded, profiles, schemas)
