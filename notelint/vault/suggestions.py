"""Possible targets of a link that finds nothing, with their certainty, and how to write the better target in the
author's form.

A fix asserts who was meant. So it is safe only for the very same file, spelt otherwise or moved beyond doubt; unsafe
for one file that is nearly certainly meant; what is merely alike, or has that name in another folder, is suggested.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property, lru_cache

from msgspec import Struct, structs

from notelint.core.diagnostic import Safety
from notelint.core.file_types import is_attachment
from notelint.core.fuzzy import numbers
from notelint.core.lazy_regex import lazy_regex
from notelint.core.spelling import is_surely_same, slips, spelling_key
from notelint.note.links import Link, LinkForm, Target, decode_fully, normalise
from notelint.vault.moves import How
from notelint.vault.names import name_key
from notelint.vault.past import former, is_folder, renamed_within, was_folder, written_folder
from notelint.vault.resolution import Status
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.vault import Vault
from notelint.vault.written_paths import absolute, ends_in_dots

_CUTOFF = 84  # of 100: below, two names share a beginning rather than a meaning
MOST = 3
_ABBREVIATION = lazy_regex(r"[A-Z0-9][A-Z0-9+*-]*s?")

_SEVERAL = 2


class Why(StrEnum):
    """Why a file may be the one that was meant."""

    SAME = "same"  # it is the very same path, in other capitals or encoded otherwise
    MOVED = "moved"  # git shows beyond doubt that it was there
    RENAMED = "renamed"  # git takes it for the file that was there
    FOLDER = "folder"  # all that links seek in the same folder stands in another one now
    SPELLING = "spelling"  # its name is the same but for blanks, hyphens, accents and the like
    ALIAS = "alias"  # it says that it is called so
    ELSEWHERE = "elsewhere"  # it has the same name, in another folder
    SIMILAR = "similar"  # its name is alike


_SAFE = (Why.SAME, Why.MOVED)
_UNSAFE = (Why.RENAMED, Why.FOLDER, Why.SPELLING, Why.ALIAS)


class Suggestion(Struct, frozen=True):
    """A note or file that was perhaps meant, why, and how surely."""

    path: str
    why: Why
    safety: Safety = Safety.SUGGESTION


class Meant(Struct, frozen=True, dict=True):
    """Possible targets of a link that finds nothing: `found`, best first; `was` if something was there before.

    `folder` is a folder that was evidently renamed, and its new path.
    """

    found: tuple[Suggestion, ...] = ()
    was: bool = False
    folder: tuple[str, str] | None = None

    @cached_property
    def places(self) -> dict[str, int]:
        """The places of the files among those that are found, by their paths."""
        return {one.path: at for at, one in enumerate(self.found)}

    @property
    def is_likely(self) -> bool:
        """True if some file is more than merely alike: a bare name then is not a note that is yet to be written."""
        return self.was or any(one.why not in (Why.ELSEWHERE, Why.SIMILAR) for one in self.found)


_NOTHING = Meant()


def meant(link: Link, source: str, vault: Vault) -> Meant:
    """Find possible targets of a link whose target is missing. A note is never suggested to link to itself."""
    path = link.target.path
    if not normalise(path).strip("/"):
        return Meant()
    if not vault.rules.by_name or path.startswith("."):
        return _meant(link, source, vault)
    key = (path, link.form)  # wherever it is written, it means the same
    known: Meant | None = vault.meant.get(key)
    if known is not None:  # found out for another note: what it depends on holds for this one too
        if vault.past is not None and known.was:
            vault.depend_on_moves()
        renamed_within(link.target.path, vault)
    else:
        known = vault.meant[key] = _NOTHING if _is_like_nothing(link, vault) else _meant(link, "", vault)
    if not known.found:
        return known
    at = known.places.get(source)
    if at is None:
        return known
    if len(known.found) > _SEVERAL:  # several are left without the note itself, and none of them is surer than before
        return Meant(known.found[:at] + known.found[at + 1 :], known.was, known.folder)
    return _meant(link, source, vault)


def _is_like_nothing(link: Link, vault: Vault) -> bool:
    """True if a name is surely like nothing in the vault, nor in its past: most names that find nothing are."""
    path = name = link.target.path
    if "%" in path or path[-3:].lower() == ".md":
        return False
    if "/" in path:
        folder, name = written_folder(path), _name(path)
        if not folder or renamed_within(path, vault) is not None or _is_term(link, folder, name, vault):
            return False
        if vault.names.named(f"{name}.md") or vault.names.named(name):
            return False
    if is_attachment(name):
        return not (_spelt_alike(name, vault) or former(link, "", vault) is not None or _misspelt(name, vault))
    key = spelling_key(name)
    return not (
        key in vault.names.by_spelling
        or key in vault.names.aliases_by_spelling
        or name.lower() in vault.names.aliases
        or (name.isdecimal() and name in vault.names.by_id)
        or former(link, "", vault) is not None
        or _misspelt(name, vault)
    )


def _meant(link: Link, source: str, vault: Vault) -> Meant:
    same = [path for path in _same_file(link, source, vault) if path != source]
    if len(same) == 1:
        return Meant((Suggestion(same[0], Why.SAME, Safety.SAFE),))
    before = former(link, source, vault)
    moved = None if before is None else before.moved
    if moved is not None and moved.how is How.CERTAIN and moved.path != source:
        return Meant((Suggestion(moved.path, Why.MOVED, Safety.SAFE),), was=True)
    likely = {path: why for path, why in _likely(link, source, vault) if path != source}
    if moved is not None and moved.how in (How.IDENTICAL, How.RENAMED) and moved.path != source:
        likely = {moved.path: Why.RENAMED, **likely}
    place = renamed_within(link.target.path, vault) if Why.FOLDER in likely.values() else None
    if likely:
        is_sure = len(likely) == 1 and (Why.FOLDER not in likely.values() or _was_there(link, vault))
        safety = Safety.UNSAFE if is_sure else Safety.SUGGESTION
        return Meant(tuple(Suggestion(path, why, safety) for path, why in likely.items()), before is not None, place)
    others = {path: why for path, why in _merely_alike(link, source, vault) if path != source}
    if moved is not None and moved.path != source:
        others = {moved.path: Why.SIMILAR, **others}
    return Meant(tuple(Suggestion(path, why) for path, why in others.items()), before is not None)


def _same_file(link: Link, source: str, vault: Vault) -> list[str]:
    """The very file that a link names, were it written as the file is: in other capitals, or encoded otherwise."""
    decoded = decode_fully(link.target.path)
    if decoded != link.target.path:
        found = vault.resolve_link(structs.replace(link, target=Target(normalise(decoded))), source)
        if found.status is Status.RESOLVED and found.rule != "L12" and found.target is not None:
            return [found.target]
    if vault.rules.by_name:
        return []
    if link.target.path.startswith(SITE_IMAGES):
        image = link.target.path.removeprefix(SITE_IMAGES)
        return vault.names.in_any_case(
            absolute(vault.site.notes_root, f"../img/user/{image}") if vault.site.notes_root else image
        )
    if ends_in_dots(decoded):
        return []
    wanted = vault.resolver.exact_path(link, source, decoded)
    ways = (wanted,) if not vault.rules.endings[1:] else (wanted, f"{wanted}.md")
    return list(dict.fromkeys(path for way in ways for path in vault.names.in_any_case(way)))


def _likely(link: Link, source: str, vault: Vault) -> Iterator[tuple[str, Why]]:
    """Files that are nearly certainly meant, and why."""
    folder, name = written_folder(link.target.path), _name(link.target.path)
    renamed = renamed_within(link.target.path, vault)
    if renamed is not None and was_folder(renamed[0], vault) is not False:  # else it is one that is yet to be made
        rest = link.target.path[len(renamed[0]) :].lower()
        ends = {f"{renamed[1]}{rest}".lower(), f"{renamed[1]}{rest}.md".lower()}
        named = [*vault.names.named(name), *vault.names.named(f"{name}.md")]
        yield from ((path, Why.FOLDER) for path in named if normalise(path).lower() in ends)
    for path in _spelt_alike(name, vault):
        if is_surely_same(name, _stem(path)) and _stands_where_written(path, link, source, vault):
            yield path, Why.SPELLING
    if not folder and not is_attachment(name):
        yield from ((path, Why.ALIAS) for path in vault.names.aliases.get(name.lower(), ()))


def _was_there(link: Link, vault: Vault) -> bool:
    """True if the folder in a link's path that seems to be renamed was there: only then was it renamed."""
    renamed = renamed_within(link.target.path, vault)
    return renamed is not None and was_folder(renamed[0], vault) is True


def names_both(link: Link, source: str, vault: Vault) -> bool:
    """True if a note names the folder that a link seeks and the one that it seems to be now: then they are two."""
    renamed, outline = renamed_within(link.target.path, vault), vault.outlines.get(source)
    if renamed is None or outline is None:
        return False
    inside = f"{renamed[1]}/".lower()
    return any(normalise(other.target.path).lower().startswith(inside) for other in outline.links)


def _merely_alike(link: Link, source: str, vault: Vault) -> Iterator[tuple[str, Why]]:
    """Files that have the same name in another folder, or nearly this one."""
    folder, name = written_folder(link.target.path), _name(link.target.path)
    if not _is_term(link, folder, name, vault):
        named = [*vault.names.named(f"{name}.md"), *vault.names.named(name)]
        for path in dict.fromkeys([*named, *_spelt_alike(name, vault)]):
            yield path, Why.ELSEWHERE if path in named or is_surely_same(name, _stem(path)) else Why.SIMILAR
        if named:
            return
    elif link.form is LinkForm.WIKILINK:  # the whole term, whose slash no file name can hold
        yield from ((path, Why.SIMILAR) for path in _spelt_alike(link.target.path, vault))
        return
    if not is_attachment(name):
        yield from ((path, Why.SIMILAR) for path in vault.names.aliases_by_spelling.get(spelling_key(name), ()))
    if name.isdecimal() and name in vault.names.by_id:
        yield from ((path, Why.SIMILAR) for path in vault.names.by_id[name])
        return  # one number is not a slip of another
    yield from ((path, Why.SIMILAR) for path in _misspelt(name, vault))


@lru_cache(maxsize=4096)  # asked several times of each link that finds nothing
def _name(path: str) -> str:
    """The name that a link's path ends with, as links to notes write it."""
    name = normalise(path).rstrip("/").rpartition("/")[2]
    return name[:-3] if name[-3:].lower() == ".md" else name


def _is_term(link: Link, folder: str, name: str, vault: Vault) -> bool:
    """True if the slash in a link stands in a term, as in `PET/CT`: then no part of it is what was meant.

    So it is where no such folder is known and an abbreviation stands on either side, or the name alone is a note of the
    root.
    """
    if not folder or link.target.path.startswith("/") or is_attachment(name) or is_folder(folder, vault):
        return False
    parts = [*folder.split("/"), name]
    in_root = any("/" not in path for path in vault.names.named(f"{name}.md"))
    return in_root or any(_ABBREVIATION.fullmatch(part) for part in parts)


def _stem(path: str) -> str:
    """A file's name as links write it."""
    name = path.rpartition("/")[2]
    return name[:-3] if name[-3:].lower() == ".md" else name


def _spelt_alike(name: str, vault: Vault) -> list[str]:
    table = vault.names.attachments_by_spelling if is_attachment(name) else vault.names.by_spelling
    return table.get(name_key(name), [])


def _stands_where_written(path: str, link: Link, source: str, vault: Vault) -> bool:
    """True if a file stands in the folder that a link names, or anywhere if it names none."""
    written = normalise(link.target.path)
    if not vault.rules.by_name:
        wanted = vault.resolver.exact_path(link, source).rpartition("/")[0]
        return _keys(path.rpartition("/")[0]) == _keys(wanted)
    if written.startswith(("./", "../")):
        wanted = absolute(normalise(source).rpartition("/")[0], written).rpartition("/")[0]
        return _keys(path.rpartition("/")[0]) == _keys(wanted)
    folders, own = _keys(written_folder(link.target.path)), _keys(path.rpartition("/")[0])
    if written.startswith("/"):
        return own == folders
    return not folders or own[-len(folders) :] == folders


def _keys(folder: str) -> list[str]:
    return [spelling_key(part) or part for part in folder.split("/") if part]


def closest(wanted: str, choices: Iterable[str], most: int = MOST) -> list[str]:
    """The choices whose spelling is nearly `wanted`, best first; compared without regard to case."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        wanted.casefold(), list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_CUTOFF, limit=most
    )
    return [choice for choice, _, _ in found if numbers(wanted) == numbers(choice)]


def _misspelt(name: str, vault: Vault) -> list[str]:
    """Notes or files of whose name `name` is perhaps a slip. Each distinct name is looked up once a vault."""
    known = vault.similar.get(name)
    if known is None:
        attachment = is_attachment(name)
        names = vault.names.attachments if attachment else vault.names.of_notes
        near = (vault.names.attachment_spellings if attachment else vault.names.spellings).near(name)
        known = [path for choice in slips(name, near) for path in names[choice]] if near else []
        vault.similar[name] = known
    return known
