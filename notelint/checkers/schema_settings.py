"""Properties that begin like a program's settings and are none of them: `dg-hide-tilte`."""

from functools import cached_property

from msgspec import Struct

_NAMED_BY_USERS = frozenset({"content", "classes", "note", "icon"})  # the plugin lets its user name these properties
_SHORT = 4  # letters up to which a word is only itself


class ProgramSettings(Struct, frozen=True, dict=True):
    """The settings of a program, whose names begin with `prefix`: empty if a schema is of no such program."""

    prefix: str
    names: tuple[str, ...]

    def like(self, key: str) -> str | None:
        """The settings that begin like a key which is none, though it consists of their words; None for all others.

        Other keys that begin so may be read by the user's own templates: nothing is known of them.
        """
        if not self.prefix or not key.startswith(self.prefix) or key in self.names:
            return None
        first, *others = key.removeprefix(self.prefix).split("-")
        alike = [name for name in self.names if name.startswith(f"{self.prefix}{first}")]
        if not alike or first not in self._words or not others or not all(map(self._is_word, others)):
            return None
        return ", ".join(repr(name) for name in alike[:4])

    @cached_property
    def _words(self) -> frozenset[str]:
        words = {word for name in self.names for word in name.removeprefix(self.prefix).split("-")}
        return frozenset(words - _NAMED_BY_USERS)

    def _is_word(self, word: str) -> bool:
        """True if it is one of the settings' words, or one with a slip."""
        if word in self._words:
            return True
        if len(word) <= _SHORT or word in _NAMED_BY_USERS:
            return False
        from rapidfuzz.distance import OSA

        return any(len(known) > _SHORT and OSA.distance(word, known, score_cutoff=1) <= 1 for known in self._words)
