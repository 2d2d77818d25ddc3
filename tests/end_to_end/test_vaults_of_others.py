"""Vaults that Obsidian does not keep: folders that nothing marks, and graphs of Logseq."""

from pathlib import Path

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
    "pages/X.md": "- [[A/B]] [[2024-01-02]] [[see]] [p](../assets/none.png) ![[none.png]]\n",
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


def test_the_number_of_a_note_in_a_zettelkasten_leads_to_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, {"202301011200 On memory.md": "# On memory\n", "A.md": "[[202301011200]] [[202301011201]]\n"})
    found = run("check", "--no-cache", "--output-format", "concise", cwd=tmp_path).stdout
    assert "unwritten-note: not written yet: '202301011200': did you mean '202301011200 On memory.md'?" in found
    assert "not written yet: '202301011201'\n" in found
