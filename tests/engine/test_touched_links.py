"""Whatever a file that comes or goes can mean to a link is found by the link's path alone: rather more than less."""

import unicodedata
from collections.abc import Iterable, Mapping
from unittest import mock

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from notelint.core.fuzzy import Spellings
from notelint.core.spelling import slips, spelling_key
from notelint.core.text import Span
from notelint.engine import tables
from notelint.engine.tables import KeptPast, TableChange, Tables, difference, folder_ends, with_past
from notelint.engine.touched_links import TouchedLinks, loose, seeks
from notelint.note import links
from notelint.note.links import Link, LinkForm, Target
from notelint.note.note import Outline
from notelint.vault.face import Face
from notelint.vault.link_rules import RULES, LinkRules, ResolutionProfile
from notelint.vault.outlines import link_paths
from notelint.vault.suggestions import meant
from notelint.vault.vault import Vault

_OBSIDIAN = RULES[ResolutionProfile.OBSIDIAN]
_GITHUB = RULES[ResolutionProfile.GITHUB]
_UNMARKED = structs.replace(_OBSIDIAN, reader_unknown=True)
_LOGSEQ = structs.replace(_OBSIDIAN, heading_ids=True, pages_without_files=True)
_EVERY_RULES = [
    *RULES.values(),
    *(_UNMARKED, _LOGSEQ),
    structs.replace(_OBSIDIAN, heading_ids=True),
    structs.replace(_OBSIDIAN, heading_ids=True, labels=True),
]
_PLAIN = Face()
_WORDS = [
    *["Receipt", "receipts", "Receipte", "MRI", "MRIs", "Übung", "Ubung", "C++", "2024", "20240101", "note", "Straße"],
    *["STRASSE", "İx", "ﬁne", "fine", "Καφές", "καφε", "日本", "yes", "ties", "tie", "it's", "its", "a.b", "I.V."],
]
_NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join) | st.text(
    st.sampled_from("abceisy éß-_.' 12ΣσςI"), min_size=1, max_size=9
).map(str.strip).filter(lambda name: bool(name) and not name.startswith("."))


def _link(path: str) -> Link:
    return Link(Span(0, 0), Span(0, 0), LinkForm.WIKILINK, Target(path), 0)


def _lines(*paths: str) -> bytes:
    """Where the links of several notes lead, each of which has one."""
    return b"\0".join(link_paths(Outline(f"{n}.md", links=(_link(path),))) for n, path in enumerate(paths))


def _tables(notes: Mapping[str, Face], *others: str) -> Tables:
    return Tables([*notes, *others], notes, ())


def _added(path: str, face: Face = _PLAIN, rules: LinkRules = _OBSIDIAN) -> TableChange | None:
    """The difference that a file makes which was added to a vault of one note."""
    before = {"Old.md": Face()}
    after = _tables({**before, path: face}) if path.endswith(".md") else _tables(before, path)
    return difference(_tables(before), after, (), rules)


def _is_touched(path: str, change: TableChange | None) -> bool:
    if change is None or not TouchedLinks(change).are_bounded:
        return True  # all is judged again
    return TouchedLinks(change).in_lines(_lines("Something else", path)) >= {1}


@given(_NAMES, _NAMES)
@example("MRIs", "MRI")
@example("Übung", "ubung")
@example("yes", "Yes")
def test_a_link_that_resolves_or_is_spelt_alike_is_touched(name: str, written: str) -> None:
    vault = Vault({}, [f"folder/{name}.md"], known_faces={f"folder/{name}.md": Face()})
    written = unicodedata.normalize("NFC", written)
    meant = vault.resolve(written, "x.md").target is not None or spelling_key(name) == spelling_key(written) != ""
    if meant or slips(written, Spellings([name]).near(written)):
        change = _added(f"folder/{name}.md")
        for path in (written, f"folder/{written}", f"{written}.md", f"./gone/{written}/"):
            assert _is_touched(path, change), path


@given(_NAMES, _NAMES)
def test_names_of_one_key_are_loosely_the_same(one: str, other: str) -> None:
    if spelling_key(one) == spelling_key(other) != "":
        assert loose(one) == loose(other)


@pytest.mark.parametrize("path", ["Ren", "ren", "gone/Ren.md", "rens", "Note", "Nota", "sub/note"])
def test_what_a_note_is_called_is_touched(path: str) -> None:
    assert _is_touched(path, _added("sub/Note.md", Face(aliases=("Ren",))))


def test_the_number_that_a_name_begins_with_is_touched() -> None:
    assert _is_touched("20240101", _added("sub/20240101 Note.md"))


@pytest.mark.parametrize("path", ["Other", "Notes of old", "sub", "", "Note 2", "Remark", "pic.png"])
def test_other_links_are_not(path: str) -> None:
    before = {"sub/Old.md": Face()}
    assert not _is_touched(path, difference(_tables(before), _tables({**before, "sub/Note.md": Face()}), (), _OBSIDIAN))


@pytest.mark.parametrize("path", ["new", "new/x", "/new/", "deep/new", "deep/new/y"])
def test_a_folder_that_is_new_is_touched_with_all_that_is_sought_in_it(path: str) -> None:
    assert _is_touched(path, _added("deep/new/Some note.md"))


def test_paths_are_not_compared_again_for_each_folder_that_is_new() -> None:
    before = {f"old/N{n}.md": Face() for n in range(500)}
    added = {f"new {n}/N.md": Face() for n in range(50)}
    with mock.patch.object(tables, "normalise", wraps=links.normalise) as normalise:
        change = difference(_tables(before), _tables({**before, **added}), (), _OBSIDIAN)
    assert change is not None
    assert change.folders == {f"new {n}" for n in range(50)}
    assert normalise.call_count < 500


@pytest.mark.parametrize("path", ["/sub/note/", "/sub/note", "/Sub/Note/", "/sub/notes/", "/sub/nota/"])
def test_addresses_of_the_site_are_touched(path: str) -> None:
    published = Face(in_garden=True, published="/sub/note/")
    before = {"Old.md": Face(in_garden=True, published="/old/")}
    change = difference(_tables(before), _tables({**before, "N.md": published}), (), _OBSIDIAN)
    assert _is_touched(path, change)


def test_who_claims_the_same_address_is_touched() -> None:
    before = {"Old.md": Face(permalink="/a/"), "Other.md": Face(permalink="/b/")}
    change = difference(_tables(before), _tables({**before, "N.md": Face(permalink="/a//")}), (), _OBSIDIAN)
    assert change is not None
    assert TouchedLinks(change).rivals == {"Old.md", "N.md"}


@pytest.mark.parametrize("path", ["new", "../new/", "../new/.", "x/../new/y/..", "../new?x", "../new%3Fx"])
@pytest.mark.parametrize("rules", [_GITHUB, _UNMARKED, _LOGSEQ], ids=["GitHub", "unmarked", "Logseq"])
def test_a_folder_is_touched_by_its_name_where_links_may_lead_to_it(path: str, rules: LinkRules) -> None:
    assert _is_touched(path, _added("deep/new/Some note.md", rules=rules))
    assert not _is_touched("../newer/", _added("deep/new/Some note.md", rules=rules))


@pytest.mark.parametrize("path", ["../docs/", "../Docs"])
def test_capitals_tell_folders_apart_where_paths_must_be_exact(path: str) -> None:
    before = {"docs/Old.md": Face()}
    after = {**before, "Docs/Some note.md": Face()}
    assert _is_touched(path, difference(_tables(before), _tables(after), (), _GITHUB))
    assert not _is_touched(path, difference(_tables(before), _tables(after), (), _UNMARKED))


def test_dots_above_a_note_may_lead_to_a_file_that_is_named_as_a_folder_is() -> None:
    before = {"a/b/Note.md": Face()}
    note = Outline("a/b/Note.md", links=(_link("./.."),))
    assert _seen(["c/a"], note, _UNMARKED, ()) != _seen([], note, _UNMARKED, ())
    assert _is_touched("./..", difference(_tables(before), _tables(before, "c/a"), (), _UNMARKED))
    assert not _is_touched("./..", difference(_tables(before), _tables(before, "c/d"), (), _UNMARKED))


@pytest.mark.parametrize("path", ["A/B", "a/b", "A___B"])
def test_a_page_of_logseq_is_touched_by_the_path_that_its_name_stands_for(path: str) -> None:
    assert _is_touched(path, _added("pages/A___B.md", rules=_LOGSEQ))


_PARTS = st.sampled_from(
    ["a", "b", "A", "a b", "a___b", "É", "é", "x%20y", "what?", "20240101 a", "docs", "Docs", "img"]
)
_PATHS = st.tuples(st.lists(_PARTS, max_size=2), _PARTS, st.sampled_from([".md", ".md", ".md", ".png", ""])).map(
    lambda parts: "/".join([*parts[0], parts[1] + parts[2]])
)
_STARTS = st.sampled_from(["", "", "./", "../", "../../", "/", "a/../", "docs/", "/img/user/"])
_ENDINGS = st.sampled_from(["", "", "", "/", "/..", "/.", "/../", "?raw=true", "%3Fraw", "s", ".html", ".html?x"])
_FORMS = st.sampled_from([LinkForm.WIKILINK, LinkForm.MARKDOWN, LinkForm.REFERENCE])


@st.composite
def _written(draw: st.DrawFn, files: list[str]) -> str:
    """The path of a link to a file or its folder, perhaps; in other capitals, and with escapes."""
    path = draw(st.sampled_from(files))
    cut = draw(st.sampled_from(["", "", "name", "folder", "up"]))
    path = {"name": path.rpartition("/")[2], "folder": path.rpartition("/")[0], "up": ".."}.get(cut, path)
    path = path.removesuffix(".md") if draw(st.booleans()) else path
    path = path.swapcase() if draw(st.integers(0, 5)) == 0 else path
    path = path.replace("/", "%2F").replace(" ", "%20") if draw(st.integers(0, 5)) == 0 else path
    return unicodedata.normalize("NFC", f"{draw(_STARTS)}{path}{draw(_ENDINGS)}").strip()


def _seen(files: Iterable[str], note: Outline, rules: LinkRules, linked: tuple[str, ...]) -> list[object]:
    """All that is found out of the links of a note by the names of these files."""
    faces = {path: Face() for path in (*files, note.path) if path.endswith(".md")}
    vault = Vault({note.path: note}, [*files, note.path], known_faces=faces, rules=rules, linked=linked)
    found: list[object] = [link for link, _ in vault.unsettled(note)]
    for link in note.links:
        one = vault.resolve_link(link, note.path)
        found += [one.status, one.target, tuple(one.candidates), one.rule, meant(link, note.path, vault)]
    return found


@given(st.data(), st.sampled_from(_EVERY_RULES), st.lists(_PATHS, max_size=4, unique=True), _PATHS)
@settings(max_examples=400)
def test_a_link_to_which_a_file_makes_a_difference_is_touched(
    data: st.DataObject, rules: LinkRules, others: list[str], path: str
) -> None:
    files = [one for one in others if one != path]
    note = data.draw(st.sampled_from(["n.md", "a/n.md", "docs/a/n.md", "Docs/n.md"]))
    written = data.draw(_written([*files, path]))
    wiki = data.draw(_FORMS)
    link = Link(Span(0, 0), Span(0, 0), wiki, Target(written), len(written), alias="x")
    linked = data.draw(st.sampled_from([(), ("docs/far",), ("b",)]))
    outline = Outline(note, links=(link,))
    before, after = (_seen(some, outline, rules, linked) for some in (files, [*files, path]))
    if before == after:
        return
    faces = {one: Face() for one in (*files, note) if one.endswith(".md")}
    old = Tables([*files, note], faces, linked)
    new = Tables([*files, path, note], {**faces, path: Face()} if path.endswith(".md") else faces, linked)
    assert _is_touched(written, difference(old, new, (), rules))
    assert _is_touched(written, difference(new, old, (), rules))


def test_a_linked_folder_is_no_reason_to_judge_all_again_unless_it_is_new() -> None:
    old, new = (Tables(files, {}, ("far",)) for files in (["a.png"], ["a.png", "b.png"]))
    assert _is_touched("b.png", difference(old, new, (), _OBSIDIAN))
    assert not _is_touched("a.md", difference(old, new, (), _OBSIDIAN))
    assert difference(old, structs.replace(old, linked=()), (), _OBSIDIAN) is None


def test_what_shows_something_of_a_whole_garden_has_all_judged_again() -> None:
    site = RULES[ResolutionProfile.SITE]
    inside = {"src/site/notes/A.md": Face(published="/a/", slugs=True)}
    other = {**inside, "src/site/notes/B.md": Face(published="/b/", slugs=True)}
    assert _is_touched("A/B", difference(_tables(inside), _tables(other), (), site))
    names = {**inside, "src/site/notes/B.md": Face(published="/B/", slugs=False)}
    assert difference(_tables(inside), _tables(names), (), site) is None  # now nobody knows how addresses are made
    moved = {"a/src/site/notes/A.md": Face(published="/a/", slugs=True)}
    assert difference(_tables(inside), _tables(moved), (), site) is None
    picture = "src/site/img/user/p.png"
    assert difference(_tables(inside), _tables(inside, picture), (), site) is None
    change = difference(_tables(inside, picture), _tables(inside, picture, "src/site/img/user/q.png"), (), site)
    assert _is_touched("/img/user/q.png", change)
    assert not _is_touched("/img/user/other.png", change)


def test_where_much_changes_all_is_judged_again() -> None:
    many = {f"N{n}.md": Face() for n in range(100)}
    assert difference(_tables({}), _tables(many), (), _OBSIDIAN) is None
    assert _added("N.md", Face(published="")) is None  # now the addresses of the site are not known
    assert difference(_tables({"N.md": Face()}), Tables(["N.md"], {}, ()), (), _OBSIDIAN) is None


def test_what_is_gone_since_another_commit_is_touched() -> None:
    change = with_past(TableChange(), KeptPast("a", frozenset({"x/Gone.md"})), KeptPast("b", frozenset()), _OBSIDIAN)
    assert change is not None
    assert _is_touched("gone", change)
    assert not _is_touched("other", change)
    known = KeptPast("a", frozenset())
    assert with_past(TableChange(), known, KeptPast("b", None), _OBSIDIAN) is None
    assert with_past(TableChange(), known, KeptPast("b shallow", frozenset()), _OBSIDIAN) is None
    assert with_past(TableChange(), KeptPast("a"), KeptPast("a"), _OBSIDIAN) == TableChange()


@pytest.mark.parametrize(
    ("path", "sought"), [("A", False), ("deep/A", False), ("new/A", False), ("gone/A", True), ("deep/gone/A", True)]
)
def test_links_into_folders_that_are_gone_are_known(path: str, sought: bool) -> None:
    assert seeks(_lines(path), folder_ends(["deep/new/A.md", "B.md"])) is sought


@given(st.lists(_PATHS, max_size=4, unique=True), _PATHS, st.sampled_from(_EVERY_RULES))
def test_a_change_and_its_reverse_seek_the_same(files: list[str], path: str, rules: LinkRules) -> None:
    *above, name = path.lower().split("/")
    assume(name not in above)  # it lies in a folder of its own name, which only one of the two has
    notes = {one: Face() for one in files if one.endswith(".md")}
    without = Tables([one for one in files if one != path], {k: v for k, v in notes.items() if k != path}, ())
    own = {path: Face()} if path.endswith(".md") else dict[str, Face]()
    there = Tables([*without.files, path], {**without.faces, **own}, ())
    change, back = difference(without, there, (), rules), difference(there, without, (), rules)
    assert (change is None) == (back is None)
    if change is not None and back is not None:
        assert TouchedLinks(change).sought == TouchedLinks(back).sought
