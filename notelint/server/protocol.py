"""Manners of the protocol that pygls leaves out: each request gets an answer, a malformed or early one too."""

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCNotification, RPCRequest

_DROPPED = "$/notelint/dropped"  # a notification that nobody handles
_BEFORE = (types.INITIALIZE, types.EXIT)


class AnsweringProtocol(LanguageServerProtocol):
    """The language server protocol, in which no request waits for ever."""

    _began = False

    @property
    def has_ended(self) -> bool:
        """True once the editor has asked to end the session."""
        return self._shutdown

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message of its type. What is malformed is answered if it is a request, and has no other consequence."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            id = data.get("id")
            if "method" in data and isinstance(id, str | int):
                self._refuse(id, types.ErrorCodes.InvalidParams, f"malformed parameters: {error.message}")
            return JsonRPCNotification(_DROPPED, "2.0", None)

    def handle_message(self, message: Any) -> None:
        """Have a message handled, unless it comes before the session has begun, begins it again, or after its end."""
        method = getattr(message, "method", None)
        is_early = not self._began and method is not None and method not in _BEFORE
        if is_early or (self._began and method == types.INITIALIZE) or (self._shutdown and method != types.EXIT):
            if isinstance(message, RPCRequest):
                code = types.ErrorCodes.ServerNotInitialized if is_early else types.ErrorCodes.InvalidRequest
                self._refuse(message.id, code, f"{method} cannot be asked now")
            return
        self._began = self._began or method == types.INITIALIZE
        super().handle_message(message)

    def _refuse(self, id: str | int, code: types.ErrorCodes, why: str) -> None:
        self._send_response(id, error=types.ResponseError(code, why))
