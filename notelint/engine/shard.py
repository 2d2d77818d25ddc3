"""A share of the notes, for runs on several machines at once."""

from hashlib import sha256

from msgspec import Struct

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import composed

_FORM = lazy_regex(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


class Shard(Struct, frozen=True):
    """The share `index` of `count`. A note belongs to one share by its path alone, on any machine, on any day."""

    index: int
    count: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """The share that `2/5` names. Raises `NotelintError` for anything but 1/N to N/N."""
        match = _FORM.fullmatch(text)
        if match is None or int(match[1]) > int(match[2]):
            raise NotelintError(f"{text!r} is not a share of the notes: write it as 2/5, from 1/5 to 5/5")
        return cls(int(match[1]), int(match[2]))

    def holds(self, path: str) -> bool:
        """True if the note at this path (relative to the vault root, POSIX) is of this share.

        File systems differ in how they write accents, so the path's composed form (NFC) decides.
        """
        name = composed(path).encode("utf-8", "surrogatepass")
        return int.from_bytes(sha256(name).digest()[:8], "big") % self.count == self.index - 1

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"
