"""Each request gets an answer, however malformed, early or late it is; and the exit status is the protocol's."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeVault
from tests.server.client import Client, at

pytestmark = pytest.mark.slow
INITIALIZE = {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
SHUTDOWN = {"id": 2, "method": "shutdown", "params": None}
EXIT = {"method": "exit", "params": None}
HOVER = {"id": 3, "method": "textDocument/hover", "params": {"textDocument": {"uri": "x"}, "position": at(0, 0)}}


def answers(folder: Path, *messages: dict[str, Any]) -> tuple[int, dict[int, Any]]:
    """The exit status of a session of these messages, and the error code or None by the id of each request."""
    bodies = [json.dumps({"jsonrpc": "2.0", **one}).encode() for one in messages]
    given = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "notelint", "server"]
    done = subprocess.run(command, input=given, capture_output=True, cwd=folder, timeout=60, check=False)
    found = [json.loads(part.partition(b"\r\n\r\n")[2]) for part in done.stdout.split(b"Content-Length: ")[1:]]
    return done.returncode, {one["id"]: one.get("error", {}).get("code") for one in found if "id" in one}


def test_a_request_before_the_session_or_after_it_is_refused(tmp_path: Path) -> None:
    late = {**HOVER, "id": 4}
    again = {**INITIALIZE, "id": 5}
    status, found = answers(tmp_path, HOVER, INITIALIZE, again, SHUTDOWN, late, EXIT)
    assert (status, found) == (0, {1: None, 2: None, 3: -32002, 4: -32600, 5: -32600})


def test_an_exit_that_was_not_asked_for_is_a_failure(tmp_path: Path) -> None:
    assert answers(tmp_path, INITIALIZE, EXIT) == (1, {1: None})


@pytest.mark.parametrize("params", [None, [], 7, {}, {"textDocument": 3}, {"textDocument": {"uri": 3}, "position": 1}])
def test_a_request_with_malformed_parameters_is_answered(make_vault: MakeVault, params: Any) -> None:
    client = Client(make_vault({"A.md": "x\n"}))
    for method in ("completion", "rename", "hover", "codeAction"):
        assert client.ask(f"textDocument/{method}", params) is None
        assert client.error["code"] in (-32602, -32603), method
    assert client.end() == 0
