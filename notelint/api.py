"""The names that plugins import: checkers, findings, notes and the vault. Names that are not here may change without
notice.

A checker of one note subclasses `NoteChecker`, one that looks at the whole vault `VaultChecker`; docs/plugins.md shows
both.
`notelint.testing` runs the cases that a checker's page shows.
"""

from notelint.checkers.base import Checker, NoteChecker, OncePerVault, VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.regex import compile_pattern
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.links import Link, LinkForm, Target
from notelint.note.markdown.model import BlockId, Heading
from notelint.note.note import Note, Outline
from notelint.note.tags import tags
from notelint.note.words import words
from notelint.vault.resolution import Anchor, Resolution, Status
from notelint.vault.vault import Vault

__all__ = [
    "Anchor",
    "BlockId",
    "Checker",
    "Edit",
    "Finding",
    "Fix",
    "Heading",
    "Link",
    "LinkForm",
    "Note",
    "NoteChecker",
    "OncePerVault",
    "Outline",
    "Part",
    "Resolution",
    "Safety",
    "Severity",
    "Span",
    "Status",
    "Target",
    "Vault",
    "VaultChecker",
    "compile_pattern",
    "tags",
    "words",
]
