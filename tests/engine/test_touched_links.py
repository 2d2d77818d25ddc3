"""Whatever a file that comes or goes can mean to a link is found by the link's path alone: rather more than less."""

import unicodedata
from collections.abc import Mapping
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
from notelint.vault.vault import Vault

_OBSIDIAN = RULES[ResolutionProfile.OBSIDIAN]
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


def test_where_paths_must_be_exact_or_much_changes_all_is_judged_again() -> None:
    many = {f"N{n}.md": Face() for n in range(100)}
    assert _added("N.md", rules=RULES[ResolutionProfile.GITHUB]) is None
    assert difference(_tables({}), _tables(many), (), _OBSIDIAN) is None
    assert _added("N.md", Face(published="")) is None  # now the addresses of the site are not known
    assert difference(_tables({"N.md": Face()}), Tables(["N.md"], {}, ()), (), _OBSIDIAN) is None


def test_what_is_gone_since_another_commit_is_touched() -> None:
    change = with_past(TableChange(), KeptPast("a", frozenset({"x/Gone.md"})), KeptPast("b", frozenset()))
    assert change is not None
    assert _is_touched("gone", change)
    assert not _is_touched("other", change)
    assert with_past(TableChange(), KeptPast("a", frozenset()), KeptPast("b", None)) is None
    assert with_past(TableChange(), KeptPast("a", frozenset()), KeptPast("b shallow", frozenset())) is None
    assert with_past(TableChange(), KeptPast("a"), KeptPast("a")) == TableChange()


@pytest.mark.parametrize(
    ("path", "sought"), [("A", False), ("deep/A", False), ("new/A", False), ("gone/A", True), ("deep/gone/A", True)]
)
def test_links_into_folders_that_are_gone_are_known(path: str, sought: bool) -> None:
    assert seeks(_lines(path), folder_ends(["deep/new/A.md", "B.md"])) is sought
