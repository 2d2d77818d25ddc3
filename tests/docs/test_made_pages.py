"""Pages, pictures and tables that scripts make are what they make today."""

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from notelint.cli.main import _COMMANDS
from notelint.config.json_schema import config_schema
from tests.conftest import ROOT
from tests.docs.scripts import script

DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", ["checkers.md", "configuration.md", "command-line.md", "json.md"])
def test_reference_is_current(name: str) -> None:
    made = script("reference").main()[name]
    assert made == (DOCS / "reference" / name).read_text("utf-8"), "python docs/reference.py"


def test_reference_names_every_key_command_and_field() -> None:
    pages = script("reference").main()
    for key in config_schema()["properties"]:
        assert f"`{key}`" in pages["configuration.md"]
    for command in _COMMANDS:
        assert f"## `notelint {command}`" in pages["command-line.md"]
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text("utf-8"))
    for part in (schema, *schema["$defs"].values()):
        for field in part.get("properties", {}):
            assert re.search(rf"`{field}`", pages["json.md"]), field


@pytest.mark.slow
def test_pictures_show_what_is_printed_today(tmp_path: Path) -> None:
    pictures = script("pictures")
    pictures.main(tmp_path)
    names = sorted(file.name for file in tmp_path.iterdir())
    assert len(names) == 2 * len(pictures.PICTURES)
    for name in names:
        held = (DOCS / "images" / name).read_text("utf-8")
        assert text_of(held) == text_of((tmp_path / name).read_text("utf-8")), "python docs/pictures.py"


@pytest.mark.parametrize("file", sorted((DOCS / "images").glob("*.svg")), ids=lambda file: file.name)
def test_pictures_load_nothing(file: Path) -> None:
    text = file.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"@import|@font-face|\bhref=|url\((?!#)|<script", text)


def text_of(svg: str) -> str:
    """The text of a picture, without places, styles and names."""
    return unescape(re.sub(r"<[^>]*>", "\n", re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL))).strip()


def test_table_of_tools_is_what_was_found() -> None:
    compared = script("why_not")
    text = compared.PAGE.read_text("utf-8")
    data = json.loads(compared.DATA.read_text("utf-8"))
    assert compared.page(text, data) == text, "python docs/why_not.py"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["notelint", "rumdl", "mdsmith", "lychee", "markdownlint-cli2"])
def test_tools_find_what_the_table_says(name: str) -> None:
    compared = script("why_not")
    tool = next(tool for tool in compared.TOOLS if tool.name == name)
    if not compared.installed(tool):
        pytest.skip(f"{name} is not installed")
    held = json.loads(compared.DATA.read_text("utf-8"))[name]
    found = compared.results(tool)
    if found["version"] != held["version"]:
        pytest.skip(f"the table is about {name} {held['version']}, here is {found['version']}")
    assert found == held


@pytest.mark.slow
def test_a_tool_is_not_credited_with_matters_of_style() -> None:
    compared = script("why_not")
    same = tuple((about, right, right) for about, _, right in compared.FAULTS)
    assert not any(compared.found_by(compared.TOOLS[0], same))
    assert shutil.which("notelint", path=compared._path())
