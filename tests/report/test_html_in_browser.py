"""The page in a real browser: filters and address, keys, colour schemes, accessibility, and nothing in the console."""

import json
import os
import shutil
import subprocess
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
    """Messages of the console."""
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


def committed(root: Path, message: str) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (["add", "-A"], ["commit", "-qm", message]):
        subprocess.run(["git", *names, *arguments], cwd=root, check=True)


@pytest.fixture(scope="module")
def pages(report: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind: with findings and a trend, of what publishing would do, of an empty vault, of remarks."""
    folder = tmp_path_factory.mktemp("pages")
    vaults: dict[str, dict[str, str]] = {
        "trend": {"A.md": "[[Gone/x]] [[B]]\n", "B.md": "# B\n\n[[A#None]]\n", "In/C.md": "Text.\n"},
        "publishing": {
            "A.md": "---\ndg-publish: true\nmood: odd\n---\n[[B]] [[B|again]] ![[C]] [[D]] [[Gone/x]]\n",
            "B.md": "[[C]] [[D]]\n",
            "C.md": "Private.\n",
            "In/D.md": "---\ndg-publish: false\n---\nText.\n",
        },
        "empty": {},
        "remarks": {"A.md": "[[Not written]]\n"},
    }
    made = {"check": report}
    for name, notes in vaults.items():
        root = folder / name
        (root / ".obsidian").mkdir(parents=True)
        for path, text in notes.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text, "utf-8")
        arguments = ["publish-report"] if name == "publishing" else ["check", "--no-cache", "--allow-empty"]
        if name == "trend":
            subprocess.run(["git", "init", "-q"], cwd=root, check=True)
            committed(root, "one")
            (root / "B.md").write_text("# B\n", "utf-8")
            committed(root, "two")
            arguments += ["--trend", "5"]
        made[name] = folder / f"{name}.html"
        assert run(*arguments, "--output-format", f"html:{made[name]}", cwd=root).exit_code in (0, 1)
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", ["check", "trend", "publishing", "empty", "remarks"])
def test_it_fits_and_has_no_violation(
    browser: Any, pages: dict[str, Path], said: list[str], name: str, scheme: str, width: int
) -> None:
    page = opened(browser, pages[name], said, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if not Path(AXE).is_file():
        pytest.skip("needs axe-core: `npm install axe-core`, or its axe.min.js in NOTELINT_AXE")
    page.evaluate(Path(AXE).read_text("utf-8"))
    for address in ("", "page=broken-link", "about=Good.md", "about=A.md"):
        page.evaluate(f"location.hash = {json.dumps(address)}")
        page.wait_for_timeout(150)
        found = page.evaluate("axe.run()")
        assert [(one["id"], [node["html"] for node in one["nodes"]][:2]) for one in found["violations"]] == []
    assert said == []
    page.close()


def test_a_trend_says_in_words_what_its_lines_show(browser: Any, pages: dict[str, Path], said: list[str]) -> None:
    page = opened(browser, pages["trend"], said)
    told = [line.get_attribute("aria-label") for line in page.locator("svg.line").all()]
    assert told[0] == "all: from 2 to 1 over 2 commits, at least 1, at most 2"
    assert page.locator("#trend details tbody tr").count() == 2
    assert said == []
    page.close()


def test_the_publishing_page_says_what_each_note_brings(browser: Any, pages: dict[str, Path], said: list[str]) -> None:
    page = opened(browser, pages["publishing"], said)
    rows = [" ".join(row.inner_text().split()) for row in page.locator("#wishes tbody tr").all()]
    assert rows[0].startswith("B.md 2 1 ")
    assert any(row.startswith("In/D.md 1 1 ") and row.endswith("dg-publish is set to false") for row in rows)
    assert "C" in page.inner_text("#leaks")
    assert "mood" in page.inner_text("#properties")
    page.fill("#address-search", "nowhere")
    assert page.inner_text("#addresses [role=status]") == "0 addresses"
    assert said == []
    page.close()


def test_all_causes_and_their_places_are_printed(browser: Any, pages: dict[str, Path], said: list[str]) -> None:
    page = opened(browser, pages["check"], said)
    before = page.locator(".cause").count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".cause").count() > before
    assert page.locator(".cause details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".cause > div > details[open]").count() == 0
    assert said == []
    page.close()
