"""The notes whose links may mean something else after a change of the vault's tables, found by the links' paths alone.

More may be found than there are, never fewer: each rule here is wider than one by which links are resolved, or by which
something is suggested for those that find nothing. Paths stand in lines, as `vault.outlines.link_paths` makes them, and
a NUL between those of two notes; they are sought by the C library, and one by one only where a name may be meant.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache, cached_property
from urllib.parse import unquote

from msgspec import structs

from notelint.core.fuzzy import SHARED, numbers
from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import decomposed
from notelint.engine.path_lines import ENDS, NAME_ENDS, end_of_name, names_in, parts_of, places_of, start_of_name
from notelint.engine.tables import TableChange, folder_ends
from notelint.garden.permalinks import output_file
from notelint.note.links import decode_fully, normalise
from notelint.vault.incoming import file_name
from notelint.vault.link_rules import github_path
from notelint.vault.outlines import as_bytes
from notelint.vault.written_paths import absolute

_SLIPS = 2  # letters in which a name differs of which another is taken for a slip
_CROWD = 200  # names that begin or end alike: of more, one more may hide another (`core.fuzzy`)
_LOOSE = "".join(char for char in map(chr, range(128)) if not char.isalnum() and char not in "\0\n/") + "seiy"
_NOT_LOOSE = str.maketrans("", "", f"{_LOOSE}/\u02bc")
_STRANGE = lazy_regex(rb"[^\n\0]*[\x80-\xff%][^\n\0]*")  # lines that are more than ASCII, or hold escapes
_IN_FOLDER = lazy_regex(rb"[^\n\0]*/[^\n\0]*")
_DOTTED = lazy_regex(rb"\.\.?/*\n")  # behind a slash: the end of a path that names what the rest of it leads to
_ADDRESS = lazy_regex(rb"\n(/[^\n\0]*)")


class TouchedLinks:
    """The links that a change of tables touches."""

    def __init__(self, change: TableChange) -> None:
        self._change = change

    @property
    def are_bounded(self) -> bool:
        """False if a name has no letters by which others could be kept apart from it."""
        return b"" not in self._loose_keys

    @property
    def rivals(self) -> frozenset[str]:
        """Notes that are touched whatever they link to: they claim an address that others have, or had."""
        return self._change.rivals

    @property
    def sought(self) -> object:
        """All that `in_lines` depends on: where two changes have the same, it finds the same."""
        return (
            structs.replace(self._change, files=frozenset(), rivals=frozenset(), paths=()),
            self._slips,
            self._lies_above,
        )

    def in_lines(self, lines: bytes) -> set[int]:
        """The numbers of those parts of some lines, between NULs, that are touched."""
        ways = (self._exact, self._dotted, self._near, self._strange, self._of_site)
        found = parts_of(lines, [at for find in ways for at in find(lines)])
        if self._loose_keys:
            loose = lines.translate(None, _LOOSE.encode())
            whole = loose.replace(b"/", b"")
            ends = (b"\n", b"/\n", b"md\n", b"md/\n")
            for data, beginnings in ((loose, b"\n/"), (whole, b"\n")):
                places = (at for key in self._loose_keys for at in names_in(data, key, beginnings, ends))
                found |= parts_of(data, places)
        return found

    def seeks_in_folders(self, lines: bytes) -> bool:
        """True if a link into a folder that is gone may lead to a file that came or went.

        Other links into that folder are judged by where such links lead.
        """
        change = self._change
        if change.folders:
            return True
        names = {name.removesuffix(".md") for name in change.names} if change.files else ()
        places = (at for name in names for at in names_in(lines, as_bytes(name), b"/", ENDS))
        found = {lines[lines.rfind(b"\n", 0, at) + 1 : lines.find(b"\n", at)] for at in places}
        return bool(found) and seeks(b"\n".join(found), folder_ends(change.paths))

    def _exact(self, lines: bytes) -> Iterator[int]:
        """The places of links that name a file, an alias or a folder."""
        aliases = (normalise(alias).lower() for alias in self._change.aliases)
        for name in {name.removesuffix(".md") for name in (*self._change.names, *aliases)}:
            yield from names_in(lines, as_bytes(name), b"\n/", ENDS)
        for folder in self._change.folders:
            text = as_bytes(folder)
            yield from (at for at in places_of(lines, b"\n" + text) if lines[at + len(text) + 1] in b"\n/")
            yield from (at for at in places_of(lines, b"\n/" + text) if lines[at + len(text) + 2] in b"\n/")

    def _dotted(self, lines: bytes) -> Iterator[int]:
        """The places of paths that end in dots, and so may name a file, or a folder, by other parts than their last."""
        for match in _DOTTED.finditer(lines):
            if lines[match.start() - 1] not in b"\n/":
                continue
            at = lines.rfind(b"\n", 0, match.start()) + 1
            if self._is_exact(_last_name(lines[at : match.end() - 1].decode("utf-8", "surrogatepass"))):
                yield at

    def _is_exact(self, name: str) -> bool:
        """True if a name is that of a file that is meant, or what lies above a note is."""
        return name in self._exact_names if name else self._lies_above

    @cached_property
    def _exact_names(self) -> frozenset[str]:
        return frozenset(way for name in self._change.names for way in (name, name.removesuffix(".md")))

    @cached_property
    def _lies_above(self) -> bool:
        """True if a file that came or went is named as a folder is: dots above a note may lead to it by its name."""
        paths = "/" + normalise("\n/".join(self._change.paths)).lower()
        return any(f"/{file_name(path)}/" in paths for path in self._change.files)

    @cached_property
    def _loose_keys(self) -> frozenset[bytes]:
        """The names and aliases without all that two spellings of one name may differ in."""
        change = self._change
        names = (*change.notes, *change.attachments, *change.aliases)
        decoded = (decode_fully(name) for name in names if "%" in name)  # the title that a name is made of (GW2)
        return frozenset(as_bytes(loose(name).replace("/", "")) for name in (*names, *decoded))

    @cached_property
    def _slips(self) -> list[tuple[str, bool]]:
        """The names of which others may be slips, folded, each with whether many begin or end like it."""
        change = self._change
        if not (change.notes or change.attachments):
            return []
        names = "\n".join(["", *(path.rpartition("/")[2] for path in change.paths), ""]).casefold()
        folded = {normalise(name).casefold() for name in (*change.notes, *change.attachments)}
        return [(name, _is_in_crowd(name, names)) for name in folded]

    def _near(self, lines: bytes) -> Iterator[int]:
        """The places of links by names that may be slips."""
        for folded, crowded in self._slips:
            begin, end = as_bytes(folded[:SHARED]), as_bytes(folded[-SHARED:])
            known = numbers(folded)

            @cache
            def is_near(name: bytes, folded: str = folded, crowded: bool = crowded, known: object = known) -> bool:
                text = name.decode("utf-8", "surrogatepass")
                return numbers(text) == known and (crowded or is_slip(text, folded))

            rest = b"" if crowded else _about(len(folded) - len(begin))
            for before in (b"\n", b"/"):  # each by itself: what is sought begins with a letter that is known
                for match in re.finditer(re.escape(before + begin) + rest, lines):
                    at = match.start() + 1
                    if is_near(lines[at : end_of_name(lines, at)]):
                        yield at
            for match in re.finditer(re.escape(end) + NAME_ENDS, lines):
                start = start_of_name(lines, match.start())
                differs = abs(match.end() - start - len(folded))
                if (crowded or differs <= _SLIPS) and is_near(lines[start : match.end()]):
                    yield start

    def _strange(self, lines: bytes) -> Iterator[int]:
        """The places of paths with letters that are not ASCII, or with escapes: each is looked at by itself."""
        if lines.isascii() and b"%" not in lines:
            return
        change = self._change
        keys = {loose(name) for name in (*change.notes, *change.attachments, *change.aliases)}

        @cache
        def is_meant(line: bytes) -> bool:
            text = line.decode("utf-8", "surrogatepass")
            decoded = normalise(decode_fully(text)).lower()
            ways = {text, decoded, decoded.partition("?")[0], github_path(text)}
            return any(self._is_meant(way, keys) for way in ways)

        yield from (match.start() for match in _STRANGE.finditer(lines) if is_meant(match[0]))

    def _is_meant(self, path: str, keys: set[str]) -> bool:
        name = path.rstrip("/").rpartition("/")[2]
        stem = name.removesuffix(".html").removesuffix(".md")
        if (
            self._is_exact(_last_name(path))
            or stem in self._exact_names
            or not keys.isdisjoint(map(loose, (name, stem, path)))
        ):
            return True
        ways = {name.casefold(), stem.casefold()}
        return any(
            (one[:SHARED] == folded[:SHARED] or one[-SHARED:] == folded[-SHARED:]) and (crowded or is_slip(one, folded))
            for folded, crowded in self._slips
            for one in ways
        )

    def _of_site(self, lines: bytes) -> Iterator[int]:
        """The places of links that are addresses of the site, or nearly."""
        addresses = self._change.addresses
        if not addresses:
            return
        files = {output_file(f"{address}/").lower() for address in addresses}
        keys, folded = {loose(address) for address in addresses}, [address.casefold() for address in addresses]

        @cache
        def is_meant(line: bytes) -> bool:
            path = unquote(line.decode("utf-8", "surrogatepass").partition("?")[0])
            if output_file(f"{path}/").lower() in files or loose(path) in keys:
                return True
            near = f"/{path.strip('/')}/".casefold()
            return any(is_slip(near, address) for address in folded)

        yield from (match.start() for match in _ADDRESS.finditer(lines) if is_meant(match[1]))


def _last_name(path: str) -> str:
    """The name of what a path leads to, seen from its own beginning; empty if that lies above."""
    return absolute("", path.strip("/")).rpartition("/")[2]


def seeks(lines: bytes, folders: Collection[bytes]) -> bool:
    """True if one of some paths, which stand in lines, begins with a folder that is not among these."""
    for path in _IN_FOLDER.findall(lines):
        parts = path.split(b"/")
        if any(b"/".join(parts[:end]) not in folders for end in range(1, len(parts))):
            return True
    return False


def loose(name: str) -> str:
    """A name in small letters, without accents, blanks, marks, and all letters that an English plural changes.

    Names of one `spelling_key` have one.
    """
    folded = name.lower()
    if not folded.isascii():
        folded = "".join(char for char in decomposed(folded.casefold()) if char.isalnum() or char.isascii())
    return folded.translate(_NOT_LOOSE)


def is_slip(one: str, other: str) -> bool:
    """True if two names differ in so few letters, and in no number."""
    from rapidfuzz.distance import OSA

    return numbers(one) == numbers(other) and OSA.distance(one, other, score_cutoff=_SLIPS) <= _SLIPS


def _is_in_crowd(folded: str, names: str) -> bool:
    """True if many of some names, which stand in lines, begin or end like one and have the same numbers."""
    begin, end, known = folded[:SHARED], folded[-SHARED:], numbers(folded)
    if max(names.count(f"\n{begin}"), names.count(f"{end}\n") + names.count(f"{end}.md\n")) <= _CROWD:
        return False
    beginning = re.findall(rf"\n({re.escape(begin)}[^\n]*)", names)
    ending = re.findall(rf"\n([^\n]*{re.escape(end)})(?:\.md)?(?=\n)", names)
    alike = (sum(numbers(name.removesuffix(".md")) == known for name in some) for some in (beginning, ending))
    return max(alike) > _CROWD


def _about(length: int) -> bytes:
    """A pattern for the rest of a line that is about so many bytes long, without what may stand behind a name."""
    return rb"(?=[^\n\0]{%d,%d}(?:\.md)?/*\n)" % (max(length - _SLIPS, 0), length + _SLIPS)
