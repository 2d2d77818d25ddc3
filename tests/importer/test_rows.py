"""What one row of things alike keeps, the first and the last keep too; the list below the text is its end."""

import pytest

pytest.importorskip("trafilatura")

from lxml import html

from notelint.importer import belonging, blocks, gaps
from tests.conftest import MakeVault, run

_ROW = "<div class='row {}'><div class='who'>Heron {}</div><p>The pond was low, and {} fish were seen in it.</p></div>"
_ROWS = _ROW.format("first", 1, "two") + _ROW.format("", 2, "three") + _ROW.format("last", 3, "no")


def _kept(page: str, chosen: set[int]) -> list[str]:
    cut = blocks.cut(html.document_fromstring(f"<html><body><main>{page}</main></body></html>").find("body"))
    return [cut[number].text[:7] for number in sorted(gaps.close(cut, chosen))]


def test_the_first_row_keeps_what_the_next_does() -> None:
    assert _kept(_ROWS, {1, 3, 5}) == ["Heron 1", "The pon", "Heron 2", "The pon", "Heron 3", "The pon"]


def test_the_last_row_keeps_what_the_one_before_does() -> None:
    page = _ROWS.replace("<div class='who'>Heron 3</div>", "").replace(
        "no fish were seen in it.</p>", "none.</p><p class=end>1</p>"
    )
    page = page.replace("three fish were seen in it.</p>", "three.</p><p class=end>2</p>")
    assert _kept(page, {1, 3, 4, 5})[-1] == "1"


def test_what_no_other_row_has_stays_out() -> None:
    page = "<p>Some ad</p>" + _ROWS.replace("<div class='who'>Heron 1</div>", "<div class='ad'>Heron 1</div>")
    assert _kept(page, {2, 4, 6})[0] == "The pon"


@pytest.mark.parametrize(
    "row",
    [
        "<div class='accordion-item'><h2 class='accordion-header'><button class='accordion-button {2}' "
        "data-bs-toggle='collapse' aria-expanded='false'>{0}</button></h2><div class='accordion-collapse collapse'>"
        "<div class='accordion-body'><p>{1}</p></div></div></div>",
        "<div class='item'><h3><button aria-expanded='false'>{0}</button></h3><div><p>{1}</p></div></div>",
    ],
)
def test_questions_that_unfold_their_answers_stay(make_vault: MakeVault, row: str) -> None:
    asked = ("How deep is the pond?", "Are there pike in it?", "May I swim there?")
    answered = ("Two metres at the bridge.", "Yes, and they are old.", "Not in May, for the frogs.")
    rows = "".join(
        row.format(one, two, "" if one == asked[0] else "collapsed") for one, two in zip(asked, answered, strict=True)
    )
    vault = make_vault({"page.html": f"<html><title>Pond</title><body><main><h1>Pond</h1>{rows}</main></body></html>"})
    assert run("import", "page.html", "--to", "A.md", cwd=vault).exit_code == 0
    note = (vault / "A.md").read_text("utf-8")
    assert [line.lstrip("# ") for line in note.splitlines() if line.startswith("##")] == list(asked)
    assert all(one in note for one in answered)


@pytest.mark.parametrize(
    ("below", "stays"),
    [
        ("<ul><li>Boots</li><li>A hat</li></ul>", True),
        ("<ol><li><p>Boots</p><pre>put(on)</pre></li><li><p>A hat</p></li></ol>", True),
        ("<ul><li><a href='/boots'>Boots</a></li><li>A hat</li></ul>", False),
        ("<ul class='tags'><li>Boots</li><li>A hat</li></ul>", False),
        ("<ul><li>Boots</li><li><button>A hat</button></li></ul>", False),
        ("<footer><ul><li>Boots</li><li>A hat</li></ul></footer>", False),
    ],
)
def test_a_list_without_links_right_below_the_text_is_its_end(below: str, stays: bool) -> None:
    text = "<p>The pond was low, and two fish were seen in it.</p>"
    page = f"<html><body><main><article><h1>Pond</h1>{text}{below}</article></main></body></html>"
    cut = blocks.cut(html.document_fromstring(page).find("body"))
    kept = {cut[number].text for number in belonging.complete(cut, {0, 1})}
    assert ("Boots" in kept, "A hat" in kept) == (stays, stays)
