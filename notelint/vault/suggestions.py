"""What a link that finds nothing may have meant, and how to write the better target in the author's own form."""

from collections.abc import Iterable
from dataclasses import dataclass

from notelint.core.diagnostic import Fix, Safety
from notelint.core.file_types import is_attachment
from notelint.core.fuzzy import numbers
from notelint.core.text import Edit, Span
from notelint.note.links import Link, LinkForm, is_linkable, normalise
from notelint.vault.link_style import naming, spelt
from notelint.vault.vault import SITE_IMAGES, Vault

_CUTOFF = 84  # of 100: below, two names share a beginning rather than a meaning
_MOST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A note or file that was perhaps meant, and why: `alias`, `moved` (same name, other folder) or `spelling`."""

    path: str
    why: str


def suggestions(link: Link, source: str, vault: Vault) -> list[Suggestion]:
    """What the missing target of a link may have meant, best first; all of one kind."""
    wanted = normalise(link.target.path).lower().removesuffix(".md").strip("/")
    name = wanted.rpartition("/")[2]
    if not name:
        return []
    moved = vault.named(name + ".md") or vault.named(name)
    if moved:
        return [Suggestion(path, "moved") for path in moved]
    by_alias = vault.aliases.get(wanted) or vault.aliases.get(name)
    if by_alias:
        return [Suggestion(path, "alias") for path in by_alias]
    return [Suggestion(path, "spelling") for path in _similar(name, vault)]


def closest(wanted: str, choices: Iterable[str], most: int = _MOST) -> list[str]:
    """The choices whose spelling is nearly `wanted`, best first; compared without regard to case."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        wanted.casefold(), list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_CUTOFF, limit=most
    )
    return [choice for choice, _, _ in found if numbers(wanted) == numbers(choice)]


def _similar(name: str, vault: Vault) -> list[str]:
    """Notes or files whose name is nearly `name`. Each distinct name is looked up once a vault."""
    known = vault.similar.get(name)
    if known is None:
        attachment = is_attachment(name)
        names = vault.attachments if attachment else vault.names
        near = (vault.attachment_spellings if attachment else vault.spellings).near(name)
        known = vault.similar[name] = [path for choice in closest(name, near) for path in names[choice]]
    return known


def retarget(link: Link, source: str, path: str, vault: Vault) -> Edit:
    """The edit that makes a link name `path` as its author would, and as `notelint mv` does."""
    name = naming(link, source, path, vault)
    return Edit(link.path_span, spelt(path if name is None else name, link))


def fix(link: Link, source: str, found: list[Suggestion], vault: Vault) -> Fix | None:
    """How to mend a link's target, if exactly one note can be meant. Safe only if the name stays the same.

    None too where the link's place in the source is not known exactly (a property with escapes), and for a note that
    no link can name.
    """
    if len(found) != 1 or link.path_length == 0 or not is_linkable(found[0].path):
        return None
    only = found[0]
    edits = [retarget(link, source, only.path, vault)]
    if only.why == "alias" and link.alias is None and link.form is LinkForm.WIKILINK and not link.embed:
        pipe = r"\|" if link.in_table else "|"  # the reader goes on seeing the name that was written
        edits.append(Edit(Span(link.target_span.end, link.target_span.end), pipe + link.target.path))
    safety = Safety.SAFE if only.why == "moved" else Safety.UNSAFE
    return Fix(f"link to {only.path!r}", tuple(edits), safety)


def hint(link: Link, found: list[Suggestion]) -> str:
    """The end of a message that says what may have been meant."""
    if not found:
        if link.target.path.startswith(SITE_IMAGES):
            return ": the image was not published, or is gone: publish this note again"
        copied = link.form is not LinkForm.WIKILINK and link.target.path.startswith("/")
        return ": if it was copied from a website, write the whole URL" if copied else ""
    names = " or ".join(repr(suggestion.path) for suggestion in found[:_MOST])
    more = f" (and {len(found) - _MOST} more)" if len(found) > _MOST else ""
    match found[0].why:
        case "alias":
            return f": it is an alias of {names}{more}, and aliases do not resolve"
        case "moved":
            if found[0].path == link.target.path.removeprefix("./"):
                return ": there is one of that path in the root, but a path starts at the note's own folder"
            return f": there is {names}{more}"
    return f": did you mean {names}{more}?"
