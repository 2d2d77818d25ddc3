"""Addresses by which other programs open a note in Obsidian."""

from collections.abc import Iterator
from urllib.parse import unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.links import AppLink, split_target

_ADDRESS = lazy_regex(r"obsidian://(?:open/?\?(?P<query>[^\s<>\"'()\[\]`]+)|vault/(?P<path>[^\s<>\"'()\[\]`?#]+))")


def app_links(text: str) -> Iterator[AppLink]:
    """The addresses of a text that name a vault and a file, `obsidian://open?vault=V&file=F` or `//vault/V/F`."""
    for match in _ADDRESS.finditer(text):
        if match["query"] is not None:
            pairs = dict(pair.split("=", 1) for pair in match["query"].split("&") if "=" in pair)
            vault, file = pairs.get("vault"), pairs.get("file")
        else:
            vault, _, file = match["path"].partition("/")
        if vault and file:
            yield AppLink(Span(*match.span()), unquote(vault), split_target(unquote(file)))
