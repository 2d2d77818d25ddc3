"""The kind of a vault, by what stands in it: where no configuration says by whose rules its links are judged."""

from pathlib import Path
from typing import Any

from msgspec import structs

from notelint.config.model import VaultKind
from notelint.config.obsidian import ObsidianSettings
from notelint.garden.heading_ids import Ids
from notelint.vault.link_rules import RULES, LinkRules, ResolutionProfile
from notelint.vault.markers import (
    OTHERS,
    SITE_NOTES,
    foam_marker,
    has_labels,
    is_of_obsidian,
    other_marker,
    site_marker,
    website_marker,
    wiki_marker,
)

_IDS = {"mkdocs.": Ids.PYTHON, "zensical.": Ids.PYTHON, "pelicanconf.": Ids.PYTHON, ".vitepress": Ids.VITEPRESS}
_TAGS = ("invalid-tag",)  # which others allow nearly any characters in
_PERMALINKS = ("duplicate-permalink", "malformed-permalink")  # a property that most generators do not read


def recognise(root: Path, settings: ObsidianSettings) -> VaultKind | None:
    """The kind of the vault at `root`, None for one that Obsidian reads and of which nothing else is known.

    The repository of a published Digital Garden is known by the site's own files, the vault that it is published from
    by the plugin that is switched on (DG-S2).
    """
    marker = site_marker(root)
    if marker is not None:
        because = f"the site of a Digital Garden stands here ({marker}, {SITE_NOTES}/)"
        return VaultKind(because, ResolutionProfile.SITE)
    if settings.plugin_on:
        return VaultKind("the Digital Garden plugin is switched on in .obsidian", ResolutionProfile.GARDEN)
    if is_of_obsidian(root):
        return None
    marker = other_marker(root)
    if marker is not None:
        because = f"{marker} makes {OTHERS[marker]} of this folder"
        is_logseq = marker.startswith("logseq")
        rules = _rules(heading_ids=True, pages_without_files=True, titles=is_logseq)
        return VaultKind(because, rules=rules, without=_TAGS)
    marker = wiki_marker(root)
    if marker is not None:
        because = f"{marker} makes a wiki of this folder"
        return VaultKind(because, rules=_rules(heading_ids=True, titles=True, text_first=True), without=_TAGS)
    marker = foam_marker(root)
    if marker is not None:
        return VaultKind(f"{marker} makes a Foam workspace of this folder", rules=_rules(heading_ids=True))
    marker = website_marker(root)
    if marker is None:
        return VaultKind("", rules=_rules(reader_unknown=True))
    return _website(marker)


def _website(marker: str) -> VaultKind:
    """The kind of a folder that a generator makes a website of, by its mark."""
    folder, _, name = marker.rpartition("/")
    because = f"{marker} makes a website of this folder"
    if name.startswith("quartz."):
        return VaultKind(because, rules=_rules(heading_ids=True, titles=True, folder_pages=True), without=_TAGS)
    rules = _rules(
        heading_ids=True,
        root_name="@site/" if name.startswith("docusaurus.") else "",
        root_folder=f"/{folder}" if folder else "",
        ids=next((ids for mark, ids in _IDS.items() if name.startswith(mark)), Ids.GITHUB),
        labels=has_labels(marker),
        wikilinks_doubtful=True,
    )
    templates = "/archetypes/" if name.startswith("hugo") else ""
    has_permalinks = name.lstrip(".").startswith(("_config.", "eleventy."))
    return VaultKind(
        because, rules=rules, templates=templates, without=_TAGS if has_permalinks else (*_TAGS, *_PERMALINKS)
    )


def _rules(**differences: Any) -> LinkRules:
    """The rules of a reader who differs from Obsidian in this."""
    return structs.replace(RULES[ResolutionProfile.OBSIDIAN], **differences)
