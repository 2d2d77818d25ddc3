"""What is written for generators of websites: ids in braces, and commands that put other text into the page."""

import re

from notelint.core.lazy_regex import lazy_regex

GENERATED = "*"  # in place of an id: the page has more of them than the note shows
_ID = lazy_regex(r"\{[^{}\n#]*+#([^\s{}#]++)[^{}\n]*+\}")
_INCLUDES = ("--8<--", "{%", "{!", "{{")  # of pymdownx, Liquid, Jinja, markdown-include, Hugo
_DIRECTIVE = lazy_regex(r"^::: *[A-Za-z]\w*(?:[.:-]\w+)+ *$", re.M)  # of mkdocstrings, mkdocs-click ...
_OWN_ID = lazy_regex(r"#([^\s{}#]+)")
_DOCSIFY_ID = lazy_regex(r"(?<!\S):id=([\w-]+)\s*$")
_COMPONENT = lazy_regex(r"^import .+ from [\"']", re.M)  # of MDX


def find_attribute_ids(body: str) -> tuple[str, ...]:
    """Ids in the attributes of a part of the text (`{#id}`, `{: .big #id}`), wherever it stands, and `GENERATED` if
    generators make a part of the page.
    """
    ids = tuple(map(_unescaped, _ID.findall(body))) if "#" in body and "{" in body else ()
    is_generated = any(mark in body for mark in _INCLUDES) or (":::" in body and _DIRECTIVE.search(body))
    if is_generated or ("import " in body and _COMPONENT.search(body)):
        return (*ids, GENERATED)
    return ids


def split_attributes(heading: str) -> tuple[str, str]:
    """The text of a heading, and the braces at its end, in which kramdown, Hugo, Docusaurus ... read attributes
    (`{#id .class}`); these are empty where there are none. White space at either's end goes.
    """
    text = heading.rstrip()
    start = text.rfind("{") if text.endswith("}") else -1
    if start < 0 or "}" in text[start:-1]:
        return text, ""
    return text[:start].rstrip(), text[start:]


def own_id(heading: str) -> str | None:
    """The id that is written behind the text of a heading for generators of websites: `{#id}`, `:id=id`."""
    ids = _OWN_ID.findall(split_attributes(heading)[1]) or _DOCSIFY_ID.findall(heading)
    return _unescaped(ids[-1]) if ids else None


def _unescaped(id: str) -> str:
    """An id as the page has it: formatters of Markdown write `_` with a backslash, also in braces."""
    return id.replace("\\_", "_")
