"""The page on security names tests and modules that are there."""

import re

from tests.conftest import ROOT


def test_every_promise_names_a_test_and_code_that_exist() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [line for line in page.partition("## What is promised")[2].splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 8
    tests = {file: file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py")}
    for row in rows:
        _, modules, named = row.strip("| ").split(" | ")
        found = re.findall(r"`([^`]+)`", named)
        assert found, row
        for name in found:
            if name.endswith(".py"):
                assert (ROOT / name).is_file(), name
            else:
                assert any(f"def {name.rstrip('…')}" in text for text in tests.values()), name
        for name in re.findall(r"`([^`]+)`", modules):
            assert (ROOT / name).exists() or (ROOT / "notelint" / name).is_file(), name
