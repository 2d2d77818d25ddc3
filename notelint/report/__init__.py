"""How a result is shown. One format is one module with `render(result, style) -> str`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from notelint.result import Result

FORMATS = ("text", "concise", "json")


@dataclass(frozen=True)
class Style:
    """How much a terminal can show."""

    colour: bool = False


def renderer(name: str) -> Callable[[Result, Style], str]:
    """The function that renders a result in the format of this name (one of `FORMATS`)."""
    render: Callable[[Result, Style], str] = import_module(f"notelint.report.{name}").render
    return render
