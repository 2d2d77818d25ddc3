"""Published texts of notes, as the plugin was measured."""

from typing import Any

import pytest

from tests.conftest import MakeVault, run
from tests.vectors import vectors

TABLE = vectors("published-texts")


@pytest.mark.parametrize("case", TABLE["texts"], ids=lambda case: case["rule"])
def test_a_note_is_published_as_the_plugin_does(case: dict[str, Any], make_vault: MakeVault) -> None:
    vault = make_vault(case["files"])
    result = run("publish-report", "--show", vault / TABLE["host"], cwd=vault)
    assert result.exit_code == 0, result.output
    assert [word for word in case["shows"] if word not in result.stdout] == []
    assert [word for word in case["lacks"] if word in result.stdout] == []
