"""Find the profile of a note."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from notelint.core.globs import Globs
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import encodable
from notelint.note.note import Note
from notelint.note.profile import GuessedProfile, Profile

_FIRST_LINES = 40
_SURE = 2  # signs of that weight declare a profile, a lesser one lets it be guessed
_LINE_END = lazy_regex(r"\r\n|\n|\r")
_BLANKS = r"[\s\x{1c}-\x{1f}\x{85}\pZ]*"  # what `strip` takes away
_OF_A_TEXT = lazy_regex(r"\\[Az]|\(\?[a-zA-Z]*-")


class Profiles:
    """The profiles of a run, ready to be matched with many notes.

    The surest sign decides, whatever the order of profiles: a property before a path, before signature lines, before
    known headings; among equals the first profile of the configuration. Properties and paths declare a profile, and so
    do two different signature lines; one of them, and headings, only let it be guessed.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = tuple(profiles)
        self._guesses = {profile.name: GuessedProfile.of(profile) for profile in reversed(profiles)}
        self.named: dict[str | None, Profile] = {profile.name: profile for profile in reversed(profiles)}
        self.keyed: dict[str | None, Profile] = {**self.named, **{one.key: one for one in self._guesses.values()}}
        self._globs = {profile.name: Globs(profile.match.paths) for profile in profiles if profile.match.paths}
        self._patterns = {profile.name: _patterns(profile.match.lines) for profile in profiles if profile.match.lines}
        self._signs: tuple[Callable[[Profile, Note], int], ...] = (
            lambda profile, note: _SURE * has_properties(profile.match.properties, note.properties),
            lambda profile, note: _SURE * (profile.name in self._globs and self._globs[profile.name].match(note.path)),
            self._signed,
            lambda profile, note: int(_has_headings(profile, note)),
        )

    def of(self, note: Note) -> Profile | None:
        """The profile that means this note, a `GuessedProfile` if it only looks like it, or None."""
        for sign in self._signs:
            for profile in self.profiles:
                found = sign(profile, note)
                if found:
                    return profile if found >= _SURE else self._guesses[profile.name]
        return None

    def _signed(self, profile: Profile, note: Note) -> int:
        """Number of different signature lines of a profile in a note, as far as it matters.

        One line makes no import: an author's note may hold it too.
        """
        found = _lines_found(self._patterns[profile.name], note) if profile.name in self._patterns else 0
        return 0 if profile.imported and found < _SURE else found

    def by_property(self, properties: Mapping[str, Any]) -> Profile | None:
        """The profile that these properties ask for: the surest sign, before which no path or heading counts."""
        return next((one for one in self.profiles if has_properties(one.match.properties, properties)), None)


def has_properties(wanted: Mapping[str, Any], properties: Mapping[str, Any]) -> bool:
    """True if all wanted properties are there: equal, an item of a list, or (wanted: true) present at all."""
    if not wanted:
        return False
    for key, value in wanted.items():
        actual = properties.get(key)
        if value is True and actual not in (None, False, ""):
            continue
        allowed = value if isinstance(value, list | tuple) else [value]
        if not any(item in allowed for item in (actual if isinstance(actual, list) else [actual])):
            return False
    return True


def _patterns(lines: Sequence[str]) -> tuple[Any, list[Any]]:
    """One pattern that finds fast whether a text may have a line that is asked for (None: there is none); and each.

    What speaks of the beginning or end of a text, not of a line, cannot be looked for in many.
    """
    from notelint.core.regex import compile_pattern

    each = [compile_pattern(line) for line in lines]
    try:
        joined = "|".join(f"(?:{line})" for line in lines)
        return None if _OF_A_TEXT.search(joined) else compile_pattern(f"(?m)^{_BLANKS}(?:{joined}){_BLANKS}$"), each
    except ValueError:  # two groups of one name
        return None, each


def _lines_found(patterns: tuple[Any, list[Any]], note: Note) -> int:
    """Number of patterns that describe, as a whole, a line among the body's first that is not in code."""
    any_of_them, each = patterns
    raw = note.utf8
    one_way = raw.count(b"\r") == raw.count(b"\r\n")  # else a line may end where the one pattern sees none
    if any_of_them is not None and one_way and any_of_them.search(raw) is None:
        return 0
    text = encodable(note.text[note.body_start :])
    first = note.lines.position(note.body_start)[0]
    lines = [line.strip() for line in _LINE_END.split(text, _FIRST_LINES)[:_FIRST_LINES]]
    found = [(at, number) for at, line in enumerate(lines) for number, one in enumerate(each) if one.fullmatch(line)]
    code = note.structure.code if found else None
    return len({number for at, number in found if code and not code.touching(note.lines.line_span(first + at))})


def _has_headings(profile: Profile, note: Note) -> bool:
    """True if enough of the profile's sections stand in the note, on one level."""
    if not profile.match.headings:
        return False
    levels: dict[int, set[str]] = {}
    for heading in note.headings:
        section = None if heading.nested or heading.hidden else profile.section(heading.text)
        if section is not None and section.required:
            levels.setdefault(heading.level, set()).add(section.name)
    return any(len(names) >= profile.match.headings for names in levels.values())
