"""One run: discover, read, resolve, lint. It serves the command line and the editor alike, and prints nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from msgspec import structs

from notelint.checkers import schema
from notelint.checkers.registry import load_checkers
from notelint.config.find_vault import find_vault, vault_remark
from notelint.config.load import load
from notelint.config.model import CheckerRequest, Loaded
from notelint.config.profiles import load_profile, load_profiles
from notelint.config.selection import CheckerSettings
from notelint.core.diagnostic import Diagnostic, Position, Severity
from notelint.core.disk_spelling import DiskSpelling
from notelint.core.errors import NotelintError
from notelint.core.globs import Globs
from notelint.core.regex import compile_pattern
from notelint.core.safe_read import VaultReader
from notelint.core.text import Span
from notelint.core.typed_toml import did_you_mean
from notelint.core.user_folders import identity
from notelint.engine.cache import Cache, Key
from notelint.engine.cache_folder import folder_of, report_old_folder
from notelint.engine.cache_key import key
from notelint.engine.incremental import Judge
from notelint.engine.kept_diagnostics import KeptDiagnostics
from notelint.engine.lint import LintPlan, lint
from notelint.engine.plans import LintPlans
from notelint.engine.selected import Selection
from notelint.engine.spawned_judge import HandedVault
from notelint.garden.permalinks import Garden
from notelint.note.note import Note, Outline
from notelint.note.profile import Profile
from notelint.note.profile_matching import Profiles
from notelint.vault.face import Face
from notelint.vault.files import Files, walk
from notelint.vault.link_rules import LinkRules
from notelint.vault.moves import NO_EVIDENCE, MoveEvidence
from notelint.vault.note_texts import HeldTexts, Texts
from notelint.vault.overlaid_outlines import OverlaidOutlines
from notelint.vault.vault import Vault

UNREADABLE = "unreadable-note"
IMPORTED = "imported-article"  # the shipped profile of imports
Progress = Callable[[str, int, int], None]


def _silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Workspace:
    """A vault with its configuration, ready to be checked."""

    def __init__(self, root: Path, loaded: Loaded, progress: Progress = _silent, *, cached: bool = False) -> None:
        """Raises `NotelintError` for what is wrong with plugins, checkers or profiles in the configuration."""
        self.root = root
        self.loaded = loaded
        self.config = loaded.config
        self.registry = load_checkers(self.config.plugins)
        where = loaded.file.name if loaded.file is not None else "configuration"
        self.settings = CheckerSettings(self.config, self.registry, where, loaded.asked)
        self.progress = progress
        self.cached = cached
        self.is_kept = True  # whether the cache may be written for this state of the vault
        self.spawns = False  # whether new processes may be started: only a program of its own knows how it was started
        self.cache_dir: Path | None = None
        self.remarks_of_cache, self.selection = list[str](), Selection()
        self.unsaved: Mapping[str, Note] = {}  # texts that an editor holds, for changes of links
        self.overlaid = frozenset[str]()  # notes that are not what their files hold
        self.evidence: MoveEvidence = NO_EVIDENCE  # of where files went: given by who knows git
        self.named_imports = frozenset[str]()  # notes that the command line declares to be imports
        self.judged: Vault | None = None  # the vault as diagnostics were last asked for: nothing is read for its faces
        self.stamped = ("", frozenset[str]())  # of which file of the cache notes were compared, and those that differ
        self.plans = LintPlans(self.root, self.config, self.settings, self.registry)

    @classmethod
    def open(
        cls,
        start: Path,
        *,
        file: Path | None = None,
        selection: Selection | None = None,
        progress: Progress = _silent,
        cached: bool = False,
        cache_dir: Path | None = None,
    ) -> "Workspace":
        """The vault that `start` (a file or folder) belongs to. Raises `NotelintError` for a wrong configuration.

        A `cached` run keeps what it finds out about notes for the next one: in the user's cache folder, or `cache_dir`.
        """
        selection, vault = selection or Selection(), find_vault(start)
        loaded = load(vault.root, file)
        asked = CheckerRequest(selection.select, selection.extend_select, selection.ignore)
        rules = loaded.config.resolution if selection.resolution is None else selection.resolution
        kind = loaded.kind if selection.resolution is None else None
        config = structs.replace(loaded.config, resolution=rules)
        loaded = structs.replace(loaded, config=config, asked=asked, kind=kind, remark=vault_remark(vault, kind))
        schema.load.cache_clear()  # files may have changed since another run of this process
        run = cls(vault.root, loaded, progress, cached=cached)
        run.selection, run.cache_dir = selection, cache_dir
        return run

    @cached_property
    def reader(self) -> VaultReader:
        """The reader of all files of the vault."""
        return VaultReader(self.root)

    @property
    def rules(self) -> LinkRules:
        """The rules by which links are judged."""
        return self.loaded.rules

    @cached_property
    def folder(self) -> str:
        """The root as text: a `Path` for each note takes longer."""
        return str(self.root)

    @cached_property
    def files(self) -> Files:
        """The files of the vault."""
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
                schema.load(profile.schema, str(self.root))  # a mistake in it is reported before any note is read
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
        """The garden's settings for addresses in this vault."""
        return self.config.garden.garden

    def read(self, path: str) -> Note:
        """The note at a path relative to the root. What cannot be read is an empty note that says so when checked."""
        return self.decode(path, self.data(path) or b"")

    def data(self, path: str) -> bytes | None:
        """The bytes of the note at a path relative to the root; None, and remembered, if it cannot be read."""
        try:
            return self.reader.read(path)
        except OSError as error:
            self.unreadable[path] = error.strerror or str(error)
            return None

    def note(self, path: str) -> Note:
        """The note at a path relative to the root, excluded or not."""
        return self.unsaved.get(path) or self.read(path)

    def decode(self, path: str, data: bytes) -> Note:
        """The note that `data` would be at this path, with its profile."""
        note = Note.decode(path, data)
        if self.loaded.rules.text_first:
            note = note.with_text_first()
        if self.config.comments:
            note = note.with_comments_judged()
        profile = self.profiles.of(note)
        if path in self.named_imports:
            note = note.as_named_import()
            profile = profile if profile is not None and profile.imported else self.import_profile
        return note if profile is None else note.with_profile(profile)

    def handed(self) -> HandedVault | None:
        """What another process needs to open this vault; None if some notes are not what their files hold."""
        plain = self.spawns and self.overlaid <= self.named_imports
        return HandedVault(self.root, self.loaded, self.named_imports) if plain else None

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
    def unreadable(self) -> dict[str, str]:
        """The notes that could not be read, by path, with the reasons."""
        return {}

    @cached_property
    def vault(self) -> Vault:
        """The vault, whose outlines are read when they are looked at."""
        return self.judge().open_vault()

    @cached_property
    def vault_to_change(self) -> Vault:
        """The vault with the texts that are not saved, whose links are to be kept."""
        return self.vault_with(self.unsaved) if self.unsaved else self.vault

    def has_note(self, path: str) -> bool:
        """True if there is a note at a path that is not excluded, in a file or in a text that is not saved."""
        return path in self.unsaved or path in self._paths_of_notes

    @cached_property
    def _paths_of_notes(self) -> frozenset[str]:
        return frozenset(self.files.notes)

    def vault_of(self, outlines: Mapping[str, Outline], faces: Mapping[str, Face], texts: Texts | None = None) -> Vault:
        """The vault that has these notes, known by their outlines and faces."""
        vault = Vault(outlines, self.files.files, self.garden, self.config.attachments, faces, self.loaded.rules)
        return replace(vault, evidence=self.evidence, linked=self.files.linked, texts=texts)

    def face(self, note: Note) -> Face:
        """The face of a note: its entries in the tables of this vault."""
        return Face.of(note.outline, self.garden)

    def vault_with(self, changed: Mapping[str, Note]) -> Vault:
        """The vault as it is, but for these notes: what an editor or a pipe holds instead of the file."""
        outlines = OverlaidOutlines(self.vault.outlines, {path: note.outline for path, note in changed.items()})
        faces = {path: self.face(note) for path, note in changed.items()}
        texts = HeldTexts(changed, self.any_note if self.vault.texts is None else self.vault.texts.note)
        return replace(self.vault.with_outlines(outlines, faces, [*self.files.files, *changed]), texts=texts)

    def any_note(self, path: str) -> Note | None:
        """The note at a path relative to the root, excluded by the configuration or not; None if it cannot be read."""
        return None if (data := self.data(path)) is None else Note.decode(path, data)

    def diagnostics(self, asked: Sequence[str]) -> list[Diagnostic]:
        """As `kept_diagnostics`, as values."""
        return list(self.kept_diagnostics(asked))

    def kept_diagnostics(self, asked: Sequence[str]) -> KeptDiagnostics:
        """The diagnostics of the notes at these paths, seen in the whole vault, which are not all values at once."""
        judge = self.judge()
        found, self.judged = judge.check(asked), judge.vault
        return found

    @property
    def tables(self) -> Vault:
        """The vault as it was last judged, for whose tables nothing is read; else as it is."""
        return self.judged or self.vault

    def outlines(self, asked: Sequence[str]) -> Iterator[tuple[Outline, str | None]]:
        """The outlines of the notes at these paths with their profiles' names: kept ones, or read by all processes."""
        return self.judge().outlines(asked)

    def judge(self) -> Judge:
        """What judges the notes of this run, with its cache."""
        if not self.cached:
            return Judge(self)
        folder, remark = folder_of(self.root, self.cache_dir)
        self.remarks_of_cache = list(filter(None, (remark, report_old_folder(self.root, folder))))
        return Judge(self, None if folder is None else Cache(folder, self.made_for, identity(self.root)))

    @cached_property
    def made_for(self) -> Key:
        """The key of the cache."""
        return key(self.loaded, self.registry, self.profiles.profiles)

    @cached_property
    def spelling(self) -> DiskSpelling:
        """The spelling of names that the disk has, for paths that are typed in another."""
        return DiskSpelling(self.root)

    def lint(self, note: Note, vault: Vault) -> list[Diagnostic]:
        """All diagnostics of a note, seen in this vault."""
        if note.path in self.unreadable:
            at, why = Position(1, 1), f"cannot be read: {self.unreadable[note.path]}"
            return [Diagnostic(note.path, at, at, UNREADABLE, Severity.ERROR, why, Span(0, 0), "")]
        return lint(note, vault, self.plan(note))

    def plan(self, note: Note) -> LintPlan:
        """The plan for a note: by the configuration, its overrides, the note's profile, and custom checkers."""
        return self.plans.of(note.path, note.profile)

    def plan_of(self, path: str, profile: str | None) -> LintPlan:
        """The plan for a note at this path, of the profile of this key."""
        return self.plans.of(path, self.profiles.keyed.get(profile))
