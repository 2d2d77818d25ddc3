"""What `notelint init` writes: a short, commented configuration that fits the vault it finds."""

import json
from dataclasses import dataclass
from pathlib import Path

from notelint.note.links import LinkForm
from notelint.note.note import Note
from notelint.vault.files import walk
from notelint.vault.vault import SITE_NOTES

_LOOKED_AT = 500  # notes that are read to tell what kind of vault it is

_HEAD = """\
# notelint's configuration of this vault. Every line is optional; `notelint config` shows what is in effect.
# What Obsidian knows (folder of attachments, excluded files, templates) is read from .obsidian and not repeated here.
"""

_GARDEN = """
# This vault is published with the Digital Garden plugin: what works in Obsidian and dies on the site is told, too.
# `notelint publish-report` tells what publishing would do.
resolution = "digital-garden"

# The plugin's path rewrite rules are read from its settings (.obsidian/plugins/digitalgarden/data.json); write them
# here if that file is not in git:
# [garden]
# path-rewrite-rules = ["30_Notes:Notes"]
"""

_SITE = """
# This is the repository of a published Digital Garden: links are judged as the site's template follows them.
resolution = "digital-garden-site"
"""

_OBSIDIAN = """
# This looks like an Obsidian vault: links are judged exactly as Obsidian resolves them.
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
    """What a vault's configuration says of notes that are yet to be written; nothing if it has some."""
    from notelint.engine.workspace import Run, Selection
    from notelint.inference.unwritten_notes import ID, are_rare

    return _UNWRITTEN if are_rare(Run.open(root, selection=Selection(select=(ID,)))) else ""


@dataclass(frozen=True)
class _Seen:
    """What the first notes of a vault tell of it."""

    garden: bool
    site: bool
    markdown_links: bool


def initial_config(root: Path) -> str:
    """The text of a notelint.toml that fits the vault at `root`. `NotelintError` if the folder cannot be read."""
    seen = _look(root)
    kind = _SITE if seen.site else _GARDEN if seen.garden else "" if seen.markdown_links else _OBSIDIAN
    links = _MARKDOWN_LINKS if seen.markdown_links else ""
    extend = 'extend-select = ["heading-level-jump"]' if seen.markdown_links else 'extend-select = ["case-mismatch"]'
    return _HEAD + kind + links + _TAIL.format(extend=extend)


def _look(root: Path) -> _Seen:
    """Read the first notes, and what Obsidian was told."""
    garden = (root / ".obsidian/plugins/digitalgarden").is_dir()
    prefers_markdown = _uses_markdown_links(root)
    wikilinks = markdown_links = 0
    notes = walk(root).notes
    site = any(SITE_NOTES in f"/{path}" for path in notes)
    for path in notes[:_LOOKED_AT]:
        try:
            note = Note.decode(path, (root / path).read_bytes())
        except OSError:
            continue
        garden = garden or "dg-publish" in note.properties
        for link in note.links:
            wikilinks += link.form is LinkForm.WIKILINK
            markdown_links += link.form is LinkForm.MARKDOWN and not link.embed
    return _Seen(garden, site, markdown_links > wikilinks or (prefers_markdown and not wikilinks))


def _uses_markdown_links(root: Path) -> bool:
    """What Obsidian was told of new links (`useMarkdownLinks`)."""
    try:
        app = json.loads((root / ".obsidian/app.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(app, dict) and app.get("useMarkdownLinks") is True
