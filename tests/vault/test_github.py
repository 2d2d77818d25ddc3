"""The profile `github`: links and anchors of a repository as GitHub renders them (docs/publishing.md, GH1 to GH5)."""

import unicodedata

import pytest

from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.vault import Vault
from tests.conftest import MakeVault, lines, report, run

README = (
    "# Title & more\n\n## `code` x_y **b**\n\n## Dup\n\n## Dup\n\n## Café\n\n"
    '<a id="own"></a><a name=\'named\'></a><a id="p/q"></a>\n\n'
)
FILES: dict[str, str | bytes] = {
    "notelint.toml": 'resolution = "github"\n',
    "README.md": README,
    "docs/B.md": "# H\n",
    "docs/img/x y.png": b"",
}

FINE = [
    "[a](#title--more) [a](#code-x_y-b) [a](#dup) [a](#dup-1)",
    "[a](#own) [a](#named) [a](#user-content-own) [a](#top)",
    "[a](#caf%C3%A9) [a](#p%2Fq) [a](/) [a](./)",
    "[a](docs/B.md) [a](/docs/B.md#h) [a](./docs/B.md) [a](docs) [a](docs/)",
    "![a](docs/img/x%20y.png) [a](docs/img/x%20y.png)",
    "[a](docs/B.md?plain=1#L3) [a](docs/B.md#L3-L7)",
    "[a](../../issues) [a](../elsewhere.md)",
    "[[Nowhere]] and ![[Nowhere]]",
]
DEAD = [
    ("[a](docs/b.md)", "broken-link", "the file is 'docs/B.md'"),
    ("[a](B)", "broken-link", "another folder has 'docs/B.md'"),
    ("[a](docs/B)", "broken-link", "did you mean 'docs/B.md'"),
    ("[a](docs/img/z.png)", "missing-attachment", "docs/img/z.png"),
    ("[a](#Dup)", "broken-heading-link", "did you mean 'dup'?"),
    ("[a](docs/B.md#nope)", "broken-heading-link", "no heading 'nope'"),
    ("[a](docs/B.md#L5x)", "broken-heading-link", "no heading 'L5x'"),
    ("[a](docs/B.md#tops)", "broken-heading-link", "no heading 'tops'"),
]


@pytest.mark.slow
@pytest.mark.parametrize("line", FINE)
def test_what_github_follows(make_vault: MakeVault, line: str) -> None:
    assert lines(report(make_vault({**FILES, "README.md": f"{README}{line}\n"}))) == []


@pytest.mark.parametrize(("line", "checker", "said"), DEAD)
def test_what_github_does_not_follow(make_vault: MakeVault, line: str, checker: str, said: str) -> None:
    found = report(make_vault({**FILES, "README.md": f"{README}{line}\n"}))
    assert [(one["checker"], said in one["message"]) for one in found["diagnostics"]] == [(checker, True)]


def test_a_path_starts_at_the_folder_of_its_note(make_vault: MakeVault) -> None:
    vault = make_vault({**FILES, "docs/B.md": "[up](README.md#dup) [img](img/x%20y.png)\n"})
    (found,) = report(vault)["diagnostics"]
    assert "a path starts at the note's own folder" in found["message"]
    assert run("fix", "--unsafe-fixes", cwd=vault).exit_code == 0  # another folder has that name: only a suggestion
    assert (vault / "docs/B.md").read_text("utf-8") == "[up](README.md#dup) [img](img/x%20y.png)\n"
    assert run("fix", "--interactive", cwd=vault, stdin="1\n").exit_code == 0
    assert (vault / "docs/B.md").read_text("utf-8") == "[up](../README.md#dup) [img](img/x%20y.png)\n"


@pytest.mark.parametrize("folders", [("a", "b"), ("b", "a")])
def test_one_path_means_another_file_in_each_folder(folders: tuple[str, str]) -> None:
    """A target found from one folder (GH2) says nothing of the next, whichever is asked first."""
    vault = Vault({}, ["a/n.md", "b/n.md", "a/only.md"], rules=RULES[ResolutionProfile.GITHUB])
    for folder in folders:
        assert vault.resolve("n.md", f"{folder}/A.md").target == f"{folder}/n.md"
        assert vault.resolve("only.md", f"{folder}/A.md").target == ("a/only.md" if folder == "a" else None)


def test_a_path_that_starts_with_a_slash_starts_at_the_root() -> None:
    vault = Vault({}, ["n.md", "a/n.md", "a/a/n.md"], rules=RULES[ResolutionProfile.GITHUB])
    for path, target in (("/n.md", "n.md"), ("/a/n.md", "a/n.md"), ("a/n.md", "a/a/n.md"), ("./n.md", "a/n.md")):
        assert vault.resolve(path, "a/A.md").target == target


def test_the_accents_of_a_folder_may_stand_alone() -> None:
    folder = unicodedata.normalize("NFD", "Résumé")
    vault = Vault({}, [f"{folder}/n.md"], rules=RULES[ResolutionProfile.GITHUB])
    assert vault.resolve("n.md", f"{folder}/A.md").target == f"{folder}/n.md"


def test_a_heading_is_named_by_its_id(make_vault: MakeVault) -> None:
    vault = make_vault({**FILES, "docs/B.md": "[a](../README.md#Title%20more)\n"})
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "docs/B.md").read_text("utf-8") == "[a](../README.md#title--more)\n"
