"""Draws what notelint prints at a terminal, for README and the site, in light and in dark colours.

    python docs/pictures.py [FOLDER]

Every picture is made by running the command in a copy of a sample vault: nothing is drawn by hand.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"
COLUMNS = 84
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
# Black, red, green, yellow, blue, magenta, cyan, white, each with a contrast of at least 4.5 to the background.
LIGHT = TerminalTheme(
    (250, 249, 252),
    (38, 34, 46),
    [(38, 34, 46), (176, 24, 40), (26, 112, 48), (138, 86, 0),
     (32, 84, 176), (122, 44, 160), (0, 104, 118), (96, 92, 106)],
)  # fmt: skip
DARK = TerminalTheme(
    (28, 24, 36),
    (230, 226, 238),
    [(52, 46, 66), (255, 122, 128), (126, 210, 138), (240, 194, 96),
     (130, 176, 255), (212, 156, 250), (104, 208, 220), (230, 226, 238)],
)  # fmt: skip
# rich's own form names fonts of another host: this one asks for those of the system.
FORM = """<svg class="{unique_id}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>.{unique_id}-matrix{{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;\
font-size:{char_height}px;line-height:{line_height}px;font-variant-east-asian:full-width}}
.{unique_id}-title{{font-size:18px;font-weight:bold;font-family:system-ui,sans-serif}}
{styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""


@dataclass(frozen=True)
class Picture:
    """A command and the sample vault that it is run in: what it shows, and no more than so many lines."""

    name: str
    command: tuple[str, ...]
    vault: str = "broken"  # below notes/
    lines: int = 40


PICTURES = (
    Picture("check", ("check", "Hydatid cyst.md", "Liver abscess.md")),
    Picture("diff", ("fix", "--diff", "Start.md")),
    Picture("explain", ("explain", "ambiguous-link"), lines=24),
    Picture("publish-report", ("publish-report", "--problems")),
)


def main(folder: Path = FOLDER) -> None:
    """Write all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        printed = run(picture)
        for scheme, theme in (("light", LIGHT), ("dark", DARK)):
            (folder / f"{picture.name}-{scheme}.svg").write_text(draw(picture, printed, theme, scheme), "utf-8")


def run(picture: Picture) -> str:
    """The output of the command at a terminal, as a person would see it: with its colours."""
    with tempfile.TemporaryDirectory() as scratch:
        vault = Path(scratch, "vault")
        shutil.copytree(ROOT / "notes" / picture.vault, vault, ignore=shutil.ignore_patterns("broken"))
        own = {"NOTELINT_CACHE_DIR": f"{scratch}/cache", "NOTELINT_STATE_DIR": f"{scratch}/state"}
        looks = {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1", **own}
        environment = {key: os.environ[key] for key in KEPT if key in os.environ} | looks
        command = [sys.executable, "-m", "notelint", *picture.command]
        done = subprocess.run(command, cwd=vault, env=environment, capture_output=True, encoding="utf-8", check=False)
    lines = done.stdout.rstrip("\n").split("\n")
    shown = [*lines[: picture.lines], "\x1b[2m…\x1b[0m"] if len(lines) > picture.lines else lines
    return "\n".join(shown) + "\n"


def title(picture: Picture) -> str:
    """The command as one types it."""
    return " ".join(["notelint", *(f'"{part}"' if " " in part else part for part in picture.command)])


def draw(picture: Picture, printed: str, theme: TerminalTheme, scheme: str) -> str:
    """The picture as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"\x1b[1m$ {title(picture)}\x1b[0m\n{printed}"), overflow="fold")
    id = f"notelint-{picture.name}-{scheme}"
    svg = console.export_svg(title="", theme=theme, unique_id=id, code_format=FORM)
    return "\n".join(line.strip() for line in svg.splitlines() if line.strip()) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
