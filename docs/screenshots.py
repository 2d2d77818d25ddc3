"""Makes the pictures of docs/report.md: the pages of the sample vaults in a real browser, light, dark and on a phone.

`python docs/screenshots.py [FOLDER]` needs Debian's Chromium, and `pip install playwright pillow`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
DESK, PHONE = {"width": 1120, "height": 900}, {"width": 360, "height": 780}
COLOURS = 256  # of a picture: a page is text on paper
NOTELINT = (sys.executable, "-m", "notelint")


@dataclass(frozen=True)
class Picture:
    """A picture: of which vault, by which command, how wide, in which colours, at which address behind `#`.

    `part` is the only element that is shown; without one, the first screen, or with `whole` the whole page.
    """

    name: str
    vault: str
    command: tuple[str, ...] = ("check",)
    size: Any = None
    scheme: Any = "light"
    address: str = ""
    part: str = ""
    whole: bool = False


PUBLISH = ("publish-report",)
PICTURES = (
    Picture("report-light", "notes/broken", whole=True),
    Picture("report-dark", "notes/broken", scheme="dark"),
    Picture("report-phone", "notes/broken", size=PHONE),
    Picture("report-phone-dark", "notes/broken", size=PHONE, scheme="dark", address="severity=error"),
    Picture("report-note", "notes/broken", address="about=Start.md"),
    Picture("report-clean", "notes"),
    Picture("report-trend", "history", ("check", "--trend", "30"), part="#trend"),
    Picture("report-publishing", "notes", PUBLISH),
    Picture("report-publishing-broken", "notes/broken", PUBLISH),
    Picture("report-publishing-dark", "notes/broken", PUBLISH, scheme="dark"),
    Picture("report-publishing-phone", "notes/broken", PUBLISH, size=PHONE),
)


def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        history = Path(scratch) / "history"
        make_history(history)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for picture in PICTURES:
            file = Path(scratch) / f"{picture.name}.html"
            vault = history if picture.vault == "history" else ROOT / picture.vault
            _run(vault, *NOTELINT, *picture.command, "--output-format", f"html:{file}", check=False)
            page = browser.new_page(viewport=picture.size or DESK, color_scheme=picture.scheme, device_scale_factor=1)
            page.goto(f"{file.as_uri()}#{picture.address}")
            shown = folder / f"{picture.name}.png"
            if picture.part:
                page.locator(picture.part).screenshot(path=shown)
            else:
                page.screenshot(path=shown, full_page=picture.whole)
            page.close()
            _compress(shown)
        browser.close()


def make_history(vault: Path) -> None:
    """Make a vault that grows by the notes of the sample vaults, full of mistakes, and is cleaned up by and by."""
    vault.mkdir()
    shutil.copy(ROOT / "notes" / "broken" / "notelint.toml", vault)
    _run(vault, "git", "init", "-q")
    notes = sorted((ROOT / "notes" / "broken").rglob("*.md"), key=lambda path: path.name)
    for month, note in enumerate(notes, 1):
        copy = vault / note.relative_to(ROOT / "notes" / "broken")
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(note, copy)
        _commit(vault, month)
    for month, fix in enumerate(([], ["--unsafe-fixes"]), len(notes) + 1):
        _run(vault, *NOTELINT, "fix", "--no-undo", *fix, check=False)
        _commit(vault, month)


def _commit(vault: Path, month: int) -> None:
    day = f"2025-{month:02}-01T12:00:00Z"
    named = {"GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day}
    _run(vault, "git", "add", "-A")
    _run(vault, "git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "notes", **named)


def _run(folder: Path, *command: str, check: bool = True, **environment: str) -> None:
    subprocess.run(command, cwd=folder, check=check, capture_output=True, env={**os.environ, **environment})


def _compress(file: Path) -> None:
    image = Image.open(file).convert("RGB").quantize(COLOURS)
    image.save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
