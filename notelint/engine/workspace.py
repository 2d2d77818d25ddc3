"""One run: discover, read, resolve, lint. It serves the command line and the editor alike, and prints nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import structs

from notelint.checkers import schema
from notelint.checkers.base import Checker, NoteChecker
from notelint.checkers.custom import CustomChecker
from notelint.checkers.custom import Options as CustomOptions
from notelint.checkers.registry import load_checkers
from notelint.checkers.residue.own_lines import WithOwnLines
from notelint.config.find_vault import find_vault, vault_remark
from notelint.config.load import load
from notelint.config.model import Asked, Loaded
from notelint.config.profiles import load_profile, load_profiles
from notelint.config.selection import Settings
from notelint.core.diagnostic import CRASHED, Diagnostic, Position, Severity
from notelint.core.disk_spelling import DiskSpelling
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.globs import Globs
from notelint.core.regex import compile_pattern
from notelint.core.safe_read import Reader
from notelint.core.text import Span
from notelint.core.typed_toml import did_you_mean
from notelint.core.user_folders import identity
from notelint.edits.allowance import NOTHING, Allowance
from notelint.engine import other_files
from notelint.engine.cache import Cache
from notelint.engine.cache_folder import folder_of, report_old_folder
from notelint.engine.cache_key import key
from notelint.engine.incremental import Judge
from notelint.engine.lint import Plan, lint
from notelint.engine.overlay import OverlaidOutlines
from notelint.engine.remarks import remarks
from notelint.engine.result import Result
from notelint.engine.shard import Shard
from notelint.garden.permalinks import Garden, parse_rewrite_rules
from notelint.note.note import Note, Outline
from notelint.note.profile import Profile
from notelint.note.profile_matching import Profiles
from notelint.vault.face import Face
from notelint.vault.files import Files, folder_in_repository, walk
from notelint.vault.link_rules import RULES, ResolutionProfile, Rules
from notelint.vault.moves import NO_EVIDENCE, Evidence
from notelint.vault.note_texts import HeldTexts, Texts
from notelint.vault.vault import Vault

UNREADABLE = "unreadable-note"
OF_DEAD_LINKS = frozenset({"broken-link", "unwritten-note", "missing-attachment"})
IMPORTED = "imported-article"  # the shipped profile of imports
Progress = Callable[[str, int, int], None]


def _silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Selection:
    """What the command line asks for: checkers, and by whose rules; None leaves the choice to the configuration."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    resolution: ResolutionProfile | None = None


class Run:
    """A vault with its configuration, ready to be checked."""

    def __init__(self, root: Path, loaded: Loaded, progress: Progress = _silent, *, cached: bool = False) -> None:
        """Raises `NotelintError` for what is wrong with plugins, checkers or profiles in the configuration."""
        self.root = root
        self.loaded = loaded
        self.config = loaded.config
        self.registry = load_checkers(self.config.plugins)
        where = loaded.file.name if loaded.file is not None else "configuration"
        self.settings = Settings(self.config, self.registry, where, loaded.asked)
        self.progress = progress
        self.cached = cached
        self.cache_dir: Path | None = None
        self._of_cache: list[str] = []  # remarks
        self.selection = Selection()
        self.overlaid = frozenset[str]()  # notes that are not what their files hold
        self.evidence: Evidence = NO_EVIDENCE  # of where files went: given by who knows git
        self.named_imports = frozenset[str]()  # notes that the command line declares to be imports
        self.judged: Vault | None = None  # the vault as diagnostics were last asked for: nothing is read for its faces
        self._plans: dict[object, Plan] = {}
        schema.load.cache_clear()  # files may have changed since another run of this process

    @classmethod
    def open(
        cls,
        start: Path,
        *,
        file: Path | None = None,
        selection: Selection = Selection(),
        progress: Progress = _silent,
        cached: bool = False,
        cache_dir: Path | None = None,
    ) -> "Run":
        """The vault that `start` (a file or folder) belongs to. Raises `NotelintError` for a wrong configuration.

        A `cached` run keeps what it finds out about notes for the next one: in the user's cache folder, or `cache_dir`.
        """
        vault = find_vault(start)
        loaded = load(vault.root, file)
        asked = Asked(selection.select, selection.extend_select, selection.ignore)
        rules = loaded.config.resolution if selection.resolution is None else selection.resolution
        kind = loaded.kind if selection.resolution is None else None
        config = replace(loaded.config, resolution=rules)
        loaded = replace(loaded, config=config, asked=asked, kind=kind, remark=vault_remark(vault, kind))
        run = cls(vault.root, loaded, progress, cached=cached)
        run.selection, run.cache_dir = selection, cache_dir
        return run

    @cached_property
    def reader(self) -> Reader:
        """What reads all files of the vault."""
        return Reader(self.root)

    @cached_property
    def files(self) -> Files:
        """What the vault consists of."""
        return walk(self.root, respect_gitignore=self.config.respect_gitignore, skipped=self.excludes)

    @cached_property
    def excludes(self) -> Callable[[str], bool]:
        """Tells of a path whether the configuration, or Obsidian's own, excludes it."""
        excluded = Globs(self.config.exclude)
        hidden = [compile_pattern(pattern) for pattern in self.loaded.hidden]
        if not (self.config.exclude or hidden):
            return lambda path: False
        return lambda path: excluded.match(path) or any(pattern.search(path) for pattern in hidden)

    @cached_property
    def profiles(self) -> Profiles:
        """The profiles that the configuration names. Raises `NotelintError` for an unusable one, or its schema."""
        profiles = load_profiles(self.config.profiles, self.root, self.settings.require_known)
        for profile in profiles:
            if profile.schema is not None and profile.schema.endswith(".json"):
                schema.load(profile.schema, str(self.root))  # a mistake in it is told before any note is read
        names = [profile.name for profile in profiles]
        for custom in self.config.custom:
            if custom.profile is not None and custom.profile not in names:
                meant = did_you_mean(custom.profile, names)
                raise NotelintError(
                    f"custom checker {custom.id!r} is for profile {custom.profile!r}, which is none{meant}"
                )
        return Profiles(profiles)

    @cached_property
    def garden(self) -> Garden:
        """How the Digital Garden plugin computes addresses in this vault."""
        table = self.config.garden
        return Garden(
            rules=parse_rewrite_rules("\n".join(table.path_rewrite_rules or ())),
            slugify_enabled=table.slugify is not False,
            older_template=table.template == "older",
            rules_known=table.path_rewrite_rules is not None,
            slugify_known=table.slugify is not None,
        )

    @cached_property
    def notes(self) -> dict[str, Note]:
        """All notes of the vault that are not excluded, by path. What cannot be read is an empty note."""
        notes = {}
        for at, path in enumerate(self.files.notes):
            self.progress("reading", at, len(self.files.notes))
            notes[path] = self.read(path)
        return notes

    def read(self, path: str) -> Note:
        """The note at a path relative to the root. What cannot be read is an empty note that says so when checked."""
        return self.decode(path, self.data(path) or b"")

    def data(self, path: str) -> bytes | None:
        """The bytes of the note at a path relative to the root; None, and remembered, if it cannot be read."""
        try:
            return self.reader.read(path)
        except OSError as error:
            self._unreadable[path] = error.strerror or str(error)
            return None

    def note(self, path: str) -> Note:
        """The note at a path relative to the root, excluded or not."""
        known = self.__dict__.get("notes", {})
        return known[path] if path in known else self.read(path)

    def decode(self, path: str, data: bytes) -> Note:
        """The note that `data` would be at this path, with its profile."""
        note = Note.decode(path, data)
        if self.config.comments:
            note = _judging_comments(note)
        profile = self.profiles.of(note)
        if path in self.named_imports:
            note = note.as_named_import()
            profile = profile if profile is not None and profile.imported else self.import_profile
        return note if profile is None else note.with_profile(profile)

    def declare_imports(self, paths: Iterable[str]) -> None:
        """Take these notes for imports, whatever they say. For them nothing is read from the cache, or kept in it."""
        self.named_imports |= frozenset(paths)
        self.overlaid |= self.named_imports

    @cached_property
    def import_profile(self) -> Profile:
        """The profile of notes that are declared imports: the first one that can be asked for by a property."""
        known = (one for one in self.profiles.profiles if one.imported and one.match.properties)
        profile = next(known, None) or load_profile(IMPORTED, self.root)
        self.profiles.named.setdefault(profile.name, profile)
        return profile

    @cached_property
    def _unreadable(self) -> dict[str, str]:
        return {}

    @cached_property
    def vault(self) -> Vault:
        """The vault, whose outlines are read when they are looked at."""
        return self._judge().open_vault()

    @cached_property
    def vault_in_memory(self) -> Vault:
        """The vault with all of its notes at hand, for moves, which look at the links of every note."""
        outlines = {path: note.outline for path, note in self.notes.items() if path not in self._unreadable}
        return self.vault_of(outlines, {path: self.face(self.notes[path]) for path in outlines})

    def vault_of(self, outlines: Mapping[str, Outline], faces: Mapping[str, Face], texts: Texts | None = None) -> Vault:
        """The vault that has these notes, known by their outlines and faces."""
        vault = Vault(outlines, self.files.files, self.garden, self.config.attachments, faces, self.rules)
        return replace(vault, evidence=self.evidence, linked=self.files.linked, texts=texts)

    def face(self, note: Note) -> Face:
        """What the tables of this vault hold of a note."""
        return Face.of(note.outline, self.garden)

    def vault_with(self, changed: Mapping[str, Note]) -> Vault:
        """The vault as it is, but for these notes: what an editor or a pipe holds instead of the file."""
        outlines = OverlaidOutlines(self.vault.outlines, {path: note.outline for path, note in changed.items()})
        faces = {path: self.face(note) for path, note in changed.items()}
        texts = HeldTexts(changed, self.any_note if self.vault.texts is None else self.vault.texts.note)
        return replace(self.vault.with_outlines(outlines, faces, [*self.files.files, *changed]), texts=texts)

    def any_note(self, path: str) -> Note | None:
        """The note at a path relative to the root, excluded by the configuration or not; None if it cannot be read."""
        data = self.data(path)
        return None if data is None else Note.decode(path, data)

    @property
    def rules(self) -> Rules:
        """By whose rules links resolve."""
        kind = self.loaded.kind
        return replace(RULES[self.config.resolution], heading_ids=kind is not None and kind.heading_ids)

    def check(self, paths: Sequence[Path] = (), shard: Shard | None = None) -> Result:
        """Check these notes and folders, or the whole vault; links resolve against the whole vault in any case.

        With `shard`, only those of that share. Raises `NotelintError` for a path that does not exist or lies outside
        the vault.
        """
        asked = [path for path in self.asked(paths) if shard is None or shard.holds(path)]
        canvases = self.canvases(paths, shard)
        found = [*self.diagnostics(asked), *self.of_canvases(canvases), *other_files.check(self, paths, shard)]
        result = self._result(found, len(asked) or len(canvases), self.judged)
        return result if shard is None else replace(result, shard=str(shard))

    def canvases(self, paths: Sequence[Path], shard: Shard | None = None) -> list[str]:
        """The canvases in these folders, or with these paths; all if none is named. They are checked, but no notes."""
        if not any(path.endswith(".canvas") for path in self.files.files):
            return []
        from notelint.engine import canvases

        named = {self.relative(path) for path in paths} or {"."}
        asked = [path for path in canvases.paths(self) if shard is None or shard.holds(path)]
        return [p for p in asked if any(one in (".", p) or p.startswith(f"{one}/") for one in named)]

    def of_canvases(self, paths: Sequence[str]) -> Iterator[Diagnostic]:
        """The diagnostics of the canvases at these paths, seen in the vault as it was last judged."""
        from notelint.engine import canvases

        for path in paths:
            yield from canvases.check(self, self.tables, path)

    def diagnostics(self, asked: Sequence[str]) -> list[Diagnostic]:
        """The diagnostics of the notes at these paths, seen in the whole vault."""
        judge = self._judge()
        found = judge.check(asked)
        self.judged = judge.vault
        return found

    @property
    def tables(self) -> Vault:
        """The vault as it was last judged, for whose tables nothing is read; else as it is."""
        return self.vault if self.judged is None else self.judged

    def outlines(self, asked: Sequence[str]) -> Iterator[tuple[Outline, str | None]]:
        """The outlines of the notes at these paths with their profiles' names: kept ones, or read by all processes."""
        return self._judge().outlines(asked)

    def _judge(self) -> Judge:
        if not self.cached:
            return Judge(self)
        folder, remark = folder_of(self.root, self.cache_dir)
        self._of_cache = [one for one in (remark, report_old_folder(self.root, folder)) if one is not None]
        made_for = key(self.loaded, self.registry, self.profiles.profiles)
        return Judge(self, None if folder is None else Cache(folder, made_for, identity(self.root)))

    def check_text(self, path: str, data: bytes) -> Result:
        """Check a note that is not (yet) what the file at `path` holds. `path` is relative to the root."""
        note = self.decode(path, data)
        vault = self.vault_with({path: note})
        return self._result(self.lint(note, vault), 1, vault)

    def _result(self, found: list[Diagnostic], checked: int, vault: Vault | None) -> Result:
        found.sort(key=Diagnostic.sort_key)
        folder = folder_in_repository(self.root)
        said = [*remarks(self.loaded, self.files, vault), *self._of_cache]
        if any(one.checker in OF_DEAD_LINKS for one in found) and self.evidence.is_cut_off:
            said.append(
                "the clone is shallow, so where notes moved is not known: fetch the whole history (fetch-depth: 0)"
            )
        return Result(self.root, tuple(found), checked, len(self.files.notes), tuple(said), folder)

    def asked(self, paths: Sequence[Path]) -> Iterator[str]:
        """The notes that these paths name, relative to the root. A note named by itself is taken even if excluded."""
        if not paths:
            yield from self.files.notes
            return
        seen = set()
        for path in paths:
            for note in self._named(path):
                if note not in seen:
                    seen.add(note)
                    yield note

    def not_excluded(self, paths: Sequence[Path]) -> list[Path]:
        """Those of these paths of notes that the configuration, Obsidian or git does not exclude."""
        notes = set(self.files.notes)
        return [path for path in paths if self.relative(path) in notes]

    def _named(self, path: Path) -> Iterable[str]:
        relative = self.relative(path)
        if not path.exists():
            raise NotelintError(f"no such file or folder: {path}")
        nested = next((one for one in self.files.nested if f"{relative}/".startswith(f"{one}/")), None)
        if nested is not None:
            raise NotelintError(f"{path} lies in {nested}, a vault of its own: run notelint for it by itself")
        if path.is_dir():
            return [note for note in self.files.notes if relative == "." or note.startswith(f"{relative}/")]
        if relative.endswith(".canvas"):
            return []
        if not is_note(relative):
            raise NotelintError(f"{path} is not a note: notes are Markdown files, *.md")
        return [relative]

    def relative(self, path: Path, *, new: bool = False) -> str:
        """A path of the command line, relative to the vault root, POSIX, and spelled as on disk; the name of what is
        `new` stays as it is given. Raises `NotelintError` if it lies outside.
        """
        whole = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        try:
            if path.is_symlink():
                whole.resolve().relative_to(self.root)
            relative = whole.relative_to(self.root).as_posix()
        except (ValueError, OSError, RuntimeError) as error:
            raise NotelintError(f"{path} lies outside the vault {self.root}: run notelint in its own vault") from error
        return self._spelling.of_new(relative) if new else self._spelling.of(relative)

    @cached_property
    def _spelling(self) -> DiskSpelling:
        return DiskSpelling(self.root)

    def lint(self, note: Note, vault: Vault) -> list[Diagnostic]:
        """All diagnostics of a note, seen in this vault."""
        if note.path in self._unreadable:
            start = Position(1, 1)
            message = f"cannot be read: {self._unreadable[note.path]}"
            return [Diagnostic(note.path, start, start, UNREADABLE, Severity.ERROR, message, Span(0, 0), "")]
        return lint(note, vault, self.plan(note))

    def plan(self, note: Note) -> Plan:
        """What is asked of a note: by the configuration, its overrides, the note's profile, and custom checkers."""
        return self._plan(note.path, note.profile)

    def plan_of(self, path: str, profile: str | None) -> Plan:
        """What is asked of a note at this path, of the profile of this key."""
        return self._plan(path, self.profiles.keyed.get(profile))

    def _plan(self, path: str, profile: Profile | None) -> Plan:
        effective = self.settings.for_note(path, profile)
        custom = tuple(own for own in self._custom(path, profile) if own.id in effective.custom)
        key = (id(effective), tuple(checker.id for checker in custom))
        plan = self._plans.get(key)
        if plan is None:
            checkers = [self.checker(id, effective.options.get(id)) for id in effective.checkers]
            known = frozenset([*self.registry, *(custom.id for custom in self.config.custom), CRASHED])
            plan = self._plans[key] = Plan((*checkers, *custom), effective.severity, known)
        return plan

    def checker(self, id: str, options: Any = None) -> Checker:
        """A checker with its options. One that reads files of the vault has an option `root`, which is set here."""
        kind = self.registry[id]
        options = kind.Options() if options is None else options
        if hasattr(options, "root"):
            options = replace(options, root=str(self.root))
        checker = kind(options)
        own = [pattern for pattern in self.config.residue if pattern.kind == id]
        return WithOwnLines(checker, own) if own and isinstance(checker, NoteChecker) else checker

    def allowance(self, id: str) -> Allowance:
        """What the fixes of the checker of this id may take; nothing, of one that is only configured."""
        return self.registry[id].allowance() if id in self.registry else NOTHING

    def _custom(self, path: str, profile: Profile | None) -> Iterator[CustomChecker]:
        for checker, of_profile, globs in self._custom_checkers:
            if of_profile is not None and (profile is None or profile.name != of_profile):
                continue
            if globs is None or globs.match(path):
                yield checker

    @cached_property
    def _custom_checkers(self) -> list[tuple[CustomChecker, str | None, Globs | None]]:
        made = []
        for asked in self.config.custom:
            options = CustomOptions(
                message=asked.message,
                forbid_pattern=asked.forbid_pattern,
                require_pattern=asked.require_pattern,
                forbid_property=asked.forbid_property,
                require_property=asked.require_property,
                require_section=asked.require_section,
                ignore_code=asked.ignore_code,
            )
            globs = Globs(asked.paths) if asked.paths else None
            made.append((CustomChecker(options, asked.id, asked.severity), asked.profile, globs))
        return made


def _judging_comments(note: Note) -> Note:
    """The same note with links in comments taken for ordinary ones."""
    outline = structs.replace(
        note.outline, links=tuple(structs.replace(link, hidden=False) for link in note.outline.links)
    )
    other = note.with_profile(note.profile)
    other.__dict__["outline"] = outline
    return other
