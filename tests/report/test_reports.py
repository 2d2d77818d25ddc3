"""Reports: every format against its schema or documented form, shares and merging, and the options for reading."""

import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from notelint.checkers.registry import page_path
from notelint.cli import terminal
from notelint.cli.progress import Progress
from notelint.cli.watch import matters
from notelint.core.diagnostic import Diagnostic, Position, Severity
from notelint.core.text import Span, Units
from notelint.engine.check import check
from notelint.engine.fingerprint import fingerprint
from notelint.engine.result import Result, Since
from notelint.engine.shard import Shard
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.report import FORMATS, ReportStyle, merge, renderer
from notelint.report.output import outputs
from tests.conftest import ROOT, MakeVault, run

pytestmark = pytest.mark.slow

SCHEMAS = ROOT / "tests" / "schemas"
PROGRAMS = ("json", "sarif", "gitlab", "junit", "rdjson")

JUMPS = 'extend-select = ["heading-level-jump"]\n'  # has fixes of several edits, and is of severity info

# Notes that are hard to report: other than ASCII before the place, long lines, line ends of Windows, bytes that are no
# UTF-8, control characters, a name with everything that a format gives a meaning to, several edits in one fix.
HARD: dict[str, str | bytes] = {
    "notelint.toml": JUMPS,
    "Target note.md": "Text.\n",
    "Wide.md": "é 😀 𐐀 [[Targt note]] and 漢字 [[Nowhere]]\n",
    "Long.md": "𐐀 " * 300 + "[[Nowhere]] " + "é" * 400 + "\n",
    "Windows.md": "---\r\ntags: [a]\r\ntags: [b]\r\n---\r\n[[Nowhere]] \U0001f600\r\n",
    "Bytes.md": b"caf\xe9 \x80 [[Nowhere\x1b[31m\x07]] \xe9\n",
    "a,b: 100% 'x' | #1.md": "[[#Nowhere|<b>@all</b>]]\n\n![[none|`x`.png]]\n",
    "sub/folder/Low.md": "# One\n\n#### Four\n\n##### Five\n",
    "sub/Alone.md": "[[Nowhere]]\n[[Nowhere]]\n[[Nowhere]] [[Nowhere]]\n",
}


@pytest.fixture
def hard(make_vault: MakeVault) -> Path:
    """A vault in a folder of a git repository, with notes that are hard to report."""
    vault = make_vault(HARD)
    (vault.parent / ".git").mkdir()
    return vault


def show(vault: Path, form: str, *arguments: str) -> str:
    result = run("check", "--output-format", form, *arguments, cwd=vault)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def loaded(vault: Path, form: str) -> Any:
    return json.loads(show(vault, form))


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text("utf-8"))


def text_of(vault: Path, path: str) -> str:
    """A note's text, its path as forges write it."""
    note = Path(path).relative_to(vault.name)
    return Note.decode("", (vault / note).read_bytes()).text


def apply_edits(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def fixed_by_notelint(vault: Path) -> list[str | None]:
    """The note as the fix of each diagnostic makes it, given by spans; None for one without."""
    made: list[str | None] = []
    for found in check(Workspace.open(vault)).diagnostics:
        text = Note.decode("", (vault / found.path).read_bytes()).text
        edits = [(edit.span.start, edit.span.end, edit.text) for edit in found.fix.edits] if found.fix else None
        made.append(None if edits is None else apply_edits(text, edits))
    return made


# --- columns


@given(st.text(), st.data())
def test_units_count_as_the_encodings_do(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    part = text[start:end]
    expected = len(part.encode("utf-16-le")) // 2 - len(part), len(part.encode()) - len(part)
    assert Units(text).extra(start, end) == expected


def test_an_undecodable_byte_is_one_unit_for_everybody() -> None:
    assert Units(b"\xff\xe9a".decode("utf-8", "surrogateescape")).extra(0, 3) == (0, 0)


# --- json


def test_json_obeys_its_schema_and_tells_columns_that_differ(hard: Path) -> None:
    found = loaded(hard, "json")
    jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text())).validate(found)
    first = next(one for one in found["diagnostics"] if one["path"] == "Wide.md")
    assert first["range"]["start"] == {"line": 1, "column": 7, "utf16": 9, "utf8": 14}
    assert found["folder"] == "vault"


def test_json_is_read_back_without_loss(hard: Path, tmp_path: Path) -> None:
    result = structs.replace(check(Workspace.open(hard)), remarks=())
    file = tmp_path / "report.json"
    for changed in (result, structs.replace(result, shard="2/5", since=Since("main", 3, 1))):
        file.write_text("".join(renderer("json")(changed, ReportStyle())), encoding="ascii")
        read = merge.read(file).result
        assert read == changed
        positions = [(d.start.utf16, d.start.utf8, d.end.utf16, d.end.utf8) for d in changed.diagnostics]
        assert positions == [(d.start.utf16, d.start.utf8, d.end.utf16, d.end.utf8) for d in read.diagnostics]


# --- sarif


def test_sarif_obeys_its_schema(hard: Path) -> None:
    validator = jsonschema.Draft4Validator(schema("sarif-2.1.0-rtm.5.json"), format_checker=jsonschema.FormatChecker())
    validator.validate(loaded(hard, "sarif"))
    validator.validate(loaded(ROOT / "notes" / "broken", "sarif"))


def test_sarif_tells_rules_from_the_pages_and_one_fingerprint_each(hard: Path) -> None:
    (found,) = loaded(hard, "sarif")["runs"]
    rules = found["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({one["ruleId"] for one in found["results"]})
    by_id = {rule["id"]: rule for rule in rules}
    page = (ROOT / page_path("broken-link")).read_text("utf-8")
    assert page_path("no-such-checker") == ""
    assert by_id["broken-link"]["help"]["markdown"] == page
    assert by_id["broken-link"]["properties"]["tags"] == ["links"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in found["results"])
    marks = [one["partialFingerprints"]["notelint/v1"] for one in found["results"]]
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in marks)


def _utf16_offset(text: str, line: int, column: int) -> int:
    """The offset of a line and a column in UTF-16 units."""
    start = Note("", text).lines.line_span(line).start
    units = text[start:].encode("utf-16-le", "surrogatepass")[: (column - 1) * 2]
    return start + len(units.decode("utf-16-le", "surrogatepass"))


def test_sarif_fixes_and_snippets_lie_where_utf16_columns_say(hard: Path) -> None:
    seen = 0
    for one, expected in zip(loaded(hard, "sarif")["runs"][0]["results"], fixed_by_notelint(hard), strict=True):
        place = one["locations"][0]["physicalLocation"]
        path, region = unquote(place["artifactLocation"]["uri"]), place["region"]
        text = text_of(hard, path)

        def offsets(region: dict[str, int], text: str = text) -> tuple[int, int]:
            return (
                _utf16_offset(text, region["startLine"], region["startColumn"]),
                _utf16_offset(text, region["endLine"], region["endColumn"]),
            )

        for shown in (region, place.get("contextRegion", {})):
            if "snippet" in shown and "Bytes" not in path:
                start, end = offsets(shown)
                assert text[start:end] == shown["snippet"]["text"]
        for fix in one.get("fixes", ()):
            edits = [
                (*offsets(item["deletedRegion"]), item["insertedContent"]["text"])
                for item in fix["artifactChanges"][0]["replacements"]
            ]
            assert apply_edits(text, edits) == expected
            seen += 1
    assert seen >= 3


def test_sarif_has_the_message_of_a_checker_without_code(make_vault: MakeVault) -> None:
    custom = '[[custom]]\nid = "no-todo"\nmessage = "finish it"\nforbid-pattern = "TODO"\n'
    vault = make_vault({"notelint.toml": custom, "A.md": "TODO\n"})
    (rule,) = loaded(vault, "sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "finish it"}
    assert rule["properties"] == {"tags": ["custom"]}


def test_sarif_says_when_a_checker_crashed(make_vault: MakeVault) -> None:
    crash = _diagnostic("A.md", "crashed-checker")
    found = json.loads("".join(renderer("sarif")(Result(Path("/v"), (crash,), 1, 1), ReportStyle())))
    assert found["runs"][0]["invocations"] == [{"executionSuccessful": False, "exitCode": 3}]


# --- gitlab

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^[^./]"},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin", "end"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}


def test_gitlab_has_what_its_documentation_asks_for(hard: Path, make_vault: MakeVault) -> None:
    found = loaded(hard, "gitlab")
    jsonschema.Draft202012Validator(GITLAB).validate(found)
    assert {one["location"]["path"] for one in found} >= {"vault/Wide.md", "vault/a,b: 100% 'x' | #1.md"}
    assert len({one["fingerprint"] for one in found}) == len(found)


def test_fingerprints_survive_moved_lines(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[Nowhere]]\n\n[[Else]]  [[Else]]\n"})
    before = [one["fingerprint"] for one in loaded(vault, "gitlab")]
    (vault / "A.md").write_text("New.\n\n[[Nowhere]]\n\nMore.\n\n[[Else]]\t[[Else]]\n")
    assert [one["fingerprint"] for one in loaded(vault, "gitlab")] == before
    (vault / "A.md").write_text("[[Nowhere]] new\n")
    assert [one["fingerprint"] for one in loaded(vault, "gitlab")] != before[:1]


def test_a_fingerprint_is_of_its_parts() -> None:
    assert fingerprint("broken-link", "A.md", "[[x]]") == "f1679f70f294dade"
    parts = [("b", "A.md", "x", 0), ("a", "B.md", "x", 0), ("a", "A.md", "y", 0), ("a", "A.md", "x", 1)]
    assert len({fingerprint(*part) for part in [("a", "A.md", "x", 0), *parts]}) == 5


# --- junit


def test_junit_obeys_its_schema(hard: Path) -> None:
    checked = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    checked.validate(show(hard, "junit"))
    checked.validate(show(ROOT / "notes", "junit"))


def test_junit_counts_what_it_holds(hard: Path) -> None:
    root = ET.fromstring(show(hard, "junit"))
    for suite in [root, *root.iter("testsuite")]:
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase")))
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
    severities = Counter(one["severity"] for one in loaded(hard, "json")["diagnostics"])
    assert int(root.attrib["failures"]) == severities["error"] + severities["warning"]
    assert len(list(root.iter("system-out"))) == severities["info"] > 0


# --- rdjson


def test_rdjson_obeys_its_schema(hard: Path) -> None:
    validator = jsonschema.Draft7Validator(schema("rdformat.schema.json"))
    validator.validate(loaded(hard, "rdjson"))
    validator.validate(loaded(ROOT / "notes" / "broken", "rdjson"))


def _utf8_offset(text: str, line: int, column: int) -> int:
    """The offset of a line and a column in bytes of UTF-8."""
    start = Note("", text).lines.line_span(line).start
    return start + len(text[start:].encode("utf-8", "surrogateescape")[: column - 1].decode("utf-8", "surrogateescape"))


def test_rdjson_suggestions_lie_where_byte_columns_say(hard: Path) -> None:
    seen = 0
    for one, expected in zip(loaded(hard, "rdjson")["diagnostics"], fixed_by_notelint(hard), strict=True):
        path = one["location"]["path"]
        text = text_of(hard, path)
        for item in one.get("suggestions", ()):
            start, end = (_utf8_offset(text, at["line"], at["column"]) for at in item["range"].values())
            assert apply_edits(text, [(start, end, item["text"])]) == expected
            seen += 1
    assert seen >= 2


def test_rdjson_suggests_no_part_of_a_fix(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": JUMPS, "A.md": "# One\n\n#### Four\n\n##### Five\n"})
    (fix,) = [one["fix"] for one in loaded(vault, "json")["diagnostics"] if one["fix"]]
    assert len(fix["edits"]) > 1
    assert not any("suggestions" in one for one in loaded(vault, "rdjson")["diagnostics"])


# --- github

COMMAND = re.compile(r"::(error|warning|notice|group|endgroup)(?: ([^:]*))?::(.*)")


def _unescaped(text: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        if match is not None:
            properties = dict(item.split("=", 1) for item in (match[2] or "").split(",") if item)
            found.append(
                (match[1], {key: _unescaped(value) for key, value in properties.items()}, _unescaped(match[3]))
            )
    return found


def test_github_annotations_are_read_as_they_were_meant(hard: Path) -> None:
    by_place = {
        (properties["file"], properties["line"], properties.get("col")): (properties["title"], message)
        for _, properties, message in commands(show(hard, "github"))
        if "file" in properties
    }
    title, message = by_place["vault/a,b: 100% 'x' | #1.md", "1", "1"]
    assert title == "notelint broken-heading-link"
    assert message.startswith("no heading 'Nowhere' in ")


def test_github_stays_within_the_limits_and_tells_true_totals(make_vault: MakeVault) -> None:
    many = {f"{n:02}.md": f"[[a/Missing]] [[a/Other]]\n[[a/Unlike {n}]]\n" for n in range(30)}
    jumps = {f"j{n}.md": "# A\n\n### B\n" for n in range(20)}
    vault = make_vault({"notelint.toml": JUMPS, **many, **jumps})
    shown = show(vault, "github")
    kinds = Counter(kind for kind, _, _ in commands(shown))
    assert kinds["error"] == 10
    assert kinds["notice"] == 10
    assert kinds["warning"] == 0
    totals = [message for _, properties, message in commands(shown) if properties == {"title": "notelint"}]
    assert totals == [
        "50 notes checked: 90 errors, 20 info in 50 notes. 20 unsafe fixes: `notelint fix --unsafe-fixes`."
        " 91 diagnostics more in the log of this step."
    ]
    messages = [message for kind, _, message in commands(shown) if kind == "error"]
    assert "no note 'a/Missing' (one of 30 about this)" in messages
    assert "no note 'a/Other' (one of 30 about this)" in messages
    assert shown.count("\n- ") == 110


def test_github_annotates_nothing_when_there_is_nothing(make_vault: MakeVault) -> None:
    assert show(make_vault({"A.md": "Text.\n"}), "github") == "1 note checked: nothing to report.\n"


def test_a_note_cannot_give_commands_to_the_runner(make_vault: MakeVault) -> None:
    names = {"::error::x.md": "[[a]]\n", "##[error]y.md": "[[::stop-commands::x]] [[##[debug]z]]\n"}
    many = {f"{n}.md": f"[[a/Missing {n}]]\n" for n in range(20)}
    shown = show(make_vault({**names, **many}), "github")
    starts = {line.split("::")[1].split(" ")[0] for line in shown.splitlines() if line.lstrip().startswith("::")}
    assert starts == {"error", "warning", "notice", "group", "endgroup"}
    assert all("##[" not in line for line in shown.splitlines() if not line.startswith("::"))


# --- markdown


def test_markdown_counts_by_checker_folder_and_note(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "a/A.md": "[[b/Nowhere]]\n" * 3,
            "a/B.md": "# A\n\n### B\n",
            "C.md": "[[b/Target one]]\n",
            "Target.md": "",
            "notelint.toml": JUMPS,
        }
    )
    shown = show(vault, "markdown")
    assert shown.startswith(
        "<!-- notelint report -->\n\n## notelint\n\n❌ 4 notes checked: 4 errors, 1 info in 3 notes"
    )
    assert "| `broken-link` | error | 4 | 0 |\n| `heading-level-jump` | info | 1 | 1 |\n" in shown
    assert "| `a` | 4 |\n| `.` | 1 |\n" in shown
    assert "| `a/A.md` | 3 |\n| `C.md` | 1 |\n| `a/B.md` | 1 |\n" in shown
    assert shown.index("`a/A.md:3:1` **error**") < shown.index("`a/B.md:3:1` **info**")
    assert "Since" not in shown


def test_markdown_tells_what_changed_since_the_base() -> None:
    result = Result(Path("/v"), (_diagnostic("A.md", "broken-link"),), 1, 1, since=Since("main", 12, 3))
    shown = "".join(renderer("markdown")(result, ReportStyle()))
    assert "Since `main`: 1 new, 3 fixed, 12 there before and not shown.\n" in shown


def test_markdown_holds_what_notes_say_in_code(hard: Path) -> None:
    from markdown_it import MarkdownIt

    shown = show(hard, "markdown")
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(shown)
    outside = re.sub("<code>.*?</code>", "", html, flags=re.DOTALL)
    assert "@all" not in outside
    assert "<b>" not in outside
    assert html.count("<code>vault") == 0
    assert "<td><code>a,b: 100% 'x' | #1.md</code></td>" in html.replace("&#x27;", "'")
    assert {row.count("<td") for row in re.findall("<tr>(?:(?!</tr>).)*<td.*?</tr>", html, re.DOTALL)} == {2, 4}


# --- all formats


def _diagnostic(path: str, checker: str, **more: Any) -> Diagnostic:
    at = Position(1, 1)
    return Diagnostic(path, at, at, checker, Severity.ERROR, "no note 'x'", Span(0, 0), "[[x]]", **more)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_a_note_control_the_terminal(hard: Path, form: str) -> None:
    shown = show(hard, form)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", shown)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_the_same_every_time_and_holds_for_a_clean_vault(make_vault: MakeVault, form: str) -> None:
    vault = make_vault({"A.md": "Text.\n"})
    assert show(vault, form) == show(vault, form)
    assert run("check", "--output-format", form, cwd=vault).exit_code == 0


def test_several_formats_in_one_run(hard: Path) -> None:
    result = run(
        "check",
        "--output-format",
        "github",
        "--output-format",
        "sarif:r.sarif",
        "--output-format",
        "json:r.json",
        cwd=hard,
    )
    assert result.exit_code == 1
    assert result.stdout == show(hard, "github")
    assert (hard / "r.sarif").read_text() == show(hard, "sarif")
    assert (hard / "r.json").read_text() == show(hard, "json")


def test_output_file_takes_the_report_and_leaves_the_summary(hard: Path) -> None:
    result = run("check", "--output-format", "junit", "--output-file", "r.xml", cwd=hard)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("8 notes checked: ")
    assert (hard / "r.xml").read_text() == show(hard, "junit")
    assert run("check", "--output-file", "r.txt", "-q", cwd=hard).output == ""
    assert (hard / "r.txt").read_text() == show(hard, "text")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output-format", "serif"], "did you mean"),
        (["--output-format", "sarif:"], "names no file: write sarif:FILE"),
        (["--output-format", "sarif", "--output-format", "json"], "two reports would go to stdout"),
        (["--output-format", "sarif:a", "--output-format", "json:a"], "two reports would go to a"),
        (["--output-format", "sarif:a", "--output-file", "b"], "--output-file is for one format"),
        (["--output-format", "sarif:none/a"], "cannot write the report none/a: No such file or directory"),
        (["--output-format", "json:Target note.md"], "Target note.md is a note, no report of notelint"),
        (["--shard", "6/5"], "'6/5' is not a share of the notes"),
    ],
)
def test_what_does_not_fit_is_one_line_and_exit_2(hard: Path, arguments: list[str], message: str) -> None:
    result = run("check", *arguments, cwd=hard)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert (hard / "Target note.md").read_text() == "Text.\n"


def test_a_report_in_markdown_may_be_written_again(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[y/x]]\n"})
    for _ in range(2):
        assert run("check", "A.md", "--output-format", "markdown:report.md", cwd=vault).exit_code == 1
    assert (vault / "report.md").read_text().startswith("<!-- notelint report -->\n")


def test_outputs_are_parsed_at_the_first_colon() -> None:
    (output,) = outputs([r"json:C:\reports\a.json"], None)
    assert (output.form, str(output.file)) == ("json", r"C:\reports\a.json")


# --- shares and merging


@given(st.text(max_size=30), st.integers(1, 9))
def test_a_note_belongs_to_one_share(path: str, count: int) -> None:
    assert [Shard(index, count).holds(path) for index in range(1, count + 1)].count(True) == 1


def test_shares_are_the_same_everywhere() -> None:
    shares = [next(i for i in range(1, 6) if Shard(i, 5).holds(path)) for path in ("A.md", "B.md", "é/ü.md")]
    assert shares == [3, 5, 2]
    assert Shard(shares[2], 5).holds("e\u0301/u\u0308.md")


def _shards(vault: Path, folder: Path, count: int) -> list[Path]:
    files = []
    for index in range(1, count + 1):
        file = folder / f"{index}.json"
        done = run("check", "--shard", f"{index}/{count}", "--output-format", f"json:{file}", cwd=vault)
        assert done.exit_code in (0, 1), done.output
        files.append(file)
    return files


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"html"}))  # which looks at the vault: see test_html.py
def test_merged_shares_are_the_whole_run(hard: Path, tmp_path: Path, form: str) -> None:
    files = _shards(hard, tmp_path, 3)
    merged = run("merge-reports", *reversed(files), "--output-format", form)
    assert merged.stdout == show(hard, form)
    assert merged.exit_code == 1


def test_an_empty_share_is_no_failure_but_an_empty_vault_is(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault({"A.md": "Text.\n"})
    files = _shards(vault, tmp_path, 4)
    assert sorted(merge.read(file).result.checked for file in files) == [0, 0, 0, 1]
    assert run("merge-reports", *files).stdout == "1 note checked: nothing to report.\n"
    (vault / "A.md").unlink()
    assert run("check", "--shard", "1/4", cwd=vault).exit_code == 2


def test_reports_of_parts_may_overlap(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault({"a/A.md": "[[z/x]]\n", "b/B.md": "[[z/y]]\n"})
    run("check", "--output-format", f"json:{tmp_path / '1'}", cwd=vault)
    run("check", "a", "--output-format", f"json:{tmp_path / '2'}", cwd=vault)
    assert run("merge-reports", tmp_path / "1", tmp_path / "2", "--output-format", "concise").stdout == (
        "a/A.md:1:1: broken-link: no note 'z/x'\n"
        "b/B.md:1:1: broken-link: no note 'z/y'\n"
        "2 notes checked: 2 errors in 2 notes.\n"
    )


def test_merging_refuses_what_does_not_belong_together(hard: Path, tmp_path: Path) -> None:
    first, second, third = _shards(hard, tmp_path, 3)
    whole = json.loads(first.read_text())

    def changed(**values: Any) -> Path:
        file = tmp_path / "changed.json"
        file.write_text(json.dumps({**whole, **values}))
        return file

    def refusal(*files: Path) -> str:
        result = run("merge-reports", *files)
        assert result.exit_code == 2
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        return line

    assert "is a report of notelint 0.0.1, this is" in refusal(second, third, changed(version="0.0.1"))
    assert f"is of the vault {hard}, {tmp_path}/changed.json of /else" in refusal(second, third, changed(vault="/else"))
    assert "is of a vault of this many notes 8" in refusal(
        second, third, changed(summary={**whole["summary"], "notes": 9})
    )
    assert refusal(first, third).endswith("the report of shard 2/3 is missing")
    assert refusal(first, first, second, third).endswith("the report of shard 1/3 is there twice")
    assert "are not the shares of one run" in refusal(second, third, changed(shard=None))
    assert "is not a report of notelint: at its top" in refusal(changed(more=1, diagnostics=[]))
    assert refusal(changed(more=1)).endswith("changed.json is not a report of notelint")
    assert "is not a report of notelint: at diagnostics/0" in refusal(changed(diagnostics=[{}]))
    (tmp_path / "no.json").write_text("[" * 100_000)
    assert "is not JSON" in refusal(tmp_path / "no.json")


# --- nothing to check


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({"a.txt": "x"}, [], "no note (*.md) in the vault"),
        ({"A.md": "x", "notelint.toml": 'exclude = ["**"]\n'}, [], "the only note is excluded"),
        ({"A.md": "x", ".gitignore": "*.md\n"}, [], "the only note is excluded by the configuration or ignored by git"),
        ({"A.md": "x", "empty/a.txt": ""}, ["empty"], "no note in empty"),
        ({"A.md": "x", "notelint.toml": "select = []\n"}, [], "no checker is selected for this note"),
        ({"A.md": "x"}, ["--select", "broken-link", "--ignore", "broken-link"], "no checker is selected"),
    ],
)
def test_a_run_with_nothing_to_check_is_not_green(
    make_vault: MakeVault, files: dict[str, str | bytes], arguments: list[str], message: str
) -> None:
    vault = make_vault(files)
    result = run("check", *arguments, cwd=vault)
    assert result.exit_code == 2
    assert result.stderr.startswith("notelint: nothing to check: ")
    assert message in result.stderr
    assert run("check", *arguments, "--allow-empty", cwd=vault).exit_code == 0


# --- reading


@pytest.fixture
def reading(make_vault: MakeVault) -> Path:
    """A vault with a missing note that many want."""
    return make_vault(
        {
            **{f"{n}.md": "[[a/Missing]]\n" for n in range(5)},
            "x.md": "# A\n\n### B\n\n[[a/Else]]\n",
            "notelint.toml": JUMPS,
        }
    )


def test_statistics(reading: Path) -> None:
    assert run("check", "--statistics", cwd=reading).stdout == (
        "     6  broken-link\n"
        "     1  heading-level-jump  (1 with a fix)\n"
        "\n"
        "6 notes checked: 6 errors, 1 info in 6 notes.\n1 unsafe fix: `notelint fix --unsafe-fixes`.\n"
    )


def test_one_missing_note_is_one_line_by_target(reading: Path) -> None:
    assert run("check", "--group-by", "target", cwd=reading).stdout == (
        "     5 x broken-link: a/Missing (in 0.md:1:1, 1.md:1:1, 2.md:1:1 and 2 other notes)\n"
        "     1 x heading-level-jump: heading of level 3 follows one of level 1: a level is skipped (in x.md:3:1)\n"
        "     1 x broken-link: no note 'a/Else' (in x.md:5:1)\n"
        "\n"
        "6 notes checked: 6 errors, 1 info in 6 notes.\n1 unsafe fix: `notelint fix --unsafe-fixes`.\n"
    )


def test_groups_by_note_and_by_checker(reading: Path) -> None:
    by_note = run("check", "--group-by", "note", "x.md", cwd=reading).stdout
    assert by_note.startswith("x.md: 2 diagnostics\n  3:1 info heading-level-jump: heading of level 3 ")
    by_checker = run("check", "--group-by", "checker", "--max-diagnostics", "2", cwd=reading).stdout
    assert by_checker == (
        "broken-link: 6 diagnostics\n"
        "  0.md:1:1 error: no note 'a/Missing'\n"
        "  1.md:1:1 error: no note 'a/Missing'\n"
        "\n"
        "...and 5 other diagnostics: --max-diagnostics is 2.\n"
        "6 notes checked: 6 errors, 1 info in 6 notes.\n1 unsafe fix: `notelint fix --unsafe-fixes`.\n"
    )


@pytest.mark.parametrize("form", ["text", "concise"])
def test_max_diagnostics_keeps_the_totals(reading: Path, form: str) -> None:
    shown = show(reading, form, "--max-diagnostics", "2")
    assert shown.count("no note 'a/Missing'") == 2
    assert "...and 5 other diagnostics: --max-diagnostics is 2.\n" in shown
    assert shown.endswith(
        "6 notes checked: 6 errors, 1 info in 6 notes.\n1 unsafe fix: `notelint fix --unsafe-fixes`.\n"
    )


def test_quiet_shows_diagnostics_alone(reading: Path) -> None:
    (reading / "inner" / ".obsidian").mkdir(parents=True)
    loud = run("check", "--output-format", "concise", cwd=reading)
    quiet = run("check", "--output-format", "concise", "--quiet", cwd=reading)
    assert "not checked, as vaults of their own: inner" in loud.stderr
    assert quiet.stderr == ""
    assert quiet.stdout.splitlines() == loud.stdout.splitlines()[:-2]
    assert quiet.exit_code == 1
    (reading / "A.md").write_text("Text.\n")
    assert run("check", "-q", "A.md", cwd=reading).output == ""


def test_options_for_reading_are_for_people(reading: Path) -> None:
    result = run("check", "--group-by", "note", "--output-format", "json", cwd=reading)
    assert result.exit_code == 2
    assert "--group-by is for reports on stdout in text or concise" in result.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_only_where_they_are_wanted() -> None:
    tty, pipe = _Terminal(), io.StringIO()
    assert terminal.colours(tty, {"TERM": "xterm"})
    assert not terminal.colours(tty, {"TERM": "dumb"})
    assert not terminal.colours(tty, {"NO_COLOR": "1", "FORCE_COLOR": "1"})
    assert not terminal.colours(pipe, {"NO_COLOR": ""})
    assert terminal.colours(pipe, {"FORCE_COLOR": "1"})


def test_hyperlinks_only_where_they_are_known() -> None:
    tty, pipe = _Terminal(), io.StringIO()
    assert terminal.hyperlinks(tty, {"TERM_PROGRAM": "WezTerm"})
    assert terminal.hyperlinks(tty, {"TERM": "xterm-256color", "VTE_VERSION": "6003"})
    assert not terminal.hyperlinks(tty, {"TERM": "xterm-256color"})
    assert not terminal.hyperlinks(tty, {"TERM": "xterm-256color", "VTE_VERSION": "4999"})
    assert not terminal.hyperlinks(tty, {"TERM": "screen-256color", "TERM_PROGRAM": "WezTerm"})
    assert not terminal.hyperlinks(tty, {"TERM_PROGRAM": "vscode", "CI": "true"})
    assert not terminal.hyperlinks(pipe, {"TERM_PROGRAM": "WezTerm"})
    assert terminal.hyperlinks(pipe, {"FORCE_HYPERLINK": "1"})
    assert not terminal.hyperlinks(tty, {"FORCE_HYPERLINK": "0", "TERM_PROGRAM": "WezTerm"})


def test_a_place_is_linked_to_its_note(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault({"a b\x1b.md": "[[x]]\n"})
    plain = show(vault, "text")
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    for form in (["text"], ["concise"], ["text", "--group-by", "note"], ["text", "--group-by", "target"]):
        linked = show(vault, *form)
        assert f"\x1b]8;;file://{vault}/a%20b%1B.md\x1b\\" in linked
    assert re.sub(r"\x1b\]8;;.*?\x1b\\", "", show(vault, "text")) == plain
    assert "\x1b" not in show(vault, "github")


# --- progress and watching


def test_the_bar_is_for_long_runs_on_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    now = [0.0]
    tty, pipe = _Terminal(), io.StringIO()
    for stream in (tty, pipe):
        now[0] = 0.0
        progress = Progress(stream, lambda: now[0])
        progress("reading", 1, 90)
        assert stream.getvalue() == ""
        now[0] = 1.5
        progress("checking", 45, 90)
        progress("checking", 89, 90)
    assert "checking" in tty.getvalue()
    assert "45/90" in tty.getvalue()
    assert tty.getvalue().endswith("\x1b[2K")
    assert pipe.getvalue() == ""


IMPATIENT = (
    "from notelint.cli import progress; progress._PATIENCE = progress._PAUSE = 0; "
    "from notelint.cli.main import main; main()"
)


def on_a_terminal(vault: Path, *arguments: str, **environment: str) -> tuple[bytes, bytes]:
    """Output of a run to stdout, a pipe, and to stderr, a terminal; its patience is at an end at once."""
    ours, theirs = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    command = [sys.executable, "-c", IMPATIENT, "check", "--no-cache", *arguments]
    with subprocess.Popen(
        command, cwd=vault, env={**kept, "TERM": "xterm", **environment}, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        told = b""
        with suppress(OSError):  # so ends what a terminal can be read of
            while part := os.read(ours, 4096):
                told += part
        assert process.stdout is not None
        shown = process.stdout.read()
    os.close(ours)
    return shown, told


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals")
def test_the_bar_is_drawn_and_taken_away_on_a_real_terminal(make_vault: MakeVault) -> None:
    vault = make_vault({f"{n}.md": "[[Missing]]\n" for n in range(60)})
    shown, told = on_a_terminal(vault, "--output-format", "concise")
    assert re.search(rb"(reading|checking) .*\d+/60\S* notes", told)
    assert told.rstrip().endswith((b"\x1b[2K", b"\x1b[?25h"))
    assert shown.decode() == run("check", "--output-format", "concise", cwd=vault).stdout
    assert b"/60" not in on_a_terminal(vault, TERM="dumb")[1]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("A.md", True),
        ("a/b.png", True),
        ("notelint.toml", True),
        (".notelint.toml", True),
        ("a/.gitignore", True),
        (".obsidian/app.json", True),
        (".obsidian/plugins/digitalgarden/data.json", True),
        (".obsidian/workspace.json", False),
        (".git/index", False),
        (".other/undo/x", False),
        ("a/.notelint-x1y2", False),
        ("node_modules/a/README.md", False),
    ],
)
def test_watching_looks_at_what_matters(path: str, expected: bool) -> None:
    assert matters(Path(path)) is expected


# whoever runs these tests in the background has all that they start ignore interrupts
HEEDFUL = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from notelint.cli.main import main
main()
"""


@pytest.mark.slow
def test_watch_checks_again_when_the_vault_changes(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault({"A.md": "[[x/B]]\n"})
    command = [sys.executable, "-u", "-c", HEEDFUL, "check", "--watch", "--output-format", "concise"]
    command += ["--output-format", "json:report.json"]
    log = tmp_path / "log"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=vault, stdout=out, stderr=out) as process,
    ):
        try:
            _wait_for(log, "1 note checked: 1 error in 1 note.\n")
            (vault / "x").mkdir()
            (vault / "x/B.md").write_text("Text.\n")
            _wait_for(log, "2 notes checked: nothing to report.\n")
            (vault / "notelint.toml").write_text("selct = []\n")
            _wait_for(log, "notelint: ")
            (vault / "notelint.toml").unlink()
            _wait_for(log, "2 notes checked: nothing to report.\n", times=2)
            assert process.poll() is None
        finally:
            process.send_signal(2)
            assert process.wait(30) == 130
    assert len(log.read_text().splitlines()) <= 7


def _wait_for(log: Path, text: str, times: int = 1) -> None:
    for _ in range(600):
        if log.read_text().count(text) >= times:
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text())


# --- the page


def test_the_page_tells_of_every_format_and_its_example_is_true() -> None:
    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    for form in FORMATS:
        assert page.count(f"`{form}`") >= 2, form
    example = page.split("```console\n$ notelint ")[1].split("```")[0]
    command, _, output = example.partition("\n")
    assert run(*command.split(), cwd=ROOT / "notes" / "broken").stdout == output


def test_a_terminal_gets_a_table_of_what_can_be_done(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    vault = make_vault({"A.md": "[b](B c.md) [[Yet to come]]\n", "B c.md": ""})
    shown = run("check", cwd=vault).stdout.splitlines()
    assert shown[-2:] == [
        "  1 safe fix  notelint fix  changes nothing that a note says",
        "  1 info                    for information: fails no run",
    ]
    monkeypatch.setenv("COLUMNS", "40")
    assert run("check", cwd=vault).stdout.splitlines()[-2] == "  1 safe fix  notelint fix"
