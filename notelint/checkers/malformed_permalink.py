"""See malformed_permalink.md."""

import re
from collections.abc import Iterator
from typing import Any

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.note import Outline
from notelint.permalink import is_published
from notelint.vault import Vault

_ODD = re.compile(r"[\s\\?#<>\"|*]")


class MalformedPermalink(VaultChecker):
    """A permalink or path of a published note that makes no usable address."""

    family = "permalinks"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each of `permalink`, `dg-permalink`, `dg-path` from which no good address comes (DG-U2, DG-U7)."""
        if not is_published(note.properties):
            return
        for key in ("permalink", "dg-permalink"):
            if key in note.properties:
                problem = _address_problem(note.properties[key], emitted=key == "permalink" and note.is_published_form)
                if problem:
                    yield Finding(note.place(key), f"{key} {problem}", about=key)
        path = note.properties.get("dg-path")
        if isinstance(path, str) and "." in path and not path.endswith((".md", ".canvas")):
            address = vault.permalink(note)
            message = f"dg-path is cut at its last dot, so the address is {address}: end it with .md"
            yield Finding(note.place("dg-path"), message, about="dg-path")


def _address_problem(value: Any, *, emitted: bool) -> str | None:
    """What is wrong with an address; the plugin adds missing slashes, the site does not."""
    if value is None or not isinstance(value, str):
        return None if value is None else "is no text, and is passed over"
    if "://" in value:
        return f"{value!r} is a whole URL: write the path alone"
    if _ODD.search(value):
        return f"{value!r} holds a space or another character that needs encoding in an address"
    if "//" in value and value != "//":
        return f"{value!r} has an empty part between two slashes"
    if emitted and not value.startswith("/"):
        return f"{value!r} does not begin with a slash"
    if emitted and not value.endswith("/") and "." not in value.rpartition("/")[2]:
        return f"{value!r} does not end with a slash: the site's build fails"
    return None
