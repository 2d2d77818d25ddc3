"""Names and texts of a repository are not commands to a terminal, a CI system, or whoever reads a report."""

import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notelint.core.diagnostic import Diagnostic, Fix, PlacedEdit, Position, Safety, Severity
from notelint.core.printable import in_json, is_command, line_of, printable
from notelint.core.text import Edit, Span
from notelint.core.unified_diff import quoted
from notelint.engine.result import Result, Since
from notelint.report import FORMATS, ReportStyle, renderer
from notelint.report.markdown import cell, code
from tests.conftest import ROOT, MakeVault, run

pytestmark = pytest.mark.slow

SCHEMAS = ROOT / "tests" / "schemas"
JSON_FORMATS = ("json", "sarif", "gitlab", "rdjson")
ATOMS = (
    "::error::x",
    "::stop-commands::x",
    " ::warning file=a::b",
    "##[error]x",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[message text='x']",
    "\x1b]0;x\x07",
    "\x1b[31m",
    "\x9b31m",
    "\x00",
    "\r",
    "\n",
    "\t",
    "\x0b",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\u200b",
    "a\u200db",
    "\u200d",
    "\ufeff",
    "\U000e0041",
    "\udcff",
    "\ufffe",
    "|",
    "\\|",
    "\\\\|",
    "\\",
    "`",
    "``",
    "<img src=x onerror=y>",
    "</code>",
    "<!--",
    "-->",
    "]]>",
    "&amp;",
    "@everyone",
    "#1",
    "[x](y)",
    "![x](y)",
    "**",
    "'",
    '"',
    ",",
    "%0A",
    "%",
    ": ",
    "é",
    "漢",
    "\U0001f469\u200d\U0001f52c",
    "a",
    " ",
    "/",
)
TEXTS = st.lists(st.one_of(st.sampled_from(ATOMS), st.text(max_size=3)), max_size=6).map("".join)
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]|a\u200db"
)


def _position(source: str, line: int, column: int) -> Position:
    before = source[: column - 1].encode("utf-8", "replace").decode()
    return Position(line, column, sum(char > "\uffff" for char in before), len(before.encode()) - len(before))


@st.composite
def results(draw: st.DrawFn, ids: tuple[str, ...] = ("broken-link", "<b>|x", "a\x1b")) -> Result:
    """A result in which every text is hostile, the ids of checkers too, as in a forged report that was merged."""
    diagnostics = []
    for _ in range(draw(st.integers(0, 4))):
        source, line = draw(TEXTS), draw(st.integers(1, 3))
        column = draw(st.integers(1, len(source) + 1))
        start = _position(source, line, column)
        end = _position(source, line, draw(st.integers(column, len(source) + 1)))
        fix = Fix(draw(TEXTS), (Edit(Span(0, 1), draw(TEXTS)),), Safety.SAFE) if draw(st.booleans()) else None
        edits = () if fix is None else (PlacedEdit(start, end, fix.edits[0].text),)
        path, checker, severity = draw(TEXTS) or "a", draw(st.sampled_from(ids)), "error"
        if draw(st.booleans()):
            severity = draw(st.sampled_from(["warning", "info"]))
        about = draw(TEXTS) if draw(st.booleans()) else None
        found = Diagnostic(
            path, start, end, checker, Severity(severity), draw(TEXTS) or "m", Span(0, 0), source, 1, fix, edits, about
        )
        diagnostics.append(found)
    since = Since(draw(TEXTS), 1, 2, draw(st.integers(0, 2))) if draw(st.booleans()) else None
    return Result(Path("/vault"), tuple(sorted(diagnostics, key=Diagnostic.sort_key)), 3, 3, since=since)


def shown(result: Result, form: str) -> str:
    return "".join(renderer(form)(result, ReportStyle()))


@settings(deadline=None)
@given(TEXTS)
def test_a_printable_text_does_nothing(text: str) -> None:
    line = line_of(text)
    assert not FORBIDDEN.search(line)
    assert "\n" not in line
    assert not is_command(line)
    assert len(printable(text)) == len(text)  # carets count on it
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f52c é 漢字",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "क्\u200dष",
        "a::b",
        "# [x]",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert line_of(text) == text


@settings(deadline=None)
@given(results())
@pytest.mark.parametrize("form", ["text", "concise", "grouped", "statistics"])
def test_no_line_for_people_is_a_command(form: str, result: Result) -> None:
    style = ReportStyle(group_by="target") if form == "grouped" else ReportStyle()
    text = "".join(renderer(form)(result, style))
    assert not FORBIDDEN.search(text)
    assert not any(map(is_command, text.split("\n")))


@settings(deadline=None)
@given(results())
@pytest.mark.parametrize("form", FORMATS)
def test_no_report_gives_commands(form: str, result: Result) -> None:
    for line in shown(result, form).split("\n"):
        own = form == "github" and re.match(r"::(?:error|warning|notice|group|endgroup)\b", line)
        assert own or not is_command(line), line


@settings(deadline=None)
@given(results(ids=("broken-link", "stub-note")))
@pytest.mark.parametrize("form", JSON_FORMATS)
def test_json_is_ascii_and_obeys_its_schema(form: str, result: Result) -> None:
    text = shown(result, form)
    assert text.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    found: Any = json.loads(text)
    files = {"json": ROOT / "schemas" / "report.schema.json", "sarif": SCHEMAS / "sarif-2.1.0-rtm.5.json"}
    files["rdjson"] = SCHEMAS / "rdformat.schema.json"
    if form in files:
        jsonschema.validate(found, json.loads(files[form].read_text("utf-8")))
    if form == "json":
        assert [one["path"] for one in found["diagnostics"]] == [one.path for one in result.diagnostics]


@settings(deadline=None)
@given(results())
def test_junit_is_xml_that_obeys_its_schema(result: Result) -> None:
    text = shown(result, "junit")
    root = ET.fromstring(text)
    assert len(root.findall(".//testcase")) == len(result.diagnostics) + 1
    _junit().validate(io.StringIO(text))


def _junit() -> Any:
    if not _SCHEMA:
        _SCHEMA.append(xmlschema.XMLSchema(str(next(SCHEMAS.glob("*.xsd")))))
    return _SCHEMA[0]


_SCHEMA: list[Any] = []


@settings(deadline=None)
@given(results())
def test_a_name_forges_nothing_in_markdown(result: Result) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(shown(result, "markdown"))
    rows = [0]
    for token in tokens:
        kind = token.type
        assert kind != "html_block" or token.content.startswith("<!-- notelint report -->")
        if kind == "tr_open":
            rows.append(0)
        elif kind in ("td_open", "th_open"):
            rows[-1] += 1
        for part in token.children or ():
            assert part.type not in {"link_open", "image"}
            assert part.type != "html_inline" or part.content in ("<code>", "</code>")
    assert set(rows) <= {0, 2, 4}
    items = sum(token.type == "list_item_open" for token in tokens)
    assert items == len(result.diagnostics)


@settings(deadline=None)
@given(TEXTS)
def test_a_cell_is_one_cell(text: str) -> None:
    for made in (cell(text), cell(f"{text}\\")):
        tokens = MarkdownIt("commonmark").enable("table").parse(f"| a | b |\n|---|---|\n| {made} | x |\n")
        cells = [token for token in tokens if token.type == "inline"][2:]
        assert len(cells) == 2
        assert cells[1].content == "x"
    assert "\n" not in code(text)


@settings(deadline=None)
@given(TEXTS)
def test_json_says_the_same_without_commands(text: str) -> None:
    assert json.loads(in_json(json.dumps(text))) == text


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["a", "é", '"', "\\", "\t", "\n", "\x07", "\x1b", "\x7f", "\u202e", "\udcff"])).map(
        "".join
    )
)
def test_names_are_quoted_so_that_git_reads_them(name: str) -> None:
    written = quoted(f"a{name}")
    assert printable(written) == written
    assert "\n" not in written
    if written.startswith('"'):
        unquoted = re.sub(
            rb"\\([0-7]{3}|.)",
            lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else _ESCAPES[found[1]],
            written[1:-1].encode(),
        )
        assert unquoted == f"a{name}".encode("utf-8", "surrogateescape")
    else:
        assert written == f"a{name}"


_ESCAPES = {
    b"a": b"\a",
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"v": b"\v",
    b"f": b"\f",
    b"r": b"\r",
    b'"': b'"',
    b"\\": b"\\",
}


def test_git_applies_a_difference_of_such_names(make_vault: MakeVault) -> None:
    names = ['q"uo\\te', "ta\tb", "es\x1bc", "dir\u202eection", "é pi", "::error::x"]
    notes: dict[str, str | bytes] = {f"{name}/A.md": "---\ntags: a\n---\n[x](B c.md)\n" for name in names}
    vault = make_vault(notes | {"B c.md": "x\n"})
    done = run("fix", "--diff", cwd=vault)
    assert done.exit_code == 1, done.output
    assert "\x1b" not in done.stdout
    applied = subprocess.run(
        ["git", "apply", "--check", "-"], input=done.stdout.encode(), cwd=vault, capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
    heads = [line for line in done.stdout.splitlines() if line.startswith("diff --git")]
    assert len(heads) == len(names)


def test_a_difference_gives_the_runner_no_commands(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault({"A.md": "::error::x\n[x](B c.md)\n", "B c.md": "x\n"})
    plain = run("fix", "--diff", cwd=vault).stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = run("fix", "--diff", cwd=vault).stdout.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert len(token) >= 32
    assert lines[-1] == f"::{token}::"
    assert "\n".join(lines[1:-1]) + "\n" == plain


@pytest.mark.parametrize("system", ["TF_BUILD", "TEAMCITY_VERSION"])
def test_a_difference_gives_no_commands_to_systems_that_cannot_be_asked(
    system: str, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "##vso[task.prependpath]x ##teamcity[x] ##[x]"
    vault = make_vault({"A.md": f"{command}\n[x](B c.md)\n", "B c.md": "x\n"})
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert f" {command}" in run("fix", "--diff", cwd=vault).stdout
    monkeypatch.setenv(system, "1")
    done = run("fix", "--diff", cwd=vault)
    assert "##vso[" not in done.stdout
    assert "##teamcity[" not in done.stdout
    assert "##[" not in done.stdout
    assert "+[x](B%20c.md)" in done.stdout
    assert "do not apply this" in done.stderr


CONFIGURATIONS = [
    'ignore = ["a\\u001b]0;x\\u0007b\\u202e"]\n',
    '[severity]\n"\\u001b[31m" = "error"\n',
    'exclude = ["\\u001b[31m\\u009b"]\n',
    'profiles = ["\\u001b[31m.toml"]\n',
    'plugins = ["\\u001b[31m"]\n',
    '[checkers.stub-note]\n"\\u001b" = 1\n',
    '"::error::\\u001b\\nx" = 1\n',
    '[[custom]]\nid = "x"\nmessage = "\\u001b[31m\\n::error::x"\nforbid-pattern = "a"\n',
    '[[custom]]\nid = "x"\nmessage = "m"\nforbid-pattern = "\\u001b("\n',
    '[[overrides]]\npaths = ["\\u001b["]\nignore = ["\\u001b"]\n',
    'attachments = "\\u001b[31m"\n',
    "\x1b[31m = 1\n",
]


@pytest.mark.parametrize("text", CONFIGURATIONS)
@pytest.mark.parametrize(
    "command", [("check",), ("config", "A.md"), ("checkers",), ("fix", "--diff"), ("baseline",), ("publish-report",)]
)
def test_no_setting_reaches_the_terminal(text: str, command: tuple[str, ...], make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": text, "A.md": "a\n"})
    done = run(*command, cwd=vault)
    assert not FORBIDDEN.search(done.output), done.output
    assert not any(map(is_command, done.output.split("\n"))), done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("name", ["\x1b[31m", "::error::x", "\u202e", "a\nb::", "\u2028::error::x"])
@pytest.mark.parametrize("command", ["check", "fix", "permalink", "mv", "resolve", "import"])
def test_no_argument_reaches_the_terminal(name: str, command: str, make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "a\n"})
    done = run(command, name, *(["B"] if command == "mv" else []), cwd=vault)
    assert not FORBIDDEN.search(done.output), done.output
    assert not any(map(is_command, done.output.split("\n"))), done.output
