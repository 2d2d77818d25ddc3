"""`notelint init` makes unwritten notes an error where a vault has nearly none."""

import pytest

from tests.conftest import MakeVault, report, run


@pytest.mark.parametrize(
    ("links", "unwritten", "expected"), [(200, 0, True), (200, 2, True), (200, 5, False), (50, 0, False)]
)
def test_init_sees_how_a_vault_grows(make_vault: MakeVault, links: int, unwritten: int, expected: bool) -> None:
    text = "[[B]]\n" * (links - unwritten) + "".join(f"[[Idea {n}]]\n" for n in range(unwritten))
    vault = make_vault({"A.md": text, "B.md": "Text.\n"})
    assert run("init", cwd=vault).exit_code == 0
    assert ('unwritten-note = "error"' in (vault / "notelint.toml").read_text("utf-8")) is expected
    severities = {one["severity"] for one in report(vault)["diagnostics"]}
    assert severities == ({"error" if expected else "info"} if unwritten else set())
