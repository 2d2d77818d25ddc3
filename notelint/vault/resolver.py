"""Find the file that a link's path means, by Obsidian's rules (docs/link-rules.md, L), or exactly, as on a site or on
GitHub.
"""

import posixpath
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice, takewhile
from typing import Any

from msgspec import structs

from notelint.core.memo import Memo
from notelint.note.links import Link, LinkForm, Target, decode_fully, normalise
from notelint.vault.link_rules import LinkRules
from notelint.vault.names import File, Names, title_key
from notelint.vault.other_readers import unjudged
from notelint.vault.resolution import Resolution, Status
from notelint.vault.written_paths import absolute, ends_in_dots, path_from_folder

SITE_IMAGES = "/img/user/"  # where the Digital Garden plugin publishes images, by their vault path (DG-E1)
_KEPT_LINKS = 1 << 16  # of which is remembered what they mean: there may be as many as links
_MISSING = Resolution(Status.MISSING)
_FEW_ALIKE = 64  # files of one name, in which those of a path are sought one by one


@dataclass
class Resolver:
    """Resolves the paths of links. `linked` are symbolic links to folders: what lies there is unknown.

    `notes_root` is the folder from which paths start where they must be exact.
    """

    names: Names
    rules: LinkRules
    linked: Sequence[str] = ()
    notes_root: str = ""
    _from_anywhere: dict[str, Resolution] = field(default_factory=partial(Memo, _KEPT_LINKS), init=False, repr=False)
    _by_ending: "dict[str, _Alike]" = field(default_factory=dict, init=False, repr=False)
    _backwards: dict[str, list[tuple[str, int]]] = field(default_factory=dict, init=False, repr=False)
    _resolved: dict[tuple[str, str], Resolution] = field(
        default_factory=partial(Memo, _KEPT_LINKS), init=False, repr=False
    )

    def resolve(self, path: str, source: str) -> Resolution:
        """Resolve a link's path, written in the note `source` (L1-L14). Both are relative to the vault root."""
        if not path:
            return Resolution(Status.RESOLVED, source, (source,), "L1")
        # several checkers ask, and many notes link alike: from every folder, if only one file can be meant
        found = self._from_anywhere.get(path)
        if found is not None:
            return found
        folder = source.rpartition("/")[0]
        found = self._resolved.get((path, folder))
        if found is None:
            find = self._resolve_exactly if self.rules.by_name else self._look_up
            found = find(path + self.rules.endings[0], folder)
            for ending in self.rules.endings[1:]:  # L2
                if found.status is Status.MISSING:
                    found = find(path + ending, folder)
            if self.linked and found.status is Status.MISSING and self._is_behind_link(path, folder):
                found = Resolution(Status.UNKNOWN, rule=found.rule)
            if path.startswith(".") or self.rules.from_folder or found.status is Status.AMBIGUOUS:
                self._resolved[path, folder] = found
            else:
                self._from_anywhere[path] = found
        return found

    def means_same_anywhere(self, path: str) -> bool:
        """True if a link's path that was resolved means the same file from every folder."""
        return path in self._from_anywhere

    def exact_path(self, link: Link, source: str, path: str | None = None) -> str:
        """The path, from the vault's root, that a link names where paths must be exact; or would, written `path`."""
        written = self.rules.path(link if path is None else structs.replace(link, target=Target(path)))
        return absolute(self._start(written, source.rpartition("/")[0]), normalise(written).strip("/"))

    def _start(self, path: str, folder: str) -> str:
        """The folder from which a path is sought where paths must be exact."""
        relative = path.startswith(("./", "../")) or (self.rules.from_folder and not path.startswith("/"))
        return normalise(folder) if relative else self.notes_root

    def _is_behind_link(self, path: str, folder: str) -> bool:
        """Tell whether a path leads through a linked folder: from the root, from `folder`, or by its end (L7)."""
        wanted, folder = normalise(path).lower(), normalise(folder).lower()
        is_relative = wanted.startswith(("./", "../"))
        meant = [absolute(folder, wanted)] if is_relative or self.rules.from_folder else []
        if not is_relative:
            meant.append(wanted.strip("/"))
        for linked in self.linked:
            parts = normalise(linked).lower().split("/")
            ends = [f"{'/'.join(parts[at:])}/" for at in range(1 if is_relative else len(parts))]
            if any(path.startswith(end) for path in meant for end in ends):
                return True
        return False

    def _look_up(self, path: str, folder: str) -> Resolution:
        """The file at exactly this path (DG-L6, GH2): from the note's folder, or from the root of the notes."""
        start = self._start(path, folder)
        if self.rules.from_folder and posixpath.normpath(f"{start}/{path}" if start else path).startswith("../"):
            return Resolution(Status.NO_LINK, rule="GH3")
        found = self.names.by_path.get(absolute(start, normalise(path).strip("/")))
        if found is None:
            return Resolution(Status.MISSING, rule=self.rules.exact_rule)
        return Resolution(Status.RESOLVED, found, (found,), self.rules.exact_rule)

    def _resolve_exactly(self, path: str, folder: str) -> Resolution:
        """One of the two passes of L2, seen from a folder: `path` must be a complete file name at its end."""
        wanted, rule = normalise(path).lower(), "L6"
        if wanted.startswith(("./", "../")):
            wanted, rule = absolute(normalise(folder).lower(), wanted), "L4"
        candidates = self.names.by_name.get(wanted.rpartition("/")[2], [])
        if wanted.startswith("/"):
            wanted, rule = wanted[1:], "L5"
        exact = self.names.by_key.get(wanted) if candidates else None
        if exact is not None:
            rule = rule if "/" in wanted or rule != "L6" or len(candidates) > 1 else "L2"
            return Resolution(Status.RESOLVED, exact.path, (exact.path,), rule)
        if rule == "L5":
            return Resolution(Status.MISSING, rule="L5")
        return self._alike(wanted, candidates).seen_from(normalise(folder).lower()) if candidates else _MISSING

    def _alike(self, wanted: str, candidates: list[File]) -> "_Alike":
        """The files whose path ends like that; one set for all folders. A path that is relative is sought in few."""
        alike = self._by_ending.get(wanted)
        if alike is None:
            files = self._ending(wanted, candidates)
            alike = _Alike(files, wanted)
            if len(files) > 1:
                self._by_ending[wanted] = alike
        return alike

    def _ending(self, wanted: str, candidates: list[File]) -> list[File]:
        if len(candidates) <= _FEW_ALIKE:
            return [file for file in candidates if file.key.endswith(wanted)]
        name, end = wanted.rpartition("/")[2], wanted[::-1]
        if name not in self._backwards:
            self._backwards[name] = sorted((file.key[::-1], at) for at, file in enumerate(candidates))
        backwards = self._backwards[name]
        first = bisect_left(backwards, (end, -1))
        alike = takewhile(lambda pair: pair[0].startswith(end), islice(backwards, first, None))
        return [candidates[at] for at in sorted(at for _, at in alike)]

    def resolve_link(self, link: Link, source: str) -> Resolution:
        """Resolve a link in the note `source`: by its path, or as the address of a published image (DG-E1)."""
        path = link.target.path
        if self.rules.root_name and (whole := self.rules.from_root(link)) is not None:
            return self.resolve(whole, source)
        there = self.at_its_path(link, source)
        if there is not None:
            return Resolution(Status.RESOLVED, there, (there,), "WS2" if self.rules.heading_ids else "UR1")
        if not self.rules.by_name:  # else each is a link, to what is written
            if (rule := self.rules.no_link(link)) is not None:
                return Resolution(Status.NO_LINK, rule=rule)
            path = self.rules.path(link)
        found = self._from_anywhere.get(path) or self.resolve(path, source)
        if found.status is Status.MISSING:
            if link.cited:
                return Resolution(Status.NO_LINK, rule="G1a")
            rule = unjudged(link, path, source.rpartition("/")[0], self.rules)
            if rule is not None:
                return Resolution(Status.UNKNOWN, rule=rule)
            title = path_from_folder(path, source) if path[:1] == "." else path
            if self.rules.titles and (page := self._page_of_title(title)) is not None:
                return page
            if link.form is LinkForm.WIKILINK and self._may_be_title(path):
                return Resolution(Status.UNKNOWN, rule="GW2")
            if self.rules.folder_pages and self._is_made_page(path):
                return Resolution(Status.UNKNOWN, rule="QZ1")
            if self.rules.pages_without_files and link.form is LinkForm.WIKILINK and not link.embed:
                page = self.resolve(path.replace("/", "___"), source) if "/" in path else found
                return Resolution(Status.UNKNOWN, rule="LS1") if page.status is Status.MISSING else page
            if path.startswith(SITE_IMAGES):
                folder = "/../img/user/" if self.notes_root else "/"
                return self.resolve(folder + path.removeprefix(SITE_IMAGES), source)
        if found.status is Status.AMBIGUOUS and self.rules.folder_pages and link.form is LinkForm.WIKILINK:
            root = self.names.by_key.get(f"content/{normalise(path).lower()}.md")
            return found if root is None else Resolution(Status.RESOLVED, root.path, (root.path,), "QZ1")
        return found

    def at_its_path(self, link: Link, source: str) -> str | None:
        """The file at the path that a link in the note `source` names from its folder, to others than Obsidian.

        They open that, whatever other file Obsidian would find by its name (UR1, WS2). None if there is none, for
        wikilinks, and where Obsidian reads the notes.
        """
        if not self.rules.goes_by_path(link) or link.target.path[:1] in ("", "/") or ends_in_dots(link.target.path):
            return None
        path, files = path_from_folder(link.target.path, source), self.names.by_path
        there = files.get(path) or files.get(f"{path}.md")
        if there is None and "%" in path and self.rules.heading_ids and "%2F" not in path:
            path = decode_fully(path)  # as websites do; Obsidian keeps `%2C` as it is (M2), and may be who reads
            there = files.get(path) or files.get(f"{path}.md")
        return there

    def folder_at_its_path(self, link: Link, source: str) -> str | None:
        """The folder that a link in the note `source` names to others than Obsidian; None if there is none (UR1)."""
        if not self.rules.goes_by_path(link):
            return None
        there = path_from_folder(link.target.path, source)
        return there if there.lower() in self.names.folders else None

    def _page_of_title(self, path: str) -> Resolution | None:
        """The page of a title, by the name that another tool makes of it for a file (GW2); None if there is none."""
        title = title_key(path.strip("/").removesuffix(".md"))
        folder, _, name = title.rpartition("/")
        pages = self.names.by_title.get(title) or [
            page
            for page in self.names.by_title.get(name, ())
            if f"/{title_key(page.rpartition('/')[0])}".endswith(f"/{folder}")
        ]
        if len(pages) == 1:
            return Resolution(Status.RESOLVED, pages[0], (pages[0],), "GW2")
        return Resolution(Status.UNKNOWN, rule="GW2") if pages else None

    def _may_be_title(self, path: str) -> bool:
        """True if a file may be named by a title, to a reader of whom it is not known (GW2): that of a website, or any
        where signs of the title, as in `A/B`, are encoded since no name can hold them.
        """
        if not (self.rules.reader_unknown or self.rules.wikilinks_doubtful):
            return False
        page = self._page_of_title(path)
        target = "" if page is None else page.target or ""
        return bool(target) and (self.rules.wikilinks_doubtful or "%" in target or "___" in target)

    def _is_made_page(self, path: str) -> bool:
        """True if a page is made for what a path names, though no note is there: a folder, a tag, an alias (QZ1)."""
        name = normalise(path).strip("/").lower()
        return name in self.names.folder_ends or f"{name}/".startswith("tags/") or name in self.names.aliases


class _Alike:
    """Files that one path can mean, and in which order, seen from any folder. There may be one in each folder."""

    def __init__(self, files: list[File], wanted: str) -> None:
        self._files = sorted(files, key=lambda file: len(file.key))
        aligned = sum(file.key.endswith("/" + wanted) for file in files)
        if len(files) == 1:
            self._rule = "L12" if not aligned else "L7" if "/" in wanted else "L2"
        else:
            self._rule = "L7" if aligned == len(files) else "L12"

    @cached_property
    def _by_key(self) -> list[tuple[str, int]]:
        return sorted((file.key, at) for at, file in enumerate(self._files))

    def seen_from(self, folder: str) -> Resolution:
        """L7: those below the source's folder first, then shortest path first. L12: by raw strings, and named so."""
        if not self._files:
            return Resolution(Status.MISSING)
        candidates = _Candidates(self._files, folder, self._below(folder))
        status = Status.RESOLVED if len(candidates) == 1 else Status.AMBIGUOUS
        return Resolution(status, candidates[0], candidates, self._rule)

    def _below(self, folder: str) -> list[int]:
        """Positions of those that lie below a folder, by length."""
        if not folder:
            return []  # all do: they are in that order already
        first = bisect_left(self._by_key, (folder, -1))
        below = takewhile(lambda pair: pair[0].startswith(folder), islice(self._by_key, first, None))
        return sorted(at for _, at in below)


class _Candidates(Sequence[str]):
    """Paths, those `below` a folder first. Nearly always only the first few are looked at, so no list is made."""

    def __init__(self, files: list[File], folder: str, below: list[int]) -> None:
        self._files, self._folder, self._below = files, folder, below

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[str]:
        yield from (self._files[at].path for at in self._below)
        rest = (f for f in self._files if not self._below or not f.key.startswith(self._folder))
        yield from (file.path for file in rest)

    def __getitem__(self, index: Any) -> Any:
        stop = index.stop if isinstance(index, slice) else index + 1
        return tuple(self if stop is None or stop <= 0 else islice(self, stop))[index]
