"""The pages of the documentation that scripts print are what they print today."""

import importlib.util

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

DOCS = ROOT / "docs"


@pytest.mark.parametrize(("script", "page"), [("story", "pull-request-story.md"), ("map", "map.md")])
def test_pages_made_by_scripts_are_up_to_date(script: str, page: str) -> None:
    spec = importlib.util.spec_from_file_location(script, DOCS / f"{script}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.main() == (DOCS / page).read_text("utf-8"), f"python docs/{script}.py > docs/{page}"
