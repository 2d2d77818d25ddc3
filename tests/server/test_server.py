"""A session with the server, as an editor has it: through the real command, over its stdin and stdout."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notelint.core.text import Span
from notelint.server.positions import Positions
from tests.conftest import MakeVault, report

FILES: dict[str, str | bytes] = {
    "Kidney.md": "# Kidney\n\n## Imaging\n\nText.\n",
    "Start.md": "# Start\n\n😀 [[Kidny]] and [[Kidney#Imaging]].\n",
}


class Client:
    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "notelint", "server"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
        self.number, self.published = 0, dict[str, Any]()
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def send(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode())
        while (message := self.read()).get("id") != self.number:
            if message.get("method") == "textDocument/publishDiagnostics":
                self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message.get("result")

    def read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        assert length, "the server has ended"
        found: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return found

    def open(self, file: Path, text: str | None = None) -> str:
        text = file.read_text("utf-8") if text is None else text
        document = {"uri": file.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return file.as_uri()

    def change(self, uri: str, text: str) -> None:
        document = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", document)

    def wait(self) -> None:
        self.ask("textDocument/definition", {"textDocument": {"uri": "file:///none.md"}, "position": at(0, 0)})


def at(line: int, character: int) -> dict[str, int]:
    return {"line": line, "character": character}


@pytest.fixture
def client(make_vault: MakeVault) -> Iterator[Client]:
    one = Client(make_vault(FILES))
    yield one
    one.ask("shutdown", None)
    one.tell("exit", None)
    one.process.communicate(timeout=20)
    assert one.process.returncode == 0


def root_of(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.mark.slow
def test_diagnostics_are_those_of_check_and_unsaved_texts_count(client: Client, tmp_path: Path) -> None:
    root = root_of(tmp_path)
    start, kidney = client.open(root / "Start.md"), client.open(root / "Kidney.md")
    client.wait()
    expected = [d["checker"] for d in report(root, "Start.md")["diagnostics"]]
    assert expected
    assert [d["code"] for d in client.published[start]] == expected
    assert client.published[start][0]["range"]["start"] == at(2, 3)  # in UTF-16
    client.change(kidney, "# Kidney\n\n## Pictures\n")
    client.wait()
    assert "broken-heading-link" in [d["code"] for d in client.published[start]]


@pytest.mark.slow
def test_a_fix_and_a_definition_name_their_places(client: Client, tmp_path: Path) -> None:
    start = client.open(root_of(tmp_path) / "Start.md")
    document = {"textDocument": {"uri": start}}
    place = {"start": at(2, 5), "end": at(2, 5)}
    found = client.ask("textDocument/codeAction", {**document, "range": place, "context": {"diagnostics": []}})
    edits = [one["edit"]["documentChanges"][0]["edits"] for one in found]
    assert [{"range": {"start": at(2, 5), "end": at(2, 10)}, "newText": "Kidney"}] in edits
    there = client.ask("textDocument/definition", {**document, "position": at(2, 20)})
    assert there["uri"].endswith("/Kidney.md")
    assert there["range"]["start"] == at(2, 3)


@pytest.mark.slow
def test_malformed_messages_do_not_end_it(client: Client, tmp_path: Path) -> None:
    for body in (b"{", b"[]", b"null", b'"x"', b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":7}'):
        client.send(body)
    client.tell("no/such/method", {"a": 1})
    assert client.ask("no/such/request", {}) is None
    start = client.open(root_of(tmp_path) / "Start.md")
    client.wait()
    assert start in client.published


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_and_offsets_are_each_others_inverse(encoding: str) -> None:
    text = "a😀é\r\n\u2028b\rc\n"
    places = Positions(text, encoding)
    for offset in (0, 1, 2, 3, 5, 6, 7, 8, 9, 10):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert places.offset(places.position(offset)) == offset
    assert places.range(Span(0, 2)).end.character == {"utf-8": 5, "utf-16": 3, "utf-32": 2}[encoding]
