"""See case_mismatch.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Severity
from notelint.edits.allowance import Part
from notelint.note.links import LinkForm, normalise
from notelint.note.note import Outline
from notelint.vault.resolution import Status
from notelint.vault.retargeting import retarget
from notelint.vault.vault import Vault


class CaseMismatch(VaultChecker):
    """A link whose capitals differ from the file's name: it works in Obsidian, not on most servers."""

    family = "links"
    severity = Severity.WARNING
    default = False
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link that resolves only because Obsidian ignores case (L8)."""
        for link in note.links:
            path = link.target.path
            if link.hidden or not path or link.form is LinkForm.HTML:
                continue
            found = vault.resolve_link(link, note.path)
            if found.status is not Status.RESOLVED or found.target is None:
                continue
            name, wanted = path.rpartition("/")[2], normalise(found.target)
            whole = wanted.removesuffix(".md") if not path.lower().endswith(".md") else wanted
            if whole.endswith(path.lstrip("./")) or not whole.lower().endswith(name.lower()):
                continue
            edit = retarget(link, note.path, found.target, vault)
            fix = None if edit is None else Fix(f"write it as the file is named, {found.target!r}", (edit,))
            yield Finding(link.span, f"{path!r} differs from {found.target!r} in upper and lower case", fix, about=path)
