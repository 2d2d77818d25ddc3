"""Checkers, severities and options for each note."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from notelint.checkers.base import Checker
from notelint.config.model import CheckerRequest, Config, Custom, GardenTable, Loaded, Override
from notelint.core import typed_toml
from notelint.core.diagnostic import COVERED, Severity
from notelint.core.errors import NotelintError
from notelint.core.globs import Globs
from notelint.note.profile import Profile
from notelint.residue.patterns import OwnPattern
from notelint.vault.link_rules import RULES

_NOTHING = CheckerRequest()


class Effective(Struct, frozen=True):
    """The checks of one note: checkers by id (custom ones apart), severities that differ, options."""

    checkers: tuple[str, ...]
    custom: frozenset[str]
    severity: Mapping[str, Severity]
    options: Mapping[str, Any]


class CheckerSettings:
    """The choice of checkers, severities and options for each note. Validates the ids of a configuration."""

    def __init__(
        self,
        config: Config,
        registry: Mapping[str, type[Checker]],
        where: str = "configuration",
        asked: CheckerRequest = _NOTHING,
    ) -> None:
        """Raises `NotelintError` for unknown checkers, families and options; `where` is the configuration's file."""
        self._config, self._registry, self._where, self._asked = config, registry, where, asked
        self._families = {"custom", *(checker.family for checker in registry.values())}
        self._globs = [Globs(override.paths) for override in config.overrides]
        self._known: dict[tuple[str | None, tuple[int, ...]], Effective] = {}
        self._validate()

    def _validate(self) -> None:
        config = self._config
        custom, names = [own.id for own in config.custom], self._names
        for own in custom:
            if own in {*self._registry, *self._families, "default", "all"}:
                raise NotelintError(f'{self._where}: custom checker "{own}" has the id of one that exists already')
        residue = [id for id, checker in self._registry.items() if checker.family == "residue"]
        for at, pattern in enumerate(config.residue):
            self._require(pattern.kind, residue, f'residue[{at}].kind is "{pattern.kind}"')
        parts: list[tuple[str, Config | Override]] = [("", config)]
        parts += [(f"overrides[{at}].", override) for at, override in enumerate(config.overrides)]
        for prefix, part in parts:
            for key in ("select", "extend_select", "ignore"):
                for name in getattr(part, key, ()):
                    self._require(name, names, f'{prefix}{key.replace("_", "-")} names "{name}"')
            for name in part.severity:
                self._require(name, [*self._registry, *custom], f'{prefix}severity names "{name}"')
            for name, options in part.checkers.items():
                self._require(name, self._registry, f'{prefix}checkers names "{name}"')
                typed_toml.read(self._registry[name].Options, options, self._where, f"{prefix}checkers.{name}")

        for option, named in self._asked.named().items():
            for name in named:
                if name not in names:
                    meant = typed_toml.did_you_mean(name, names)
                    raise NotelintError(f"{option} {name}: unknown checker or family{meant}")

    @property
    def _names(self) -> list[str]:
        """All that a choice of checkers may name."""
        custom = (own.id for own in self._config.custom)
        return [*self._registry, *custom, *sorted(self._families), "default", "all"]

    def _require(self, name: str, known: Iterable[str], what: str, where: str = "") -> None:
        known = list(known)
        if name not in known:
            meant = typed_toml.did_you_mean(name, known)
            raise NotelintError(f"{where or self._where}: {what}, an unknown checker{meant}")

    def for_note(self, path: str, profile: Profile | None) -> Effective:
        """The checks of the note at a path (relative to the vault root) that has this profile."""
        matched = tuple(at for at, globs in enumerate(self._globs) if globs.match(path))
        key = (profile.key if profile is not None else None, matched)
        effective = self._known.get(key)
        if effective is None:
            effective = self._known[key] = self._effective(profile, [self._config.overrides[at] for at in matched])
        return effective

    def of_any_note(self, profiles: Iterable[Profile]) -> frozenset[str]:
        """The ids of all checkers that run on some note: of any of these profiles, under any overrides."""
        kinds: list[Profile | None] = [None, *profiles]
        ways: list[Sequence[Override]] = [(), *((override,) for override in self._config.overrides)]
        return frozenset().union(*(self._on(profile, overrides) for profile in kinds for overrides in ways))

    def _on(self, profile: Profile | None, overrides: Sequence[Override]) -> set[str]:
        """The ids of the checkers that run on a note of this profile under these overrides: decided here alone.

        The command line has the last word, then later overrides, the profile, and the configuration.
        """
        asked = self._asked
        if asked.select is not None:
            on = self._ids(asked.select)
        else:
            on = self._ids((*self._config.select, *self._config.extend_select))
            on -= self._ids(self._config.ignore, covering=True)
            if profile is not None:
                on |= self._asked_by(profile)
                on -= self._ids(profile.ignore, covering=True)
            for override in overrides:
                on |= self._ids(override.extend_select)
                on -= self._ids(override.ignore, covering=True)
        return (on | self._ids(asked.extend_select)) - self._ids(asked.ignore, covering=True)

    def _asked_by(self, profile: Profile) -> set[str]:
        """The checkers that a profile switches on and that the configuration does not switch off."""
        return self._ids(profile.select) - self._ids(self._config.ignore, covering=True)

    def _informing(self, profile: Profile) -> set[str]:
        """The checkers whose findings inform where a profile is only guessed: what they ask rests on the guess."""
        config = self._config
        on = self._ids((*config.select, *config.extend_select)) - self._ids(config.ignore, covering=True)
        return {
            *(self._asked_by(profile) - on),
            *(id for id, checker in self._registry.items() if checker.rests_on_profile),
            *(own.id for own in config.custom if own.profile == profile.name),
        }

    def require_known(self, profile: Profile, where: str) -> None:
        """Raise `NotelintError` for checkers and families that a profile names, and that are unknown.

        `where` is the profile's file.
        """
        for key, names in (("select", profile.select), ("ignore", profile.ignore)):
            for name in names:
                self._require(name, self._names, f'{key} names "{name}"', where)

    def _effective(self, profile: Profile | None, overrides: Sequence[Override]) -> Effective:
        config = self._config
        on = self._on(profile, overrides)
        informs: dict[str, Severity] = {}
        if profile is not None and profile.guessed:  # it informs, whatever it asks for
            informs = dict.fromkeys(self._informing(profile), Severity.INFO)
        severity, options = {**informs, **config.severity}, {id: dict(table) for id, table in config.checkers.items()}
        for override in overrides:
            severity |= override.severity
            for id, table in override.checkers.items():
                options[id] = {**options.get(id, {}), **table}
        ignored = {*config.ignore, *self._asked.ignore, *(name for one in overrides for name in one.ignore)}
        ignored.update(profile.ignore if profile is not None else ())
        for id, wider in COVERED.items():
            severity |= {id: severity[wider]} if wider in severity and id not in severity else {}
            if wider in options:
                shared = {key: value for key, value in options[wider].items() if key != "unwritten"}
                options[id] = {**shared, **options.get(id, {})}
            if wider in on and id not in on and id not in ignored:  # selected alone, it reports all that it once did
                options[wider] = {**options.get(wider, {}), "unwritten": True}
        read = {
            id: typed_toml.read(self._registry[id].Options, table, self._where, f"checkers.{id}")
            for id, table in options.items()
        }
        own = frozenset(custom.id for custom in config.custom if custom.id in on)
        return Effective(tuple(id for id in self._registry if id in on), own, severity, read)

    def _ids(self, names: Iterable[str], *, covering: bool = False) -> set[str]:
        """The ids that ids, families, `default` and `all` stand for; `covering` also those that were a part of them."""
        asked = set(names)
        ids = {
            id
            for id, checker in self._registry.items()
            if not asked.isdisjoint((id, COVERED.get(id, id) if covering else id, checker.family, "all"))
            or ("default" in asked and self._by_default(checker))
        }
        return ids | {
            own.id for own in self._config.custom if not asked.isdisjoint((own.id, "custom", "all", "default"))
        }

    def _by_default(self, checker: type[Checker]) -> bool:
        """True if a checker is on unless the configuration says otherwise: of publishing, only where notes are."""
        return checker.default and (checker.family != "publishing" or RULES[self._config.resolution].publishes)


def effective(
    loaded: Loaded, settings: CheckerSettings, path: str | None, profile: Profile | None
) -> list[tuple[str, str, str]]:
    """Settings in effect, as rows of key, value and origin: of the vault, or for the note at `path`."""
    rows = []
    for part in typed_toml.keys(Config):
        key, value = part.key, getattr(loaded.config, part.field)
        if isinstance(value, GardenTable):
            rows += [
                (f"{key}.{one.key}", _toml(getattr(value, one.field)), loaded.origins.get(key, "default"))
                for one in typed_toml.keys(GardenTable)
            ]
        else:
            rows.append((key, _toml(value), loaded.origins.get(key, "default")))
    asked = settings.for_note(path or "", profile)
    rows.append(
        (
            "checkers in effect",
            ", ".join((*asked.checkers, *sorted(asked.custom))),
            "for this note" if path else "for a note without profile",
        )
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
        values = ((one.key, getattr(value, one.field)) for one in typed_toml.keys(type(value)))
        return _toml({key: value for key, value in values if value})
    return json.dumps(value, ensure_ascii=False)
