"""Write a link to a file in the form that its author chose: bare, by a path, from its own folder, encoded or not."""

import posixpath
import re
from collections.abc import Iterator

from msgspec import structs

from notelint.core.file_types import link_name
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.links import Link, LinkForm, Target, decode_fully, decode_uri, is_linkable, normalise
from notelint.vault.resolution import Status
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.vault import Vault

_ENCODED = lazy_regex(r"[\s%()<>\"\\]")
_ENCODED_IN_HTML = lazy_regex(r"[\s%<>\"'\\]")
_ENCODED_IN_ANGLES = lazy_regex(r"[%<>\\\r\n]")
_ENCODED_NON_ASCII = lazy_regex(r"%[89A-Fa-f][0-9A-Fa-f]")
_NON_ASCII = lazy_regex(r"[^\x00-\x7f]+")
_ENCODED_RESERVED = lazy_regex(r"(?i)%(?:2[346BCF]|3[ABDF]|40)")  # what Obsidian does not decode (M2): others read this
_RESERVED = lazy_regex(r"[#?]")  # what an address cannot have in a path
_JOINED = lazy_regex(r"[-_]+")


def naming(
    link: Link, source: str, path: str, vault: Vault, was: str | None = None, *, by_path: bool = False
) -> str | None:
    """The path, not encoded, by which a link written in the note `source` names the file `path` of the vault.

    A bare name stays bare if Obsidian finds one file by it, else it becomes the shortest path that does; a full path
    (of `was`, what the link named before) stays one, and so does one from the note's folder or from the root.
    With `by_path` it is the path from the note's folder, by which every reader finds it (WS2, UR1).
    Extensions are left out where they were. None if no way of writing it finds the file (L2, L7).
    """
    shorten = path[-3:].lower() == ".md" and link.target.path[-3:].lower() != ".md"
    ways = _candidates(link.target.path, source, path, was, by_path=by_path or vault.rules.from_folder)
    titled = _titled(link.target.path, path, was) if vault.rules.titles and link.form is LinkForm.WIKILINK else None
    if vault.rules.from_root(link) is not None and f"/{path}".startswith(f"{vault.rules.root_folder}/"):
        titled = vault.rules.root_name + f"/{path}".removeprefix(f"{vault.rules.root_folder}/")
    for candidate in ways if titled is None else (titled, *ways):
        for name in (candidate[:-3], candidate) if shorten else (candidate,):
            found = vault.resolve_link(structs.replace(link, target=Target(name)), source)
            if found.status is Status.RESOLVED and found.target == path and found.rule != "L12":
                return name
    return None


def _titled(written: str, path: str, was: str | None) -> str | None:
    """The title of a page, where its file's name is made of it, and links are written so (GW2); else None."""
    name = link_name(path)
    if "___" in name or "%" in name:
        return decode_fully(name).replace("___", "/")
    is_spaced = was is not None and " " in written and " " not in link_name(was)
    return _JOINED.sub(" ", name) if is_spaced else None


def _candidates(written: str, source: str, path: str, was: str | None, *, by_path: bool) -> Iterator[str]:
    """Ways to write `path`, the one most like `written` first."""
    parts = path.split("/")
    relative = posixpath.relpath(f"/{path}", f"/{posixpath.dirname(source)}")
    if written.startswith(("./", "../")):
        yield relative if relative.startswith("../") else f"./{relative}"
    elif by_path and not written.startswith("/"):
        yield relative
        yield f"./{relative}"  # else the name of a nearer file may end so
    elif written.startswith("/"):
        if written.startswith(SITE_IMAGES) and not (was and _is_path_of(written[1:], was)):
            yield SITE_IMAGES + (f"/{path}".partition(SITE_IMAGES)[2] or path)
    else:
        full = "/" in written and (was is None or _is_path_of(written, was))
        depth = len(parts) if full else min(written.count("/") + 1, len(parts))
        yield from ("/".join(parts[-some:]) for some in range(depth, len(parts) + 1))
    yield f"/{path}"


def _is_path_of(written: str, path: str) -> bool:
    return normalise(path).lower() in (written.lower(), f"{written.lower()}.md")


def spelt(name: str, link: Link, text: str = "", was: str | None = None) -> str:
    """`name` (a path, or a part of a subpath) as it is written in a link: encoded as the author does.

    `text` is the text that the link stands in; without it plain escapes are used. What the new path has in common with
    `was`, which the link named before, stays as it was written.
    """
    written = link.path_span.of(text)
    kept = _kept(written, was, link) if was else {}
    return "/".join(kept.get(part) or _encoded(part, link, text) for part in name.split("/"))


def _kept(written: str, was: str, link: Link) -> dict[str, str]:
    """The spelling of the segments of the path `was`, as far as they are (in any case, encoded or not)."""
    segments = was.split("/")
    if link.target.path[-3:].lower() != ".md" and was[-3:].lower() == ".md":
        segments[-1] = segments[-1][:-3]
    kept: dict[str, str] = {}
    for segment, part in zip(reversed(segments), reversed(written.split("/")), strict=False):
        readings = (part,) if link.form is LinkForm.WIKILINK else (decode_uri(part), decode_fully(part))
        if any(read is not None and normalise(read).lower() == normalise(segment).lower() for read in readings):
            kept.setdefault(segment, part)
    return kept


def _encoded(part: str, link: Link, text: str) -> str:
    if link.form is LinkForm.WIKILINK:
        return part
    written = link.target_span.of(text)
    pattern = _ENCODED_IN_HTML if link.form is LinkForm.HTML else _ENCODED
    if in_angles(link, text) and "%20" not in written:
        pattern = _ENCODED_IN_ANGLES
    encoded = pattern.sub(_escapes, part)
    if _ENCODED_RESERVED.search(link.path_span.of(text)):
        encoded = _RESERVED.sub(_escapes, encoded)
    return _NON_ASCII.sub(_escapes, encoded) if _ENCODED_NON_ASCII.search(written) else encoded


def in_angles(link: Link, text: str) -> bool:
    """True if a Markdown link's destination stands in angle brackets, which let it have spaces (M3).

    Without the text it is known only of a path that does have spaces, none of them encoded.
    """
    if link.form not in (LinkForm.MARKDOWN, LinkForm.REFERENCE):
        return False
    if not text:
        return " " in link.target.path and link.path_length == len(link.target.path)
    start = link.target_span.start
    return start > 0 and text[start - 1 : start] == "<"


def _escapes(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogateescape"))


def shortest_name(source: str, path: str, vault: Vault) -> str | None:
    """The shortest path by which a new wikilink in the note `source` finds the note `path`; None if none does."""
    if not is_linkable(path):
        return None
    bare = Link(Span(0, 0), Span(0, 0), LinkForm.WIKILINK, Target(link_name(path)), 0)
    return naming(bare, source, path, vault)


def destination(target: str) -> str:
    """A path and subpath as the destination of a Markdown link has them, blanks and brackets encoded (M2, M3)."""
    return _ENCODED.sub(_escapes, target)
