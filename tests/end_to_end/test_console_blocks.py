"""Every console block of README and of the tutorials prints what it shows."""

from pathlib import Path

import pytest

from tests.docs.scripts import script

blocks = script("console_blocks")
PAGE = """\
```text title="here/Note.md"
One line
```
```console
$ cd here && cat Note.md
One ...
$ printf 'a\\nb\\nc\\n'
a
...
c
```
"""


@pytest.mark.slow
@pytest.mark.parametrize("page", blocks.PAGES, ids=lambda page: page.name)
def test_console_blocks_hold(page: Path) -> None:
    differences = list(blocks.differences(page.read_text("utf-8")))
    assert not differences, "\n".join(["python docs/console_blocks.py --update", *differences])


@pytest.mark.slow
def test_what_differs_is_said_and_written_anew() -> None:
    assert list(blocks.differences(PAGE)) == []
    assert blocks.updated(PAGE) == PAGE
    wrong = PAGE.replace("One ...", "Another").replace("a\n...\nc", "a\nc")
    first, second = blocks.differences(wrong)
    assert "$ cd here && cat Note.md\n--- expected\nAnother\n--- printed\nOne line\n" in first
    assert "printed\na\nb\nc\n" in second
    assert "One line\n" in blocks.updated(wrong)
    assert list(blocks.differences(blocks.updated(wrong))) == []


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        (["a"], ["a"], True),
        (["a", ""], ["a"], True),
        ([], [], True),
        ([], ["a"], False),
        (["a"], [], False),
        (["a", "..."], ["a"], True),
        (["...", "z"], ["a", "b", "z"], True),
        (["...", "z"], ["a", "z", "b"], False),
        (["in ... s"], ["in 0.3 s"], True),
        (["a.c"], ["abc"], False),
    ],
)
def test_matching(expected: list[str], printed: list[str], same: bool) -> None:
    assert blocks.matches(expected, printed) is same


def test_tutorials_and_readme_have_blocks() -> None:
    counts = {
        page.name: sum(s.kind == "console" for s in blocks.steps(page.read_text("utf-8"))) for page in blocks.PAGES
    }
    assert counts["README.md"] >= 2
    assert all(counts[name] >= 6 for name in ("garden.md", "vault.md", "team.md"))
