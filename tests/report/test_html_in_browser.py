"""The page in a real browser: filters and address, keys, colour schemes, accessibility, and nothing in the console."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, run
from tests.report.test_html import HOSTILE

CHROMIUM = shutil.which("chromium")
AXE = os.environ.get("NOTELINT_AXE", str(ROOT / "node_modules" / "axe-core" / "axe.min.js"))  # npm install axe-core
playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.filterwarnings("default"),  # of what drives the browser
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vault = tmp_path_factory.mktemp("hostile")
    notes = {**HOSTILE, **{f"Many/Note {n}.md": "[[Gone/x]]\n\n[[Gone/y]]\n" for n in range(60)}}
    (vault / ".obsidian").mkdir()
    for path, content in notes.items():
        (vault / path).parent.mkdir(parents=True, exist_ok=True)
        (vault / path).write_bytes(content.encode() if isinstance(content, str) else content)
    run("check", "--no-cache", "--output-format", f"html:{vault.parent / 'report.html'}", cwd=vault)
    return vault.parent / "report.html"


@pytest.fixture
def said() -> list[str]:
    """What the console says."""
    return []


def opened(browser: Any, report: Path, said: list[str], address: str = "", **how: Any) -> Any:
    page = browser.new_page(**how)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{report.as_uri()}#{address}")
    return page


def test_filters_stand_in_the_address_and_come_from_it(browser: Any, report: Path, said: list[str]) -> None:
    page = opened(browser, report, said)
    page.select_option("#folder", "Many")
    assert "folder=Many" in page.url
    assert page.inner_text("#count").startswith("120 of")
    page.fill("#q", "note 7.md")
    page.wait_for_timeout(400)  # the policy lets nothing wait in the page
    assert "q=note+7.md" in page.url
    assert page.inner_text("#count").startswith("12 of")
    again = opened(browser, report, said, page.url.partition("#")[2])
    assert again.inner_text("#count") == page.inner_text("#count")
    page.go_back()
    assert page.input_value("#folder") == ""
    assert said == []
    page.close()
    again.close()


def test_keys_move_search_and_open_a_note(browser: Any, report: Path, said: list[str]) -> None:
    page = opened(browser, report, said)
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = "document.activeElement.dataset.note"
    note = page.evaluate(focused)
    page.keyboard.press("o")
    assert page.locator("dialog[open]").count() == 1
    assert page.locator("dialog svg.neighbours").count() == 1
    assert "about=" in page.url
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert page.locator("dialog").count() == 0
    assert "about=" not in page.url
    assert note
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert said == []
    page.close()


def test_hostile_text_is_text(browser: Any, report: Path, said: list[str]) -> None:
    page = opened(browser, report, said)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")  # all findings
    assert page.locator("img, iframe, script[src], svg[onload]").count() == 0
    assert "onerror=alert(1)" in page.inner_text("#list")
    assert said == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_it_fits_and_has_no_violation(browser: Any, report: Path, said: list[str], scheme: str, width: int) -> None:
    page = opened(browser, report, said, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if not Path(AXE).is_file():
        pytest.skip("needs axe-core: `npm install axe-core`, or its axe.min.js in NOTELINT_AXE")
    page.evaluate(Path(AXE).read_text("utf-8"))
    for address in ("", "page=broken-link", "about=Good.md"):
        page.evaluate(f"location.hash = {json.dumps(address)}")
        page.wait_for_timeout(150)
        found = page.evaluate("axe.run()")
        assert [(one["id"], [node["html"] for node in one["nodes"]][:2]) for one in found["violations"]] == []
    assert said == []
    page.close()
