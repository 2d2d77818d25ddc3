"""Signs that a folder is the root of a vault: files and folders that stand in it. One place, for all who ask."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from notelint.core.safe_read import SETTINGS_LIMIT, VaultReader, read_beside
from notelint.core.toml import parse

VAULT_MARKERS = (".obsidian", "notelint.toml", ".notelint.toml")
SITE_NOTES = "src/site/notes"  # where a published Digital Garden has its notes, in its repository (DG-P2)
# Files of the repository that a Digital Garden is published to; any of them beside its folder of notes will do (DG-S2).
_SITE_MARKERS = (".eleventy.js", "eleventy.config.js", "plugin-info.json", f"{SITE_NOTES}/notes.11tydata.js")
SITE_MARKERS = frozenset(_SITE_MARKERS)

_MARKS = frozenset({*VAULT_MARKERS, "src", "pyproject.toml"})  # one of which each vault inside a vault holds

_GENERATORS = frozenset(  # files and folders of generators that give headings ids, much as GitHub does
    (
        *("_config.yml", "_config.yaml", "mkdocs.yml", "mkdocs.yaml", "zensical.toml", "book.toml", "book.json"),
        *("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "_quarto.yml", "docfx.json", "mint.json", ".gitbook.yaml"),
        *("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", ".vitepress", ".vuepress"),
        *("quartz.config.ts", "quartz.config.yaml", "rspress.config.ts"),
        *("astro.config.mjs", "astro.config.js", "astro.config.ts"),
        *("gatsby-config.js", "gatsby-config.ts", "theme.config.tsx", "theme.config.jsx", "pelicanconf.py"),
        *("nuxt.config.ts", "nuxt.config.js", "next.config.js", "next.config.mjs", "next.config.ts", "docs.json"),
        *("svelte.config.js", "source.config.ts", "antora.yml", ".order"),
        *("_sidebar.md", "_coverpage.md", "_navbar.md"),  # of docsify
        *("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js"),
    )
)
_WITH_LABELS = frozenset({"myst.yml", "_toc.yml", "conf.py"})  # Sphinx and MyST: links name labels, too
_MARKS_OF_WEBSITES = _GENERATORS | _WITH_LABELS
_PAGES_OF_SPHINX = ("index.md", "index.rst")  # one of which stands beside its conf.py
_OF_WEBSITES = ("", "docs", "doc", "website", "site", "documentation", "source", "docs/source", "doc/source", "www")

_OF_WIKIS = ("_Sidebar.md", "_Footer.md", "_Header.md")  # which GitHub shows around each page of a wiki

OTHERS = {  # applications whose links may name pages that no file has
    "logseq/config.edn": "a Logseq graph",
    "dendron.yml": "a Dendron workspace",
}


def is_of_obsidian(root: Path) -> bool:
    """Tell whether Obsidian keeps a folder: its own folder stands there, and holds something."""
    return any((root / ".obsidian").glob("*"))


def website_marker(root: Path) -> str | None:
    """The path of what shows that a website is made of a folder that Obsidian does not keep, or None."""
    reader = VaultReader(root)
    for folder in _OF_WEBSITES:
        try:
            names = {entry.name for entry in reader.entries(folder)}
        except OSError:
            continue
        found = sorted(names & _MARKS_OF_WEBSITES)
        if "conf.py" in found and names.isdisjoint(_PAGES_OF_SPHINX):
            found.remove("conf.py")
        if found:
            return f"{folder}/{found[0]}" if folder else found[0]
    return None


def is_website_marker(path: str) -> bool:
    """Tell whether a file at a path of a vault may show that a website is made of it."""
    return not _MARKS_OF_WEBSITES.isdisjoint(path.split("/")) or path.endswith("/index.rst")


def has_labels(marker: str) -> bool:
    """Tell whether links may name labels, by the mark of the website's generator."""
    return marker.rpartition("/")[2] in _WITH_LABELS


def other_marker(root: Path) -> str | None:
    """The file by which a folder that Obsidian does not keep is known as another application's, or None."""
    return next((name for name in OTHERS if (root / name).is_file()), None)


def wiki_marker(root: Path) -> str | None:
    """The file by which a folder is known as a wiki of GitHub (Gollum), or None. Its home page stands in it."""
    if not (root / "Home.md").is_file():
        return None
    if root.name.endswith(".wiki"):
        return root.name
    return next((name for name in _OF_WIKIS if (root / name).is_file()), None)


def foam_marker(root: Path) -> str | None:
    """What shows that Foam, an extension of VS Code, reads the notes of a folder, or None."""
    if (root / ".foam").is_dir():
        return ".foam"
    for name in (".vscode/extensions.json", ".vscode/settings.json"):
        try:
            if b'"foam.' in VaultReader(root).read(name, SETTINGS_LIMIT):
                return name
        except OSError:
            continue
    return None


def is_marked(folder: Path) -> bool:
    """Tell whether a folder is the root of a vault: Obsidian's, one that notelint is configured for, or a garden's."""
    if any((folder / marker).exists() for marker in VAULT_MARKERS) or site_marker(folder) is not None:
        return True
    return pyproject_table(folder) is not None


def is_nested(root: Path, path: str, names: Collection[str]) -> bool:
    """Tell whether the folder at a path inside a vault, which holds these names, is a vault of its own.

    The folder of a published garden's notes is not, though people open it with Obsidian: it is what the site shows.
    """
    if _MARKS.isdisjoint(names):  # nearly always, and no path is made
        return False
    folder = root / path
    if any(marker in names for marker in VAULT_MARKERS):
        return site_above(folder) is None
    if "src" in names and site_marker(folder) is not None:
        return True
    return "pyproject.toml" in names and pyproject_table(folder) is not None


def site_marker(root: Path) -> str | None:
    """The file by which a folder is known as the repository of a published Digital Garden (DG-S2), or None."""
    if not (root / SITE_NOTES).is_dir():
        return None
    return next((name for name in _SITE_MARKERS if (root / name).is_file()), None)


def site_above(folder: Path) -> Path | None:
    """The repository of a published garden whose folder of notes this is, or None."""
    if folder.parts[-3:] != tuple(SITE_NOTES.split("/")):
        return None
    root = folder.parents[2]
    return root if site_marker(root) is not None else None


def pyproject_table(folder: Path) -> Mapping[str, Any] | None:
    """The table [tool.notelint] of a pyproject.toml; a file that is not TOML belongs to other tools."""
    try:
        table = parse(read_beside(folder / "pyproject.toml").decode("utf-8-sig")).get("tool", {}).get("notelint")
    except (ValueError, RecursionError, OSError, AttributeError):
        return None
    return table if isinstance(table, Mapping) else None
