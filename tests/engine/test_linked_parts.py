"""A part of a note that links name is not taken away by a single fix or suggestion."""

import pytest

from notelint.core.diagnostic import Fix, Safety
from notelint.core.text import Edit, Span
from notelint.engine.linked_parts import LinkedParts
from notelint.engine.workspace import Workspace
from tests.conftest import MakeVault

PUBLISHED = "---\ndg-publish: true\ndg-permalink: old\n---\n# A\n\n## Part\n\nText ^id\n"


@pytest.mark.parametrize(
    ("link", "old", "new", "holds"),
    [
        ("[x](/old/)", "old", "new", False),
        ("[x](/other/)", "old", "new", True),
        ("[[A#Part]]", "## Part", "## Share", False),
        ("[[A#Part]]", "Text", "Words", True),
        ("[[A#^id]]", "^id", "^other", False),
        ("[[A]]", "## Part", "## Share", True),
        ("[[A#Gone]]", "## Part", "## Share", True),
    ],
)
def test_a_suggestion_holds_what_links_name(link: str, old: str, new: str, holds: bool, make_vault: MakeVault) -> None:
    run = Workspace.open(
        make_vault({"A.md": PUBLISHED, "B.md": f"{link}\n", "notelint.toml": "garden.slugify = true\n"})
    )
    start = PUBLISHED.index(old)
    fix = Fix("Change it", (Edit(Span(start, start + len(old)), new),), Safety.SUGGESTION)
    assert LinkedParts(run.vault).holds(run.read("A.md"), fix) is holds
