"""Templates of notes: what is to be filled in names nothing yet, and is neither reported nor changed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.note.links import is_placeholder
from notelint.note.template_folders import is_template_folder
from tests.conftest import run
from tests.end_to_end.test_vaults_of_others import found_in, write

PLACEHOLDERS = (
    *("{{title}}", "<% tp.file.title %>", "Notes/{{date:YYYY}}", "${FOAM_TITLE}", "{% link a.md %}", "YYYY-MM-DD"),
    *("Journal/YYYY/MM/YYYY-MM-DD", "DD.MM.YYYY", "gggg-[W]ww", "YYYYMMDDHHmm", "%Y-%m-%d", "{title}", "<name>"),
    *("$FOAM_TITLE", "%title%", "@@name@@", "__TITLE__", "...", "$title"),
)
NAMES = ("Home", "$AAPL", "a_b", "100% sure", "C++", "a < b", "MM", "Yyyy", "__init__", "2024-01-01", "P&L", "{}")


@pytest.mark.parametrize("written", PLACEHOLDERS)
def test_what_is_to_be_filled_in_names_nothing_yet(written: str, tmp_path: Path) -> None:
    assert is_placeholder(written)
    assert found_in(tmp_path, {"A.md": f"[[{written}]] ![[{written}]]\n", ".obsidian/app.json": "{}"}) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_placeholder(name: str) -> None:
    assert not is_placeholder(name)


@given(st.text(alphabet="abcXYZ -_'&+,.()0123456789äß漢", min_size=1).filter(lambda name: name.strip("._")))
def test_words_and_numbers_are_no_placeholders(name: str) -> None:
    assert not is_placeholder(name.replace("YYYY", "").replace("__", "_"))


def test_a_link_to_a_file_of_that_name_follows_it(tmp_path: Path) -> None:
    write(tmp_path, {"a/YYYY-MM-DD.md": "x\n", "B.md": "[[YYYY-MM-DD]] [x](a/YYYY-MM-DD.md)\n"})
    run("mv", "a/YYYY-MM-DD.md", "a/form.md", cwd=tmp_path)
    assert (tmp_path / "B.md").read_text() == "[[form]] [x](a/form.md)\n"


def test_a_program_of_several_lines_is_not_read(tmp_path: Path) -> None:
    program = "<%*\nconst x = [['a']];\ntR += `[[no/note]]`;\n%>\n[[no/other]] <% a\n[[no/third]] %>\n"
    notes = {"A.md": program, "B.md": "```\n<%*\n```\n[[no/note]]\n\n```\n%>\n```\n"}
    assert found_in(tmp_path, notes) == ["A.md:5:1 broken-link", "A.md:6:1 broken-link", "B.md:4:1 broken-link"]


@pytest.mark.parametrize("name", ["daily-notes.json", "zk-prefixer.json", "note-composer.json"])
def test_the_template_that_a_setting_names_is_excluded(name: str, tmp_path: Path) -> None:
    settings = {f".obsidian/{name}": json.dumps({"template": "Meta/Tag"})}
    notes = {"Meta/Tag.md": "[[no/note]]\n", "Meta/Tag and more.md": "[[no/note]]\n"}
    assert found_in(tmp_path, {**settings, **notes}) == ["Meta/Tag and more.md:1:1 broken-link"]


@pytest.mark.parametrize("folder", ["Templates", "99 - Templates", "_templates", "Meta/Vorlagen", "模板"])
def test_properties_of_a_template_wait_for_their_values(folder: str, tmp_path: Path) -> None:
    assert is_template_folder(folder)
    text = "---\ndate: {{date}}\n---\n"
    assert found_in(tmp_path, {f"{folder}/Day.md": text}) == []
    assert found_in(tmp_path, {"Day.md": text}) == ["Day.md:2:7 malformed-frontmatter"]


def test_other_faults_of_a_template_are_reported(tmp_path: Path) -> None:
    notes = {"Templates/Day.md": "---\na: 'b\n---\n[[no/note]]\n", "Temple/a.md": "---\na: {{b}}\n---\n"}
    expected = ["malformed-frontmatter", "broken-link", "malformed-frontmatter"]
    assert [line.split()[-1] for line in found_in(tmp_path, notes)] == expected


def test_the_parts_of_a_drawing_have_ids_that_no_text_shows(tmp_path: Path) -> None:
    drawing = "---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n\n## Text Elements\nA ^abc12345\n"
    links = "![[D.excalidraw#^group=x]] [[D.excalidraw#^Zz9]] [[D.excalidraw#None]] [[A#^none]]\n"
    assert found_in(tmp_path, {"D.excalidraw.md": drawing, "A.md": links}) == [
        "A.md:1:50 broken-heading-link",
        "A.md:1:72 broken-block-link",
    ]
