"""Inputs of real vaults on which naive tools fail. One test for each kind."""

import os
from pathlib import Path
from typing import Any

import pytest

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.note.note import Note
from tests.conftest import MakeVault, lines, report, run

pytestmark = pytest.mark.slow


def ids(found: dict[str, Any]) -> list[str]:
    return [line.rpartition(" ")[2] for line in lines(found)]


def test_digital_garden_repository(make_vault: MakeVault) -> None:
    invalid_json = '---\n{"dg-publish":true,"permalink":"/a/","dg-note-properties":{"x":"one\ntwo"}}\n---\n'
    vault = make_vault(
        {
            "src/site/notes/a.md": invalid_json
            + "[[Folder/b\\|b]] ![x.png|800](/img/user/At%20t/x.png) [[Folder/b#^blk\\|x]]\n",
            "src/site/notes/Folder/b.md": '---\n{"dg-publish":true,"permalink":"/folder/b/"}\n---\nText\n{ #blk}\n\n'
            + "x" * 95_000
            + "\n",
        }
    )
    assert lines(report(vault)) == []


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("created: {{date}}", "2:10"),
        ("title: A: B", "2:"),
        ("by: @me", "2:5"),
        ("rate: %5", "2:7"),
        ("code: `x`", "2:7"),
        ("a: 1\n\tb: 2", "3:1"),
        ("a: &x [*x]", "2:"),
        ("a: 'open", "2:4"),
        ("a: \x00", "2:4"),
    ],
)
def test_frontmatter_that_does_not_parse_is_a_diagnostic_at_its_place(
    make_vault: MakeVault, block: str, place: str
) -> None:
    found = [line for line in lines(report(make_vault({"A.md": f"---\n{block}\n---\nText\n"}))) if "malformed" in line]
    assert len(found) == 1
    assert found[0].startswith(f"A.md:{place}")


def test_frontmatter_that_obsidian_reads_otherwise_than_yaml_1_1() -> None:
    text = "---\na: no\nb: 2024-01-31\nc: 010\nd: 12:30\n键: значение\n---\n"
    assert Note("A.md", text).properties == {"a": "no", "b": "2024-01-31", "c": 10, "d": "12:30", "键": "значение"}


def test_frontmatter_edges(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "bom.md": b"\xef\xbb\xbf---\naliases: [B]\n---\n[[x]]\n",
            "break.md": "---\nnever closed: it is a thematic break\n",
            "late.md": "\n\n---\ntags: [a]\n---\n",
            "twice.md": "---\na: 1\na: 2\n---\n",
            "link.md": "---\nrel: [[bom]]\n---\n",
        }
    )
    assert lines(report(vault)) == [
        "bom.md:4:1 unwritten-note",
        "late.md:3:1 malformed-frontmatter",
        "link.md:2:6 malformed-link",
        "twice.md:3:1 duplicate-key",
    ]


def test_links_of_every_odd_kind_resolve(make_vault: MakeVault) -> None:
    links = (
        "[[1.5T vs 3.0T MRI]] [[v2.4 \\|x]] [[Cafe\u0301]] [[A\u00a0B]] [[A\u202fB]] [[BSSFP]] [[bssfp#One#Two]]\n"
        "[x](bSSFP) [x](A%20B.md) [[#^own]] %% [[gone]] %% <!-- [[gone]] --> `%%` \\[[x]] ^own\n"
    )
    names = ["1.5T vs 3.0T MRI", "v2.4", "Café", "A B"]
    files = {f"{name}.md": "Text.\n" for name in names}
    vault = make_vault({**files, "bSSFP.md": "# One\n## Two\n", "index.md": "---\nrel: '[[bSSFP]]'\n---\n" + links})
    assert lines(report(vault)) == []


def test_links_of_every_odd_kind_that_do_not_resolve(make_vault: MakeVault) -> None:
    body = "[x](A%20%26%20B.md)\n\n`%%` [[gone]] `%%`\n\n[x](#my-heading)\n\n# My heading\n\n\t[[in code]]\n"
    vault = make_vault({"A & B.md": "Text.\n", "index.md": body})
    assert lines(report(vault)) == [
        "index.md:1:1 broken-link",
        "index.md:3:6 unwritten-note",
        "index.md:5:1 broken-heading-link",
    ]


def test_nfd_file_names_are_found_by_nfc_links(make_vault: MakeVault) -> None:
    vault = make_vault({"Cafe\u0301.md": "Text.\n", "index.md": "[[Caf\u00e9]] [[Cafe\u0301]]\n"})
    assert lines(report(vault)) == []


def test_headings_with_emoji_and_look_alikes(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "## 🧠 Brain\n## Сyst\n[[#🧠 Brain]] [[#Cyst]]\n"})  # the C of the heading is Cyrillic
    assert lines(report(vault)) == ["A.md:3:14 broken-heading-link"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines(make_vault: MakeVault, newline: str) -> None:
    text = newline.join(["---", "a: 1", "---", "# H", "", "Text [[x]]", "[[#H]] ^id", "", "[[#^id]] [[y]]"])
    assert lines(report(make_vault({"A.md": text}))) == ["A.md:6:6 unwritten-note", "A.md:9:10 unwritten-note"]


def test_bytes_that_are_no_text(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": b"caf\xe9 [[x]]\n\x00\n", "empty.md": b"", "marks.md": "a\u200bb\u202e [[A]]\n"})
    assert lines(report(vault)) == ["A.md:1:4 invalid-encoding", "A.md:1:6 unwritten-note", "A.md:2:1 invalid-encoding"]


def test_a_line_of_20_megabytes(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "word " * 4_000_000 + "[[x]]\n"})
    assert lines(report(vault)) == ["A.md:1:20000001 unwritten-note"]


def test_100_000_links_in_one_note(make_vault: MakeVault) -> None:
    heads = "".join(f"## H{n}\n" for n in range(3_000))
    vault = make_vault(
        {"A.md": heads + "\n".join(f"[[#H{n % 3_000}]] [[B|{n}]]" for n in range(50_000)), "B.md": "x\n"}
    )
    assert lines(report(vault)) == []


@pytest.mark.parametrize(
    "text",
    [
        "> " * 5_000 + "[[x]]",
        "".join("  " * n + "- x\n" for n in range(500)),
        "[" * 50_000,
        "[[" * 50_000,
        "![[" * 20_000 + "]]" * 20_000,
        "%%" * 50_000,
        "`" * 50_001 + "x",
        "*_" * 20_000,
        "<a " * 20_000,
        "<!--" * 20_000,
        "$" * 50_001,
        "[x](" * 20_000,
        "---\na: " + "[" * 20_000 + "\n---\n",
        "---\n" + "".join(" " * n + f"k{n}:\n" for n in range(2_000)) + "---\n",
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{c}: &{c} [{','.join([f'*{p}'] * 9)}]\n" for p, c in zip("abcdefghi", "bcdefghij", strict=True))
        + "---\n",
        "---\n" + "{" * 10_000 + "\n---\n",
        "|a|\n|-|\n" + "|[[x\\|y]]|\n" * 5_000,
        "^id\n" * 20_000,
        "notelint-disable <!-- notelint-disable\n" * 10_000,
    ],
    ids=range(19),
)
def test_deep_nesting_and_bombs_do_not_stop_the_run(make_vault: MakeVault, text: str) -> None:
    result = run("check", "--output-format", "json", cwd=make_vault({"A.md": text}))
    assert result.exit_code in (0, 1)


def test_names_with_every_odd_character(make_vault: MakeVault) -> None:
    odd = [f"a{char}b" for char in "'\"&;$%(){}!=,+~\t*?<>"] + ["ไทย", "🎉", "-a"]
    notes = {f"{name}.md": "x\n" for name in odd}
    vault = make_vault({**notes, "index.md": "".join(f"[[{name}]]\n" for name in odd)})
    assert lines(report(vault)) == []


def test_a_name_that_is_no_utf_8(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "Text.\n"})
    try:
        Path(os.fsdecode(os.fsencode(vault) + b"/caf\xe9.md")).write_text("[[lost/x]]\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert ids(report(vault)) == ["broken-link"]
    assert run("check", cwd=vault).exit_code == 1


def test_names_that_collide_by_case(make_vault: MakeVault) -> None:
    vault = make_vault({"a/Note.md": "x\n", "b/note.md": "x\n", "index.md": "[[NOTE]] [[b/note]]\n"})
    assert lines(report(vault)) == ["index.md:1:1 ambiguous-link"]


def test_symbolic_links_never_lead_out_of_the_vault(make_vault: MakeVault, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("# Secret heading\n[[nowhere]]\n")
    vault = make_vault({"A.md": "[[linked#Not read]] [[secret]]\n", "sub/B.md": "x\n"})
    (vault / "loop").symlink_to(vault)
    (vault / "away").symlink_to(tmp_path / "outside")
    (vault / "linked.md").symlink_to(tmp_path / "outside" / "secret.md")
    (vault / "dangling.md").symlink_to(tmp_path / "nowhere.md")
    assert lines(report(vault)) == ["A.md:1:21 unwritten-note"]
    result = run("check", "linked.md", cwd=vault)
    assert result.exit_code == 2
    assert "outside the vault" in result.stderr


def test_a_link_to_itself_and_a_pipe_are_passed_over(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[B]] [[Lost]]\n", "B.md": "x\n"})
    (vault / "self.md").symlink_to("self.md")
    (vault / "round").symlink_to("about")
    (vault / "about").symlink_to("round")
    os.mkfifo(vault / "pipe.md")
    assert lines(report(vault)) == ["A.md:1:7 unwritten-note"]


def test_markup_of_plugins_is_no_link(make_vault: MakeVault) -> None:
    body = """<% tp.file.include("[[Template]]") %> [[{{title}}]] [[<% tp.date.now() %>]]

```dataview
LIST FROM [[Somewhere]]
```

```mermaid
graph TD; A[[Box]] --> B
```

$a[[1]]$ and key:: value and {% raw %}

> [!note]- Folded [[A]]
> > [!tip] inner [[A]]
"""
    assert lines(report(make_vault({"A.md": body}))) == []


def test_templates_and_other_folders_are_no_content(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            ".obsidian/templates.json": '{"folder": "Templates"}',
            ".obsidian/app.json": '{"userIgnoreFilters": ["Old/", "/draft-\\\\d+/"]}',
            ".trash/T.md": "[[x]]\n",
            "node_modules/m/README.md": "[[x]]\n",
            "Templates/T.md": "[[x]] {{date}}\n",
            "Old/O.md": "[[x]]\n",
            "draft-1.md": "[[x]]\n",
            ".gitignore": "ignored/\n",
            "ignored/I.md": "[[x]]\n",
            "A.md": "[[T]] [[O]] [[draft-1]] [[I]] ![[README]]\n",
        }
    )
    assert lines(report(vault)) == ["A.md:1:31 broken-link"]


def test_several_vaults_in_one_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("one", "two"):
        (tmp_path / name / ".obsidian").mkdir(parents=True)
        (tmp_path / name / "A.md").write_text("[[B]]\n")
    result = run("check", cwd=tmp_path)
    assert result.exit_code == 2
    assert "several vaults" in result.stderr
    assert lines(report(tmp_path, "one")) == ["A.md:1:1 unwritten-note"]


def test_an_index_of_3_000_links(make_vault: MakeVault) -> None:
    notes = {f"n/{n}.md": "x\n" for n in range(3_000)}
    vault = make_vault({**notes, "index.md": "".join(f"- [[n/{n}\\|Note {n}]]\n" for n in range(3_000))})
    assert lines(report(vault)) == []


def test_mixed_newlines(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "---\r\na: 1\n---\r# One\r\nText [[x]]\rand\n[[#One]] [[y]]\r\n"})
    assert lines(report(vault)) == ["A.md:5:6 unwritten-note", "A.md:7:10 unwritten-note"]


def test_a_vault_below_the_root_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("[[not of the vault]]\n")
    vault = tmp_path / "docs" / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "sub").mkdir()
    (vault / "sub" / "A.md").write_text("[[B]] [[README]] [x](/B.md)\n")
    (vault / "B.md").write_text("Text.\n")
    assert lines(report(vault)) == ["sub/A.md:1:7 unwritten-note"]
    assert lines(report(vault / "sub", "A.md")) == ["sub/A.md:1:7 unwritten-note"]


def test_notes_and_files_of_plugins(make_vault: MakeVault) -> None:
    packed = "N4KAkARALgngDgUwgLgAQQQDwMYEMA2AlgCYBOuA7hADTgQBuCpAzoQPYB2Kq[[x]]==\n" * 2_000
    vault = make_vault(
        {
            "Drawing.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\n# Text Elements\nBox ^a1b2c3d4\n\n"
            f"%%\n# Drawing\n```compressed-json\n{packed}```\n%%\n",
            "Board.md": "---\nkanban-plugin: board\n---\n\n## To do\n\n- [ ] [[Drawing.excalidraw]]\n\n"
            "%% kanban:settings\n```\n{}\n```\n%%\n",
            "Map.canvas": '{"nodes":[{"id":"1","type":"file","file":"Board.md"}],"edges":[]}',
            "index.md": "![[Map.canvas]] [[Map.canvas|map]] ![[Drawing.excalidraw|300]]\n"
            "[[Drawing.excalidraw#^a1b2c3d4]] [[Board]]\n",
        }
    )
    assert lines(report(vault)) == []


def test_20_000_links_in_comments_are_not_judged(make_vault: MakeVault) -> None:
    gone = "".join(f"- [[Gone {n}]]\n" for n in range(10_000))
    vault = make_vault({"A.md": f"%%\n{gone}%%\n\n<!--\n{gone}-->\n\n[[gone]]\n"})
    assert lines(report(vault)) == ["A.md:20007:1 unwritten-note"]


def test_a_published_garden_and_all_that_its_permalinks_can_be(make_vault: MakeVault) -> None:
    heads = [
        "null",
        "12",
        '["/a/"]',
        '{"a":"/a/"}',
        "true",
        '""',
        '"//"',
        '"/a b/"',
        '"https://example.org/"',
        '"\\ud800"',
    ]
    notes = {f"{n}.md": f'---\n{{"dg-publish":true,"permalink":{head}}}\n---\n' for n, head in enumerate(heads)}
    paths = {f"p{n}.md": f'---\n{{"dg-publish":true,"dg-path":{head}}}\n---\n' for n, head in enumerate(heads)}
    result = run("check", "--select", "permalinks", cwd=make_vault({**notes, **paths}))
    assert result.exit_code == 1, result.output
    assert "crashed" not in result.output


def test_openings_of_commands_that_are_never_closed_cost_no_more_than_other_text() -> None:
    """Were the search for their ends quadratic, this would take minutes."""
    for line in ("<%" * 200_000, "<%\n" * 200_000 + "%>", "<% a % " * 50_000):
        assert Note("A.md", line + "\n[[a]]").structure.comments.spans == []
    text = "<% [[a]] %> [[b]] <% x\n%> <%%> <% [[c]] % > %>"
    assert [span.of(text) for span in Note("A.md", text).structure.comments.spans] == [
        "<% [[a]] %>",
        "<%%>",
        "<% [[c]] % > %>",
    ]


@pytest.mark.parametrize(
    ("id", "body"),
    [
        ("unbalanced-bracket", "[a](" * 60_000),
        ("navigation", ("\\[" * 9_000 + "\n") * 12),
        ("navigation", "Contents\n" * 40_000),
        ("navigation", "- [x](https://a.example/c)\n" * 40_000),
    ],
    ids=["destinations never closed", "escaped brackets", "tables of contents", "one line again and again"],
)
def test_hostile_notes_are_judged_in_linear_time(id: str, body: str) -> None:
    """Were any pattern's search quadratic, which no count of calls tells, this would take minutes."""
    checker = load_checkers()[id]()
    assert isinstance(checker, NoteChecker)
    note = Note("A.md", f"---\nsource: https://a.example/b\n---\n{body}\n")
    assert all(finding.span.end <= len(note.text) for finding in checker.check(note))


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_note_means_the_same_whatever_ends_its_lines(end: str) -> None:
    text = (
        "---\na: b\n---\n# Head\n\n```text\n[[code]]\n# code\n```\n\n> quote [[a]]\n> ~~~\n> [[code]]\n> ~~~\n\n"
        "| x | y |\n|---|---|\n| [[b\\|c]] | d |\n\n$$\n[[math]]\n$$\n\n<!--\n[[comment]]\n-->\n\n"
        "para ^id\n\nSetext\n---\n\n- item ^li\n- [[c]]\n\n[^1]: [[foot]]\n\n%%\n[[hidden]]\n\n%%\n"
    )
    note = Note("A.md", text.replace("\n", end))
    links = [("a", False), ("b", False), ("c", False), ("foot", False), ("hidden", True)]
    assert [(link.target.path, link.hidden) for link in note.links] == links
    assert [(heading.level, heading.text) for heading in note.headings] == [(1, "Head"), (2, "Setext")]
    assert [block.id for block in note.structure.block_ids] == ["id", "li"]
    assert note.structure.footnotes == ("1",)


@pytest.mark.parametrize("line", ["[z-a]", "[[:alpha:]]", "!"])
def test_a_pattern_that_is_none_is_reported_or_passed_over(make_vault: MakeVault, line: str) -> None:
    vault = make_vault({"A.md": "[[Lost]]\n", "B.md": "[[Lost]]\n", ".gitignore": f"{line}\nA.md\n"})
    assert lines(report(vault)) == ["B.md:1:1 unwritten-note"]
    (vault / "notelint.toml").write_text(f'exclude = ["{line}"]\n')
    found = run("check", cwd=vault)
    assert found.exit_code == 2
    assert "notelint.toml: exclude: one of the patterns" in found.stderr
