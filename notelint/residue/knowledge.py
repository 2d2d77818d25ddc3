"""Knowledge about websites: data files beside this module, read once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct, structs

from notelint.core.lazy_regex import lazy_regex
from notelint.core.typed_toml import read
from notelint.residue.either import Either

TOP = "top"
TITLE = "title"


class Line(Struct, frozen=True):
    """A line that is residue. `line` is matched with all that a reader sees of it; `target` with where it links to.

    One that needs `company` may stand in a note of one's own: it goes only where there is other residue. Before the
    links of a `labelled` one stands what they are.
    """

    kind: str
    reason: str
    line: str
    target: str | None = None
    company: bool = False
    labelled: bool = False


class Zone(Struct, frozen=True):
    """A stretch of a page, from a line (or the top) up to another line (or the title, or the bottom).

    A unit of more than `most` words ends it, and a sentence does where the site writes no `prose`. What may be a line
    of an article too starts one only where a line such as `then` follows soon, or (`closed`) where the end is there.
    A zone that is known by its last line alone (`back`) goes from `start` upwards.
    """

    kind: str
    reason: str
    start: str
    end: str | None = None
    most: int = 60
    prose: bool = False
    then: str | None = None
    closed: bool = False
    back: bool = False


class Field(Struct, frozen=True):
    """A label and the values after it, in units: each goes to the property of the same place, the last one to the rest.

    `units` is how many there may be; one of more than `most` words is not a value.
    """

    label: str
    properties: tuple[str, ...]
    units: int = 1
    most: int = 120


class Box(Struct, frozen=True):
    """A box of labelled facts below a line that opens it."""

    start: str
    reason: str
    field: tuple[Field, ...]


class Fact(Struct, frozen=True):
    """A line that tells facts of the article: each named group is a property. It goes once the facts are kept."""

    line: str
    reason: str
    near_title: int = 0  # only within so many units after the title; 0 for anywhere
    single: bool = False  # anywhere, but only where one line of a page is of this make


class KnownWebsite(Struct, frozen=True):
    """Knowledge about one website.

    A note comes from there whose `address` (a host, or a host and the start of a path) is one of these, or that holds
    two different lines of its `signature`; links to one of the `signature_target`s count as one line together.
    """

    name: str
    signature: tuple[str, ...]
    address: tuple[str, ...]
    signature_target: tuple[str, ...] = ()
    contents: bool = False  # its pages have tables of contents of their own, whose entries stand in the article again
    title_before: str | None = None
    line: tuple[Line, ...] = ()
    zone: tuple[Zone, ...] = ()
    box: tuple[Box, ...] = ()
    fact: tuple[Fact, ...] = ()


class UnrelatedBlock(Struct, frozen=True):
    """A title below which websites list what has nothing to do with the article.

    Where it means nothing else (`plain`), the list goes in a text without links too, up to its last button. One that
    counts `behind` an article only may be a title of an author elsewhere.
    """

    title: str
    reason: str
    plain: bool = False
    behind: bool = False


class Cluster(Struct, frozen=True):
    """Lines that stand together: `least` different ones, `certain` of them `sure`, with at most `gap` others between.

    None is longer than `most` words. One that needs `company` goes only where there is other residue.
    """

    kind: str
    reason: str
    sure: tuple[str, ...]
    line: tuple[str, ...] = ()
    least: int = 3
    certain: int = 1
    gap: int = 1
    most: int = 12
    company: bool = False


class General(Struct, frozen=True):
    """Knowledge that holds for any website: lines alone, lines together, cues that need company, titles of lists,
    footers, facts.

    `strong` cues are about the site wherever they stand; `sections` are titles at an article's end that belong to it;
    `shares` are addresses of buttons to share a page, `share_words` what stands beside them.
    """

    line: tuple[Line, ...]
    fact: tuple[Fact, ...]
    block: tuple[UnrelatedBlock, ...]
    cluster: tuple[Cluster, ...]
    box: tuple[Box, ...]
    strong: tuple[str, ...]
    menus: tuple[str, ...]
    sections: tuple[str, ...]
    cues: tuple[str, ...]
    targets: tuple[str, ...]
    shares: tuple[str, ...]
    share_words: tuple[str, ...]
    listings: tuple[str, ...]
    footers: tuple[str, ...]


class Wording(Struct, frozen=True):
    """What websites of one language say: strong cues by what they are about, in the order of `General.strong`.

    `others` are titles of lists of other pages, which count behind an article. Of a reader's comment, `answer` is a
    button to reply to it, `speaks` a line that tells who wrote it, and `ago` the start of one that tells when.
    """

    account: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    navigation: tuple[str, ...] = ()
    sharing: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()
    ago: tuple[str, ...] = ()
    line: tuple[Line, ...] = ()
    cluster: tuple[Cluster, ...] = ()

    @property
    def strong(self) -> tuple[tuple[str, ...], ...]:
        """The strong cues by group."""
        return (self.account, self.law, self.rights, self.about, self.navigation, self.sharing, self.comments)


@cache
def common() -> General:
    """Knowledge that holds for any website, without the wordings of single languages."""
    known: General = read(General, tomllib.loads(_text("general.toml")), "general.toml")
    return known


LAW, RIGHTS, SHARING = 1, 2, 5  # the places among the groups of strong cues of what is said of these
OTHERS = "a list of other pages of the site"


@cache
def general() -> General:
    """Knowledge that holds for any website, in all languages."""
    known = common()
    for wording in wordings():
        strong = zip(known.strong, wording.strong, strict=True)
        known = structs.replace(
            known,
            strong=tuple("|".join((group, *more)) for group, more in strong),
            cues=(*known.cues, *wording.cues),
            footers=(*known.footers, *wording.footers),
            block=(*known.block, *(UnrelatedBlock(title, OTHERS, behind=True) for title in wording.others)),
            line=(*known.line, *wording.line),
            cluster=(*known.cluster, *wording.cluster),
        )
    return known


@cache
def wordings() -> tuple[Wording, ...]:
    """What websites say, by language, in order of the files' names."""
    return tuple(read(Wording, tomllib.loads(file.read_text("utf-8")), file.name) for file in _files("wording"))


@cache
def sites() -> tuple[KnownWebsite, ...]:
    """The site packs, in order of their names."""
    return tuple(read(KnownWebsite, tomllib.loads(file.read_text("utf-8")), file.name) for file in _files("sites"))


def _files(folder: str) -> list[Traversable]:
    """The data files of a folder beside this module, in order of their names."""
    found = files("notelint.residue").joinpath(folder).iterdir()
    return sorted((file for file in found if file.name.endswith(".toml")), key=lambda file: file.name)


_WORDS = {
    "%date%": r"(?:(?:[A-Za-z]{3,9}day|[A-Z][a-z]{2}),? )?(?:\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,9}\.?,? \d{4}|"
    r"[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|"
    r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4} [A-Z][a-z]{2,8} \d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
    r"(?:,? ?(?:at |@ ?|[-–|] ?)?\d{1,2}[:.]\d{2}(?::\d\d)? ?(?:[APap]\.?[Mm]\.?)?(?: ?\(?[A-Z]{2,4}\)?)?)?",
    "%name%": r"[A-Z\u00c0-\u024f][^\s,;:!?|]*(?:,? (?:[A-Z\u00c0-\u024f][^\s,;:!?|]*|"
    r"de|del|van|von|der|den|la|le|di|da|bin|al|and|&)){0,9}",
}


_NAMED = lazy_regex(r"\(\?P<\w+>")


@cache
def matcher(pattern: str, any_case: bool = True) -> re.Pattern[str]:
    """A shipped pattern, compiled: it must match a whole text, whatever its case if so asked.

    In it `%date%` stands for a day as people write it, perhaps with the hour, `%name%` for names of persons.
    """
    return re.compile(rf"(?:{meant(pattern)})\Z", re.I if any_case else re.NOFLAG)


@cache
def either(patterns: tuple[str, ...]) -> Either:
    """One expression for several patterns, one of which must match a whole text, whatever its case."""
    return Either(tuple(_nameless(pattern) for pattern in patterns))


@cache
def any_fact(lines: tuple[str, ...]) -> Either:
    """One expression for the lines of several facts: a date or a name in each makes them too large for one each."""
    return Either(tuple(_nameless(line) for line in lines), any_case=False)


@cache
def known_lines() -> Either:
    """Every line that is known to mean anything, whatever the site: most lines are none of these."""
    data = general()
    lines = [*(line.line for line in data.line), *(block.title for block in data.block)]
    clusters = [line for cluster in data.cluster for line in (*cluster.sure, *cluster.line)]
    boxes = [label for box in data.box for label in (box.start, *(field.label for field in box.field))]
    edges = (*data.cues, *data.strong, *data.menus, *data.sections, *data.listings, *data.footers)
    return either((*lines, *clusters, *boxes, *edges))


@cache
def anywhere(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for several patterns, one of which must be found in a text, whatever its case."""
    return re.compile("|".join(f"(?:{meant(pattern)})" for pattern in patterns), re.I)


def _nameless(pattern: str) -> str:
    """A pattern whose groups lose their names, so that it can stand beside others."""
    return _NAMED.sub("(?:", meant(pattern))


def meant(pattern: str) -> str:
    """A shipped pattern with what its names in percent signs stand for."""
    for name, meant in _WORDS.items():
        pattern = pattern.replace(name, meant)
    return pattern


def _text(name: str) -> str:
    return files("notelint.residue").joinpath(name).read_text("utf-8")
