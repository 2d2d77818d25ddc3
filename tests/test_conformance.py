"""The kit in `conformance/`: it is what the vectors say, and notelint gets all of it right."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

KIT = ROOT / "conformance"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"conformance_{name}", KIT / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_kit_is_made_of_the_vectors(tmp_path: Path) -> None:
    _module("make").main(tmp_path)
    assert _files(tmp_path / "vaults") == _files(KIT / "vaults")
    assert (tmp_path / "cases.jsonl").read_text("utf-8") == (KIT / "cases.jsonl").read_text("utf-8")


def test_every_rule_of_the_kit_is_explained() -> None:
    page = (KIT / "rules.md").read_text("utf-8")
    assert {case["rule"] for case in _module("run").load() if f"**{case['rule']}**" not in page} == set()


@pytest.mark.slow
def test_notelint_gets_all_of_it_right() -> None:
    kit = _module("run")
    command = f"{sys.executable} -m notelint resolve --vault {{vault}} --from {{source}} --output-format json {{links}}"
    results = list(kit.by_resolver(command, kit.load()))
    assert len(results) > 150
    assert [case["id"] for case, is_right in results if not is_right] == []
