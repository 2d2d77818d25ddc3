"""`notelint server`."""

import gc
from collections.abc import Callable

import click

from notelint.core.errors import NotelintError


@click.command("server")
def command() -> None:
    """Serve an editor: the Language Server Protocol on stdin and stdout.

    Editors start it by themselves. It needs the extra `lsp`.
    """
    gc.disable()  # thousands of classes are made, none of which is ever garbage
    try:
        serve = _loaded()
    finally:
        gc.enable()
    serve()


def _loaded() -> Callable[[], None]:
    """The function that serves. Raises `NotelintError` where the extra is not installed."""
    try:
        import pygls  # noqa: F401 - only whether it is installed
    except ImportError as error:
        raise NotelintError("the server needs the extra `lsp`: pip install 'notelint[lsp]'") from error
    from notelint.server.language_server import serve

    return serve
