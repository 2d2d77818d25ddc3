"""Links as the plugin rewrites them: wikilinks with the whole path, Markdown links to notes as such, addresses of
images.

The rules are those of docs/publishing.md, DG-L1 to DG-L5 and DG-E1.
"""

from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.garden import plugin_patterns as patterns
from notelint.garden.published_embeds import link_path
from notelint.garden.traced_text import HOST, Origin, Traced

_IMAGE = lazy_regex(r"\.(?:png|jpg|jpeg|gif|webp)\Z")
_ASSETS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")
_URI_SAFE = "~@#$&()*!+=:;,.?/'"


class RewrittenLinks:
    """The steps that rewrite links of the note at a path. `resolve` gives the file that a link means in a note."""

    def __init__(self, path: str, resolve: Callable[[str, str], str | None]) -> None:
        self._path, self._resolve = path, resolve

    def wikilinks(self, text: Traced) -> Traced:
        """Wikilinks with the whole path of what they mean (DG-L1 to DG-L4), the same in code too (DG-L2)."""
        if "[[" not in text.text:
            return text
        sought = patterns.linkable(text.text)
        new: dict[str, str] = {}
        for span in patterns.bracketed(sought, "[["):
            literal = span.of(sought)
            if literal not in new and (written := self._wikilink(literal)) is not None:
                new[literal] = written
        return _with_literals(text, "[[", new)

    def _wikilink(self, literal: str) -> str | None:
        """A wikilink with the whole path of what it means (DG-L1, DG-L3); None where it stays as it is."""
        name, *aliases = literal[2:-2].split("|")
        name = name.removesuffix("\\")
        display = aliases[0] if aliases and aliases[0] else name
        path, mark, fragment = name.partition("#")
        subpath = f"#{fragment.partition('#')[0]}" if mark else ""
        if not path:
            stem = self._path.rpartition(".")[0]
            return rf"[[{stem}{subpath}\|{display}]]" if mark else None
        target = self._target(link_path(path), self._path)
        if target is None:
            return rf"[[{path}{subpath}\|{display}]]"
        if not target.endswith((".md", ".canvas")):
            return None
        return rf"[[{target.removesuffix('.md')}{subpath}\|{display}]]"

    def markdown_links(self, text: Traced) -> Traced:
        """Markdown links to notes as wikilinks (DG-L5)."""
        if "](" not in text.text:
            return text
        new: dict[str, str] = {}
        for match in patterns.MARKDOWN_LINK.finditer(patterns.linkable(text.text)):
            if ":" in match[2].partition("/")[0]:
                continue
            target = self._markdown_target(unquote(match[2]))
            if target is not None and target.endswith((".md", ".canvas")):
                stem = target.removesuffix(".md")
                label = match[1] or stem.rpartition("/")[2]
                new[match.group()] = rf"[[{stem}{unquote(match[3])}\|{label}]]"
        return _with_literals(text, "[", new)

    def _markdown_target(self, path: str) -> str | None:
        folder = self._path.rpartition("/")[0]
        parts: list[str] = folder.split("/") if folder else []
        for part in path.split("/"):
            if part == "..":
                if not parts:
                    return self._target(path, self._path)
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        order = ["/".join(parts), path] if path.startswith(("./", "../")) else [path, "/".join(parts)]
        return next((found for one in order if (found := self._target(one, self._path)) is not None), None)

    def assets(self, text: Traced) -> Traced:
        """Images, and links to images and PDFs, by their place on the site (DG-E1, DG-L1)."""
        new: dict[str, str] = {}
        if "[[" not in text.text or not any(ending in text.text for ending in _ASSETS):
            return text
        for span in patterns.bracketed(text.text, "[["):
            if not is_asset(span.of(text.text)):
                continue
            name, *rest = span.of(text.text)[2:-2].split("|")
            name = name.removesuffix("\\")
            target = self._target(link_path(name), self._path)
            if target is None:
                continue
            address = f"/img/user/{quote(target, safe=_URI_SAFE)}"
            embed = text.text[max(span.start - 1, 0) : span.start] == "!"
            if not embed:
                new[span.of(text.text)] = f"[{'|'.join(rest) or name}]({address})"
            elif _IMAGE.search(name):
                alias = "".join(rf"\|{part}" for part in rest)
                new[span.of(text.text)] = f"[{name}{alias}]({address})"
        return _with_literals(text, "[[", new)

    def _target(self, path: str, source: str) -> str | None:
        return self._resolve(path, source) if path else None


def is_asset(literal: str) -> bool:
    """True if a text in double brackets names a file that is published as it is: an image, a PDF."""
    return literal[2:-2].split("|", maxsplit=1)[0].removesuffix("\\").endswith(_ASSETS)


def _with_literals(text: Traced, opening: str, new: dict[str, str]) -> Traced:
    """A text with some of its links replaced wherever they stand, in code too (DG-L2)."""
    if not new:
        return text
    closing = "]]" if opening == "[[" else ")"
    replaced, at = [], 0
    for span in patterns.bracketed(text.text, opening, each=True) if closing == "]]" else _literals(text.text, new):
        written = new.get(span.of(text.text)) if span.start >= at else None
        if written is not None:
            replaced.append((span.start, span.end, _rewritten(text, span, written)))
            at = span.end
    return text.with_(replaced)


def _rewritten(text: Traced, span: Span, new: str) -> Traced:
    """The text in place of a link, traced to where it came from."""
    begins = text.beginning(span.start, span.end)
    return Traced.added(new, HOST) if begins is None else Traced.of(new, Origin(*begins, False))


def _literals(text: str, new: dict[str, str]) -> Iterator[Span]:
    found = [Span(*match.span()) for match in patterns.MARKDOWN_LINK.finditer(text)]
    return (span for span in found if span.of(text) in new)
