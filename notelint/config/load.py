"""The configuration: found, read, validated, frozen.

What is not said in the vault's configuration file is taken from what Obsidian and the Digital Garden plugin were told,
else from the defaults. Everything the file may hold is described by the dataclasses below, and by nothing else.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from notelint.checkers.base import Checker
from notelint.core import resources, typed_toml
from notelint.core.diagnostic import Severity
from notelint.core.errors import NotelintError
from notelint.core.globs import Globs, literal
from notelint.core.regex import compile_pattern
from notelint.note.profile import Profile
from notelint.residue.patterns import OwnPattern
from notelint.vault.files import VAULT_MARKERS
from notelint.vault.link_rules import RULES, ResolutionProfile

CONFIG_FILES = ("notelint.toml", ".notelint.toml", "pyproject.toml")
_NESTED_DEPTH = 3


@dataclass(frozen=True)
class GardenTable:
    """How the Digital Garden plugin computes addresses. Read from the plugin's own settings where they are there."""

    path_rewrite_rules: Annotated[tuple[str, ...], 'The plugin\'s path rewrite rules, "from:to".'] = ()
    slugify: Annotated[bool, "Whether the plugin turns names into slugs."] = True
    template: Annotated[
        Literal["current", "older"], "The age of the site's template: older ones read `&` in links differently."
    ] = "current"


@dataclass(frozen=True)
class Override:
    """What differs for some paths; later overrides win."""

    paths: Annotated[tuple[str, ...], "Patterns of paths, as .gitignore writes them."]
    extend_select: Annotated[tuple[str, ...], "Checkers or families to switch on."] = ()
    ignore: Annotated[tuple[str, ...], "Checkers or families to switch off."] = ()
    severity: Annotated[dict[str, Severity], "Severities by checker."] = field(default_factory=dict)
    checkers: Annotated[dict[str, dict[str, Any]], "Options by checker."] = field(default_factory=dict)


@dataclass(frozen=True)
class Custom:
    """A checker without code: exactly one thing that is forbidden or required."""

    id: Annotated[str, "The id in reports: lower-case words with hyphens."]
    message: Annotated[str, "What to tell the reader."]
    forbid_pattern: Annotated[str | None, "A regular expression (RE2) that must not occur in the body."] = None
    require_pattern: Annotated[str | None, "A regular expression (RE2) that must occur in the body."] = None
    forbid_property: Annotated[str | None, "A property that must not be set."] = None
    require_property: Annotated[str | None, "A property that must be set."] = None
    require_section: Annotated[str | None, "A heading that must be there."] = None
    profile: Annotated[str | None, "Only notes of this profile."] = None
    paths: Annotated[tuple[str, ...], "Only notes that these patterns mean."] = ()
    severity: Annotated[Severity, "How much it matters."] = Severity.ERROR
    ignore_code: Annotated[bool, "Leave code blocks and code spans alone."] = True


@dataclass(frozen=True)
class Config:
    """All that a configuration file may say."""

    select: Annotated[tuple[str, ...], 'Checkers or families to run; "default" and "all" are known too.'] = ("default",)
    extend_select: Annotated[tuple[str, ...], "Checkers or families to run besides."] = ()
    ignore: Annotated[tuple[str, ...], "Checkers or families not to run."] = ()
    severity: Annotated[dict[str, Severity], "Severities that differ from the checkers' own."] = field(
        default_factory=dict
    )
    exclude: Annotated[tuple[str, ...], "Notes not to check (patterns as in .gitignore); links to them resolve."] = ()
    respect_gitignore: Annotated[bool, "Do not check notes that git ignores."] = True
    profiles: Annotated[tuple[str, ...], "Shipped profiles by name, others by path of a .toml file in the vault."] = (
        "disease",
        "sign",
        "physics",
        "index",
        "imported-article",
    )
    plugins: Annotated[tuple[str, ...], "Installed plugins to load, by the name of their entry point."] = ()
    attachments: Annotated[str | None, "The folder of attachments."] = None
    resolution: Annotated[ResolutionProfile, "By whose rules links are judged."] = ResolutionProfile.OBSIDIAN
    comments: Annotated[bool, "Judge links inside comments too."] = False
    garden: Annotated[GardenTable, "The Digital Garden plugin's settings."] = GardenTable()
    checkers: Annotated[dict[str, dict[str, Any]], "Options by checker."] = field(default_factory=dict)
    overrides: Annotated[tuple[Override, ...], "What differs for some paths."] = ()
    custom: Annotated[tuple[Custom, ...], "Checkers without code."] = ()
    residue: Annotated[tuple[OwnPattern, ...], "Lines that websites leave in imported articles."] = ()

    def with_command_line(
        self,
        *,
        select: tuple[str, ...] | None,
        extend_select: tuple[str, ...],
        ignore: tuple[str, ...],
        resolution: ResolutionProfile | None = None,
    ) -> "Config":
        """The same configuration with the choices of a command line laid over it."""
        chosen = self if select is None else replace(self, select=select, extend_select=())
        chosen = chosen if resolution is None else replace(chosen, resolution=resolution)
        return replace(chosen, extend_select=(*chosen.extend_select, *extend_select), ignore=(*chosen.ignore, *ignore))


@dataclass(frozen=True)
class Loaded:
    """A configuration with its origins: the file or setting that each dotted key came from."""

    config: Config
    root: Path
    file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what the user should know of it
    hidden: tuple[str, ...] = ()  # regular expressions of Obsidian's excluded files


def find_root(start: Path) -> Path:
    """The vault's root for a file or folder: the nearest folder above it that is marked as a vault, else the git root.

    A repository with one vault below its root stands for that vault. Raises `NotelintError` if there are several.
    """
    start = start.absolute()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if _is_marked(candidate):
            return candidate.resolve()
    root = next((candidate for candidate in (folder, *folder.parents) if (candidate / ".git").exists()), folder)
    if root == folder:
        below = sorted(_vaults_below(root, _NESTED_DEPTH))
        if len(below) > 1:
            names = ", ".join(vault.relative_to(root).as_posix() for vault in below)
            raise NotelintError(f"there are several vaults in {root}: name one of {names}")
        if below:
            return below[0].resolve()
    return root.resolve()


def _is_marked(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in VAULT_MARKERS) or _pyproject(folder) is not None


def _pyproject(folder: Path) -> Mapping[str, Any] | None:
    """The table [tool.notelint] of a pyproject.toml; a file that is no TOML speaks of other tools."""
    file = folder / "pyproject.toml"
    if not file.is_file():
        return None
    try:
        table = tomllib.loads(file.read_text("utf-8-sig")).get("tool", {}).get("notelint")
    except (ValueError, RecursionError, OSError, AttributeError):
        return None
    return table if isinstance(table, Mapping) else None


def _vaults_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inner = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return
    for path in inner:
        if path.name.startswith(".") or path.name == "node_modules":
            continue
        if any((path / marker).exists() for marker in VAULT_MARKERS):
            yield path
        elif depth > 1:
            yield from _vaults_below(path, depth - 1)


def load(root: Path, file: Path | None = None) -> Loaded:
    """The configuration of the vault at `root`, from `file` if it is given. Raises `NotelintError`."""
    from_obsidian = _Settings(root)
    found = file if file is not None else next((root / n for n in CONFIG_FILES if _speaks(root / n)), None)
    table = {} if found is None else _read_toml(found)
    where = "" if found is None else found.name
    said: Config = typed_toml.read(Config, table, where)
    _check_custom(said, where)
    _check_globs(said, where)
    _check_residue(said, where)
    origins = {typed_toml.key_of(f): where for f in fields(Config) if typed_toml.key_of(f) in table}
    values: dict[str, Any] = {}
    if said.attachments is None and from_obsidian.attachments is not None:
        values["attachments"], origins["attachments"] = from_obsidian.attachments, ".obsidian/app.json"
    if from_obsidian.garden is not None:
        values["garden"] = _merged(said.garden, from_obsidian.garden, table.get("garden", {}))
        plugin = ".obsidian/plugins/digitalgarden/data.json"
        origins["garden"] = f"{where} and {plugin}" if "garden" in table else plugin
    if from_obsidian.excluded:
        values["exclude"] = (*from_obsidian.excluded, *said.exclude)
        origins["exclude"] = " and ".join(
            dict.fromkeys([*from_obsidian.exclude_origins, *([where] if said.exclude else [])])
        )
    config = replace(said, **values)
    return Loaded(config, root, found, origins, tuple(from_obsidian.notes), tuple(from_obsidian.patterns))


def _merged(said: GardenTable, known: GardenTable, table: Mapping[str, Any]) -> GardenTable:
    """The plugin's own settings, but for the keys that the configuration file has."""
    given = {
        field.name: getattr(said, field.name) for field in fields(GardenTable) if typed_toml.key_of(field) in table
    }
    return replace(known, **given)


def _speaks(file: Path) -> bool:
    return file.is_file() and (file.name != "pyproject.toml" or _pyproject(file.parent) is not None)


def _read_toml(file: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(file.read_text("utf-8-sig"))  # editors on Windows write a byte order mark
    except OSError as error:
        raise NotelintError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotelintError(f"{file}: is not UTF-8") from error
    except RecursionError as error:
        raise NotelintError(f"{file.name}: is nested too deeply") from error
    except ValueError as error:  # also for whole numbers with thousands of digits
        raise NotelintError(f"{file.name}: is no TOML: {error}") from error
    if file.name == "pyproject.toml":
        tool = table.get("tool")
        table = tool.get("notelint", {}) if isinstance(tool, Mapping) else {}
    return table


def _check_globs(config: Config, where: str) -> None:
    """Say where a wrong pattern stands: later, where patterns are used, that is not known."""
    _require_globs(config.exclude, f"{where}: exclude")
    for at, override in enumerate(config.overrides):
        _require_globs(override.paths, f"{where}: overrides[{at}].paths")
    for at, custom in enumerate(config.custom):
        _require_globs(custom.paths, f"{where}: custom[{at}].paths")


def _require_globs(patterns: tuple[str, ...], what: str) -> None:
    try:
        Globs(patterns)
    except NotelintError as error:
        raise NotelintError(f"{what}: {error}") from error


def _check_custom(config: Config, where: str) -> None:
    seen: set[str] = set()
    for at, custom in enumerate(config.custom):
        path = f"{where}: custom[{at}]"
        if custom.id in seen:
            raise NotelintError(f'{path}.id is "{custom.id}", which another custom checker has: give it its own')
        seen.add(custom.id)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", custom.id):
            raise NotelintError(f'{path}.id is "{custom.id}", expected lower-case words with hyphens')
        asked = [
            f.name for f in fields(Custom) if f.name.startswith(("forbid_", "require_")) and getattr(custom, f.name)
        ]
        if len(asked) != 1:
            raise NotelintError(f"{path} must have exactly one key that begins with forbid- or require-")
        pattern = custom.forbid_pattern or custom.require_pattern
        try:
            if pattern is not None:
                compile_pattern(pattern)
        except ValueError as error:
            raise NotelintError(f"{path}.{asked[0].replace('_', '-')} is no regular expression: {error}") from error


def _check_residue(config: Config, where: str) -> None:
    for at, own in enumerate(config.residue):
        path = f"{where}: residue[{at}]"
        if (own.text is None) == (own.line is None):
            raise NotelintError(f'{path} must have exactly one of the keys "text" and "line"')
        _require_globs(own.paths, f"{path}.paths")
        try:
            compile_pattern(own.line or "")
        except ValueError as error:
            raise NotelintError(f"{path}.line is no regular expression: {error}") from error


class _Settings:
    """What Obsidian and its plugins were told, where it concerns notelint. Damaged files are told, and passed over."""

    def __init__(self, root: Path) -> None:
        self.notes: list[str] = []
        self.excluded: list[str] = []
        self.exclude_origins: list[str] = []
        self.patterns: list[str] = []
        self.attachments: str | None = None
        self.garden: GardenTable | None = None
        self._folder = root / ".obsidian"
        if self._folder.is_dir() and not self._folder.is_symlink():
            self._read_app(self._json("app.json"))
            self._exclude_folder("templates.json", "folder")
            self._exclude_folder("plugins/templater-obsidian/data.json", "templates_folder")
            self._read_garden(self._json("plugins/digitalgarden/data.json"))

    def _json(self, name: str) -> Mapping[str, Any]:
        try:
            value = json.loads((self._folder / name).read_bytes())
        except OSError:
            return {}
        except (ValueError, RecursionError):
            self.notes.append(f".obsidian/{name} is no JSON: passed over")
            return {}
        return value if isinstance(value, Mapping) else {}

    def _read_app(self, app: Mapping[str, Any]) -> None:
        folder = app.get("attachmentFolderPath")
        if isinstance(folder, str) and folder.strip("/") and _is_unicode(folder):
            self.attachments = folder
        filters = app.get("userIgnoreFilters")
        for text in filters if isinstance(filters, list) else []:
            if not isinstance(text, str) or not text:
                continue
            if not _is_unicode(text):
                self.notes.append(".obsidian/app.json: an ignore filter is no valid Unicode: passed over")
            elif len(text) > 2 and text.startswith("/") and text.endswith("/"):
                self._hide(text[1:-1])
            else:
                self._exclude(literal(text) + ("/" if text.endswith("/") else "*"), "app.json")

    def _hide(self, pattern: str) -> None:
        try:
            compile_pattern(pattern)
        except ValueError:
            self.notes.append(f".obsidian/app.json: the ignore filter /{pattern}/ cannot be used: passed over")
            return
        self.patterns.append(pattern)

    def _exclude_folder(self, name: str, key: str) -> None:
        folder = self._json(name).get(key)
        if isinstance(folder, str) and folder.strip("/") and _is_unicode(folder):
            self._exclude(literal(folder) + "/", name)

    def _exclude(self, pattern: str, name: str) -> None:
        self.excluded.append(pattern)
        self.exclude_origins.append(f".obsidian/{name}")

    def _read_garden(self, data: Mapping[str, Any]) -> None:
        rules, slugify = data.get("pathRewriteRules"), data.get("slugifyEnabled")
        if not isinstance(rules, str) and not isinstance(slugify, bool):
            return
        usable = isinstance(rules, str) and bool(rules) and _is_unicode(rules)
        lines = tuple(rules.split("\n")) if isinstance(rules, str) and usable else ()
        self.garden = GardenTable(lines, slugify if isinstance(slugify, bool) else True)


def _is_unicode(text: str) -> bool:
    """Whether a string of JSON can be printed and matched: its escapes may make lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


@dataclass(frozen=True)
class Effective:
    """What is asked of one note: checkers by id (custom ones apart), severities that differ, options."""

    checkers: tuple[str, ...]
    custom: frozenset[str]
    severity: Mapping[str, Severity]
    options: Mapping[str, Any]


class Settings:
    """Which checkers, severities and options a note gets. Validates the ids of a configuration."""

    def __init__(self, config: Config, registry: Mapping[str, type[Checker]], where: str = "configuration") -> None:
        """Raises `NotelintError` for unknown checkers, families and options."""
        self._config, self._registry, self._where = config, registry, where
        self._families = {"custom", *(checker.family for checker in registry.values())}
        self._globs = [Globs(override.paths) for override in config.overrides]
        self._known: dict[tuple[str | None, tuple[int, ...]], Effective] = {}
        self._validate()

    def _validate(self) -> None:
        config = self._config
        custom = [own.id for own in config.custom]
        names = [*self._registry, *custom, *sorted(self._families), "default", "all"]
        for own in custom:
            if own in {*self._registry, *self._families, "default", "all"}:
                raise NotelintError(f'{self._where}: custom checker "{own}" has the id of one that exists already')
        residue = [id for id, checker in self._registry.items() if checker.family == "residue"]
        for at, pattern in enumerate(config.residue):
            self._require(pattern.kind, residue, f'residue[{at}].kind is "{pattern.kind}"')
        parts: list[tuple[str, Config | Override]] = [("", config)]
        parts += [(f"overrides[{at}].", override) for at, override in enumerate(config.overrides)]
        for prefix, part in parts:
            chosen = [*getattr(part, "select", ()), *part.extend_select, *part.ignore]
            for name in chosen:
                self._require(name, names, f'{prefix.rstrip(".") or "the selection"} names "{name}"')
            for name in part.severity:
                self._require(name, [*self._registry, *custom], f'{prefix}severity names "{name}"')
            for name, options in part.checkers.items():
                self._require(name, self._registry, f'{prefix}checkers names "{name}"')
                typed_toml.read(self._registry[name].Options, options, self._where, f"{prefix}checkers.{name}")

    def _require(self, name: str, known: Iterable[str], what: str) -> None:
        known = list(known)
        if name not in known:
            raise NotelintError(f"{self._where}: {what}, which is no checker{typed_toml.did_you_mean(name, known)}")

    def for_note(self, path: str, profile: Profile | None) -> Effective:
        """What is asked of the note at a path (relative to the vault root) that is of this profile."""
        matched = tuple(at for at, globs in enumerate(self._globs) if globs.match(path))
        key = (profile.name if profile is not None else None, matched)
        effective = self._known.get(key)
        if effective is None:
            effective = self._known[key] = self._effective(profile, [self._config.overrides[at] for at in matched])
        return effective

    def _effective(self, profile: Profile | None, overrides: Sequence[Override]) -> Effective:
        config = self._config
        on = self._ids(config.select) | self._ids(config.extend_select)
        off = self._ids(config.ignore)
        on -= off
        if profile is not None:
            known = [*self._registry, *(own.id for own in config.custom), *sorted(self._families), "default", "all"]
            for name in (*profile.select, *profile.ignore):
                self._require(name, known, f'profile "{profile.name}" names "{name}"')
            on = (on | (self._ids(profile.select) - off)) - self._ids(profile.ignore)
        severity, options = dict(config.severity), {id: dict(table) for id, table in config.checkers.items()}
        for override in overrides:
            on = (on | self._ids(override.extend_select)) - self._ids(override.ignore)
            severity |= override.severity
            for id, table in override.checkers.items():
                options[id] = {**options.get(id, {}), **table}
        read = {
            id: typed_toml.read(self._registry[id].Options, table, self._where, f"checkers.{id}")
            for id, table in options.items()
        }
        own = frozenset(custom.id for custom in config.custom if custom.id in on)
        return Effective(tuple(id for id in self._registry if id in on), own, severity, read)

    def _ids(self, names: Iterable[str]) -> set[str]:
        """The ids that ids, families, `default` and `all` stand for."""
        asked = set(names)
        ids = {
            id
            for id, checker in self._registry.items()
            if not asked.isdisjoint((id, checker.family, "all")) or ("default" in asked and self._by_default(checker))
        }
        return ids | {
            own.id for own in self._config.custom if not asked.isdisjoint((own.id, "custom", "all", "default"))
        }

    def _by_default(self, checker: type[Checker]) -> bool:
        """Whether a checker is on unless the configuration says otherwise: of publishing, only where notes are."""
        return checker.default and (checker.family != "publishing" or RULES[self._config.resolution].publishes)


def load_profile(name: str, root: Path) -> Profile:
    """The shipped profile of this name, or that of a .toml file in the vault. Raises `NotelintError`."""
    if name.endswith(".toml"):
        try:
            file = (root / name).resolve()
        except (OSError, RuntimeError, ValueError) as error:  # a loop of symbolic links, a NUL
            raise NotelintError(f"profile {name!r} has no usable path: {error}") from error
        if not file.is_relative_to(root.resolve()):
            raise NotelintError(f"profile {name!r} lies outside the vault")
    else:
        file = resources.path("profiles", f"{name}.toml")
        known = sorted(path.stem for path in resources.path("profiles").glob("*.toml"))
        if name not in known:  # not "is there such a file": a name may hold `../`, or be an absolute path
            raise NotelintError(
                f"there is no profile {name!r}{typed_toml.did_you_mean(name, known)}; shipped: {', '.join(known)}"
            )
    profile: Profile = typed_toml.read(Profile, _read_toml(file), file.name)
    _require_globs(profile.match.paths, f"{file.name}: match.paths")
    for pattern in profile.match.lines:
        try:
            compile_pattern(pattern)
        except ValueError as error:
            raise NotelintError(f"{file.name}: match.lines: {pattern!r} is no regular expression: {error}") from error
    return profile


def effective(
    loaded: Loaded, settings: Settings, path: str | None, profile: Profile | None
) -> list[tuple[str, str, str]]:
    """What is in effect, as rows of key, value and origin: of the vault, or for the note at `path`."""
    rows = []
    for part in fields(Config):
        key, value = typed_toml.key_of(part), getattr(loaded.config, part.name)
        if isinstance(value, GardenTable):
            rows += [
                (f"{key}.{typed_toml.key_of(f)}", _toml(getattr(value, f.name)), loaded.origins.get(key, "default"))
                for f in fields(value)
            ]
        else:
            rows.append((key, _toml(value), loaded.origins.get(key, "default")))
    asked = settings.for_note(path or "", profile)
    rows.append(
        ("checkers in effect", ", ".join(asked.checkers), "for this note" if path else "for a note without profile")
    )
    return rows


def _toml(value: Any) -> str:
    """A value about as TOML writes it."""
    if value is None:
        return "(not set)"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Override | Custom | OwnPattern):
        return _toml({typed_toml.key_of(f): getattr(value, f.name) for f in fields(value) if getattr(value, f.name)})
    return json.dumps(value, ensure_ascii=False)
