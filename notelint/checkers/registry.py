"""All checkers: one line each, and those of the plugins that the configuration names."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from notelint.checkers.base import Checker
from notelint.core.errors import NotelintError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "notelint.checkers"
DOCUMENTATION = "https://notelint.github.io/notelint/"
_FAMILIES = {
    "frontmatter": (
        "missing-frontmatter",
        "malformed-frontmatter",
        "duplicate-key",
        "schema-violation",
        "repeated-frontmatter",
        "commented-value",
        "property-type-mismatch",
    ),
    "links": (
        "broken-link",
        "unwritten-note",
        "broken-heading-link",
        "heading-id-link",
        "broken-block-link",
        "ambiguous-link",
        "missing-attachment",
        "moved-note",
        "renamed-heading",
        "broken-app-link",
        "orphan-note",
        "unused-attachment",
        "unlinked-mention",
        "inconsistent-link-style",
        "malformed-link",
        "case-mismatch",
    ),
    "permalinks": (
        "missing-permalink",
        "malformed-permalink",
        "duplicate-permalink",
        "permalink-mismatch",
        "changed-permalink",
        "broken-permalink-link",
    ),
    "sections": (
        "missing-section",
        "section-order",
        "duplicate-section",
        "empty-section",
        "noncanonical-heading",
        "heading-level-jump",
        "unmarked-heading",
    ),
    "content": (
        "dangling-intro",
        "merge-conflict-marker",
        "placeholder-text",
        "unbalanced-bracket",
        "mojibake",
        "stub-note",
        "invalid-encoding",
        "undefined-footnote",
        "unused-footnote",
        "duplicate-footnote",
        "invalid-tag",
        "inconsistent-tag",
    ),
    "residue": (
        "undeclared-import",
        "advertisement",
        "form-text",
        "consent-banner",
        "share-widget",
        "navigation",
        "edit-history",
        "repeated-boilerplate",
        "invisible-character",
        "tracking-link",
        "empty-markup",
        "citation-marker",
    ),
    "publishing": (
        "publish-flag",
        "duplicate-home",
        "reserved-permalink",
        "unsupported-image",
        "ineffective-setting",
        "unpublished-target",
        "leaking-embed",
        "visible-comment",
        "vanishing-text",
        "wrong-embedded-section",
        "misplaced-embed",
        "unpublishable-embed",
        "broken-page",
        "unpublishable-name",
        "untrimmed-link",
        "unpublishable-link",
        "site-anchor-mismatch",
        "mistaken-block-id",
        "mangled-code",
    ),
    "suppression": ("unused-suppression",),
}
BUILTIN = tuple(id for ids in _FAMILIES.values() for id in ids)


def load_checkers(plugins: Iterable[str] = ()) -> dict[str, type[Checker]]:
    """The built-in checkers, and those of the plugins (entry points of the group `notelint.checkers`), by id.

    Raises `NotelintError` for a plugin that is not installed, fails to load, or offers an id that exists already.
    """
    checkers = {id: _builtin(family, id) for family, ids in _FAMILIES.items() for id in ids}
    installed = _installed() if plugins else {}
    for name in plugins:
        if name not in installed:
            offered = f" (installed: {', '.join(sorted(installed))})" if installed else ""
            raise NotelintError(
                f"plugin {name!r} is not installed{offered}: install its package, or remove it from plugins"
            )
        for checker in _load(installed[name]):
            if checkers.setdefault(checker.identifier(), checker) is not checker:
                raise NotelintError(f"plugin {name!r} offers {checker.identifier()!r}, which exists already")
    return checkers


def _installed() -> "dict[str, EntryPoint]":
    from importlib.metadata import entry_points  # reads what is installed, with a parser of mail: 10 ms

    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _builtin(family: str, id: str) -> type[Checker]:
    module = import_module(f"notelint.checkers.{family}.{id.replace('-', '_')}")
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Checker) and value.__module__ == module.__name__:
            return value
    raise LookupError(f"{module.__name__} defines no checker")


def _load(entry: "EntryPoint") -> list[type[Checker]]:
    """The checkers that an entry point names: a checker class, or a list of them."""
    try:
        loaded = entry.load()
    except Exception as error:  # a plugin's code runs here, and may fail in any way
        raise NotelintError(f"plugin {entry.name!r} ({entry.value}) cannot be loaded: {error!r}") from error
    checkers = list(loaded) if isinstance(loaded, list | tuple) else [loaded]
    for checker in checkers:
        if not (isinstance(checker, type) and issubclass(checker, Checker)):
            raise NotelintError(
                f"plugin {entry.name!r} ({entry.value}) offers {checker!r}, which is not a checker class"
            )
    return checkers


def page_path(id: str) -> str:
    """The path, in the package, of the page of a built-in checker; empty for others, which have none there."""
    family = next((family for family, ids in _FAMILIES.items() if id in ids), None)
    return "" if family is None else f"notelint/checkers/{family}/{id.replace('-', '_')}.md"


def page_address(id: str) -> str:
    """The address of a built-in checker's page in the documentation; empty for others."""
    return f"{DOCUMENTATION}reference/checkers/{id}/" if page_path(id) else ""


def page(checker: type[Checker]) -> str:
    """The Markdown page of a checker, which lies beside its module; its docstring if a plugin has none."""
    from importlib.resources import files  # brings temporary files with it: 3 ms

    package, _, name = checker.__module__.rpartition(".")
    beside = files(package or checker.__module__) / f"{name}.md"
    if beside.is_file():
        return beside.read_text("utf-8")
    return f"# {checker.identifier()}\n\n{(checker.__doc__ or '').strip()}\n"


def summary(checker: type[Checker]) -> str:
    """A checker's purpose in one line: the first line of its docstring."""
    return (checker.__doc__ or "").strip().partition("\n")[0]
