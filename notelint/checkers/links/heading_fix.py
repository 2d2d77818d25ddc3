"""The fix of a link that names a heading which its note does not have, for the checkers that report such links."""

from notelint.core.diagnostic import Fix, Safety
from notelint.core.text import Edit, Span
from notelint.note.links import Link, LinkForm, decode_uri, find_wikilinks
from notelint.vault.link_style import spelt

_NO_BRACKETS = str.maketrans("[]", "  ")


def heading_fix(link: Link, subpath: str, safety: Safety) -> Fix | None:
    """The fix that links to a heading by this subpath; None if it cannot be written so that it is read again."""
    written = link.target.subpath or ""
    if link.path_span.end >= link.target_span.end or written.count("[") != written.count("]"):
        return None
    if link.in_property and not {'"', "'", "\\"}.isdisjoint(subpath):
        return None
    text = subpath
    if link.form is LinkForm.WIKILINK:
        text = " ".join(subpath.translate(_NO_BRACKETS).split())  # without them the heading is found too (H1)
        read = next(find_wikilinks(f"[[x#{text}]]"), None)
        if read is None or read.target.subpath != text or read.span.end != len(text) + 6:
            return None
    else:
        text = "#".join(spelt(part, link) for part in subpath.split("#"))
        if decode_uri(text) != subpath:
            return None
    place = Span(link.path_span.end, link.target_span.end)
    return Fix(f"link to the heading {subpath!r}", (Edit(place, f"#{text}"),), safety)
