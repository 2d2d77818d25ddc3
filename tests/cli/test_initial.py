"""The settings that `notelint init` writes: they load, change only what they say; their examples work without `#`."""

import tomllib
from pathlib import Path

import pytest

from notelint.checkers.registry import load_checkers
from notelint.cli.init_config import initial_config
from notelint.config.load import load
from notelint.config.model import Config
from notelint.config.profiles import load_profile
from notelint.config.selection import CheckerSettings
from tests.conftest import MakeVault

REGISTRY = load_checkers()
GARDEN: dict[str, str | bytes] = {"A.md": "---\ndg-publish: true\n---\n[[B]]\n"}
OBSIDIAN: dict[str, str | bytes] = {"A.md": "[[B]]\n"}
MARKDOWN: dict[str, str | bytes] = {"A.md": "[x](B.md) [y](B.md)\n", "B.md": "[[A]]\n"}
SITE: dict[str, str | bytes] = {"src/site/notes/A.md": '---\n{"dg-publish":true,"permalink":"/a/"}\n---\n'}
KINDS = [GARDEN, OBSIDIAN, MARKDOWN, SITE]


def _uncommented(text: str) -> str:
    """The file with its examples switched on: the commented lines that are TOML, not sentences."""
    lines = []
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        lines.append(bare if bare.startswith("[") or " = " in bare else "")
    return "\n".join(lines)


def _on(vault: Path) -> tuple[str, ...]:
    return CheckerSettings(load(vault).config, REGISTRY).for_note("A.md", None).checkers


@pytest.mark.parametrize("files", KINDS)
def test_it_changes_only_what_it_says(make_vault: MakeVault, files: dict[str, str | bytes]) -> None:
    vault = make_vault(files)
    before = _on(vault)
    text = initial_config(vault)
    (vault / "notelint.toml").write_text(text, "utf-8")
    said = tomllib.loads(text)
    assert set(said) <= {"extend-select", "resolution"}
    publishing = {id for id, kind in REGISTRY.items() if kind.family == "publishing" and "resolution" in said}
    assert set(_on(vault)) == {*before, *said.get("extend-select", []), *publishing}
    profile = "digital-garden" if files is GARDEN else "digital-garden-site" if files is SITE else None
    assert said.get("resolution") == profile


@pytest.mark.parametrize("files", KINDS)
def test_its_examples_are_valid(make_vault: MakeVault, files: dict[str, str | bytes]) -> None:
    vault = make_vault(files)
    # in a vault of Markdown links extend-select is there already: its example is to be merged, not added
    text = _uncommented(initial_config(vault))
    lines = [line for line in text.splitlines() if not line.startswith("extend-select")]
    tables_last = sorted("\n".join(lines).split("\n\n"), key=lambda part: part.lstrip().startswith("["))
    (vault / "notelint.toml").write_text("\n\n".join(tables_last), "utf-8")
    loaded = load(vault)
    CheckerSettings(loaded.config, REGISTRY).for_note("Inbox/A.md", None)
    assert loaded.config.overrides
    assert loaded.config.custom
    assert [load_profile(name, vault).name for name in loaded.config.profiles] == list(Config().profiles)


@pytest.mark.parametrize(
    ("files", "garden", "markdown"),
    [
        ({".obsidian/plugins/digitalgarden/main.js": ""}, True, False),
        ({".obsidian/app.json": '{"useMarkdownLinks": true}'}, False, True),
        ({".obsidian/app.json": "{"}, False, False),
        ({"A.md": b"\xff\x00---\n"}, False, False),
        ({}, False, False),
    ],
)
def test_the_kind_of_vault_is_seen(
    make_vault: MakeVault, files: dict[str, str | bytes], garden: bool, markdown: bool
) -> None:
    text = initial_config(make_vault(files))
    assert ("Digital Garden plugin" in text, "writes Markdown links" in text) == (garden, markdown)


@pytest.mark.parametrize("content", ["[" * 100_000, "1" * 5000])
def test_hostile_settings_do_not_stop_it(make_vault: MakeVault, content: str) -> None:
    assert tomllib.loads(initial_config(make_vault({".obsidian/app.json": content}))) == {}
