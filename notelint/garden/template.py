"""The Digital Garden's site template on a line of Markdown, as far as addresses and anchors depend on it.

The template (docs/publishing.md, DG-L6, DG-A1) runs markdown-it with a few plugins, and afterwards turns every
`[[target|text]]` that is left in the HTML into a link. What Markdown makes of a name on the way is lost to the link.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.garden.permalinks import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# Markdown and HTML change nothing in such a text, and nothing in it is taken for an address of the internet. So they
# do in one with brackets that no parenthesis follows, but for the backslash before a pipe.
_PLAIN = lazy_regex(r"(?:[^\W_]|[ \-,;()'’–—?%+^]|/(?!/)|\.(?![^\W\d_]))*")
_BRACKETED = lazy_regex(r"(?:[^\W_]|[ \-,;()'’–—?%+^|\[]|/(?!/)|\.(?![^\W\d_])|\](?!\()|\\\|)*")
_LINK = lazy_regex(r"\[\[(.*?\|.*?)\]\]")
_DATAVIEW = lazy_regex(
    r"\(\S{1,200}::(.*)\)"
)  # nobody names a field at greater length, and this is tried at each bracket
_ATTRIBUTES = lazy_regex(r"(?<![ \t])[ \t]*+(?<!\{)\{[^{}]+\}[ \t]*$")
_LONGEST = (
    10_000  # characters of a heading that are rendered: nobody links to a longer one, and Markdown takes its time
)
# How the picture of a formula begins, up to where its size says what is in it.
_FORMULA = (
    '<mjx-container class="MathJax" jax="SVG" style="direction: ltr; position: relative;">'
    '<svg style="overflow: visible; min-height: 1px; min-width: 1px;'
)


class RenderedLink(Struct, frozen=True):
    """A wikilink as the template reads it: the file it looks for, without `.md`, and the anchor's id if it has one."""

    path: str
    anchor: str | None = None


@lru_cache(maxsize=16384)
def render(text: str) -> str:
    """The HTML that the template makes of the inside of a heading or paragraph."""
    if len(text) > _LONGEST or _PLAIN.fullmatch(text):
        return text
    return text.replace(r"\|", "|") if _BRACKETED.fullmatch(text) else str(_parser().renderInline(text))


@lru_cache(maxsize=16384)
def heading_id(source: str) -> str:
    """The id of a heading, from its text as published, before duplicates get numbers (DG-A1, DG-A4)."""
    return header_to_id(render(_ATTRIBUTES.sub("", source.strip())))


def header_to_id(html: str) -> str:
    """The id that a heading's HTML or a link's fragment becomes: the slug, or the text itself if nothing is left."""
    return slugify(html) or html


@lru_cache(maxsize=16384)
def read_link(written: str, *, older: bool = False) -> RenderedLink | None:
    """The template's reading of a link's inside, `path#fragment` as the plugin emits it (DG-L6 to DG-L8, DG-A2).

    None if Markdown leaves no link at all. `older` templates split at `#` before they decode `&amp;`.
    """
    path, mark, fragment = written.partition("#")
    if _PLAIN.fullmatch(path) and _PLAIN.fullmatch(fragment):
        return RenderedLink(path, header_to_id(fragment) if mark else None)
    found = _LINK.search(_html(rf"[[{written}\|x]]"))
    return None if found is None else _target(found[1], older)


def survives(path: str, *, older: bool = False) -> bool:
    """True if links to a note find it, two of them on one line too; `path` is its vault path without `.md` (DG-L7)."""
    if "\\" in path:
        return False
    if _PLAIN.fullmatch(path):
        return True
    link = rf"[[{path}\|Alias]]"
    found = _LINK.findall(_html(f"see {link} and {link} end"))
    return len(found) == 2 and all(_target(inside, older) == RenderedLink(path) for inside in found)


def _html(text: str) -> str:
    """The HTML of a line, after the filter that hides Dataview's inline fields."""
    return _DATAVIEW.sub(lambda match: match[1].strip(), render(text))


def _target(inside: str, older: bool) -> RenderedLink:
    """The part before the pipe, split as the template splits it; a second `#` does not count (DG-L8)."""
    written = inside.partition("|")[0]
    decoded = written.replace("&amp;", "&")
    if "#" not in written:
        return RenderedLink(decoded.removesuffix(".md"))
    path, fragment = (written if older else decoded).split("#")[:2]
    return RenderedLink(path.removesuffix(".md"), header_to_id(fragment))


@cache
def _parser() -> "MarkdownIt":
    """markdown-it as the template sets it up: HTML, line breaks, linkify, `==marks==`, formulas, external links."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("js-default", {"html": True, "breaks": True, "linkify": True, "typographer": False})
    parser.inline.ruler.before("emphasis", "mark", _mark)
    parser.inline.ruler.after("escape", "formula", _formula)
    parser.add_render_rule("link_open", _link_open)
    return parser


def _mark(state: "StateInline", silent: bool) -> bool:
    """`==marked==`."""
    start = state.pos
    end = state.src.find("==", start + 2, state.posMax)
    if not state.src.startswith("==", start) or end <= start + 2:
        return False
    inside = state.src[start + 2 : end]
    if inside != inside.strip() or inside.startswith("="):
        return False
    if not silent:
        last = state.posMax
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = last
    state.pos = end + 2
    return True


def _formula(state: "StateInline", silent: bool) -> bool:
    """`$formula$`: no space inside next to the dollars, no digit after the second."""
    source, start = state.src, state.pos
    if source[start] != "$" or source[start + 1 : start + 2] in ("", " ", "\t", "$"):
        return False
    end = source.find("$", start + 1, state.posMax)
    while end > 0 and source[end - 1] == "\\":
        end = source.find("$", end + 1, state.posMax)
    if end < 0 or source[end - 1] in " \t" or source[end + 1 : end + 2].isdigit():
        return False
    if not silent:
        state.push("html_inline", "", 0).content = f"{_FORMULA} {source[start + 1 : end].encode().hex()}"
    state.pos = end + 1
    return True


def _link_open(
    renderer: "RendererHTML", tokens: "Sequence[Token]", index: int, options: "OptionsDict", env: "EnvType"
) -> str:
    """Links to other sites open in a tab of their own; what the attributes are called leaks into ids."""
    token = tokens[index]
    if str(token.attrGet("href")).startswith(("http://", "https://")):
        token.attrSet("target", "_blank")
        token.attrSet("class", "external-link")
    else:
        token.attrSet("class", "internal-link")
    return renderer.renderToken(tokens, index, options, env)
