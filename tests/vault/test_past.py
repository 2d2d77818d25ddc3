"""Folders that are gone and whose notes all stand in one other folder."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.note.note import Note
from notelint.vault import past
from notelint.vault.vault import Vault

PARTS = st.sampled_from(["a", "A", "b", "old", "x"])
PATHS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


def vault_of(notes: dict[str, list[str]]) -> Vault:
    texts = {path: " ".join(f"[[{target}]]" for target in targets) for path, targets in notes.items()}
    outlines = {path: Note.decode(path, text.encode()).outline for path, text in texts.items()}
    return Vault(outlines, list(outlines))


@given(notes=st.dictionaries(PATHS.map("{}.md".format), st.lists(PATHS | PATHS.map("/{}".format)), max_size=5))
def test_what_links_seek_in_many_folders_is_what_they_seek_in_each(notes: dict[str, list[str]]) -> None:
    vault = vault_of(notes)
    at_once = past._sought_in_all(vault)
    gone = {path.rpartition("/")[0] for targets in notes.values() for path in targets}
    for folder in gone:
        if folder and folder.lower() not in vault.names.folder_ends:
            assert at_once.get(folder, set()) == past._sought_in(folder, vault)


def test_a_renamed_folder_is_found_behind_many_that_are_gone() -> None:
    others = [f"Gone {n}/Other {m}" for n in range(40) for m in range(6)]
    moved: dict[str, list[str]] = {f"New/Note {n}.md": [] for n in range(6)}
    vault = vault_of({"Start.md": [*others, *[f"Old/Note {n}" for n in range(6)]], **moved})
    assert {past.renamed_within(path, vault) for path in others} == {None}
    assert past.renamed_within("Old/Note 3", vault) == ("Old", "New")
    assert vault.sought_in_folders is not None
