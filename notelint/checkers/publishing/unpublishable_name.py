"""See unpublishable_name.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.lazy_regex import lazy_regex
from notelint.garden.template import render, survives
from notelint.note.note import Outline
from notelint.vault.face import path_in_garden
from notelint.vault.vault import Vault

_ENDS = lazy_regex(r"[?#]")
_OWN_ADDRESS = ("dg-path", "dg-permalink", "permalink")  # what malformed-permalink judges


class UnpublishableName(VaultChecker):
    """A published note whose name kills the links to it on the site, or leaves no address."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield what the note's path cannot do on the site (digital-garden DG-L7, DG-U4)."""
        if not vault.site.publishes(note.path):
            return
        path = path_in_garden(note.path).removesuffix(".md")
        if not note.path.endswith(".md"):
            message = "links to this note are dead on the site, where a note ends in .md in small letters: rename it"
            yield Finding(note.place("dg-publish"), message)
        elif not survives(path, older=vault.garden.older_template):
            message = f"links to this note are dead on the site: {_culprit(path)} {_cause(path)}; rename it"
            yield Finding(note.place("dg-publish"), message)
        address = vault.site.claimed(note)
        own = any(isinstance(note.properties.get(key), str) and note.properties[key] for key in _OWN_ADDRESS)
        if address is None or own:
            return
        if "//" in address:
            message = f"its address {address} has an empty part, for nothing of its name is left: set dg-permalink"
            yield Finding(note.place("dg-publish"), message)
        elif (end := _ENDS.search(address)) is not None:  # where the plugin makes no slugs (DG-U5)
            message = f"its address {address} ends at {end.group()!r} for a browser: rename it, or set dg-permalink"
            yield Finding(note.place("dg-publish"), message)


def _culprit(path: str) -> str:
    """The part of a path that is to be renamed: the note or a folder, or all of it where only the whole is misread."""
    *folders, name = path.split("/")
    folder = next((one for one in folders if not survives(one)), None)
    if folder is not None:
        return f"the name of its folder {folder!r}"
    return f"its name {name!r}" if not survives(name) else f"its path {path!r}"


def _cause(path: str) -> str:
    """Why it is misread: a name such as `Dr.No` is taken for an address of the internet."""
    linked = "<a href=" in render(rf"[[{path}\|x]]")
    return "reads as an internet address" if linked else "holds marks of HTML or Markdown"
