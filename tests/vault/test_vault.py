"""Facts about all notes together, beside the resolution of links that the vectors hold."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notelint.note.note import Note, Outline, Parts
from notelint.vault import resolver as module
from notelint.vault.anchors import Anchors
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.outlines import digests
from notelint.vault.resolution import Anchor, Resolution, Status
from notelint.vault.vault import Vault
from tests.vault.outlines import GivenOutlines

SITE = "src/site/notes"


def _image(markdown: str, files: list[str], profile: ResolutionProfile, source: str = "GU/A.md") -> Resolution:
    """Resolve the one link of a note, written at `source`, in a vault of these files."""
    note = Note(source, markdown)
    (link,) = note.links
    return Vault({source: note.outline}, files, rules=RULES[profile]).resolve_link(link, source)


@pytest.mark.parametrize("profile", [ResolutionProfile.OBSIDIAN, ResolutionProfile.GARDEN])
def test_the_address_of_a_published_image_means_the_file_it_was_made_of(profile: ResolutionProfile) -> None:
    """DG-E1, in the vault: below `/img/user/` stands its path, and nowhere else is it sought."""
    files = ["At t/x.png", "y.png"]
    assert _image("![a](/img/user/At%20t/x.png)", files, profile).target == "At t/x.png"
    assert _image("![a](/img/user/y.png)", files, profile).target == "y.png"
    assert _image("![a](/img/user/x.png)", files, profile).status is Status.MISSING
    assert _image("![a](/img/users/y.png)", files, profile).status is Status.MISSING
    assert _image("![a](/a/img/user/y.png)", files, profile).status is Status.MISSING


def test_the_address_of_a_published_image_in_the_published_garden() -> None:
    """DG-E1, on the site: beside the notes stands `img/user`, with the vault's paths."""
    source, image = f"{SITE}/GU/A.md", "src/site/img/user/At t/x.png"
    site = ResolutionProfile.SITE
    assert _image("![a](/img/user/At%20t/x.png)", [source, image], site, source).target == image
    assert _image("![a](/img/user/At%20t/x.png)", [source, f"{SITE}/At t/x.png"], site, source).target is None


def test_a_file_that_stands_at_the_address_itself_wins() -> None:
    files = ["img/user/y.png", "y.png"]
    assert _image("![a](/img/user/y.png)", files, ResolutionProfile.OBSIDIAN).target == "img/user/y.png"


def test_an_alias_that_a_note_has_twice_counts_once() -> None:
    """In whatever capitals; and that two notes have it stays known, in the vault's order."""
    outlines = {
        "A.md": Outline("A.md", properties={"aliases": ["MRI", "mri", "MRI"]}),
        "B.md": Outline("B.md", properties={"aliases": ["Mri", "CT"]}),
    }
    assert Vault(outlines).names.aliases == {"mri": ["A.md", "B.md"], "ct": ["B.md"]}


FOLDERS = st.lists(st.sampled_from(["a", "b", "ab", "A", "c"]), max_size=3).map("/".join)


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _as_told(files: Iterable[str], path: str, folder: str) -> list[str]:
    """L6 to L8 and L12, word for word and slowly: what a path written in a note of a folder can mean."""
    wanted = path.lower()
    found = [file for file in files if file.lower().endswith(wanted)]
    found = [file for file in found if file.lower().rpartition("/")[2] == wanted.rpartition("/")[2]]
    exact = [file for file in found if file.lower() == wanted]
    near = [file for file in found if file.lower().startswith(folder.lower())]
    rest = [file for file in found if file not in near]
    return exact[:1] or [*sorted(near, key=len), *sorted(rest, key=len)]


@given(st.lists(FOLDERS, unique=True, max_size=12), FOLDERS, st.lists(FOLDERS, min_size=1, max_size=3), st.booleans())
@example(["b", "a"], "", ["c"], True)
@example(["a/b", "a/a"], "", ["a"], True)
def test_what_a_path_can_mean_is_what_the_rules_tell(
    folders: list[str], before: str, sources: list[str], many: bool
) -> None:
    """From one folder after the other; with few files of that name, and so many that they are sorted."""
    files = [_below(folder, "N.md") for folder in folders] + ["a/other.md"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW_ALIKE", 0 if many else 64)
        vault = Vault({}, files)
        for folder in sources:
            found = vault.resolve(_below(before, "N"), _below(folder, "Source.md"))
            assert list(found.candidates) == _as_told(files, _below(before, "N.md"), folder)


def test_candidates_are_a_sequence() -> None:
    files = ["c/N.md", "a/N.md", "b/b/N.md"]
    candidates = Vault({}, files).resolve("N", "b/Source.md").candidates
    expected = ["b/b/N.md", "c/N.md", "a/N.md"]
    assert [candidates[0], candidates[2], *candidates[:2], *candidates[1:]] == [
        *("b/b/N.md", "a/N.md"),
        *expected[:2],
        *expected[1:],
    ]
    assert (candidates[-1], len(candidates)) == ("a/N.md", 3)


@pytest.mark.parametrize("folders", [("a", "b"), ("b", "a")])
def test_a_relative_path_means_another_file_in_each_folder(folders: tuple[str, str]) -> None:
    """A target found from one folder (L4) says nothing of the next, whichever is asked first."""
    vault = Vault({}, ["a/n.md", "b/n.md", "a/only.md"])
    for folder in folders:
        assert vault.resolve("./n", f"{folder}/A.md").target == f"{folder}/n.md"
        assert vault.resolve("./only", f"{folder}/A.md").target == ("a/only.md" if folder == "a" else None)


def test_the_site_finds_headings_by_their_ids() -> None:
    """DG-L8: what Obsidian would not find, the template does; elsewhere nothing does."""
    outlines = {"A.md": Note("A.md", "# bSSFP\n").outline}
    for profile, kind in ((ResolutionProfile.SITE, Anchor.HEADING), (ResolutionProfile.GARDEN, Anchor.MISSING_HEADING)):
        found = Vault(outlines, rules=RULES[profile]).anchors.resolve("A.md", "b-ssfp")
        assert (found.kind, found.rule) == (kind, "DG-L8" if kind is Anchor.HEADING else "H9")


def test_links_that_match_as_text_only_are_not_settled() -> None:
    note = Note("A.md", "[[One/N]] [[BigOne/N]] [[Gone]] [[M]]\n").outline
    vault = Vault({"A.md": note}, ["A.md", "BigOne/N.md", "a/M.md", "b/M.md"])
    assert [(link.target.path, found.rule) for link, found in vault.unsettled(note)] == [
        ("One/N", "L12"),
        ("Gone", "L11"),
        ("M", "L7"),
    ]


def test_a_digest_counts_only_where_one_begins() -> None:
    """Eight bytes that stand across two digests name nothing, and what stands behind them is still found."""
    note = Note(
        "A.md", "# One\n\n# One Two\n\n> # Quoted\n\n[[#One]] [[#Two]] [[#One#Two]] [[#Quoted]] [[#^gone]]\n"
    ).outline
    one, two = digests(note), digests(Note("B.md", "# Two\n").outline)
    assert len(one) == 2 * 8
    across = b"----" + two + b"----"
    for names, missing in ((one, ["Two", "One#Two", "Quoted"]), (across + one, ["Two", "One#Two", "Quoted"])):
        vault = Vault(GivenOutlines({"A.md": note}, names))
        assert [link.target.subpath for link, _ in vault.links_without(note, Anchor.MISSING_HEADING)] == missing
        assert [link.target.subpath for link, _ in vault.links_without(note, Anchor.MISSING_BLOCK)] == ["^gone"]
    vault = Vault(GivenOutlines({"A.md": note}, across + two))  # whatever is claimed is believed, at its place alone
    assert [link.target.subpath for link, _ in vault.links_without(note, Anchor.MISSING_HEADING)] == [
        "One",
        "One#Two",
        "Quoted",
    ]


def test_no_headings_are_made_ready_for_one_that_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links by the thousand may name what is not there, each in another note."""
    asked: list[str] = []
    headings_of = Anchors._headings_of

    def spied(anchors: Anchors, note: Parts) -> object:
        asked.append(note.path)
        return headings_of(anchors, note)

    monkeypatch.setattr(Anchors, "_headings_of", spied)
    outlines = {name: Note(name, "# One\n\n## Two\n\ntext ^id\n").outline for name in ("A.md", "B.md", "C.md")}
    anchors = Vault(GivenOutlines(outlines)).anchors
    assert anchors.resolve("A.md", "Three").kind is Anchor.MISSING_HEADING
    assert anchors.resolve("A.md", "One#Three").kind is Anchor.MISSING_HEADING
    assert asked == []
    assert anchors.resolve("B.md", "One#Two").kind is Anchor.HEADING
    assert anchors.resolve("C.md", "^ID").kind is Anchor.BLOCK
    assert asked == ["B.md", "C.md"]


@pytest.mark.parametrize("profile", [ResolutionProfile.SITE, ResolutionProfile.GITHUB])
@pytest.mark.parametrize(
    ("markdown", "path"),
    [("[a](./B.md)", "Sub/B.md"), ("[a](../B.md)", "B.md"), ("[a](B.md)", "Sub/B.md"), ("[a](/B.md)", "B.md")],
)
def test_exact_paths_start_at_the_folder_or_at_the_root(profile: ResolutionProfile, markdown: str, path: str) -> None:
    """GH2, and the same on a site."""
    note = Note("Sub/A.md", markdown)
    vault = Vault({note.path: note.outline}, ["Sub/A.md", "Sub/B.md", "B.md"], rules=RULES[profile])
    assert vault.resolver.exact_path(note.links[0], note.path) == path
    assert vault.resolve_link(note.links[0], note.path).target == path
