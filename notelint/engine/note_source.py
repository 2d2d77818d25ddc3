"""The part of a workspace that judging notes needs."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from notelint.core.diagnostic import Diagnostic
from notelint.engine.lint import LintPlan
from notelint.note.note import Note, Outline
from notelint.vault.face import Face
from notelint.vault.files import Files
from notelint.vault.link_rules import LinkRules
from notelint.vault.moves import MoveEvidence
from notelint.vault.note_texts import Texts
from notelint.vault.vault import Vault

if TYPE_CHECKING:
    from notelint.engine.spawned_judge import HandedVault


class NoteSource(Protocol):
    """The part of a run that judging needs."""

    @property
    def folder(self) -> str:
        """The folder of the vault, as text: a `Path` for each note takes longer."""

    @property
    def files(self) -> Files:
        """The files of the vault."""

    @property
    def rules(self) -> LinkRules:
        """The rules by which links are judged."""

    @property
    def overlaid(self) -> frozenset[str]:
        """Notes that are not what their files hold: of these no stamp tells anything."""

    is_kept: bool
    """Whether the cache may be written for this state of the vault."""

    stamped: tuple[str, frozenset[str]]
    """The file of a cache (its mark) with which the notes were compared, and those of which it does not hold."""

    @property
    def evidence(self) -> MoveEvidence:
        """Evidence about files that are gone."""

    @property
    def named_imports(self) -> frozenset[str]:
        """Notes that the workspace takes for imports: what was known of them before does not count."""

    @property
    def progress(self) -> Callable[[str, int, int], None]:
        """Tells how far the run is."""

    def handed(self) -> "HandedVault | None":
        """What another process needs to open the same vault; None if it could not see the same notes."""

    def data(self, path: str) -> bytes | None:
        """The bytes of a note; None if it cannot be read."""

    def decode(self, path: str, data: bytes) -> Note:
        """The note that these bytes are."""

    def read(self, path: str) -> Note:
        """The note at a path."""

    def plan_of(self, path: str, profile: str | None) -> LintPlan:
        """The plan for the note at a path, of the profile of this key."""

    def lint(self, note: Note, vault: Vault) -> list[Diagnostic]:
        """All diagnostics of a note."""

    def vault_of(self, outlines: Mapping[str, Outline], faces: Mapping[str, Face], texts: Texts) -> Vault:
        """The vault that has these notes."""

    def face(self, note: Note) -> Face:
        """The face of a note: its entries in the tables of the vault."""
