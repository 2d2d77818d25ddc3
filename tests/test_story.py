"""The story of a pull request in the documentation is what its script prints today."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_the_story_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("story", DOCS / "story.py")
    assert spec is not None
    assert spec.loader is not None
    story = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(story)
    assert story.main() == (DOCS / "pull-request-story.md").read_text("utf-8"), "python docs/story.py > docs/..."
