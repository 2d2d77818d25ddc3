"""Vaults that Obsidian does not keep: folders that nothing marks, wikis, websites, graphs of Logseq."""

from pathlib import Path

import pytest

from tests.conftest import run


def write(root: Path, notes: dict[str, str]) -> None:
    for path, text in notes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def test_a_note_named_in_an_unmarked_folder_is_seen_with_the_folders_beside(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "[b](../other/b.md) [[b]] [[docs/gone]]\n", "other/b.md": "# B\n"})
    for arguments in (["docs/a.md"], ["docs", "other"], ["docs/a.md", "other/b.md"]):
        found = run("check", "--no-cache", "--output-format", "concise", *arguments, cwd=tmp_path)
        assert found.stdout.count("broken-link") == 1
        assert "docs/a.md:1:26: broken-link: no note 'docs/gone'" in found.stdout
        assert found.stderr == ""
    named = run("check", "--no-cache", "docs", cwd=tmp_path)
    assert "no note '../other/b.md'" in named.stdout, "the folder that is named is the vault"


def test_the_vault_of_a_note_elsewhere_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "# A\n", "here/x.md": ""})
    found = run("check", "--no-cache", str(tmp_path / "docs/a.md"), cwd=tmp_path / "here")
    assert "because nothing marks a larger one around a.md" in found.stderr
    (tmp_path / ".git").mkdir()
    assert "larger" not in run("check", "--no-cache", str(tmp_path / "docs/a.md"), cwd=tmp_path / "here").stderr


LOGSEQ = {
    "logseq/config.edn": "{}\n",
    "pages/X.md": "- [[A/B]] [label]([[see]]) [[2024-01-02]] [[see]] [p](../assets/none.png) ![[none.png]]\n",
    "pages/A___B.md": "- text\n",
}


def test_links_to_pages_without_a_file_are_not_judged_in_a_graph_of_logseq(tmp_path: Path) -> None:
    write(tmp_path, LOGSEQ)
    found = run("check", "--no-cache", "--output-format", "concise", cwd=tmp_path)
    assert [line.split(": ")[1] for line in found.stdout.splitlines()[:2]] == ["missing-attachment"] * 2
    assert "broken-link" not in found.stdout
    assert "unwritten-note" not in found.stdout
    assert "logseq/config.edn makes a Logseq graph of this folder" in found.stderr
    assert "pages/A___B.md" in run("resolve", "A/B", "--from", "pages/X.md", cwd=tmp_path).stdout
    write(tmp_path, {".obsidian/app.json": "{}"})
    assert "broken-link" in run("check", "--no-cache", "--output-format", "concise", cwd=tmp_path).stdout


def found_in(root: Path, notes: dict[str, str]) -> list[str]:
    """The diagnostics of these notes, without their messages."""
    write(root, notes)
    lines = run("check", "--no-cache", "--output-format", "concise", cwd=root).stdout.splitlines()
    return [" ".join(line.split(": ")[:2]) for line in lines if ".md:" in line]


def test_headings_of_dendron_are_named_by_their_ids(tmp_path: Path) -> None:
    notes = {
        "dendron.yml": "version: 5\n",
        "vault/lang.md": "# Lang\n\n[[Python|lang.python]] ![[lang.python#data-model]] [[lang.python#lost]]\n",
        "vault/lang.python.md": "## Data model\n",
    }
    assert found_in(tmp_path, notes) == ["vault/lang.md:3:52 broken-heading-link"]


def test_addresses_and_hidden_files_of_a_website_are_not_judged(tmp_path: Path) -> None:
    links = (
        "![s](/img/a.png) [r](reference/) [c](.github/ci.yml) [c](../.github/ci.yml) [a](/about/) [b](/posts/b.md)\n"
    )
    site = {
        "hugo.toml": "",
        "content/a.md": f"{links}\n![gone](gone.png) [gone](../gone.md) [gone](./gone.md)\n",
        "archetypes/default.md": "---\ndate: {{ .Date }}\n---\n[[x/y]]\n",
    }
    assert [line.split()[-1] for line in found_in(tmp_path, site)] == [
        "missing-attachment",
        "broken-link",
        "broken-link",
    ]
    assert len(found_in(tmp_path, {".obsidian/app.json": "{}"})) > 6


FORMS = (
    "[[https://x.org]] [[File:a.png|thumb]] [[:start]] [[id:7c8b][Sleep]] [[_TOC_]] [[toc]] ![[wiki:a.png]] [[A@L3]]\n"
    "[x](((6a1b-22))) [i](../../issues/1) [m](../blob/main/Makefile)\n"
)


def test_links_in_the_forms_of_other_tools_are_not_judged_where_the_reader_is_unknown(tmp_path: Path) -> None:
    notes = {"A.md": f"{FORMS}\n[g](../gone.md) [[no/note]]\n", "x/B.md": "[up](..) [here](.) [up](../)\n"}
    assert found_in(tmp_path, notes) == ["A.md:4:1 broken-link", "A.md:4:17 broken-link"]
    assert len(found_in(tmp_path, {".obsidian/app.json": "{}"})) > 8


def test_a_table_of_contents_does_not_show_that_obsidian_reads_a_note(tmp_path: Path) -> None:
    notes = {"A.md": "[[toc]]\n\n[b](B.md#one-two)\n", "B.md": "# One two\n"}
    assert found_in(tmp_path, notes) == ["A.md:3:1 heading-id-link"]


def test_a_file_at_the_decoded_path_is_found_where_the_reader_is_unknown(tmp_path: Path) -> None:
    notes = {"A.md": "[b](x/P%20%26%20L.md) [c](x/P%20%26%20M.md)\n", "x/P & L.md": "x\n"}
    assert found_in(tmp_path, notes) == ["A.md:1:23 broken-link"]


def test_wikilinks_are_judged_on_a_website_only_in_notes_where_one_leads_somewhere(tmp_path: Path) -> None:
    notes = {
        "mkdocs.yml": "",
        "docs/a.md": "[[TOC]] [[0]] [[x/y]]\n",
        "docs/b-c.md": "[[a]] [[x/y]] [[B c]] [[A title]]\n",
    }
    assert found_in(tmp_path, notes) == ["docs/b-c.md:1:7 broken-link"]


@pytest.mark.parametrize("mark", ["hugo.toml", ""])
def test_pages_that_generators_make_are_not_judged(tmp_path: Path, mark: str) -> None:
    notes = {
        **({mark: ""} if mark else {}),
        "guide/a.md": "[b](b.html) [c](/guide/b) [d](../b/) [e](-/issues/1) [f](`x/1`)\n",
        "guide/c.md": "![g](/img/p.png) [h](b.html#x)\n",
        "docs/guide/b.md": "x\n",
        "guide/b.md": "x\n",
        "static/img/p.png": "",
    }
    assert found_in(tmp_path, notes) == []


def test_short_names_for_folders_and_addresses_of_a_website_are_not_judged(tmp_path: Path) -> None:
    notes = {
        "docusaurus.config.js": "",
        "docs/a.md": "[s](@site/docs/b.md) ![l](~/l.png) [a](/about) [g](./gone.md) [p](posts/one)\n",
        "docs/b.md": "---\npermalink: /second\n---\n",
        "docs/posts/one.md": "x\n",
        "de/posts/one.md": "x\n",
    }
    assert found_in(tmp_path, notes) == ["docs/a.md:1:48 broken-link"]


@pytest.mark.parametrize("mark", ["mkdocs.yml", "book.toml", ""])
def test_links_from_the_folder_of_a_note_stay_such_in_a_move(tmp_path: Path, mark: str) -> None:
    notes = {
        "docs/index.md": "[a](guide/a.md#x) [b](guide/a) ![p](img/p.png)\n",
        "docs/guide/a.md": "# X\n\n[b](b.md) [i](../index.md) ![p](../img/p.png)\n",
        "docs/guide/b.md": "[a](a.md)\n",
        "docs/img/p.png": "",
        "docs/old/b/a.md": "another\n",
        **({mark: ""} if mark else {}),
    }
    write(tmp_path, notes)
    run("mv", "docs/guide/a.md", "docs/deep/b/a.md", cwd=tmp_path)
    assert (tmp_path / "docs/index.md").read_text() == "[a](deep/b/a.md#x) [b](deep/b/a) ![p](img/p.png)\n"
    moved = "# X\n\n[b](../../guide/b.md) [i](../../index.md) ![p](../../img/p.png)\n"
    assert (tmp_path / "docs/deep/b/a.md").read_text() == moved
    assert (tmp_path / "docs/guide/b.md").read_text() == "[a](../deep/b/a.md)\n"


WIKI = {
    "Home.md": "[[Begin|Quick-Start]] [[Quick Start]] [[Config#one-two]] [[Gone]] [[Text|Gone-Too]] [c](Config#none)\n",
    "_Sidebar.md": "- [[Home]]\n- ![](logo.png)\n",
    "Quick-Start.md": "[[_TOC_]]\n\n| a |\n| - |\n| [[C|Config]] |\n\n[[Quick-Start|Home]] [[logo.png|alt=Logo]]\n",
    "Config.md": "# One two\n",
    "logo.png": "",
}


def test_links_of_a_wiki_name_their_page_last(tmp_path: Path) -> None:
    assert found_in(tmp_path, WIKI) == [
        "Home.md:1:58 unwritten-note",
        "Home.md:1:67 unwritten-note",
        "Home.md:1:85 broken-heading-link",
    ]
    run("mv", "Quick-Start.md", "First-Steps.md", cwd=tmp_path)
    home = WIKI["Home.md"].replace("Quick-Start", "First-Steps").replace("Quick Start", "First Steps")
    assert (tmp_path / "Home.md").read_text() == home
    run("mv", "Home.md", "Old/Home.md", cwd=tmp_path)
    assert "[[Quick-Start|Home]]" in (tmp_path / "First-Steps.md").read_text()


def test_a_fix_in_a_wiki_leaves_the_text_of_a_link_alone(tmp_path: Path) -> None:
    write(tmp_path, {**WIKI, "Config.md": "[[Quick Start|Quick-Strat]] [[Quick start]]\n"})
    run("fix", "--unsafe-fixes", cwd=tmp_path)
    assert (tmp_path / "Config.md").read_text().startswith("[[Quick Start|Quick-")


@pytest.mark.parametrize("name", ["Deep%20work", "Deep work"])
def test_pages_of_logseq_are_found_by_their_titles(tmp_path: Path, name: str) -> None:
    notes = {
        **LOGSEQ,
        f"pages/{name}.md": "- x\n",
        "pages/X.md": "- [[Deep work]] #[[Deep work]] [[A/B]] [a](((6a-1)))\n\n  | a |\n  | - |\n  | [[x|y]] |\n",
    }
    assert found_in(tmp_path, notes) == []
    run("mv", f"pages/{name}.md", f"pages/{name.replace('work', 'sleep')}.md", cwd=tmp_path)
    run("mv", "pages/A___B.md", "pages/A___C.md", cwd=tmp_path)
    assert (tmp_path / "pages/X.md").read_text().startswith("- [[Deep sleep]] #[[Deep sleep]] [[A/C]] ")


def test_pages_of_quartz_are_found_by_slugs_folders_tags_and_aliases(tmp_path: Path) -> None:
    notes = {
        "quartz.config.ts": "",
        "content/index.md": "[[Set-up]] [[set-up#one-two]] [[projects]] [[projects/]] [[tags/a]] [[old]] [a](/about)"
        " [[gone/x]] [b](./notes/Set-up) [c](./gone/y)\n",
        "content/notes/Set up.md": "---\naliases: [old]\npermalink: /s\n---\n# One two\n[[index]]\n",
        "content/projects/index.md": "[[index]] [[https://x.org]]\n",
    }
    assert found_in(tmp_path, notes) == ["content/index.md:1:89 broken-link", "content/index.md:1:120 broken-link"]


def test_foam_and_parts_of_dendron(tmp_path: Path) -> None:
    foam = {".vscode/settings.json": '{"foam.x": 1}', "A.md": "[[B]] [b](B.md#one-two)\n", "B.md": "# One two\n"}
    assert found_in(tmp_path / "foam", foam) == []
    dendron = {
        "dendron.yml": "",
        "vault/a.md": "![[b#one:#two]] ![[b#^x:#^y]] ![[b.*]] ![[b#one,1:#*]] ![[b#three:#two]]\n",
        "vault/b.md": "# One\n\nx ^x\n\n# Two\n",
    }
    assert found_in(tmp_path / "dendron", dendron) == ["vault/a.md:1:56 broken-heading-link"]


def test_the_cache_knows_the_files_that_titles_name(tmp_path: Path) -> None:
    write(tmp_path, {**LOGSEQ, "pages/X.md": "- ![[Deep work]] ![[C/D]]\n"})

    def found() -> list[str]:
        cached = run("check", "--output-format", "concise", cwd=tmp_path).stdout
        assert cached == run("check", "--no-cache", "--output-format", "concise", cwd=tmp_path).stdout
        return [line for line in cached.splitlines() if ".md:" in line]

    assert len(found()) == 2
    for path in ("pages/Deep%20work.md", "pages/C%2FD.md"):
        before = len(found())
        write(tmp_path, {path: "- x\n"})
        assert len(found()) == before - 1


PROPERTIES = "---\ntags: [two words, c++, {label: x}]\npermalink: /b/\n---\n"


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("hugo.toml", []),
        ("_config.yml", ["duplicate-permalink"]),
        ("logseq/config.edn", ["duplicate-permalink"]),
        (".obsidian/app.json", ["duplicate-permalink", "invalid-tag", "schema-violation"]),
    ],
)
def test_properties_are_those_of_the_reader(mark: str, expected: list[str], tmp_path: Path) -> None:
    found = found_in(tmp_path, {mark: "{}", "content/a.md": PROPERTIES, "content/de/a.md": PROPERTIES})
    assert {(line.split(":")[0], line.split()[-1]) for line in found} == {
        (path, id) for path in ("content/a.md", "content/de/a.md") for id in expected
    }
    english = PROPERTIES.replace("permalink", "lang: en\npermalink")
    assert "duplicate-permalink" not in " ".join(found_in(tmp_path, {"content/a.md": english}))


def test_a_checker_that_is_asked_for_runs_whatever_the_reader_is(tmp_path: Path) -> None:
    asked = 'extend-select = ["invalid-tag"]\n[checkers.schema-violation]\nobsidian = true\n'
    found = found_in(tmp_path, {"hugo.toml": "", "notelint.toml": asked, "a.md": PROPERTIES})
    assert {line.split()[-1] for line in found} == {"invalid-tag", "schema-violation"}


def test_addresses_of_github_are_judged_without_their_query(tmp_path: Path) -> None:
    links = "![i](i.png?raw=true) [p](b.md?plain=1#L3) [t](#top) [u](b.md#user-content-x) [g](c.md?plain=1)\n"
    notes = {"a.md": links, "b.md": "# X\n", "i.png": ""}
    write(tmp_path, {"a.md": links, "b.md": "# X\n"})
    assert "no note 'i.png?raw=true'" in run("check", cwd=tmp_path).stdout
    write(tmp_path, notes)
    assert "no note 'i.png" not in run("check", cwd=tmp_path).stdout, "the cache knows what stands before the query"
    assert found_in(tmp_path, notes) == ["a.md:1:53 heading-id-link", "a.md:1:78 broken-link"]


def test_titles_that_no_file_can_have_are_found_where_the_reader_is_unknown(tmp_path: Path) -> None:
    notes = {"a.md": "[[P/A]] [[P/B]] [[P/C]]\n", "P%2FA.md": "x\n", "P___B.md": "x\n"}
    assert found_in(tmp_path, notes) == ["a.md:1:17 broken-link"]


@pytest.mark.parametrize(
    ("mark", "old", "new"),
    [
        ("mkdocs.yml", "uber-a-b", "plain-new"),
        ("hugo.toml", "\u00fcber-a--b", "plain--new"),
        (".vitepress/config.ts", "uber-a-b", "plain-new"),
        ("dendron.yml", "\u00fcber-a--b", "plain--new"),
    ],
)
def test_links_by_the_ids_of_a_generator_follow_a_heading(mark: str, old: str, new: str, tmp_path: Path) -> None:
    write(tmp_path, {mark: "", "docs/a.md": "# \u00dcber A & B\n", "docs/b.md": f"[x](a.md#{old}) [y](a.md#other)\n"})
    assert run("rename-heading", "docs/a.md", "\u00dcber A & B", "Plain & new", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "docs/b.md").read_text() == f"[x](a.md#{new}) [y](a.md#other)\n"


def test_a_fix_on_a_website_names_a_heading_by_its_id(tmp_path: Path) -> None:
    link = "[x](a.md#Instalation%20guide)\n"
    write(tmp_path, {"mkdocs.yml": "", "docs/a.md": "## Installation guide\n", "docs/b.md": link})
    assert "did you mean 'installation-guide'?" in run("check", cwd=tmp_path).stdout
    write(tmp_path, {".obsidian/app.json": "{}"})
    assert "did you mean 'Installation guide'?" in run("check", cwd=tmp_path).stdout


@pytest.mark.parametrize("folder", ["", "website/"])
def test_paths_from_the_folder_of_docusaurus(folder: str, tmp_path: Path) -> None:
    links = "[b](@site/docs/b.md#one) ![l](@site/static/l.png) [g](@site/docs/gone.md) ![g](@site/static/g.png)\n"
    site = {"docusaurus.config.ts": "", "docs/a.md": links, "docs/b.md": "# One\n", "static/l.png": ""}
    found = found_in(tmp_path, {f"{folder}{path}": text for path, text in site.items()})
    assert [line.split()[-1] for line in found] == ["broken-link", "missing-attachment"]
    assert run("mv", f"{folder}docs/b.md", f"{folder}docs/deep/c d.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / f"{folder}docs/a.md").read_text() == links.replace("docs/b.md", "docs/deep/c%20d.md")
    assert run("mv", f"{folder}static", f"{folder}public", cwd=tmp_path).exit_code == 0
    assert "@site/public/l.png" in (tmp_path / f"{folder}docs/a.md").read_text()


def test_ids_and_queries_of_docsify(tmp_path: Path) -> None:
    notes = {
        "index.html": "",
        "_sidebar.md": "- [a](guide)\n",
        "README.md": "[a](guide?id=set-up) [b](guide.md#mine) [c](zh/) [d](none?id=x)\n",
        "guide.md": "## Set up :id=mine\n",
        "zh/README.md": "x\n",
    }
    assert found_in(tmp_path, notes) == ["README.md:1:50 broken-link"]


def test_the_number_of_a_note_in_a_zettelkasten_leads_to_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, {"202301011200 On memory.md": "# On memory\n", "A.md": "[[202301011200]] [[202301011201]]\n"})
    found = run("check", "--no-cache", "--output-format", "concise", cwd=tmp_path).stdout
    assert "unwritten-note: not written yet: '202301011200': did you mean '202301011200 On memory.md'?" in found
    assert "not written yet: '202301011201'\n" in found
