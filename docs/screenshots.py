"""Makes the pictures of docs/report.md: the page of the sample vaults in a real browser, light, dark and on a phone.

`python docs/screenshots.py [FOLDER]` needs Debian's Chromium, and `pip install playwright pillow`.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
DESK, PHONE = {"width": 1120, "height": 900}, {"width": 360, "height": 780}
COLOURS = 128  # of a picture: a page is text on paper
# name, vault, arguments, width, colour scheme, what is behind # in the address, the whole page
PICTURES: list[tuple[str, str, tuple[str, ...], dict[str, int], Any, str, bool]] = [
    ("report-light", "broken", ("check",), DESK, "light", "", True),
    ("report-dark", "broken", ("check",), DESK, "dark", "", False),
    ("report-phone", "broken", ("check",), PHONE, "light", "", False),
    ("report-note", "broken", ("check",), DESK, "light", "about=Start.md", False),
    ("report-clean", "", ("check",), DESK, "light", "", False),
    ("report-publishing", "", ("publish-report",), DESK, "light", "", False),
]


def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, vault, arguments, size, scheme, address, whole in PICTURES:
            file = Path(scratch) / f"{name}.html"
            command = [sys.executable, "-m", "notelint", *arguments, "--output-format", f"html:{file}"]
            subprocess.run(command, cwd=ROOT / "notes" / vault, check=False, capture_output=True)
            page = browser.new_page(viewport=size, color_scheme=scheme, device_scale_factor=1)  # type: ignore[arg-type]
            page.goto(f"{file.as_uri()}#{address}")
            page.screenshot(path=folder / f"{name}.png", full_page=whole)
            page.close()
            _compress(folder / f"{name}.png")
        browser.close()


def _compress(file: Path) -> None:
    image = Image.open(file).convert("RGB").quantize(COLOURS)
    image.save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
