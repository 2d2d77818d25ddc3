"""Ids for blocks that have none: each, once added, is found by a link, and nothing else of the note changes."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.diagnostic import Fix
from notelint.edits.apply import apply
from notelint.edits.verify import violation
from notelint.note.note import Note
from notelint.server.block_ids import unnamed_blocks
from tests.edits.test_suppress import LINES


@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
def test_each_id_names_its_block_and_loses_nothing(text: str) -> None:
    note = Note("A.md", text)
    for block in unnamed_blocks(note):
        after = Note("A.md", apply(text, [Fix("", (block.edit,))])[0])
        assert block.id in [one.id for one in after.structure.block_ids]
        assert len(after.structure.block_ids) == len(note.structure.block_ids) + 1
        assert violation(note, after, [block.edit]) is None
        assert len(after.headings) == len(note.headings)
