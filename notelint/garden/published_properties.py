"""The properties that the Digital Garden plugin writes at the head of a published note: one line of JSON.

The rules are those of docs/publishing.md, DG-P3 to DG-P5.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.garden.permalinks import HOME_TAG, Garden, garden_path, is_home, is_true, tags_of
from notelint.note.links import split_target

PROPERTIES = "dg-note-properties"  # where all that is the author's own stands
_COPIED = {  # in this order, and only if true to JavaScript
    "title": "title",
    "dg-metatags": "metatags",
    "dg-hide": "hide",
    "dg-hide-in-filetree": "hideInFiletree",
    "dg-hide-in-graph": "hideInGraph",
    "dg-pinned": "pinned",
}
SWITCHES = (  # what a note can switch on
    "dg-home-link",
    "dg-pass-frontmatter",
    "dg-show-backlinks",
    "dg-show-local-graph",
    "dg-show-graph-depth-control",
    "dg-show-inline-title",
    "dg-show-file-tree",
    "dg-enable-search",
    "dg-show-toc",
    "dg-link-preview",
    "dg-show-tags",
)
_LINK = lazy_regex(r"\[\[([^\[\]|#]++)([^\[\]]*+)\]\]")
Resolve = Callable[[str], str | None]


class Keys(Struct, frozen=True):
    """The plugin's settings that decide what else is written: `icon` is the default one, where icons are shown."""

    content_classes: str = "dg-content-classes"
    icons: bool = False
    icon: str = ""


_USUAL = Keys()


def published_properties(
    path: str, properties: Mapping[str, Any], garden: Garden, resolve: Resolve, keys: Keys = _USUAL
) -> dict[str, Any]:
    """The properties that a note at this vault path is published with, in the plugin's order.

    `resolve` gives the vault path of the file that a link's path means. Whether the note is published is not asked.
    """
    written: dict[str, Any] = {"dg-publish": True}
    own_path = properties.get("dg-path") or garden_path(path, garden.rules)
    if own_path != path:
        written["dg-path"] = own_path
    if is_true(properties.get("dg-permalink")):
        written["dg-permalink"] = properties["dg-permalink"]
    written["permalink"] = garden.permalink(path, properties)
    written |= {new: properties[old] for old, new in _COPIED.items() if is_true(properties.get(old))}
    if is_true(classes := properties.get(keys.content_classes)):
        written["contentClasses"] = " ".join(map(str, classes)) if isinstance(classes, list) else classes
        written["contentClasses"] = written["contentClasses"] if isinstance(written["contentClasses"], str) else ""
    if tags := _tags(properties):
        written["tags"] = tags
    written |= {_camel(key): properties[key] for key in SWITCHES if is_true(properties.get(key))}
    if keys.icons:
        written["noteIcon"] = properties.get("dg-note-icon", keys.icon)
    own = {key: value for key, value in properties.items() if not key.startswith(("dg-", "dg_"))}
    passed = dict(properties) if "dgPassFrontmatter" in written else {}
    return {**passed, **written, PROPERTIES: {key: _resolved(value, resolve) for key, value in own.items()}}


def _tags(properties: Mapping[str, Any]) -> list[Any]:
    tags = tags_of(properties)
    return [*tags, HOME_TAG] if is_home(properties) and HOME_TAG not in tags else tags


def _camel(key: str) -> str:
    first, *rest = key.split("-")
    return first + "".join(part.capitalize() for part in rest)


def _resolved(value: Any, resolve: Resolve) -> Any:
    """Links of a property, alone or in a list, with the whole path of what they mean; maps stay (DG-P5)."""
    if isinstance(value, list):
        return [_resolved(item, resolve) if isinstance(item, str) else item for item in value]
    match = _LINK.fullmatch(value) if isinstance(value, str) else None
    found = None if match is None else resolve(split_target(match[1]).path)
    if match is None or found is None:
        return value
    return f"[[{found.removesuffix('.md')}{match[2]}]]"
