"""Plain text that stays plain text in Obsidian: no emphasis, link, tag, formula or HTML comes of it by chance."""

import re

from notelint.core.lazy_regex import lazy_regex

_MARKS = lazy_regex(
    r"""\\(?=[!-/:-@\[-`{-~]|$)          # a backslash that would escape
    | [*`]
    | (?<![^\W_])_ | _(?![^\W_])         # an underscore at the edge of a word
    | \[(?=[\[^]) | (?<=\[)\[ | \](?=[(\[:])
    | <(?=[A-Za-z/!?%])
    | &(?=\#?\w{1,32};)
    | ~(?=~) | (?<=~)~ | =(?==) | (?<==)= | %(?=%) | (?<=%)%
    | (?<!\S)\#(?=[^\s\#])               # a tag
    | \$(?!\d) | (?<=[^\s(])\$
    | (?<=\s)\^(?=[A-Za-z0-9-]+\s*$)     # a block id
    | (?<!\S)!(?=\[)
    """,
    re.X,
)
_START = lazy_regex(r"([ \t]*)(?:([-+](?=\s|$)|\#{1,6}(?=\s|$)|>|[=-]{2,}\s*$|\||:(?=\s)|~~~)|(\d{1,9})([.)])(?=\s|$))")
_IN_LABEL = lazy_regex(r"(?<!\\)([\[\]])")


def text(plain: str) -> str:
    """A text anywhere in a line."""
    return _MARKS.sub(r"\\\g<0>", plain)


def line_start(escaped: str) -> str:
    """The text at the start of a line, where more is a mark: items of lists, headings, quotations, rules."""
    match = _START.match(escaped)
    if match is None:
        return escaped
    if match[3] is not None:
        return f"{match[1]}{match[3]}\\{match[4]}{escaped[match.end() :]}"
    return f"{match[1]}\\{escaped[match.end(1) :]}"


def label(written: str) -> str:
    """Text between the brackets of a link: the brackets in it would end it."""
    return _IN_LABEL.sub(r"\\\1", written)


def address(href: str) -> str:
    """An address between the round brackets of a link."""
    href = "".join(href.split("\n")).replace("\r", "").replace("\t", "").strip()
    for char, code in (
        (" ", "%20"),
        ("<", "%3C"),
        (">", "%3E"),
        ("|", "%7C"),
        ("\\", "%5C"),
        ("`", "%60"),
        ("\u00a0", "%20"),
    ):
        href = href.replace(char, code)
    depth = 0
    for bracket in re.findall(r"[()]", href):
        depth += 1 if bracket == "(" else -1
        if depth < 0:
            break
    if depth or href.count("(") > 8:
        href = href.replace("(", "%28").replace(")", "%29")
    return href
