"""Names as a file system spells them, where it takes other spellings for the same: case on Windows, case and Unicode
normalisation on macOS. A path that somebody typed is then found, but not by its text in a listing.
"""

import unicodedata
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from notelint.core.safe_read import VaultReader


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class DiskSpelling(Struct, dict=True):
    """The spelling of paths below a trusted folder. Listings are kept until their folder changes."""

    root: Path
    _listings: dict[str, tuple[int, dict[str, list[str]]]] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """Return a POSIX path relative to the folder as it is spelled there; what does not exist, as it is given."""
        if path == "." or self._is_exact:
            return path
        spelled = list[str]()
        parts = path.split("/")
        for at, part in enumerate(parts):
            name = self._name("/".join(spelled), part)
            if name is None:
                return "/".join([*spelled, *parts[at:]])
            spelled.append(name)
        return "/".join(spelled)

    def of_new(self, path: str) -> str:
        """Return a path that is to be made: its folder as it is spelled, its own name as it is given."""
        folder, slash, name = path.rpartition("/")
        return f"{self.of(folder)}/{name}" if slash else path

    @cached_property
    def _is_exact(self) -> bool:
        """True where another case names another file: nothing has to be looked up then."""
        names = (self.root.name, *(name for found in self._listing("").values() for name in found))
        name = next((name for name in names if name.swapcase() != name), None)
        if name is None:
            return False
        path = self.root if name == self.root.name else self.root / name
        other = path.with_name(name.swapcase())
        try:
            return not other.samefile(path)
        except OSError:
            return True

    def _name(self, folder: str, part: str) -> str | None:
        """Return an entry of a folder that `part` names; None if there is none, or several that it could be."""
        found = self._listing(folder).get(_key(part), [])
        return part if part in found else found[0] if len(found) == 1 else None

    def _listing(self, folder: str) -> dict[str, list[str]]:
        path = self.root / folder
        try:
            changed = path.lstat().st_mtime_ns
            if folder not in self._listings or self._listings[folder][0] != changed:
                names: dict[str, list[str]] = {}
                for entry in VaultReader(self.root).entries(folder):
                    names.setdefault(_key(entry.name), []).append(entry.name)
                self._listings[folder] = changed, names
        except OSError:
            return {}
        return self._listings[folder][1]
