"""See broken_heading_link.md."""

from collections.abc import Callable, Iterator
from functools import partial

from notelint.checkers.base import VaultChecker
from notelint.checkers.links.heading_fix import heading_fix
from notelint.core.diagnostic import Finding, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.spelling import is_surely_same, slips, spelling_key
from notelint.edits.allowance import Part
from notelint.garden.permalinks import slugify
from notelint.note.links import Link, decode_fully, heading_key
from notelint.note.note import Outline
from notelint.vault.anchors import AnchorNames
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault

_SLUG = lazy_regex(r"[^\W_]+(?:-[^\W_]+)*")  # how other tools write a heading in an address


class BrokenHeadingLink(VaultChecker):
    """A link to a heading that the target note does not have."""

    family = "links"
    severity = Severity.WARNING  # the note opens all the same, at its top (H9)
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link that resolves to a note without the heading it names."""
        for link, target in vault.links_without(note, Anchor.MISSING_HEADING):
            subpath = (link.target.subpath or "").strip()
            meant, safety = _meant(link, target, vault)
            where = "this note" if target == note.path else repr(target)
            message = f"no heading {subpath!r} in {where}"
            if meant:
                message += f": did you mean {' or '.join(map(repr, meant))}?"
            made = [fix for one in meant if (fix := heading_fix(link, one, safety)) is not None]
            about = f"{target}#{link.target.subpath}"
            if safety is Safety.SUGGESTION:
                yield Finding(link.span, message, None, about, tuple(made))
            else:
                yield Finding(link.span, message, made[0] if made else None, about)


def _meant(link: Link, target: str, vault: Vault) -> tuple[list[str], Safety]:
    """The subpaths that may have been meant, each of which finds its heading, and how surely."""
    subpath, as_id = (link.target.subpath or "").strip(), vault.rules.names_ids(link)
    decoded = decode_fully(subpath)
    if decoded != subpath:
        headings = vault.anchors.resolve(target, decoded).headings
        if headings:
            texts = (vault.anchors.fragment(target, heading.text, as_id=as_id) for heading in headings)
            return ["#".join(texts)], Safety.SAFE
    names = vault.anchors.names_of(target)
    likely = _replaced(subpath, target, vault, partial(_same_name, names), as_id)
    if likely:
        sure = len(likely) == 1 and _is_surely_meant(subpath, likely[0])
        return likely, Safety.UNSAFE if sure else Safety.SUGGESTION
    alike = _replaced(subpath, target, vault, partial(_alike, names), as_id)
    last = subpath.rpartition("#")[2].strip()
    if not alike and last != subpath and vault.anchors.resolve(target, last).kind is Anchor.HEADING:
        alike = [last]
    return alike, Safety.SUGGESTION


def _is_surely_meant(subpath: str, found: str) -> bool:
    """True if what is written differs from what is found in nothing that may make another word of it."""
    written, there = ([part.strip() for part in path.split("#") if part.strip()] for path in (subpath, found))
    return len(written) != len(there) or all(map(is_surely_same, written, there))


def _same_name(names: AnchorNames, part: str) -> list[str]:
    """The headings that are spelt otherwise, or whose slug is what was written: an address from another tool."""
    key = spelling_key(part)
    same = names.by_spelling.get(key, []) if key else []
    slug = slugify(part) if not same and part == part.lower() and _SLUG.fullmatch(part) else ""
    return [names.by_slug[slug]] if slug and slug in names.by_slug else same  # a heading in Thai has an empty slug


def _alike(names: AnchorNames, part: str) -> list[str]:
    key = heading_key(part)
    near = names.keys.near(key)
    return [names.by_key[one] for one in slips(key, near)] if near else []


def _replaced(subpath: str, target: str, vault: Vault, find: Callable[[str], list[str]], as_id: bool) -> list[str]:
    """The subpath with one of its headings replaced by what `find` finds for it, where that leads there."""
    parts = [part.strip() for part in subpath.split("#") if part.strip()]
    found: list[str] = []
    for at, part in enumerate(parts):
        for heading in find(part):
            whole = "#".join([*parts[:at], vault.anchors.fragment(target, heading, as_id=as_id), *parts[at + 1 :]])
            there = vault.anchors.resolve(target, whole)
            if there.kind is Anchor.HEADING and there.headings[min(at, len(there.headings) - 1)].text == heading:
                found.append(whole)
    return list(dict.fromkeys(found))
