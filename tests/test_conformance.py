"""The kit in `conformance/`: it is what the vectors say, and notelint gets all of it right."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT

KIT = ROOT / "conformance"
DEAD = "broken-link,unwritten-note,missing-attachment,broken-heading-link,broken-block-link"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"conformance_{name}", KIT / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def kit() -> ModuleType:
    return _module("run")


def test_the_kit_is_made_of_the_vectors(tmp_path: Path) -> None:
    _module("make").main(tmp_path)
    assert _files(tmp_path / "vaults") == _files(KIT / "vaults")
    for name in ("cases.jsonl", "rules.md"):
        assert (tmp_path / name).read_text("utf-8") == (KIT / name).read_text("utf-8")


def test_every_rule_of_the_kit_is_explained(kit: ModuleType) -> None:
    page = (KIT / "rules.md").read_text("utf-8")
    assert {case["rule"] for case in kit.load() if f"**{case['rule']}**" not in page} == set()


def test_every_case_has_an_id_says_how_it_is_known_and_has_its_note(kit: ModuleType) -> None:
    cases = kit.load()
    assert len({(case["kind"], case["id"]) for case in cases}) == len(cases) > 500
    assert {case["known"] for case in cases} == {"documented", "measured", "own reading"}
    assert {case["version"] for case in cases} == {2}
    assert [case["id"] for case in cases if not (KIT / "vaults" / case["vault"] / case["source"]).is_file()] == []
    targets = [case for case in cases if case.get("target")]
    assert [case["id"] for case in targets if not (KIT / "vaults" / case["vault"] / case["target"]).is_file()] == []
    (unscored,) = (case for case in cases if not kit.is_scored(case))
    assert unscored["known"] == "own reading"


def test_no_name_of_the_kit_is_refused_by_a_file_system() -> None:
    names = [path.relative_to(KIT).as_posix() for path in (KIT / "vaults").rglob("*")]
    assert [name for name in names if set(name) & set('<>:"|?*\\') or not name.isprintable()] == []
    assert len({name.lower() for name in names}) == len(names)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "arguments", "step"),
    [
        ("resolver", "resolve --vault {vault} --from {source} --output-format json {links}", 1),
        ("addresses", "permalink --vault {vault} -- {sources}", 1),
        ("publisher", "publish-report --vault {vault} --show {file}", 5),
        ("linter", f"check -q --output-format concise --select {DEAD} {{file}}", 20),
        ("site-linter", "check -q --output-format concise --select links,publishing {file}", 20),
        ("lsp", "server", 4),
    ],
)
def test_notelint_gets_all_of_it_right(kit: ModuleType, asked: str, arguments: str, step: int) -> None:
    if asked == "lsp":
        pytest.importorskip("pygls")
    cases = [case for at, case in enumerate(kit.load()) if at % step == 0 and kit.is_scored(case)]
    results = list(kit.ASKED[asked](f"{sys.executable} -m notelint {arguments}", cases))
    assert len(results) >= 5
    assert [case["id"] for case, is_right in results if not is_right] == []


def test_a_wrong_answer_is_not_right(kit: ModuleType, tmp_path: Path) -> None:
    """A tool that names nothing is right of missing links alone, and one without an answer of none."""
    cases = [case for case in kit.load() if case["kind"] == "link"][:30]
    answers = json.dumps([{"target": None, "heading": None, "block": None}] * len(cases))
    (tmp_path / "tool.py").write_text(f"print({answers!r})", "utf-8")
    found: list[tuple[dict[str, Any], bool]] = list(kit.by_resolver(f"{sys.executable} {tmp_path / 'tool.py'}", cases))
    assert [is_right for _, is_right in found] == [case["target"] is None for case, _ in found]
    (tmp_path / "tool.py").write_text("print('?')", "utf-8")
    assert not any(is_right for _, is_right in kit.by_resolver(f"{sys.executable} {tmp_path / 'tool.py'}", cases))


def test_a_linter_is_right_where_it_says_more_of_dead_links(kit: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "tool.py").write_text("import sys; print(open(sys.argv[1]).read().count('Nowhere') * 'x\\n')", "utf-8")
    case = {"kind": "link", "vault": "bones", "source": "Start.md", "status": "missing", "link": "[[Nowhere]]"}
    alive = {**case, "status": "resolved", "link": "[[Notes]]"}
    wrong = {**case, "link": "[[Gone]]"}
    tool = f"{sys.executable} {tmp_path / 'tool.py'} {{file}}"
    assert [is_right for _, is_right in kit.by_linter(tool, [case, alive, wrong])] == [True, True, False]
