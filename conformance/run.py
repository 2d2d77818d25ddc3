"""Runs the kit against a tool, and prints its score.

    python conformance/run.py --resolver 'notelint resolve --vault {vault} --from {source} --output-format json {links}'
    python conformance/run.py --linter 'rumdl check --no-cache {file}'
    python conformance/run.py --lsp 'marksman server'

A resolver prints a JSON list, an object with `target` for each link. A linter is asked about a copy of the source with
the link in it, and about one without: if it says more of the first, it takes the link for dead. A language server is
asked `textDocument/definition` behind the opening of the link. Only a resolver and a server are asked for the target; a
linter is asked whether there is one, and cannot be asked about what is no link.
"""

import argparse
import json
import shlex
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

HERE = Path(__file__).resolve().parent
SECONDS = 30
Case = dict[str, Any]


def load(folder: Path = HERE) -> list[Case]:
    """The cases of the kit."""
    return [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]


def by_resolver(template: str, cases: list[Case], folder: Path = HERE) -> Iterator[tuple[Case, bool]]:
    """Each case with whether the tool names the very target."""
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        groups.setdefault((case["vault"], case["source"]), []).append(case)
    for (vault, source), group in groups.items():
        fields = {"vault": str(folder / "vaults" / vault), "source": source}
        command: list[str] = []
        for word in shlex.split(template):
            command += [one["link"] for one in group] if word == "{links}" else [word.format(**fields)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        try:
            found = [one["target"] for one in json.loads(done.stdout)]
        except (ValueError, KeyError, TypeError):
            found = ["(no answer)"] * len(group)
        yield from ((case, target == case["target"]) for case, target in zip(group, found, strict=True))


def by_linter(template: str, cases: list[Case], folder: Path = HERE) -> Iterator[tuple[Case, bool]]:
    """Each case that is a link with whether the tool takes it for dead where it is, and for alive where that is."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        shutil.copytree(folder / "vaults", root / "vaults")
        for case in cases:
            if case["status"] in ("text", "external"):
                continue
            vault = root / "vaults" / case["vault"]
            file = vault / case["source"]
            text = file.read_text("utf-8")
            said = []
            for line in (case["link"], "Word"):
                file.write_text(f"{text}\n{line}\n", "utf-8")
                command = [word.format(vault=vault, file=file) for word in shlex.split(template)]
                done = subprocess.run(command, cwd=vault, capture_output=True, text=True, timeout=SECONDS, check=False)
                said.append(len(done.stdout.splitlines()) + len(done.stderr.splitlines()))
            file.write_text(text, "utf-8")
            yield case, (said[0] > said[1]) == (case["status"] == "missing")


class Server:
    """A language server on its standard streams."""

    def __init__(self, command: str, root: Path) -> None:
        self._process = subprocess.Popen(
            shlex.split(command), cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._last = 0
        folders = [{"uri": root.as_uri(), "name": root.name}]
        self.ask(
            "initialize", {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": folders, "capabilities": {}}
        )
        self.tell("initialized", {})

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request, and wait for its answer; what the server asks meanwhile is answered with nothing."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": parameters})
        while True:
            message = self._read()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._last:
                return message.get("result")

    def close(self) -> None:
        """End the server."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.wait(SECONDS)

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _read(self) -> Any:
        stream, length = self._process.stdout, 0
        assert stream is not None
        while (line := stream.readline()).strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not line:
            raise EOFError("the server has ended")
        return json.loads(stream.read(length))


def by_server(command: str, cases: list[Case], folder: Path = HERE) -> Iterator[tuple[Case, bool]]:
    """Each case with whether the server leads to the very target."""
    for vault in sorted({case["vault"] for case in cases}):
        root = folder / "vaults" / vault
        server = Server(command, root)
        for case in (case for case in cases if case["vault"] == vault):
            document = {"uri": (root / case["source"]).as_uri()}
            text = f"{(root / case['source']).read_text('utf-8')}\n{case['link']}\n"
            opened = {**document, "languageId": "markdown", "version": 1, "text": text}
            server.tell("textDocument/didOpen", {"textDocument": opened})
            at = {"line": text.count("\n") - 1, "character": case["link"].find("[") + 2}
            found = server.ask("textDocument/definition", {"textDocument": document, "position": at})
            server.tell("textDocument/didClose", {"textDocument": document})
            yield case, _target(found, root) == case["target"]
        server.close()


def _target(found: Any, root: Path) -> str | None:
    first = found[0] if isinstance(found, list) and found else found
    if not first:
        return None
    path = Path(unquote(urlparse(first.get("uri") or first.get("targetUri")).path))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def main() -> None:
    """Print the score by how the answers are known, and the cases that fail."""
    parser = argparse.ArgumentParser(description="Runs the kit against a tool.")
    kinds = parser.add_mutually_exclusive_group(required=True)
    for name in ("resolver", "linter", "lsp"):
        kinds.add_argument(f"--{name}")
    parser.add_argument("--quiet", action="store_true", help="print the score alone")
    given = parser.parse_args()
    if given.resolver:
        results = list(by_resolver(given.resolver, load()))
    elif given.linter:
        results = list(by_linter(given.linter, load()))
    else:
        results = list(by_server(given.lsp, load()))
    right, all_of_them = Counter(c["known"] for c, ok in results if ok), Counter(c["known"] for c, _ in results)
    for case, ok in results:
        if not ok and not given.quiet:
            print(f"{case['id']}: {case['link']!a} in {case['vault']}/{case['source']}: {case['target']}")
    parts = ", ".join(f"{known} {right[known]}/{count}" for known, count in sorted(all_of_them.items()))
    print(f"{sum(right.values())} of {len(results)} right ({parts})")


if __name__ == "__main__":
    main()
