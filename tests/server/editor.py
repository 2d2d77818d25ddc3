"""An editor that applies edits of the workspace: it compares versions, changes buffers, makes and renames files."""

import json
from pathlib import Path
from typing import Any

from lsprotocol.types import Position
from pygls.uris import to_fs_path

from notelint.core.text import Span
from notelint.server.positions import Positions
from tests.server.client import Client, at

RECORDED = sorted(Path(__file__).with_name("capabilities").glob("*.json"))
FILES = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]}}}


def recorded(file: Path) -> dict[str, Any]:
    """The capabilities of a client, as they were recorded."""
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


class Editor:
    """An editor with some buffers open. Text is written to disk by `save` alone, or where no buffer holds it."""

    def __init__(self, root: Path, capabilities: dict[str, Any] | None = None, **options: Any) -> None:
        self.root, self.client = root, Client(root, FILES if capabilities is None else capabilities, **options)
        self.held, self.versions = dict[str, str](), dict[str, int]()
        self.encoding = self.client.capabilities.get("positionEncoding", "utf-16")

    def open(self, path: str, text: str | None = None) -> str:
        uri = self.client.open(self.root / path, text)
        self.held[uri] = (self.root / path).read_bytes().decode() if text is None else text
        self.versions[uri] = 1
        return uri

    def type(self, path: str, text: str) -> None:
        uri = (self.root / path).as_uri()
        self.held[uri], self.versions[uri] = text, self.versions[uri] + 1
        self.client.change(uri, text, self.versions[uri])

    def text(self, path: str) -> str:
        uri = (self.root / path).as_uri()
        return self.held[uri] if uri in self.held else (self.root / path).read_bytes().decode()

    def save(self) -> None:
        for uri, text in self.held.items():
            file = Path(to_fs_path(uri) or "")
            file.write_bytes(text.encode())
            self.client.tell("textDocument/didSave", {"textDocument": {"uri": uri}})

    def apply(self, edit: dict[str, Any]) -> None:
        for change in edit["documentChanges"]:
            if change.get("kind") == "rename":
                self._rename(change["oldUri"], change["newUri"])
            elif change.get("kind") == "create":
                file = Path(to_fs_path(change["uri"]) or "")
                assert not file.exists()
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(b"")
            else:
                self._edit(change)

    def _rename(self, old: str, new: str) -> None:
        Path(to_fs_path(old) or "").rename(to_fs_path(new) or "")
        if old in self.held:
            self.client.tell("textDocument/didClose", {"textDocument": {"uri": old}})
            del self.versions[old]
            self.open(str(Path(to_fs_path(new) or "").relative_to(self.root)), self.held.pop(old))

    def _edit(self, change: dict[str, Any]) -> None:
        uri = change["textDocument"]["uri"]
        assert change["textDocument"].get("version") == self.versions.get(uri)
        file = Path(to_fs_path(uri) or "")
        path = str(file.relative_to(self.root))
        text = self.text(path)
        places = Positions(text, self.encoding)
        edits = [(self._span(places, one["range"]), one["newText"]) for one in change["edits"]]
        for span, new in sorted(edits, reverse=True):
            text = text[: span.start] + new + text[span.end :]
        if uri in self.held:
            self.type(path, text)
        else:
            file.write_bytes(text.encode())

    @staticmethod
    def _span(places: Positions, given: dict[str, Any]) -> Span:
        return Span(places.offset(Position(**given["start"])), places.offset(Position(**given["end"])))

    def ask(self, method: str, path: str, line: int, column: int, **more: Any) -> Any:
        params = {"textDocument": {"uri": (self.root / path).as_uri()}, "position": at(line, column), **more}
        return self.client.ask(f"textDocument/{method}", params)

    def actions(self, path: str, line: int = 0, last: int = 999, kind: str = "quickfix") -> dict[str, dict[str, Any]]:
        params = {
            "textDocument": {"uri": (self.root / path).as_uri()},
            "range": {"start": at(line, 0), "end": at(last, 999)},
            "context": {"diagnostics": [], "only": [kind]},
        }
        return {one["title"]: one for one in self.client.ask("textDocument/codeAction", params)}

    def found(self, path: str) -> list[dict[str, Any]]:
        """The diagnostics that were published of a note, once the server has done all before."""
        self.client.wait()
        found: list[dict[str, Any]] = self.client.published[(self.root / path).as_uri()]
        return found

    def codes(self, path: str) -> list[str]:
        return [one["code"] for one in self.found(path)]
