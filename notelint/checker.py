"""What a checker is. A checker is one file `checkers/<id>.py` beside one page `checkers/<id>.md`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from notelint.diagnostic import Finding, Severity
from notelint.note import Note, Outline
from notelint.vault import Vault


@dataclass(frozen=True)
class NoOptions:
    """The options of a checker that has none."""


class Checker:
    """What both kinds have: an id (the module's name with hyphens), options, a default severity, on or off at first.

    The first line of a checker's docstring is what `notelint checkers` shows; it names the bad thing.
    `supersedes` names a checker, of the same kind, that is silent where this one speaks of the same place.
    `Options` is a frozen dataclass; each field has a default and an `Annotated[..., "one line of help"]` type.
    """

    Options: ClassVar[type[Any]] = NoOptions
    family: ClassVar[str] = "custom"
    severity: ClassVar[Severity] = Severity.ERROR
    default: ClassVar[bool] = True
    supersedes: ClassVar[str | None] = None
    compares: ClassVar[bool] = False  # whether it has something to say only of what changed, for `--since`

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        self.options = self.Options() if options is None else options
        self.id = id or type(self).identifier()

    @classmethod
    def identifier(cls) -> str:
        """The checker's id, from its module's name: `broken_link` -> `broken-link`."""
        return cls.__module__.rpartition(".")[2].replace("_", "-")


class NoteChecker(Checker):
    """A pure function of one note (and its profile) and the options; what it finds is cached with the note."""

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is wrong with this note."""
        raise NotImplementedError


class VaultChecker(Checker):
    """Sees the outlines of the whole vault, never a text."""

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield what is wrong with this note, seen from the whole vault."""
        raise NotImplementedError
