"""Taking a link away, so that its words stay."""

from notelint.core.diagnostic import Fix, Safety
from notelint.core.text import Edit
from notelint.note.links import Link, LinkForm

_MARKS = "#>-+*=`~|[!<:^&$%_\\"  # with which a text could become something else than text


def unlinked(link: Link) -> Fix | None:
    """The link's text in its place, as Obsidian shows it; None where that could become something else."""
    if link.form not in (LinkForm.WIKILINK, LinkForm.MARKDOWN) or link.embed or link.in_property:
        return None
    shown = link.alias
    if not shown and link.form is LinkForm.WIKILINK:
        parts = [part for part in (link.target.subpath or "").split("#") if part]
        shown = " > ".join([link.target.path, *parts] if link.target.path else parts)
    if not shown or not shown.strip() or shown[0] in _MARKS:
        return None
    return Fix("unlink, and keep the text", (Edit(link.span, shown),), Safety.UNSAFE)
