"""Tables with numbers beside code: listings with numbered lines, or data of which no cell may be lost."""

from pathlib import Path

import pytest

from tests.conftest import run

TEXT = "<p>A paragraph of ordinary words about exit codes and listings, so that there is an article to be found.</p>"


def imported(folder: Path, table: str) -> str:
    (folder / "page.html").write_text(
        f"<html><head><title>T</title></head><body><article><h1>T</h1>{TEXT}{table}{TEXT}</article></body></html>"
    )
    (folder / "vault" / ".obsidian").mkdir(parents=True)
    assert run("import", "../page.html", cwd=folder / "vault").exit_code == 0
    return (folder / "vault" / "T.md").read_text()


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>headone</th><th>headtwo</th></tr><tr><td>1</td><td><code>first</code></td></tr>",
        "<tr><td>404</td><td><code>first</code></td></tr><tr><td>500</td><td><code>second</code></td></tr>",
        "<tr><td>1</td><td><code>first</code> and prose</td></tr><tr><td>2</td><td><code>second</code></td></tr>",
        "<tr><td>0</td><td><code>first</code></td></tr><tr><td>1</td><td><code>second</code></td></tr>",
    ],
)
def test_data_stay_a_table(tmp_path: Path, rows: str) -> None:
    note = imported(tmp_path, f"<table>{rows}</table>")
    assert "```" not in note
    for cell in ("headone", "404", "500", "first", "and prose", "second"):
        assert (cell in note) is (cell in rows)
    assert "`first`" in note


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td><pre>1\n2</pre></td><td><pre>one = 1\ntwo = 2</pre></td></tr>",
        "<tr><td>1<br>2</td><td><code>one = 1<br>two = 2</code></td></tr>",
        "<tr><td>7</td><td><pre>one = 1</pre></td></tr><tr><td>8</td><td><pre>two = 2</pre></td></tr>",
        '<tr><td class="gutter">1</td><td><code>one = 1</code></td></tr>'
        '<tr><td class="gutter">2</td><td><code>two = 2</code></td></tr>',
    ],
)
def test_a_listing_with_numbered_lines_is_code(tmp_path: Path, rows: str) -> None:
    assert "```\none = 1\ntwo = 2\n```" in imported(tmp_path, f"<table>{rows}</table>")


@pytest.mark.parametrize("name", ["line-numbers", "linenos", "gutter", "ln"])
def test_code_that_is_named_as_its_numbers_stays(tmp_path: Path, name: str) -> None:
    numbers = '<span class="line-numbers-rows"><span></span><span></span></span>'
    code = f'<pre><code class="language-python {name}">one = 1\ntwo = 2\n{numbers}</code></pre>'
    assert "```python\none = 1\ntwo = 2\n```" in imported(tmp_path, code)


def test_the_name_of_a_listings_file_stands_above_its_code(tmp_path: Path) -> None:
    head = '<tr><th colspan="2" class="filename"><span class="filename">tides.py</span></th></tr>'
    lines = '<tr><td class="linenos"><pre>1\n2</pre></td><td class="code"><pre>if one:\n    two = 2</pre></td></tr>'
    table = f'<div class="language-python highlight"><table class="highlighttable">{head}{lines}</table></div>'
    assert "\ntides.py\n\n```python\nif one:\n    two = 2\n```" in imported(tmp_path, table)


def test_heads_of_columns_make_a_table(tmp_path: Path) -> None:
    head = '<tr><th class="filename">file</th><th>size</th></tr>'
    assert "```" not in imported(tmp_path, f"<table>{head}<tr><td>1</td><td><code>a</code></td></tr></table>")
