"""The certainty of a link's fix: for each clause a case where it is sure of the target, and one where it is not."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import MakeVault, report, run

TEXT = "A cyst of the kidney, with a thin wall and clear fluid inside.\n"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(vault: Path, changes: dict[str, str | None]) -> None:
    """Write these files (None: remove them) and commit all."""
    if not (vault / ".git").is_dir():
        git(vault, "init", "-q", "-b", "main")
    for path, text in changes.items():
        file = vault / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    git(vault, "add", "-A")
    git(vault, "commit", "-q", "-m", "x", "--allow-empty")


def levels(vault: Path, *arguments: str) -> list[str]:
    """Fixes and suggestions for the links of `Start.md`: the safety of each, and the text of its first edit."""
    found = []
    for one in report(vault, "Start.md", *arguments)["diagnostics"]:
        offers = [one["fix"]] if one["fix"] else one["suggestions"]
        found += [f"{offer['safety']}: {offer['edits'][0]['text']}" for offer in offers]
    return found


def moved(
    vault: Path, before: dict[str, str | None], after: dict[str, str | None], link: str = "Kidney/Cyst"
) -> list[str]:
    commit(vault, {".obsidian/app.json": "{}", "Start.md": f"See [[{link}]].\n", **before})
    commit(vault, after)
    return levels(vault)


def test_a_move_in_one_commit_is_certain(tmp_path: Path) -> None:
    assert moved(tmp_path, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None, "Renal/Cyst.md": TEXT}) == [
        "safe: Renal/Cyst"
    ]
    run("fix", cwd=tmp_path)
    assert (tmp_path / "Start.md").read_text() == "See [[Renal/Cyst]].\n"


def test_a_move_that_is_not_committed_yet_is_certain_too(tmp_path: Path) -> None:
    commit(tmp_path, {".obsidian/app.json": "{}", "Start.md": "See [[Kidney/Cyst]].\n", "Kidney/Cyst.md": TEXT})
    (tmp_path / "Renal").mkdir()
    (tmp_path / "Kidney/Cyst.md").rename(tmp_path / "Renal/Cyst.md")
    assert levels(tmp_path) == ["safe: Renal/Cyst"]
    git(tmp_path, "add", "-A")
    assert levels(tmp_path) == ["safe: Renal/Cyst"]


def test_moves_are_followed_one_after_the_other(tmp_path: Path) -> None:
    moved(tmp_path, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None, "Renal/Cyst.md": TEXT})
    commit(tmp_path, {"Renal/Cyst.md": f"{TEXT}More.\n"})
    commit(tmp_path, {"Renal/Cyst.md": None, "GU/Cyst.md": f"{TEXT}More.\n"})
    assert levels(tmp_path) == ["safe: GU/Cyst"]


def test_a_deleted_note_of_the_same_name_elsewhere_is_another_one(tmp_path: Path) -> None:
    found = moved(
        tmp_path, {"Kidney/Cyst.md": TEXT, "Liver/Cyst.md": "A cyst of the liver.\n"}, {"Kidney/Cyst.md": None}
    )
    assert found == ["suggestion: Liver/Cyst"]


def test_two_commits_are_no_move(tmp_path: Path) -> None:
    moved(tmp_path, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None})
    commit(tmp_path, {"Renal/Cyst.md": TEXT})
    assert levels(tmp_path) == ["suggestion: Renal/Cyst"]


def test_an_empty_note_or_one_of_several_alike_is_not_recognised(tmp_path: Path) -> None:
    assert moved(tmp_path, {"Kidney/Cyst.md": ""}, {"Kidney/Cyst.md": None, "Renal/Cyst.md": ""}) == [
        "suggestion: Renal/Cyst"
    ]
    copies: dict[str, str | None] = {"Kidney/Stone.md": TEXT, "Templates/Stone.md": TEXT}
    commit(tmp_path, {"Start.md": "[[Kidney/Stone]]\n", **copies})
    commit(tmp_path, {"Kidney/Stone.md": None, "Renal/Stone.md": TEXT})
    assert sorted(levels(tmp_path)) == ["suggestion: Renal/Stone", "suggestion: Templates/Stone"]


def test_copies_follow_a_folder_that_moved_whole(tmp_path: Path) -> None:
    names = ("Cyst", "Stone", "Abscess")
    before: dict[str, str | None] = {f"Kidney/{name}.md": TEXT for name in names}
    after: dict[str, str | None] = {f"Renal/{name}.md": TEXT for name in names}
    assert moved(tmp_path, before, {**dict.fromkeys(before), **after}) == ["safe: Renal/Cyst"]


def test_two_of_a_folder_are_not_enough(tmp_path: Path) -> None:
    names = ("Cyst", "Stone")
    before: dict[str, str | None] = {f"Kidney/{name}.md": TEXT for name in names}
    after: dict[str, str | None] = {f"Renal/{name}.md": TEXT for name in names}
    assert moved(tmp_path, before, {**dict.fromkeys(before), **after}) == ["suggestion: Renal/Cyst"]


TEMPLATE = "# {0}\n\n" + "".join(
    f"## Section {n}\n\nTo be filled in, as in every note of this kind: {n}.\n\n" for n in range(9)
)


def test_a_template_filled_in_for_another_organ_is_another_note(tmp_path: Path) -> None:
    kidney, liver = (
        TEMPLATE.format(organ) + f"The {organ} is an organ of its own kind.\n" * 3 for organ in ("Kidney", "Liver")
    )
    changes: dict[str, str | None] = {"Kidney/Anatomy.md": None, "Liver/Liver.md": liver}
    assert moved(tmp_path, {"Kidney/Anatomy.md": kidney}, changes, "Kidney/Anatomy") == []
    changes = {"Kidney/Cyst.md": None, "Liver/Cyst.md": liver}
    commit(tmp_path, {"Start.md": "[[Kidney/Cyst]]", "Kidney/Cyst.md": kidney})
    commit(tmp_path, changes)
    assert levels(tmp_path) == ["suggestion: Liver/Cyst"]


def test_another_note_that_stood_at_the_path_later_is_the_one_that_was_meant(tmp_path: Path) -> None:
    moved(tmp_path, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None, "Renal/Cyst.md": TEXT})
    commit(tmp_path, {"Kidney/Cyst.md": "Another one.\n"})
    commit(tmp_path, {"Kidney/Cyst.md": None})
    assert levels(tmp_path) == ["suggestion: Renal/Cyst"]


def test_a_new_name_is_a_lesser_rename(tmp_path: Path) -> None:
    found = moved(tmp_path, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None, "Kidney/Simple cyst.md": TEXT})
    assert found == ["unsafe: Kidney/Simple cyst"]


def test_a_bare_name_that_history_knows_is_broken_and_not_unwritten(tmp_path: Path) -> None:
    commit(tmp_path, {".obsidian/app.json": "{}", "Start.md": "[[Cyst]], [[Idea]]\n", "Cyst.md": TEXT})
    assert [one["checker"] for one in report(tmp_path)["diagnostics"]] == ["unwritten-note"]
    commit(tmp_path, {"Cyst.md": None})
    assert [one["checker"] for one in report(tmp_path)["diagnostics"]] == ["broken-link", "unwritten-note"]


def test_what_git_shows_counts_at_once_though_no_note_changes(tmp_path: Path) -> None:
    moved(tmp_path, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None, "Renal/Cyst.md": f"{TEXT}More.\n"})
    assert levels(tmp_path) == ["suggestion: Renal/Cyst"]
    git(tmp_path, "reset", "-q", "--soft", "HEAD^")
    (tmp_path / "Renal/Cyst.md").write_text(TEXT, "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "y")
    (tmp_path / "Renal/Cyst.md").write_text(f"{TEXT}More.\n", "utf-8")
    assert levels(tmp_path) == ["safe: Renal/Cyst"]


def test_a_shallow_clone_shows_nothing_and_says_so(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    moved(origin, {"Kidney/Cyst.md": TEXT}, {"Kidney/Cyst.md": None, "Renal/Cyst.md": TEXT})
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), "clone")
    assert levels(clone) == ["suggestion: Renal/Cyst"]
    assert "the clone is shallow" in run("check", cwd=clone).stderr
    git(clone, "fetch", "-q", "--unshallow")
    assert levels(clone) == ["safe: Renal/Cyst"]
    assert "shallow" not in run("check", cwd=clone).stderr


def test_a_sparse_checkout_is_named_where_links_are_dead(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for path in ("Near/A.md", "Far/B.md"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("[[Near/A]] [[Far/B]]\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Begin")
    assert "checked out" not in run("check", cwd=tmp_path).stderr
    git(tmp_path, "sparse-checkout", "set", "Near")
    done = run("check", cwd=tmp_path)
    assert "no note 'Far/B'" in done.stdout
    assert "only a part of the repository is checked out" in done.stderr
    git(tmp_path, "sparse-checkout", "disable")
    assert "checked out" not in run("check", cwd=tmp_path).stderr


def test_what_the_base_had_is_broken_in_a_shallow_clone_too(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    commit(origin, {".obsidian/app.json": "{}", "Start.md": "One.\n", "Old.md": "Old.\n"})
    commit(origin, {"Start.md": "[[Cyst]]\n", "Cyst.md": TEXT})
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), "clone")
    commit(clone, {"Cyst.md": None})
    found = report(clone, "--since", "origin/main")["diagnostics"]
    assert [(one["checker"], one["severity"]) for one in found] == [("broken-link", "error")]


def test_a_note_that_moved_keeps_what_its_own_paths_name(tmp_path: Path) -> None:
    before: dict[str, str | None] = {"A/Note.md": "[x](../A/Other.md), [y](./Other.md)\n", "A/Other.md": TEXT}
    commit(tmp_path, {".obsidian/app.json": "{}", **before})
    commit(tmp_path, {"A/Note.md": None, "B/C/Note.md": before["A/Note.md"]})
    found = [one["fix"] for one in report(tmp_path)["diagnostics"]]
    assert [(one["safety"], one["edits"][0]["text"]) for one in found] == [
        ("safe", "../../A/Other.md"),
        ("safe", "../../A/Other.md"),
    ]


FOLDER = {f"Renal/Note {n}.md": f"Note {n}.\n" for n in range(6)}


def test_a_folder_whose_many_targets_all_stand_in_another_one(make_vault: MakeVault) -> None:
    links = " ".join(f"[[Kidney/Note {n}]]" for n in range(5))
    vault = make_vault({"Start.md": "[[Kidney/Note 0]]", "Other.md": links, **FOLDER})
    assert levels(vault) == ["suggestion: Renal/Note 0"]
    message = report(vault, "Start.md")["diagnostics"][0]["message"]
    assert "`notelint mv --already-moved Kidney Renal`" in message
    done = run("mv", "--already-moved", "Kidney", "Renal", cwd=vault)
    assert done.exit_code == 0
    assert "[[Renal/Note 4]]" in (vault / "Other.md").read_text()


@pytest.mark.parametrize(
    "others",
    [
        " ".join(f"[[Kidney/Note {n}]]" for n in range(4)),  # four are not many
        " ".join(f"[[Kidney/Note {n}]]" for n in range(5)) + " [[Kidney/Gone]]",  # not all stand there
    ],
)
def test_else_the_folder_is_only_suggested(make_vault: MakeVault, others: str) -> None:
    vault = make_vault({"Start.md": "[[Kidney/Note 0]]", "Other.md": others, **FOLDER})
    assert levels(vault) == ["suggestion: Renal/Note 0"]


@pytest.mark.parametrize(
    ("written", "name"), [("Williams", "William"), ("I.V.", "IV"), ("C-4", "C4"), ("Schon", "Schön")]
)
def test_what_is_perhaps_another_name_is_only_suggested(make_vault: MakeVault, written: str, name: str) -> None:
    vault = make_vault({"Start.md": f"[[{written}]]\n", f"{name}.md": "x\n"})
    assert levels(vault) == [f"suggestion: {name}"]
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "Start.md").read_text() == f"[[{written}]]\n"


def test_what_is_seen_of_a_folder_follows_the_links_of_other_notes(make_vault: MakeVault) -> None:
    links = " ".join(f"[[Kidney/Note {n}]]" for n in range(5))
    vault = make_vault({"Start.md": "[[Kidney/Note 0]]", "Other.md": links, **FOLDER})
    assert levels(vault) == ["suggestion: Renal/Note 0"]
    (vault / "Other.md").write_text("Nothing.\n")
    assert levels(vault) == ["suggestion: Renal/Note 0"]


def test_what_git_guesses_to_be_renamed_is_neither_said_nor_followed(tmp_path: Path) -> None:
    kidney, liver = (
        TEMPLATE.format(organ) + f"The {organ} is an organ of its own kind.\n" * 3 for organ in ("Kidney", "Liver")
    )
    commit(tmp_path, {".obsidian/app.json": "{}", "Start.md": "[[Kidney/Anatomy]]\n", "Kidney/Anatomy.md": kidney})
    git(tmp_path, "branch", "base")
    commit(tmp_path, {"Kidney/Anatomy.md": None, "Liver/Anatomy.md": liver})
    assert "rename" in git(tmp_path, "show", "--summary", "HEAD")  # git takes the one for the other
    found = report(tmp_path, "--since", "base")["diagnostics"]
    assert [(one["checker"], one["fix"]) for one in found] == [("broken-link", None)]
    for options in ([], ["--unsafe-fixes"]):
        run("fix", "--since", "base", *options, cwd=tmp_path)
        assert (tmp_path / "Start.md").read_text() == "[[Kidney/Anatomy]]\n"


def test_a_note_that_was_edited_as_it_moved_is_followed_only_on_request(tmp_path: Path) -> None:
    long = "".join(f"Line {n} of a note about the kidney.\n" for n in range(60))
    commit(tmp_path, {".obsidian/app.json": "{}", "Start.md": "[[Kidney/Cyst]]\n", "Kidney/Cyst.md": long})
    git(tmp_path, "branch", "base")
    commit(tmp_path, {"Kidney/Cyst.md": None, "Renal/Cyst.md": f"{long}One more line.\n"})
    assert [one["checker"] for one in report(tmp_path, "--since", "base")["diagnostics"]] == ["moved-note"]
    assert levels(tmp_path) == ["unsafe: Renal/Cyst"]
    run("fix", "--since", "base", cwd=tmp_path)
    assert (tmp_path / "Start.md").read_text() == "[[Kidney/Cyst]]\n"
    run("fix", "--since", "base", "--unsafe-fixes", cwd=tmp_path)
    assert (tmp_path / "Start.md").read_text() == "[[Renal/Cyst]]\n"


def test_what_one_note_was_judged_by_counts_for_the_next_one_too(tmp_path: Path) -> None:
    starts: dict[str, str | None] = {f"Start{n}.md": "[[Kidney/Cyst]]\n" for n in range(40)}
    commit(tmp_path, {".obsidian/app.json": "{}", **starts, "Kidney/Cyst.md": TEXT})
    commit(tmp_path, {"Kidney/Cyst.md": None, "Renal/Cyst.md": f"{TEXT}More.\n"})
    assert {len(one["suggestions"]) for one in report(tmp_path)["diagnostics"]} == {1}
    git(tmp_path, "reset", "-q", "--soft", "HEAD^")
    (tmp_path / "Renal/Cyst.md").write_text(TEXT, "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "y")
    (tmp_path / "Renal/Cyst.md").write_text(f"{TEXT}More.\n", "utf-8")
    found = report(tmp_path)["diagnostics"]
    assert [one["fix"]["safety"] for one in found if one["fix"]] == ["safe"] * 40


def test_links_of_others_count_for_every_note_that_was_judged_by_them(make_vault: MakeVault) -> None:
    links = " ".join(f"[[Kidney/Note {n}]]" for n in range(1, 5))
    starts = {f"Start{n}.md": "[[Kidney/Note 0]]" for n in range(40)}
    vault = make_vault({**starts, "Other.md": links, **FOLDER})
    seems = "the folder is probably 'Renal' now"
    assert all(seems in one["message"] for one in report(vault)["diagnostics"])
    (vault / "Other.md").write_text("Nothing.\n")
    assert not any(seems in one["message"] for one in report(vault)["diagnostics"])
