"""See unpublishable_link.md."""

import re
from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.link import LinkForm
from notelint.note import Outline
from notelint.vault import Vault

_CONVERTED = re.compile(r"\.(?:md|markdown|canvas)\Z")


class UnpublishableLink(VaultChecker):
    """A link of a published note in a form that the site cannot follow, or not as far."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield Markdown links that the plugin does not convert (DG-L5), and nested headings that it cuts (DG-L3)."""
        if not vault.publishes(note.path):
            return
        for link in note.links:
            target = vault.resolve_link(link, note.path).target if not (link.hidden or link.in_property) else None
            if target not in vault.faces or not link.target.path:
                continue
            if link.form is LinkForm.MARKDOWN and _CONVERTED.search(link.target.path) is None:
                message = "only Markdown links that end in .md are converted: on the site this one is dead; add .md"
                yield Finding(link.span, message, about=target)
            elif (link.target.subpath or "").strip("#").count("#") and link.form is LinkForm.WIKILINK:
                first = (link.target.subpath or "").strip("#").partition("#")[0]
                message = f"on the site this link leads to the heading {first!r}: name the last one alone"
                yield Finding(link.span, message, about=target)
