"""Plans: the checkers to run on a note, by the configuration, its overrides, the note's profile, and custom ones."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from notelint.checkers.base import Checker, NoteChecker
from notelint.checkers.custom import CustomChecker, CustomOptions
from notelint.checkers.residue.own_lines import WithOwnLines
from notelint.config.model import Config
from notelint.config.selection import CheckerSettings
from notelint.core import typed_toml
from notelint.core.diagnostic import CRASHED
from notelint.core.globs import Globs
from notelint.edits.allowance import NOTHING, Allowance
from notelint.engine.lint import LintPlan
from notelint.note.profile import Profile


class LintPlans:
    """The plans of one workspace. Notes of which the same is asked share one."""

    def __init__(
        self, root: Path, config: Config, settings: CheckerSettings, registry: dict[str, type[Checker]]
    ) -> None:
        """`registry` holds all known checkers by their ids, of which `settings` choose."""
        self._root, self._config, self._settings, self._registry = root, config, settings, registry
        self._plans: dict[object, LintPlan] = {}
        self._of_profiles: dict[str | None, LintPlan] = {}
        self._by_path = bool(config.overrides or config.custom)  # else a note's profile alone decides

    def of(self, path: str, profile: Profile | None) -> LintPlan:
        """The plan of a note at a path relative to the root, that is of a profile or of none."""
        if self._by_path:
            return self._chosen(path, profile)
        kind = None if profile is None else profile.key
        if kind not in self._of_profiles:
            self._of_profiles[kind] = self._chosen(path, profile)
        return self._of_profiles[kind]

    def _chosen(self, path: str, profile: Profile | None) -> LintPlan:
        effective = self._settings.for_note(path, profile)
        custom = tuple(own for own in self._custom(path, profile) if own.id in effective.custom)
        key = (id(effective), tuple(checker.id for checker in custom))
        plan = self._plans.get(key)
        if plan is None:
            checkers = [self.checker(id, effective.options.get(id)) for id in effective.checkers]
            known = frozenset([*self._registry, *(custom.id for custom in self._config.custom), CRASHED])
            plan = self._plans[key] = LintPlan((*checkers, *custom), effective.severity, known)
        return plan

    def checker(self, id: str, options: Any = None) -> Checker:
        """A checker with its options. One that reads files of the vault has an option `root`, which is set here."""
        kind = self._registry[id]
        options = kind.Options() if options is None else options
        if hasattr(options, "root"):
            options = typed_toml.replaced(options, root=str(self._root))
        checker = kind(options)
        own = [pattern for pattern in self._config.residue if pattern.kind == id]
        return WithOwnLines(checker, own) if own and isinstance(checker, NoteChecker) else checker

    def allowance(self, id: str) -> Allowance:
        """The parts that the fixes of the checker of this id may take; nothing, of one that is only configured."""
        return self._registry[id].allowance() if id in self._registry else NOTHING

    def _custom(self, path: str, profile: Profile | None) -> Iterator[CustomChecker]:
        for checker, of_profile, globs in self._custom_checkers:
            if of_profile is not None and (profile is None or profile.name != of_profile):
                continue
            if globs is None or globs.match(path):
                yield checker

    @cached_property
    def _custom_checkers(self) -> list[tuple[CustomChecker, str | None, Globs | None]]:
        made = []
        for asked in self._config.custom:
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
