"""A small client of the language server: JSON-RPC over the stdin and stdout of the real command."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


class Client:
    """An editor's side of a session: it sends, asks, and keeps what is published."""

    def __init__(self, root: Path, capabilities: dict[str, Any] | None = None, options: Any = None) -> None:
        command = [sys.executable, "-m", "notelint", "server"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
        self.number, self.published = 0, dict[str, Any]()
        self.asked, self.progress = list[dict[str, Any]](), list[dict[str, Any]]()
        params = {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities or {}}
        answer = self.ask("initialize", {**params, "initializationOptions": options})
        self.capabilities: dict[str, Any] = answer["capabilities"]
        self.tell("initialized", {})

    def send(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def send_together(self, bodies: list[bytes]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode())
        while (message := self.read()).get("id") != self.number:
            if message.get("method") == "textDocument/publishDiagnostics":
                self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif message.get("method") == "$/progress":
                self.progress.append(message["params"])
            elif "id" in message and "method" in message:
                self.asked.append(message)
                self.send(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": self.answer(message)}).encode())
        self.error: dict[str, Any] = message.get("error") or {}
        return message.get("result")

    @staticmethod
    def answer(message: dict[str, Any]) -> Any:
        """The editor's answer to a request of the server: it shows what it is to show, and applies nothing."""
        return {"success": True} if message["method"] == "window/showDocument" else None

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

    def change(self, uri: str, text: str, version: int = 2) -> None:
        document = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", document)

    def wait(self) -> None:
        self.ask("textDocument/definition", {"textDocument": {"uri": "file:///none.md"}, "position": at(0, 0)})

    def fixes(self, uri: str, kind: str = "quickfix") -> list[dict[str, Any]]:
        params = {"textDocument": {"uri": uri}, "range": {"start": at(0, 0), "end": at(999, 0)}}
        found: list[dict[str, Any]]
        found = self.ask("textDocument/codeAction", {**params, "context": {"diagnostics": [], "only": [kind]}})
        return found

    def end(self) -> int:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.communicate(timeout=20)
        return self.process.returncode


def at(line: int, character: int) -> dict[str, int]:
    return {"line": line, "character": character}
