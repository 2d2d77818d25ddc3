"""See tracking_link.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.note import Note

# Addresses without a query are taken too: what begins inside of one is not tried again.
_URL = lazy_regex(r"https?://[^\s<>()\[\]\"'`?#]++(?P<query>\?[^\s<>()\[\]\"'`#]*+)?", re.I)
_TRACKS = lazy_regex(
    r"(?:utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi|vero_id)(?:=|$)", re.I
)


class TrackingLink(NoteChecker):
    """A web address with parameters that only tell who followed it: `utm_source`, `fbclid`."""

    family = "residue"
    severity = Severity.WARNING
    default = False
    takes = frozenset({Part.ADDRESSES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each address with such parameters, outside code."""
        for match in _URL.finditer(note.text, note.body_start) if "?" in note.text else ():
            if match["query"] is None:
                continue
            parameters = match["query"][1:].split("&")
            kept = [parameter for parameter in parameters if not _TRACKS.match(parameter)]
            if len(kept) == len(parameters) or match.start() in note.structure.code:
                continue
            query = Edit(Span(*match.span("query")), f"?{'&'.join(kept)}" if kept else "")
            message = "the address tells a website who followed it"
            yield Finding(Span(*match.span()), message, Fix("remove what tracks", (query,)))
