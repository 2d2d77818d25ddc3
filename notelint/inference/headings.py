"""The sections that given notes have: headings that stand for the same one put together, in their usual order.

Two titles are one section only if they do not stand in the same notes: whoever writes both means two things. Then they
are one if they differ in form alone (capitals, numbering, a plural, British spelling, a word such as "main"), if a
profile knows them as synonyms, or if the rare one is the frequent one with a slip.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notelint.core.fuzzy import Spellings
from notelint.core.lazy_regex import lazy_regex
from notelint.inference import enough
from notelint.inference.kinds import NoteFacts, Title
from notelint.note.profile import Profile, title_key

_TOGETHER = 0.1  # of the notes with the rarer of two titles may have both, and they are still one section
_FREQUENT = 5  # times as often as its misspelling stands a title
_LONG = 6  # letters of a word in which a slip differs from another word
_HEADS = 200  # titles that others may be misspellings of
_MOST = 60  # sections of a profile
_FEW = 3  # notes in which a section stands, at least
_QUALIFIERS = frozenset({"key", "main", "major", "important", "typical", "common"})
_MARKS = lazy_regex(r"^(?:\*\*|__)?\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?")
_BLOCK_ID = lazy_regex(r"(?<!\s)\s++\^[A-Za-z0-9-]+\s*$")


@dataclass(frozen=True)
class SectionProposal:
    """A section: its title, others that stand for it, and in how many notes each of them stands."""

    name: str
    synonyms: tuple[str, ...]
    level: int
    required: bool
    count: int
    counts: tuple[int, ...]


@dataclass(eq=False)
class _Cluster:
    """Titles that stand for one section, the most frequent first, and the notes in which one of them stands."""

    keys: list[str] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)

    def takes(self, notes: set[int]) -> bool:
        """True if a title in these notes can be another name of the section."""
        fewer, more = sorted((self.notes, notes), key=len)
        return len(fewer & more) <= _TOGETHER * len(fewer)


class _Titles:
    """All titles by their comparable form: in which notes they stand, how they are written, on which level."""

    def __init__(self, notes: Sequence[NoteFacts]) -> None:
        self.notes: dict[str, set[int]] = defaultdict(set)
        self.texts: dict[str, Counter[str]] = defaultdict(Counter)
        self.levels: dict[str, Counter[int]] = defaultdict(Counter)
        for at, note in enumerate(notes):
            for key, text, level in note.titles:
                self.notes[key].add(at)
                self.texts[key][text] += 1
                self.levels[key][level] += 1
        self.order = sorted(self.notes, key=lambda key: (-len(self.notes[key]), key))

    def text(self, key: str) -> str:
        """The most usual way to write a title, without marks around it where it means the same without them."""
        text = min(self.texts[key], key=lambda text: (-self.texts[key][text], text))
        bare = _without_end(_MARKS.sub("", _BLOCK_ID.sub("", text))).strip()
        return bare if title_key(bare) == key else text

    def level(self, keys: Sequence[str]) -> int:
        """The level on which headings with these titles stand most often."""
        levels = sum((self.levels[key] for key in keys), Counter[int]())
        return min(levels, key=lambda level: (-levels[level], level))


def _without_end(title: str) -> str:
    """A title without the colon and the marks of emphasis at its end."""
    bare = title.rstrip().removesuffix(":").rstrip()
    bare = bare.removesuffix("**").removesuffix("__") if bare.endswith(("**", "__")) else bare
    return bare.rstrip().removesuffix(":").rstrip()


def propose(
    notes: Sequence[NoteFacts], profiles: Iterable[Profile], *, section_share: float, required_share: float
) -> list[SectionProposal]:
    """The sections that stand in enough of these notes, in the order in which most of them have them.

    Of the `profiles`, the one that knows the most headings of these notes tells which titles are synonyms.
    """
    titles = _Titles(notes)
    clusters = _clusters(titles, _known(titles, profiles))
    total = len(notes)
    large = [one for one in clusters if len(one.notes) >= _FEW and enough(len(one.notes), total, section_share)]
    large = sorted(large, key=lambda one: (-len(one.notes), one.keys[0]))[:_MOST]
    found = []
    levels = [titles.level(cluster.keys) for cluster in large]
    for at in _order(large, levels, [note.titles for note in notes]):
        cluster, level = large[at], levels[at]
        name, *synonyms = (titles.text(key) for key in cluster.keys)
        count, counts = len(cluster.notes), tuple(len(titles.notes[key]) for key in cluster.keys)
        found.append(SectionProposal(name, tuple(synonyms), level, enough(count, total, required_share), count, counts))
    return found


def _known(titles: _Titles, profiles: Iterable[Profile]) -> Mapping[str, str]:
    """The sections, by title, of the profile that fits these titles best."""
    best, most = dict[str, str](), 0
    for profile in profiles:
        by_key = {key: section.name for key, section in profile.by_key.items()}
        fits = sum(len(notes) for key, notes in titles.notes.items() if key in by_key)
        if fits > most:
            best, most = by_key, fits
    return best


def _clusters(titles: _Titles, known: Mapping[str, str]) -> list[_Cluster]:
    """Each title put to the first cluster that it can stand for, from the most frequent to the rarest."""
    clusters: list[_Cluster] = []
    alike: dict[tuple[str, str], list[_Cluster]] = defaultdict(list)
    heads: dict[str, _Cluster] = {}
    spellings = Spellings(titles.order[:_HEADS])
    for key in titles.order:
        notes = titles.notes[key]
        signs = [*(("form", form) for form in _forms(key)), *([("section", known[key])] if key in known else [])]
        rarer = (head for head in spellings.near(key) if len(titles.notes[head]) >= _FREQUENT * len(notes))
        slips = [heads[head] for head in rarer if head in heads and _is_slip(key, head)]
        candidates = [*(cluster for sign in signs for cluster in alike[sign]), *slips]
        cluster = next((one for one in candidates if one.takes(notes)), None)
        if cluster is None:
            cluster = _Cluster()
            clusters.append(cluster)
        cluster.keys.append(key)
        cluster.notes |= notes
        for sign in signs:
            if cluster not in alike[sign]:
                alike[sign].append(cluster)
        if len(heads) < _HEADS:
            heads[key] = cluster
    return clusters


def _forms(key: str) -> set[str]:
    """A title without what does not change its meaning: plurals, British spelling, gaps between words; qualifiers."""
    words = [_singular(word.replace("ae", "e").replace("oe", "e")) for word in key.split()]
    return {"".join(words), "".join(word for word in words if word not in _QUALIFIERS) or key}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _is_slip(key: str, head: str) -> bool:
    """True if two titles of equally many words differ by one letter, behind the first three of a long word."""
    words, others = key.split(), head.split()
    if len(words) != len(others):
        return False
    differing = [(one, other) for one, other in zip(words, others, strict=True) if one != other]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    if min(len(one), len(other)) < _LONG or one[:3] != other[:3] or any(map(str.isdigit, one + other)):
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(one, other, score_cutoff=1) == 1)


def _order(clusters: Sequence[_Cluster], levels: Sequence[int], notes: Sequence[tuple[Title, ...]]) -> list[int]:
    """Sections so that each stands before those which it precedes in most notes that have both, as far as can be.

    Where that leaves a choice, what lies deeper comes before the next one of the level above, then what stands first.
    """
    at = {key: number for number, cluster in enumerate(clusters) for key in cluster.keys}
    before: Counter[tuple[int, int]] = Counter()
    places: dict[int, list[float]] = defaultdict(list)
    for titles in notes:
        present = list(dict.fromkeys(at[title.key] for title in titles if title.key in at))
        for place, one in enumerate(present):
            places[one].append(place / len(present))
            before.update((one, other) for other in present[place + 1 :])
    mean = {number: sum(found) / len(found) for number, found in places.items()}
    left, order, top = set(range(len(clusters))), list[int](), min(levels, default=0)
    while left:
        behind = {one: sum(before[other, one] > before[one, other] for other in left) for one in left}
        least = max(levels[order[-1]], top + 1) if order else 0
        first = min(left, key=lambda one: (behind[one], levels[one] < least, mean[one], one))
        left.remove(first)
        order.append(first)
    return order
