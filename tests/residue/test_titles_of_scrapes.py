"""The title among the facts of a scrape is a heading, without its anchor's sign, or nothing is said of one."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine

TEXT = "The pump of this pond is cleaned by somebody who knows how its rubber ages over the years. " * 2
FOOT = "Last updated on Mar 3, 2024\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "# [Heron Kitchen](/)\n\nNotes from a small stove\n\n## Sunday, 12 October 2014\n\n### Soup of barley\n",
            ["Soup of barley"],
        ),
        ("# Queues¶\n", ["Queues"]),
        ("## Queues\n\n### Kinds of them\n", None),
    ],
)
def test_the_title_is_a_heading(head: str, title: list[str] | None) -> None:
    page = engine.analyse(Note("page.md", f"{head}\n{TEXT}\n\n{TEXT}\n\n{FOOT}").as_named_import(), True)
    assert page.facts.found.get("title") == title
