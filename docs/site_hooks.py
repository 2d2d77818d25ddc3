"""Hooks of MkDocs: the checkers' pages become part of the site, and links to files of the repository lead there.

A checker's page lies beside its module. On the site it is `reference/checkers/ID/`, the address that reports name.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from notelint.checkers.base import Checker
from notelint.checkers.registry import load_checkers, page, page_path
from notelint.core import typed_toml

ROOT = Path(__file__).resolve().parents[1]
REPOSITORY = "https://github.com/notelint/notelint/blob/main/"
CHECKERS = "reference/checkers"
_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})(.*)$")
_LINK = re.compile(r"(?P<marks>`+)(?P<code>.*?)(?P=marks)|(?<=\]\()(?P<target>[^()\s#:]+)(?P<anchor>#[^()\s]*)?(?=\))")
# What a fenced block of a checker's page is: `notelint/testing.py` says how they are run.
_TITLES = {
    "report": ("text", "What is reported"),
    "options": ("toml", "Options of the checker"),
    "profile": ("toml", "The profile of these notes"),
    "resolution": ("text", "Resolution"),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each checker."""
    for id, checker in load_checkers().items():
        files.append(File.generated(config, f"{CHECKERS}/{id}.md", content=checker_page(checker)))
    return files


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the checkers' pages into the navigation, by family, where the configuration names their folder."""
    for part in config.nav:
        for entry in next(iter(part.values())):
            if isinstance(entry, dict) and f"{CHECKERS}/" in entry.values():
                entry["Checkers"] = [{"All checkers": f"{CHECKERS}.md"}, *_of_families()]
    return config


def _of_families() -> Iterator[dict[str, list[dict[str, str]]]]:
    for family, ids in _families(load_checkers()).items():
        yield {family.capitalize(): [{id: f"{CHECKERS}/{id}.md"} for id in ids]}


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links that leave the documentation into addresses of the repository, and name the files of code blocks."""
    uri = page.file.src_uri
    source = page_path(uri.removeprefix(f"{CHECKERS}/").removesuffix(".md"))
    lines, fence = [], ""
    for line in markdown.splitlines():
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[2]
            lines.append(found[1] + fence + _info(found[3]))
        elif found and line.strip() == fence:
            fence = ""
            lines.append(line)
        else:
            lines.append(line if fence else _LINK.sub(lambda link: _leading(link, uri, source), line))
    return "\n".join(lines)


def checker_page(checker: type[Checker]) -> str:
    """A checker's page, with its facts below the title and its options at the end."""
    title, _, rest = page(checker).partition("\n")
    state = "on at first" if checker.default else "off until you select it"
    facts = f"{checker.severity} · {state} · family {checker.family}"
    options = typed_toml.json_schema(checker.Options)["properties"]
    table = "".join(f"| `{key}` | {value.get('description', '')} |\n" for key, value in options.items())
    head = f"\n## Options\n\nIn `[checkers.{checker.identifier()}]`:\n\n| option | says |\n| --- | --- |\n"
    return f"{title}\n\n*{facts}*\n{rest}{head + table if table else ''}"


def _families(checkers: dict[str, type[Checker]]) -> dict[str, list[str]]:
    families: dict[str, list[str]] = {}
    for id, checker in checkers.items():
        families.setdefault(checker.family, []).append(id)
    return families


def _info(info: str) -> str:
    """The info string of a fenced block as the site needs it: the language, and the rest as a title."""
    kind, _, rest = info.strip().partition(" ")
    if kind in _TITLES and not rest:
        language, title = _TITLES[kind]
        return f'{language} title="{title}"'
    if not rest or "=" in rest:
        return info
    name = rest.removesuffix(" fixed")
    return f'{"text" if kind == "file" else kind} title="{name}{", fixed" if name != rest else ""}"'


def _named(code: "re.Match[str]", uri: str) -> str:
    """Code that is the name of another checker leads to its page, unless it stands in a link or a heading."""
    here, id = code.string, code["code"]
    if (
        not uri.startswith(f"{CHECKERS}/")
        or uri in (f"{CHECKERS}/index.md", f"{CHECKERS}/{id}.md")
        or not page_path(id)
    ):
        return code[0]
    return code[0] if here.startswith("#") or here[: code.start()].endswith("[") else f"[{code[0]}]({id}.md)"


def _leading(link: "re.Match[str]", uri: str, source: str) -> str:
    """A link's target as it leads from the page at `uri`, whose text lies at `source` in the repository, or in docs."""
    target = link["target"]
    if target is None:
        return _named(link, uri)
    if source and "/" not in target:
        return link[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source or f"docs/{uri}"), target))
    if not (ROOT / path).exists():
        raise PluginError(f"{source or uri}: the link {target!r} leads to nothing")
    anchor = link["anchor"] or ""
    if (id := posixpath.basename(path).removesuffix(".md").replace("_", "-")) and page_path(id) == path:
        path = f"docs/{CHECKERS}/{id}.md"
    if path.startswith("docs/") and path != "docs/map.md" and not path.endswith(".py"):
        return posixpath.relpath(path.removeprefix("docs/"), posixpath.dirname(uri)) + anchor
    return REPOSITORY + path + anchor
