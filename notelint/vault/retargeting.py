"""Writing what a dead link may have meant, in the author's form, and how safe that is."""

from functools import lru_cache

from msgspec import structs

from notelint.core.diagnostic import Fix, Safety
from notelint.core.text import Edit, Span
from notelint.note.links import Link, LinkForm, Target, decode_fully, is_linkable, normalise
from notelint.note.note import Note
from notelint.vault.link_style import naming, spelt
from notelint.vault.past import former
from notelint.vault.resolution import Status
from notelint.vault.suggestions import MOST, Meant, Suggestion, Why, names_both
from notelint.vault.vault import Vault


def retarget(link: Link, source: str, path: str, vault: Vault, *, decoded: bool = False) -> Edit | None:
    """The edit that makes a link name `path` as its author would, and as `notelint mv` does.

    With `decoded`, escapes that the link's reader does not decode are. None if no way of writing it is known to find
    the file: where the place in the source is not known exactly (a property with escapes), for a file that no link can
    name, and where the rules in force would not find it.
    """
    if link.path_length == 0 or not is_linkable(path):
        return None
    shape = structs.replace(link, target=Target(decode_fully(link.target.path))) if decoded else link
    # a link that nobody finds is written as all do, whoever reads the notes
    by_path = vault.rules.goes_by_path(link) and not link.in_property
    by_path = by_path and vault.resolve_link(link, source).status is not Status.RESOLVED
    name = naming(shape, source, path, vault, by_path=by_path)
    if name is None or (link.in_property and not {'"', "'", "\\"}.isdisjoint(name)):
        return None
    return Edit(link.path_span, spelt(name, link))


def fix(link: Link, source: str, suggestion: Suggestion, vault: Vault) -> Fix | None:
    """The fix that makes a link name the suggestion; None if that cannot be written."""
    edit = retarget(link, source, suggestion.path, vault, decoded=suggestion.why is Why.SAME)
    if edit is None:
        return None
    edits = [edit]
    if suggestion.why is Why.ALIAS and link.alias is None and link.form is LinkForm.WIKILINK and not link.embed:
        pipe = r"\|" if link.in_table else "|"  # the reader goes on seeing the name that was written
        edits.append(Edit(Span(link.target_span.end, link.target_span.end), pipe + link.target.path))
    is_doubtful = suggestion.why is Why.FOLDER and names_both(link, source, vault)
    safety = Safety.SUGGESTION if is_doubtful else suggestion.safety
    if suggestion.why is Why.MOVED and not _was_written_before(link, source, vault):
        safety = Safety.UNSAFE
    return Fix(f"link to {suggestion.path!r}", tuple(edits), safety)


def _was_written_before(link: Link, source: str, vault: Vault) -> bool:
    """True if a note had a link before what it named went: one that was written later may mean another file."""
    before = former(link, source, vault)
    gone = None if before is None else before.path
    if gone is not None and gone not in vault.evidence.gone:  # the note went, and its link from its folder did not
        origin = vault.evidence.moved_from(source)
        gone = None if origin is None else origin.path
    data = None if gone is None else vault.evidence.text_before(source, gone)
    return data is not None and normalise(link.target.path).lower() in _targets(data)


@lru_cache(maxsize=64)
def _targets(data: bytes) -> frozenset[str]:
    """The targets of the links of a note, in lower case."""
    return frozenset(normalise(link.target.path).lower() for link in Note.decode("", data).links)


def fixes(link: Link, source: str, found: Meant, vault: Vault) -> tuple[Fix | None, tuple[Fix, ...]]:
    """The fix of a link's target, if one file is meant surely enough, and what may be suggested besides."""
    possible = [made for one in found.found[:MOST] if (made := fix(link, source, one, vault)) is not None]
    chosen = next((one for one in possible if one.safety is not Safety.SUGGESTION), None)
    return chosen, tuple(one for one in possible if one.safety is Safety.SUGGESTION)
