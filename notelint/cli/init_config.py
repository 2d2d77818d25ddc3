"""The text that `notelint init` writes: a short, commented configuration that fits the vault it finds."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notelint.config.model import GardenTable
from notelint.config.obsidian import PLUGIN_SETTINGS, ObsidianSettings
from notelint.config.recognise import recognise
from notelint.config.write_profiles import toml
from notelint.core.safe_read import SETTINGS_LIMIT, VaultReader
from notelint.note.links import LinkForm
from notelint.note.note import Note
from notelint.vault.face import in_site
from notelint.vault.files import git_ignores, walk
from notelint.vault.link_rules import ResolutionProfile

_LOOKED_AT = 500  # notes that are read to tell what kind of vault it is

_HEAD = """\
# notelint's configuration of this vault. Every line is optional; `notelint config` shows what is in effect.
# What Obsidian knows (folder of attachments, excluded files, templates) is read from .obsidian and not repeated here.
"""

_GARDEN = """
# This vault is published with the Digital Garden plugin: what works in Obsidian and dies on the site is reported, too.
# `notelint publish-report` tells what publishing would do.
resolution = "digital-garden"
"""

_NO_SETTINGS = """
# How the plugin computes addresses: from its settings, which are not here ({settings}).
# Until they are known, nothing is said that rests on them. Run `notelint init` where they are, or write them here:
# garden.path-rewrite-rules = ["30_Notes:Notes"]
# garden.slugify = true
"""

_SETTINGS = """
# How the plugin computes addresses, copied from its settings ({settings}), which hold a token and so are not in git.
# Copy them again when they change: `notelint check` says so where both are there.
"""

_HIDDEN = """
# Copied from .obsidian, which git ignores.
"""

_SITE = """
# This is the repository of a published Digital Garden: links are judged as the site's template follows them.
resolution = "digital-garden-site"
"""

_OBSIDIAN = """
# Links are judged exactly as Obsidian resolves them.
"""

_MARKDOWN_LINKS = """
# This vault writes Markdown links. They are resolved as Obsidian does: from the vault's root or by name, and from the
# note's folder only if they begin with ./ or ../. On a web server capitals matter as well:
extend-select = ["case-mismatch"]
"""

_TAIL = """
# Notes that are not checked; links to them resolve all the same. Patterns as in .gitignore.
# exclude = ["Archive/**"]

# Checkers that are off at first: `notelint checkers` lists all, `notelint explain ID` shows one.
# {extend}

# Which kinds of note there are, and what is asked of them: shipped profiles by name, your own by path of a .toml file.
# `notelint schema infer` proposes some from the notes that are there.
# profiles = ["disease", "sign", "physics", "index", "imported-article"]

# How much something matters: error, warning, info (info does not fail a run).
# [severity]
# ambiguous-link = "info"

# Options of a checker.
# [checkers.broken-link]
# ignore = ["To be written"]

# What differs in some folders.
# [[overrides]]
# paths = ["Inbox/**"]
# ignore = ["links"]

# A checker of your own, without code.
# [[custom]]
# id = "published-note-without-tags"
# message = "a published note needs tags"
# require-property = "tags"
# paths = ["Published/**"]
"""


_UNWRITTEN = """
# Nearly every link here finds its note, so one that finds none is a mistake, and no note for later.
[severity]
unwritten-note = "error"
"""


def unwritten_notes(root: Path) -> str:
    """The configuration's entry for notes that are yet to be written; nothing if it has some."""
    from notelint.engine.selected import Selection
    from notelint.engine.workspace import Workspace
    from notelint.inference.unwritten_notes import ID, are_rare

    return _UNWRITTEN if are_rare(Workspace.open(root, selection=Selection(select=(ID,)))) else ""


@dataclass(frozen=True)
class _Seen:
    """Facts about a vault, from its first notes."""

    garden: bool
    site: bool
    markdown_links: bool


def initial_config(root: Path) -> str:
    """The text of a notelint.toml that fits the vault at `root`. `NotelintError` if the folder cannot be read."""
    seen, settings = _look(root), ObsidianSettings(root)
    kind = _SITE if seen.site else _GARDEN if seen.garden else "" if seen.markdown_links else _OBSIDIAN
    if kind == _GARDEN:
        copied = garden_settings(settings.garden)
        kind += (_SETTINGS if copied else _NO_SETTINGS).format(settings=PLUGIN_SETTINGS) + _lines(copied)
    hidden = list(_hidden_from_git(root, settings))
    links = (_HIDDEN + _lines(hidden) if hidden else "") + (_MARKDOWN_LINKS if seen.markdown_links else "")
    extend = 'extend-select = ["heading-level-jump"]' if seen.markdown_links else 'extend-select = ["case-mismatch"]'
    return _HEAD + kind + links + _TAIL.format(extend=extend)


def with_garden_settings(text: str, settings: list[str], table: str) -> str | None:
    """The text of a configuration with these settings in it; None if they cannot be put there, but by hand.

    `table` is the name of the table that they go into, at the end of the file.
    """
    added = "".join(f"{line.removeprefix('garden.')}\n" for line in settings)
    wanted = f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}\n[{table}]\n{added}"
    try:
        tomllib.loads(wanted)
    except tomllib.TOMLDecodeError:
        return None
    return wanted


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def garden_settings(known: GardenTable | None) -> list[str]:
    """The plugin's settings that decide about addresses, as lines of TOML; none if they are not known.

    Nothing else is copied: among the rest is the token by which the plugin publishes.
    """
    if known is None:
        return []
    return [
        f"garden.path-rewrite-rules = {toml(known.path_rewrite_rules or ())}",
        f"garden.slugify = {toml(known.slugify is not False)}",
    ]


def _hidden_from_git(root: Path, settings: ObsidianSettings) -> Iterator[str]:
    """Lines of TOML for what stands in .obsidian and matters, where git ignores that folder's settings."""
    if git_ignores(root, ".obsidian/app.json"):
        if settings.attachments is not None:
            yield f"attachments = {toml(settings.attachments)}"
        if settings.excluded:
            yield f"exclude = {toml(list(dict.fromkeys(settings.excluded)))}"


def _look(root: Path) -> _Seen:
    """Read the first notes, and the settings of Obsidian."""
    kind = recognise(root, ObsidianSettings(root))
    garden = kind is not None and kind.resolution is ResolutionProfile.GARDEN
    prefers_markdown = _uses_markdown_links(root)
    wikilinks = markdown_links = 0
    notes, reader = walk(root).notes, VaultReader(root)
    site = any(map(in_site, notes))
    for path in notes[:_LOOKED_AT]:
        try:
            note = Note.decode(path, reader.read(path))
        except OSError:
            continue
        garden = garden or "dg-publish" in note.properties
        for link in note.links:
            wikilinks += link.form is LinkForm.WIKILINK
            markdown_links += link.form is LinkForm.MARKDOWN and not link.embed
    return _Seen(garden, site, markdown_links > wikilinks or (prefers_markdown and not wikilinks))


def _uses_markdown_links(root: Path) -> bool:
    """Obsidian's setting for new links (`useMarkdownLinks`)."""
    try:
        app = json.loads(VaultReader(root).read(".obsidian/app.json", SETTINGS_LIMIT))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(app, dict) and app.get("useMarkdownLinks") is True
