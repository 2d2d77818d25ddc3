"""A session goes on whatever it is sent, wherever the notes lie, however columns are counted, and what else changes."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pygls import uris

from notelint.server.open_notes import OpenNotes
from notelint.server.positions import Positions
from tests.conftest import MakeVault
from tests.server.client import Client, at
from tests.server.editor import FILES, RECORDED, Editor, recorded

NOTES: dict[str, str | bytes] = {
    "Kidney.md": "# Kidney\n\n## Imaging\n",
    "Start.md": "😀 é [[Nowhere]] [[Kidney#Imaging]]\n",
}
METHODS = (
    "initialize",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/completion",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/foldingRange",
    "textDocument/documentHighlight",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/diagnostic",
    "workspace/symbol",
    "workspace/executeCommand",
    "workspace/willRenameFiles",
    "workspace/didRenameFiles",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "$/cancelRequest",
    "$/setTrace",
    "no/such/method",
)
WORDS: tuple[str, ...] = (
    "textDocument",
    "uri",
    "position",
    "line",
    "character",
    "range",
    "start",
    "end",
    "newName",
    "command",
)
WORDS += ("arguments", "files", "oldUri", "newUri", "settings", "query", "contentChanges", "text", "version", "context")


def some_value(random: Random, depth: int = 0) -> Any:
    """A value of JSON that a broken editor could send."""
    kind = random.randrange(9 if depth < 4 else 6)
    if kind == 6:
        return [some_value(random, depth + 1) for _ in range(random.randrange(4))]
    if kind > 6:
        return {random.choice(WORDS): some_value(random, depth + 1) for _ in range(random.randrange(6))}
    choices = (None, True, random.choice((-1, 0, 7, 2**31, 2**70, 1.5)), "", "file:///x/\ud800.md", "file:///%ZZ/a.md")
    return choices[kind]


def some_body(random: Random, uri: str) -> bytes:
    """A message that is not as the protocol has it: cut off, of wrong types, or about what is not there."""
    message: dict[str, Any] = {"jsonrpc": "2.0", "method": random.choice(METHODS), "params": some_value(random)}
    if random.random() < 0.5:
        place = {"line": random.choice((-1, 0, 10**9)), "character": random.choice((0, 3, 10**9))}
        more = {"newName": random.choice(("", "\n", "a/../b", "x" * 9999)), "context": some_value(random), "range": 3}
        message["params"] = {
            "textDocument": {"uri": random.choice((uri, "x", "")), "version": 9},
            "position": place,
            **more,
        }
    if random.random() < 0.5:
        message["id"] = random.choice((f"r{random.random()}", None, 10**6 + random.randrange(10**6)))
    body = json.dumps(message).encode()
    if random.random() < 0.2:
        body = body[: random.randrange(len(body))] or b"{"
    return body if random.random() < 0.9 else body.replace(b'"', b"\xff", 1)


@pytest.mark.slow
def test_a_thousand_malformed_messages_do_not_stop_it(make_vault: MakeVault) -> None:
    random, editor = Random(7), Editor(make_vault(NOTES), {})
    uri = editor.open("Start.md")
    for number in range(1000):
        body = some_body(random, uri)
        if b"shutdown" not in body and b'"exit"' not in body:
            editor.client.send(body)
        if number % 10 == 9:
            editor.client.wait()  # also reads what it says to them
    editor.open("Start.md", "[[Nowhere]]\n")
    assert editor.codes("Start.md") == ["unwritten-note"]
    (editor.root / "Start.md").write_text("x\n", "utf-8")  # nothing was written or renamed by them
    assert sorted(path.name for path in editor.root.rglob("*.md")) == ["Kidney.md", "Start.md"]
    assert editor.client.end() == 0


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_those_of_the_editor(make_vault: MakeVault, encoding: str) -> None:
    editor = Editor(make_vault(NOTES), {**FILES, "general": {"positionEncodings": [encoding]}})
    assert editor.encoding == encoding
    editor.open("Start.md")
    start = {"utf-8": 8, "utf-16": 5, "utf-32": 4}[encoding]
    assert editor.found("Start.md")[0]["range"] == {"start": at(0, start), "end": at(0, start + 11)}
    there = editor.ask("definition", "Start.md", 0, start + 20)
    assert there["uri"].endswith("/Kidney.md")
    editor.apply(editor.ask("rename", "Start.md", 0, start + 24, newName="Büchse 😀"))
    assert editor.text("Start.md") == "😀 é [[Nowhere]] [[Kidney#Büchse 😀]]\n"
    assert editor.text("Kidney.md") == "# Kidney\n\n## Büchse 😀\n"
    assert editor.client.end() == 0


@pytest.mark.slow
def test_several_vaults_in_one_session_do_not_see_each_other(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / ".obsidian").mkdir(parents=True)
        (tmp_path / name / "Kidney.md").write_text("# Kidney\n", "utf-8")
        (tmp_path / name / "Start.md").write_text("[[Kidney]]\n", "utf-8")
    editor = Editor(tmp_path, FILES)
    editor.open("one/Start.md")
    editor.open("two/Start.md", "[[Kidney]] [[New]]\n")
    editor.open("one/New.md", "new\n")
    assert editor.codes("one/Start.md") == []
    assert editor.codes("two/Start.md") == ["unwritten-note"]
    editor.apply(editor.ask("rename", "one/Start.md", 0, 4, newName="Ren"))
    assert (tmp_path / "one" / "Ren.md").exists()
    assert editor.text("one/Start.md") == "[[Ren]]\n"
    assert editor.text("two/Start.md") == "[[Kidney]] [[New]]\n"
    assert editor.client.end() == 0


def test_a_note_that_came_while_no_note_was_open_is_judged(make_vault: MakeVault) -> None:
    root, notes = make_vault(NOTES), OpenNotes()
    assert notes.put((root / "Start.md").as_uri(), 1, "x") is not None
    notes.close((root / "Start.md").as_uri())
    (root / "New.md").write_text("[[Nowhere]]\n", "utf-8")
    one = notes.put((root / "New.md").as_uri(), 1, "[[Nowhere]]\n")
    assert one is not None
    assert [found.checker for found in notes.diagnostics(one)] == ["unwritten-note"]


def test_the_home_folder_is_no_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "Note.md").write_text("[[Nowhere]]\n", "utf-8")
    assert OpenNotes().put((tmp_path / "Note.md").as_uri(), 1, "[[Nowhere]]\n") is None


@pytest.mark.parametrize(
    "uri", ["untitled:New.md", "git:/a/b.md?%7B%7D", "https://a.b/c.md", "", "x", "file:///a/b.txt"]
)
def test_what_is_not_a_note_in_a_file_is_left_alone(uri: str) -> None:
    assert OpenNotes().put(uri, 1, "[[x]]") is None


@pytest.mark.slow
def test_addresses_that_name_no_file_are_answered(make_vault: MakeVault) -> None:
    client = Editor(make_vault(NOTES), {}).client
    for uri in ("file://[::1/x.md", "file://[x]/y.md", "file:///a%00b.md", "//[", ""):
        document = {"uri": uri, "languageId": "markdown", "version": 1, "text": "[[x]]"}
        client.tell("textDocument/didOpen", {"textDocument": document})
        assert not client.ask("workspace/willRenameFiles", {"files": [{"oldUri": uri, "newUri": uri}]})
        assert client.error == {}, uri
        assert not client.ask("textDocument/documentLink", {"textDocument": {"uri": uri}})
        assert client.error == {}, uri
    assert client.end() == 0


def test_addresses_of_windows_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """VS Code encodes the colon behind a drive, others do not: both are one file."""
    monkeypatch.setattr(uris, "IS_WIN", True)
    written = ("file:///c%3A/V/A%20b.md", "file:///C:/V/A%20b.md", "file:///c:/V/A b.md")
    assert {uris.to_fs_path(one) for one in written} == {"c:\\V\\A b.md"}
    assert uris.to_fs_path("file://server/share/A.md") == "\\\\server\\share\\A.md"


@pytest.mark.slow
def test_an_address_that_is_encoded_otherwise_is_the_same_note(make_vault: MakeVault) -> None:
    """The server answers with the very address under which the editor holds a note."""
    editor = Editor(make_vault({**NOTES, "A (b).md": "# A\n\n[[Kidney]]\n"}), FILES)
    uri = (editor.root / "A (b).md").as_uri().replace("(", "%28").replace(")", "%29")
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": "# A\n\n[[Kidney]]\n"}
    editor.client.tell("textDocument/didOpen", {"textDocument": document})
    editor.open("Kidney.md")
    edit = editor.ask("rename", "Kidney.md", 2, 4, newName="Pictures")
    assert len(edit["documentChanges"]) == 2
    place = {"context": {"includeDeclaration": False}}
    found = editor.ask("references", "Kidney.md", 4, 0, **place)
    assert uri in [one["uri"] for one in found]
    assert editor.client.end() == 0


@pytest.mark.slow
def test_files_changed_by_others_count_at_once(make_vault: MakeVault) -> None:
    able = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    editor = Editor(make_vault(NOTES), able)
    editor.open("Start.md")
    assert editor.codes("Start.md") == ["unwritten-note"]
    (asked,) = [one for one in editor.client.asked if one["method"] == "client/registerCapability"]
    globs = [one["globPattern"] for one in asked["params"]["registrations"][0]["registerOptions"]["watchers"]]
    assert "**/*.md" in globs
    (editor.root / "Nowhere.md").write_text("# Nowhere\n", "utf-8")
    editor.client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///x", "type": 1}]})
    assert editor.codes("Start.md") == []
    (editor.root / "Kidney.md").unlink()
    editor.client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///x", "type": 3}]})
    assert editor.codes("Start.md") == ["unwritten-note"]
    (editor.root / "notelint.toml").write_text("select = 7\n", "utf-8")
    editor.client.tell("workspace/didChangeWatchedFiles", {"changes": []})
    assert editor.codes("Start.md") == ["unwritten-note"]  # settings that cannot be read change nothing
    assert editor.client.end() == 0


LONG: dict[str, dict[str, Any]] = {
    "textDocument/references": {"context": {"includeDeclaration": True}},
    "textDocument/rename": {"newName": "Other"},
    "textDocument/completion": {},
    "textDocument/codeAction": {"range": {"start": at(0, 0), "end": at(1, 0)}, "context": {"diagnostics": []}},
    "workspace/symbol": {"query": "n"},
    "workspace/willRenameFiles": {"files": [{"oldUri": "Kidney.md", "newUri": "Other.md"}]},
}


def _asked(editor: Editor, method: str, number: int) -> bytes:
    """A request about the link in the first line, of those that may take long."""
    params = {"textDocument": {"uri": (editor.root / "Start.md").as_uri()}, "position": at(0, 20), **LONG[method]}
    if method == "workspace/willRenameFiles":
        files = [{name: (editor.root / path).as_uri() for name, path in one.items()} for one in params["files"]]
        params = {"files": files}
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()


def _is_cancelled(editor: Editor, method: str, number: int) -> bool:
    """Ask and cancel at once; True if the answer says so."""
    cancel = {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}}
    editor.client.send_together([_asked(editor, method, number), json.dumps(cancel).encode()])
    while (answer := editor.client.read()).get("id") != number:
        pass
    return bool(answer.get("error", {}).get("code") == -32800)


@pytest.mark.slow
@pytest.mark.parametrize("method", LONG)
def test_a_long_request_can_be_cancelled_and_the_session_goes_on(make_vault: MakeVault, method: str) -> None:
    many: dict[str, str | bytes] = {f"n{number}.md": "[[Kidney#Imaging]]\n" * 50 for number in range(400)}
    editor = Editor(make_vault({**NOTES, **many}), FILES)
    editor.open("Start.md")
    editor.client.wait()
    assert any(_is_cancelled(editor, method, number) for number in range(5000, 5020))  # it may be quicker, but not ever
    assert len(editor.ask("references", "Start.md", 0, 20, context={"includeDeclaration": False})) == 20_001
    assert editor.client.end() == 0


@pytest.mark.slow
def test_a_rename_is_not_planned_for_a_text_that_is_no_longer_there(make_vault: MakeVault) -> None:
    """What is typed while it is planned makes it void; typing in another note makes it begin anew."""
    many: dict[str, str | bytes] = {f"n{number}.md": "[[Kidney]]\n" for number in range(400)}
    editor = Editor(make_vault({**NOTES, **many}), FILES)
    for path in ("Start.md", "n7.md"):
        editor.open(path)
    editor.client.wait()
    for path, number in (("Start.md", 6000), ("n7.md", 6001)):
        changed = {"uri": (editor.root / path).as_uri(), "version": 2}
        typed = {"textDocument": changed, "contentChanges": [{"text": f"x {editor.text(path)}"}]}
        tell = {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": typed}
        asked = _asked(editor, "textDocument/rename", number)
        editor.client.send_together([asked, json.dumps(tell).encode()])
        while (answer := editor.client.read()).get("id") != number:
            pass
        if path == "Start.md":
            assert answer["error"]["code"] == -32801
        else:
            edits = {one["textDocument"]["uri"]: one for one in answer["result"]["documentChanges"] if "edits" in one}
            mine = edits[(editor.root / "n7.md").as_uri()]
            assert (mine["textDocument"]["version"], mine["edits"][0]["range"]["start"]) == (2, at(0, 4))
    assert editor.client.end() == 0


@pytest.mark.slow
def test_tags_in_bodies_are_proposed_and_found(make_vault: MakeVault) -> None:
    editor = Editor(make_vault({**NOTES, "Tags.md": "x #gu/cyst and\n\n`#code`\n"}), {})
    editor.open("Start.md", "#gu/")
    assert [one["label"] for one in editor.ask("completion", "Start.md", 0, 4)["items"]] == ["gu/cyst"]
    (found,) = editor.client.ask("workspace/symbol", {"query": "#CYST"})
    assert (found["name"], found["containerName"]) == ("#gu/cyst", "Tags.md")
    assert found["location"]["range"] == {"start": at(0, 3), "end": at(0, 10)}
    assert editor.client.end() == 0


@pytest.mark.slow
def test_progress_is_shown_while_a_large_vault_is_read(make_vault: MakeVault) -> None:
    many: dict[str, str | bytes] = {f"n{number}.md": "[[Kidney]]\n" for number in range(700)}
    editor = Editor(make_vault({**NOTES, **many}), {"window": {"workDoneProgress": True}})
    editor.open("Start.md")
    editor.client.wait()
    assert [one["method"] for one in editor.client.asked] == ["window/workDoneProgress/create"]
    kinds = [one["value"]["kind"] for one in editor.client.progress]
    assert (kinds[0], kinds[-1]) == ("begin", "end")
    assert "report" in kinds
    assert editor.client.end() == 0


@pytest.mark.slow
@pytest.mark.parametrize("capabilities", RECORDED, ids=lambda file: file.stem)
def test_each_recorded_editor_can_do_all_it_asks_for(make_vault: MakeVault, capabilities: Path) -> None:
    editor = Editor(make_vault({**NOTES, "Dead.md": "See [[Nowhere]].\n"}), recorded(capabilities))
    editor.open("Start.md", "[[Kidney]] and [[Nowhere]]\n")
    editor.apply(editor.actions("Start.md", 0, 0)["Create 'Nowhere.md'"]["edit"])
    assert (editor.root / "Nowhere.md").exists()
    editor.apply(editor.ask("rename", "Start.md", 0, 4, newName="Ren"))
    assert (editor.root / "Ren.md").exists()
    assert editor.text("Start.md") == "[[Ren]] and [[Nowhere]]\n"
    for method in ("foldingRange", "documentSymbol", "codeLens", "documentLink"):
        asked = {"textDocument": {"uri": (editor.root / "Start.md").as_uri()}}
        assert isinstance(editor.client.ask(f"textDocument/{method}", asked), list), method
    assert editor.ask("completion", "Start.md", 0, 2)["items"]
    assert editor.client.end() == 0


def test_a_client_that_ends_early_leaves_no_server(make_vault: MakeVault) -> None:
    client = Client(make_vault(NOTES))
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(timeout=20) is not None
    assert client.process.stdout is not None
    client.process.stdout.close()


@pytest.mark.slow
def test_what_is_typed_in_a_note_of_megabytes_is_read_once_and_counts(make_vault: MakeVault) -> None:
    editor = Editor(make_vault(NOTES), {})
    uri = editor.open("Start.md", "## H\n\nword [[Kidney]]\n\n" * 40_000)
    editor.client.wait()
    for number in range(20):
        editor.type("Start.md", f"{editor.text('Start.md')}[[New {number}]]\n")
    assert [one["message"].split("'")[1] for one in editor.found("Start.md")] == [f"New {one}" for one in range(20)]
    assert len(editor.client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})) == 40_000
    assert editor.client.end() == 0


@pytest.mark.slow
def test_a_line_of_many_links_takes_time_in_proportion(make_vault: MakeVault) -> None:
    editor = Editor(make_vault(NOTES), {})
    uri = editor.open("Start.md", "é [[Kidney]]" * 40_000)
    links = editor.client.ask("textDocument/documentLink", {"textDocument": {"uri": uri}})
    assert links[-1]["range"]["end"] == at(0, 40_000 * 12 - 2)
    assert editor.client.end() == 0


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_line_ends_stay_as_they_are_whatever_is_edited(make_vault: MakeVault, encoding: str) -> None:
    """Every edit of a note with CRLF leaves no line end of another kind, and stands where it should."""
    files: dict[str, str | bytes] = {
        "Kidney.md": b"---\r\naliases: [Ren\xc3\xa9]\r\n---\r\n# Kidney\r\n\r\n## \xf0\x9f\x98\x80 Imaging\r\n",
        "Start.md": "😀 [[kidny]] é [[Kidney#😀 Imaging|é]]\r\n\r\nText 😀 #tagé\r\n".encode(),
    }
    able = {**FILES, "general": {"positionEncodings": [encoding]}}
    editor = Editor(make_vault(files), able)
    editor.open("Start.md")
    whole = editor.text("Start.md")
    link, tag = (Positions(whole, encoding).position(whole.index(word)) for word in ("Imaging", "tag"))
    editor.apply(editor.actions("Start.md", 0, 0)["Suppress unwritten-note here"]["edit"])
    assert editor.codes("Start.md") == []
    editor.type("Start.md", whole)
    editor.apply(editor.ask("rename", "Start.md", link.line, link.character, newName="É b"))
    assert editor.text("Start.md") == "😀 [[kidny]] é [[Kidney#É b|é]]\r\n\r\nText 😀 #tagé\r\n"
    assert (editor.root / "Kidney.md").read_bytes().endswith("# Kidney\r\n\r\n## É b\r\n".encode())
    editor.apply(editor.ask("rename", "Start.md", tag.line, tag.character, newName="other"))
    assert editor.text("Start.md").endswith("\r\n\r\nText 😀 #other\r\n")
    fix = editor.actions("Start.md", 0, 0)
    assert [title for title in fix if title.startswith("Unlink")]
    editor.apply(fix["Unlink, and keep the text"]["edit"])
    assert editor.text("Start.md") == "😀 kidny é [[Kidney#É b|é]]\r\n\r\nText 😀 #other\r\n"
    assert editor.client.end() == 0
