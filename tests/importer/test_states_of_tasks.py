"""Items of lists of tasks stay done or open, however the page says it."""

import pytest

pytest.importorskip("lxml")

from lxml import html

from notelint.importer import markdown
from notelint.importer.normalise import sequence


def markdown_of(source: str) -> str:
    body = html.document_fromstring(f"<html><body>{source}</body></html>").find("body")
    sequence.prepare(body)
    sequence.normalise(body, None)
    return markdown.convert(body).strip()


@pytest.mark.parametrize(
    "source",
    [
        "<ul class='inline-task-list'><li class='checked' data-inline-task-id='1'>Tell</li><li data-inline-task-id='2'>Write</li></ul>",
        "<ul class='task-list'><li class='done'>Tell</li><li class='open'>Write</li></ul>",
        "<ul class='todo'><li class='is-checked'>Tell</li><li>Write</li></ul>",
        "<ul><li><label><input type='checkbox' checked><span></span></label> Tell</li><li><label><input type='checkbox'></label> Write</li></ul>",
        "<ul><li data-checked='true'>Tell</li><li data-checked='false'>Write</li></ul>",
        "<ul><li role='checkbox' aria-checked='true'>Tell</li><li role='checkbox' aria-checked='false'>Write</li></ul>",
    ],
)
def test_the_state_stays(source: str) -> None:
    assert markdown_of(source).split("\n") == ["- [x] Tell", "- [ ] Write"]


@pytest.mark.parametrize(
    "source", ["<ul class='menu'><li class='checked'>Tell</li></ul>", "<ul class='tasks'><li>Tell</li></ul>"]
)
def test_other_lists_have_none(source: str) -> None:
    assert markdown_of(source) == "- Tell"


def test_a_box_that_folds_an_item_makes_no_task_of_it() -> None:
    assert markdown_of("<ul><li><input type='checkbox' class='comment_folder_button'> Tell</li></ul>") == "- Tell"


def test_a_field_says_it_alone() -> None:
    source = "<ul class='task-list'><li class='done'><input type='checkbox'> Tell</li></ul>"
    assert markdown_of(source) == "- [ ] Tell"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<pre class='code file bash'>ls</pre>", "```bash\nls\n```"),
        ("<div class='mw-highlight mw-highlight-lang-c'><pre>ls;</pre></div>", "```c\nls;\n```"),
        (
            "<dl class='code'><dt>tune.sh</dt><dd><pre class='code bash'>ls</pre></dd></dl>",
            "tune.sh\n\n```bash\nls\n```",
        ),
        (
            "<div class='kg-callout-card'><div class='kg-callout-emoji'>💡</div><div>Cold end.</div></div>",
            "> [!note]\n> Cold end.",
        ),
        (
            "<div class='warning'><table summary='Warning'><tr><td rowspan='2'><img alt='[Warning]' src='images/w.png'></td>"
            "<th>Mind the pump</th></tr><tr><td><p>It is cold.</p><p>It is old.</p></td></tr></table></div>",
            "> [!warning] Mind the pump\n> It is cold.\n>\n> It is old.",
        ),
        ("<div class='x-callout-box'><h3>Pitfall</h3><p>Cold end.</p></div>", "> [!warning] Pitfall\n> Cold end."),
        ("<div class='x-callout-box'><h3>Why it is cold</h3><p>Cold end.</p></div>", "### Why it is cold\n\nCold end."),
        ("<div class='flex' data-callout-type='info'><p>Cold end.</p></div>", "> [!info]\n> Cold end."),
    ],
)
def test_code_and_callouts_of_more_programs(source: str, text: str) -> None:
    assert markdown_of(source) == text
