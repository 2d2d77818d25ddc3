"""A profile: a kind of note, and what is asked of it."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Annotated, Any, ClassVar

from msgspec import Struct, field, structs

from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import composed

BLOCK_ID = lazy_regex(r"(?<!\s)\s++\^[A-Za-z0-9-]+\s*$")  # a run of blanks is tried once, from its beginning
PARENTHESIS = lazy_regex(r"(?<!\s)\s*+\([^()]*\)\s*+(?::\s*+)?$")
_TAG = lazy_regex(r"(?:(?<=\s)|^)#(?=[^\s#]*[^\s#\d])[^\s#]+")  # Obsidian's: never digits alone
_EMOJI = lazy_regex("\\w?\ufe0f\u20e3?|\\w\u20e3")  # letters and digits that are drawn as pictures
_ROMAN = lazy_regex(r"^[^\w(]*\(?(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})[.)](?=\s)")
_LETTER = lazy_regex(r"^[^\w(]*\(?[A-Za-z][.)](?=\s)")
_LINK = lazy_regex(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
_HTML = lazy_regex(r"</?[A-Za-z][^<>]*>")
_ATTRIBUTES = lazy_regex(r"\{[^{}]*\}\s*$")
_NOT_WORD = lazy_regex(r"[^\w+]+")
_MARKUP = frozenset("[<{")
_GUESSED = " (guessed)"


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def title_key(title: str) -> str:
    """A heading's text made comparable.

    Emphasis, HTML, tags, emoji, numbers or a letter before it, a block id, attributes and a trailing parenthesis do not
    count; of a link, what it shows does.

    `"**2. Differentials** (pattern-based): #ddx"` -> `"differentials"`.
    """
    if not title.isascii():
        title = _EMOJI.sub(" ", composed(title))
    if not _MARKUP.isdisjoint(title):
        title = _ATTRIBUTES.sub("", _HTML.sub("", _LINK.sub(r"\1", title)))
    if "#" in title:
        title = _TAG.sub(" ", title)
    title = BLOCK_ID.sub("", title.rstrip())
    bare = PARENTHESIS.sub("", title.replace("**", "").replace("__", "").rstrip())
    words = _NOT_WORD.sub(" ", _LETTER.sub("", _ROMAN.sub("", bare)).replace("&", " and ")).casefold().split()
    words = [word.strip("_") or word for word in words] if "_" in bare else words
    first = next((at for at, word in enumerate(words) if not word.isdigit()), len(words) - 1)
    return " ".join(words[max(first, 0) :])


class Section(Struct, frozen=True, dict=True):
    """A section that a profile knows."""

    name: str
    synonyms: tuple[str, ...] = ()
    level: int = 2
    required: bool = True
    min_words: int = 0
    callouts: tuple[str, ...] = ()  # kinds of callout, `> [!summary]`, any of which does for the section

    @cached_property
    def keys(self) -> frozenset[str]:
        """The comparable forms of its name and its synonyms."""
        return frozenset(title_key(title) for title in (self.name, *self.synonyms))


class Match(Struct, frozen=True):
    """The notes that a profile means: those for which *any* of these holds (an empty one holds for none)."""

    paths: tuple[str, ...] = ()  # globs relative to the vault root
    properties: dict[str, Any] = field(default_factory=dict)  # all equal, or contained in a list; True: present
    headings: int = 0  # at least so many of the profile's sections stand in the note
    lines: tuple[str, ...] = ()  # anchored regular expressions, one of which matches a whole line of the first 40


class ProfileEvidence(Struct, frozen=True):
    """Signs in a note, any of which shows that the sections of its profile are to be asked of it. Empty: they are."""

    sites: tuple[str, ...] = ()  # domains that its `source` or `url` lies in, or its `site` names
    lines: tuple[str, ...] = ()  # regular expressions of whole lines, titles among them, that only such notes have
    terms: tuple[str, ...] = ()  # regular expressions of words and phrases of the field, capitals alike
    least_terms: int = 4  # so many different ones stand in the note


class Profile(Struct, frozen=True, dict=True):
    """A kind of note: which notes it means, which JSON Schema their frontmatter obeys, which sections they have.

    It is read from a TOML file of the same keys, with hyphens.
    """

    name: Annotated[str, "The profile's name."]
    extends: Annotated[str | None, "A profile that this one has all from but what it says itself."] = None
    description: Annotated[str, "What kind of note it means."] = ""
    match: Annotated[Match, "Which notes it means; any sign suffices."] = Match()
    schema: Annotated[str | None, "The frontmatter's schema: a shipped one's name, or a path in the vault."] = None
    frontmatter: Annotated[bool, "Whether such a note must have frontmatter."] = False
    imported: Annotated[bool, "Whether such a note comes from a website, whose byline tells of its making."] = False
    template: Annotated[dict[str, Any], "What a new frontmatter starts with."] = field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], "The sections, in order."] = field(default=(), name="section")
    synonyms: Annotated[dict[str, tuple[str, ...]], "Further titles for sections, by the sections' names."] = field(
        default_factory=dict
    )
    sections_if: Annotated[ProfileEvidence, "Signs without which the sections are not asked for."] = ProfileEvidence()
    select: Annotated[tuple[str, ...], "Checkers or families switched on."] = ()
    ignore: Annotated[tuple[str, ...], "Checkers or families switched off."] = ()

    guessed: ClassVar[bool] = False  # whether the note only looks like one of this profile

    @property
    def key(self) -> str:
        """The name, marked where the profile is only guessed: what is asked of the note differs."""
        return f"{self.name}{_GUESSED}" if self.guessed else self.name

    @cached_property
    def by_key(self) -> dict[str, Section]:
        """Sections by each comparable title that stands for them."""
        return {key: section for section in self.sections for key in section.keys}

    @cached_property
    def section(self) -> Callable[[str], Section | None]:
        """The section that a heading with this text stands for, or None. Asked of every heading, often of the same."""
        return lru_cache(maxsize=4096)(lambda title: self.by_key.get(title_key(title)))


class GuessedProfile(Profile, frozen=True, dict=True):
    """A profile that a note was not declared to be of, but looks as if: what it asks for informs, and fails no run."""

    guessed: ClassVar[bool] = True

    @classmethod
    def of(cls, profile: Profile) -> "GuessedProfile":
        """The same profile, guessed."""
        return cls(*structs.astuple(profile))


def name_of(key: str | None) -> str | None:
    """The name of a profile, from its key."""
    return None if key is None else key.removesuffix(_GUESSED)
