"""See ambiguous_link.md."""

from collections.abc import Iterator, Sequence

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.edits.allowance import Part
from notelint.note.links import Link, LinkForm
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
            if vault.may_be_for_others(link, note):  # who open none of them: only a person knows which was meant
                suggestions = tuple(_written_out(link, note, found.candidates[:_SHOWN], vault, Safety.SUGGESTION))
                yield Finding(link.span, message, about=link.target.path, suggestions=suggestions)
            else:
                opened = () if found.target is None else (found.target,)
                fix = next(_written_out(link, note, opened, vault, Safety.UNSAFE), None)
                yield Finding(link.span, message, fix, about=link.target.path)


def _written_out(link: Link, note: Outline, paths: Sequence[str], vault: Vault, safety: Safety) -> Iterator[Fix]:
    """Yield a fix for each file that the link can name by its path."""
    for path in paths:
        edit = retarget(link, note.path, path, vault)
        if edit is not None:
            yield Fix(f"write the path {edit.text!r}", (edit,), safety)


def _names(found: Resolution) -> str:
    shown = ", ".join(repr(path) for path in found.candidates[:_SHOWN])
    more = len(found.candidates) - _SHOWN
    return f"{shown} or {more} more" if more > 0 else shown
