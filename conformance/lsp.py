"""A language server on its standard streams, as far as asking it for definitions takes."""

import json
import queue
import shlex
import subprocess
import threading
from pathlib import Path
from typing import Any

SECONDS = 30


class Server:
    """A language server for one vault."""

    def __init__(self, command: str, root: Path) -> None:
        self._process = subprocess.Popen(
            shlex.split(command), cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._messages: queue.Queue[Any] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._last = 0
        folders = [{"uri": root.as_uri(), "name": root.name}]
        about: dict[str, Any] = {
            "processId": None,
            "rootUri": root.as_uri(),
            "workspaceFolders": folders,
            "capabilities": {},
        }
        self.ask("initialize", about)
        self.tell("initialized", {})

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request, and wait for its answer; what the server asks meanwhile is answered with nothing.

        Raises `queue.Empty` where no answer comes, and `EOFError` where the server ends.
        """
        self._last += 1
        self._send({"id": self._last, "method": method, "params": parameters})
        while True:
            message = self._messages.get(timeout=SECONDS)
            if message is None:
                raise EOFError("the server has ended")
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._last:
                return message.get("result")

    def close(self) -> None:
        """End the server."""
        try:
            self.ask("shutdown", None)
            self.tell("exit", None)
            self._process.wait(SECONDS)
        except (OSError, EOFError, queue.Empty, subprocess.TimeoutExpired):
            self._process.kill()
        self._process.wait(SECONDS)
        self._listener.join(SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        """Take what the server sends, until it ends: then None."""
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()).strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            if not line:
                break
            self._messages.put(json.loads(stream.read(length)))
        self._messages.put(None)
