"""Links of which nobody knows for sure what they name: no fix may choose for the author."""

import pytest

from tests.conftest import MakeVault, lines, report, run

NOTES = {"Sella.md": "x\n", "Sella turcica.md": "x\n"}


@pytest.mark.parametrize(
    "text",
    [
        "x [[Sella\nturcica]] y\n",
        "x [[Sella\r\nturcica]] y\n",
        "> [[Sella\n> turcica]] y\n",
        "- [[Sella\n  turcica|the\n  saddle]] y\n",
        "see [[Sella\n]] y\n",
    ],
)
def test_a_link_broken_by_lines_is_not_closed_early(make_vault: MakeVault, text: str) -> None:
    vault = make_vault({**NOTES, "A.md": text.encode()})
    assert [line.split()[1] for line in lines(report(vault))] == ["malformed-link"]
    assert "closed on a later line" in run("check", cwd=vault).stdout
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "A.md").read_bytes() == text.encode()


@pytest.mark.parametrize("text", ["see [[Sella\n\nturcica]] y\n", "see [[Sella\nand [[Sella turcica]]\n"])
def test_a_link_that_nothing_closes_still_is(make_vault: MakeVault, text: str) -> None:
    vault = make_vault({**NOTES, "A.md": text})
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "A.md").read_text() == text.replace("[[Sella\n", "[[Sella]]\n")


def test_three_brackets_are_not_judged(make_vault: MakeVault) -> None:
    text = "see [[[Sella]]] and [[[Nothing]]]\n"
    vault = make_vault({**NOTES, "A.md": text})
    assert lines(report(vault)) == []
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "A.md").read_text() == text


@pytest.mark.parametrize(("written", "there"), [("Año", "Ano"), ("Re-sign", "Resign"), ("Williams", "William")])
def test_a_heading_or_note_that_may_be_another_word_is_only_suggested(
    make_vault: MakeVault, written: str, there: str
) -> None:
    text = f"[[B#{written}]] and [[{written}]]\n"
    vault = make_vault({"B.md": f"# {there}\n\nText.\n", f"{there}.md": "Text.\n", "A.md": text})
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "A.md").read_text() == text


@pytest.mark.parametrize("resolution", ["github", "digital-garden-site"])
@pytest.mark.parametrize("written", ["Gone.md/..", "Gone/%2E%2E/", "../Kidney/Gone/.."])
def test_a_path_that_names_a_folder_means_no_note_of_its_name(
    make_vault: MakeVault, resolution: str, written: str
) -> None:
    text = f"[it]({written})\n"
    config = f'resolution = "{resolution}"\n'
    vault = make_vault({"notelint.toml": config, "Kidney.md": "x\n", "Kidney/A.md": text})
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "Kidney/A.md").read_text() == text
