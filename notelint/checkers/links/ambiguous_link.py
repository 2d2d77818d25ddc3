"""See ambiguous_link.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.edits.allowance import Part
from notelint.note.links import LinkForm
from notelint.note.note import Outline
from notelint.vault.resolution import Resolution, Status
from notelint.vault.retargeting import retarget
from notelint.vault.vault import Vault

_SHOWN = 3


class AmbiguousLink(VaultChecker):
    """A link that several notes or files answer to."""

    family = "links"
    severity = Severity.WARNING
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link with more than one candidate left (L16), or found by a part of a folder's name (L12)."""
        for link, found in vault.unsettled(note):
            if link.hidden or link.form is LinkForm.HTML:
                continue
            if found.status is Status.AMBIGUOUS:
                message = f"{link.target.path!r} could be {_names(found)}: Obsidian opens the first"
            elif found.rule == "L12":
                message = (
                    f"{link.target.path!r} names a part of a folder's name: not every Obsidian finds {found.target!r}"
                )
            else:
                continue
            edit = None if found.target is None else retarget(link, note.path, found.target, vault)
            fix = None if edit is None else Fix(f"write the path {edit.text!r}", (edit,), Safety.UNSAFE)
            yield Finding(link.span, message, fix, about=link.target.path)


def _names(found: Resolution) -> str:
    shown = ", ".join(repr(path) for path in found.candidates[:_SHOWN])
    more = len(found.candidates) - _SHOWN
    return f"{shown} or {more} more" if more > 0 else shown
