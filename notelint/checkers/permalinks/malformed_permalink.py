"""See malformed_permalink.md."""

import json
import re
from collections.abc import Iterator
from typing import Any

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit
from notelint.edits.allowance import Part
from notelint.garden.permalinks import fails_build, is_published
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_ODD = lazy_regex(r"[\s\\?#%<>\"|*]")
_FILE = lazy_regex(r"\.(?:md|markdown|canvas)$", re.I)  # cut off, and nothing else is lost (DG-U2)


class MalformedPermalink(VaultChecker):
    """A permalink or path of a published note that makes no usable address."""

    family = "permalinks"
    takes = frozenset({Part.VALUES})
    supersedes = "permalink-mismatch"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each of `permalink`, `dg-permalink`, `dg-path` from which no good address comes (DG-U2, DG-U7).

        Of a note in the vault, the plugin ignores the `permalink`: that is the matter of `permalink-mismatch`.
        """
        if not is_published(note.properties):
            return
        on_site = vault.site.holds(note)
        own = isinstance(wanted := note.properties.get("dg-permalink"), str) and wanted  # then dg-path does not matter
        in_path = None if own else _path_problem(note, vault)
        if in_path:
            yield Finding(note.place("dg-path"), f"dg-path {in_path}", about="dg-path")
        for key in ("dg-permalink", "permalink") if on_site else ("dg-permalink",):
            if key == "permalink" and _is_made(note, vault, judged=bool(own or in_path)):
                continue
            emitted = key == "permalink"
            problem = _address_problem(note.properties.get(key), emitted=emitted)
            if problem:
                yield Finding(note.place(key), f"{key} {problem}", _fix(note, vault, key, emitted), about=key)


def _is_made(note: Outline, vault: Vault, *, judged: bool) -> bool:
    """True if the plugin made a `permalink` from what is `judged` already, or from a name that it does not change."""
    written, possible = note.properties.get("permalink"), vault.site.possible_permalinks(note)
    return written in possible and (judged or written == vault.site.name_kept(note))


def _address_problem(value: Any, *, emitted: bool) -> str | None:
    """The fault of an address, or None; the plugin adds missing slashes, the site does not."""
    if value is None or not isinstance(value, str):
        return None if value is None else "is not text: write an address, in quotes"
    if "://" in value:
        return f"{value!r} is a whole URL: write the path alone"
    if _ODD.search(value):
        return f"{value!r} holds a space or another character that needs encoding in an address: leave it out"
    if "//" in value:
        return f"{value!r} has an empty part between two slashes: name that part, in Latin letters, or leave it out"
    if value.endswith(".html/") or (value.endswith(".html") and not emitted):
        return f"{value!r} makes a folder of that name, not a file: leave out .html"
    if emitted and fails_build(value):
        return f"{value!r} does not end with a slash, and the site's build fails: add it"
    if emitted and not value.startswith("/"):
        return f"{value!r} does not begin with a slash: add it"
    return None


def _path_problem(note: Outline, vault: Vault) -> str | None:
    path = note.properties.get("dg-path")
    if path is None or not isinstance(path, str):
        return None if path is None else "is not text: write a path, in quotes"
    possible = vault.site.possible_permalinks(note)
    if possible and all("//" in address for address in possible):
        return f"makes the address {possible[0]}: write no slash at its start, and Latin letters in each part"
    if "." not in path or _FILE.search(path):
        return None
    so = f", so the address is {possible[0]}" if len(possible) == 1 else ""
    return f"is cut at its last dot{so}: end it with .md"


def _fix(note: Outline, vault: Vault, key: str, emitted: bool) -> Fix | None:
    """Put the slashes right, where nothing else is wrong: the page stays in the same file of the site."""
    value = note.properties[key]
    computed = key == "permalink" and value == vault.site.permalink(note)  # it would only come back
    if computed or not isinstance(value, str) or "://" in value:
        return None
    fixed = re.sub("/{2,}", "/", f"/{value}/" if emitted else value)
    if fixed in ("/", value) or _address_problem(fixed, emitted=emitted):
        return None
    return Fix(f"write {fixed}", (Edit(note.place(key), json.dumps(fixed, ensure_ascii=False)),))
