"""Renaming a tag: each use of it has the new name, whatever else the note holds, and all else is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.diagnostic import Fix
from notelint.core.errors import NotelintError
from notelint.edits.apply import apply
from notelint.edits.rename_tag import rename_tag
from notelint.note.note import Note
from notelint.note.tags import tags

PIECES = (
    "#one",
    "#One/two",
    "#ones",
    "`#one`",
    "[[A#one]]",
    "\n\n",
    "# Head\n",
    "%% #one %%",
    "x#one",
    "(#one)",
    " ",
    "$#one$",
    "#other",
    "\n#one\n",
    "http://a.b/#one",
)


@given(
    st.sampled_from(
        ("", "---\ntags: [one, x]\n---\n", "---\ntags: one two\n---\n", "---\ntags: [\"#one\", 'one/a']\n---\n")
    ),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
)
def test_every_tag_has_its_new_name_and_the_rest_its_old_one(head: str, body: str) -> None:
    note = Note("A.md", head + body)
    edits = rename_tag([note], "one", "new/name").get("A.md", [])
    after = Note("A.md", apply(note.text, [Fix("", tuple(edits))])[0])
    before = [tag for tag, _ in tags(note)]
    expected = [
        "new/name" + tag[3:] if tag.lower() == "one" or tag.lower().startswith("one/") else tag for tag in before
    ]
    assert [tag for tag, _ in tags(after)] == expected
    assert [link.target for link in after.links] == [link.target for link in note.links]


@pytest.mark.parametrize("new", ["", "a b", "1", "a.b", "#", "a#b", "x\n"])
def test_what_is_no_tag_is_refused(new: str) -> None:
    with pytest.raises(NotelintError, match="cannot be a tag"):
        rename_tag([Note("A.md", "#one")], "one", new)
