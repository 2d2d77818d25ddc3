"""The definition of a checker. A checker is one file `checkers/<id>.py` beside one page `checkers/<id>.md`."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from notelint.core.diagnostic import Finding, Severity
from notelint.edits.allowance import Allowance, Part
from notelint.note.note import Note, Outline
from notelint.vault.vault import Vault

_Made = TypeVar("_Made")


class OncePerVault(Generic[_Made]):
    """A value that a checker computes for a vault as a whole: made by `make` when first asked, kept for the next
    notes.
    """

    def __init__(self, make: Callable[[Vault], _Made]) -> None:
        self._make = make
        self._kept: tuple[Vault, _Made] | None = None

    def of(self, vault: Vault) -> _Made:
        """Return the value that `make` gave for this vault."""
        if self._kept is None or self._kept[0] is not vault:
            self._kept = vault, self._make(vault)
        return self._kept[1]


class NoOptions(Struct, frozen=True):
    """The options of a checker that has none."""


class Checker:
    """Everything that both kinds have: an id (the module's name with hyphens), options, a default severity, on or off
    at first.

    The first line of a checker's docstring is what `notelint checkers` shows; it names the bad thing.
    `supersedes` names a checker, of the same kind, that is silent where this one speaks of the same place.
    `Options` is a frozen dataclass or msgspec struct; each field has a default and an `Annotated[..., "one line of
    help"]` type.
    """

    Options: ClassVar[type[Any]] = NoOptions
    family: ClassVar[str] = "custom"
    severity: ClassVar[Severity] = Severity.ERROR
    default: ClassVar[bool] = True
    supersedes: ClassVar[str | None] = None
    rests_on_profile: ClassVar[bool] = False  # whether it says what the note's profile asks: if guessed, it informs
    takes: ClassVar[frozenset[Part]] = frozenset()  # what its fixes may take, besides words that their titles name
    of_imports: ClassVar[bool] = False  # whether its fixes may change imports only
    compares: ClassVar[bool] = False  # whether it has something to say only of what changed, for `--since`

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        self.options = self.Options() if options is None else options
        self.id = id or type(self).identifier()

    @classmethod
    def allowance(cls) -> Allowance:
        """The parts of a note that the checker's fixes may take; verified of each of them before a note is written."""
        return Allowance(cls.takes, cls.of_imports)

    @classmethod
    def identifier(cls) -> str:
        """The checker's id, from its module's name: `broken_link` -> `broken-link`."""
        return cls.__module__.rpartition(".")[2].replace("_", "-")


class NoteChecker(Checker):
    """A pure function of one note (and its profile) and the options; what it finds is cached with the note.

    Nearly all notes are fine, and a checker may say how to see that fast: by a hint. Each note is searched once for the
    hints of all checkers.
    """

    def hint(self) -> str | None:
        """A pattern (RE2) that is found in every text of which the checker has something to say.

        None if there is no such pattern. It has to be the same for all notes.
        """
        return None

    def concerns(self, note: Note) -> bool:
        """True if it may have something to say of a note in which its hint is not found."""
        return False

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is wrong with this note."""
        raise NotImplementedError


class VaultChecker(Checker):
    """Sees the outlines of the whole vault, never a text."""

    of_pages: ClassVar[bool] = False  # whether it speaks only of notes whose published page can differ (`Vault.page`)

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield what is wrong with this note, seen from the whole vault."""
        raise NotImplementedError


class FileChecker(Checker):
    """Sees the files of the vault that are no notes, by their paths, when a folder or the whole vault is checked."""

    def check(self, path: str, vault: Vault) -> Iterator[Finding]:
        """Yield what is wrong with the file at this path, at its start: its contents are not read as text."""
        raise NotImplementedError
