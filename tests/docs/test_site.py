"""The documentation as a site: it is built, reports lead into it, and it loads nothing from elsewhere."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from notelint.checkers.registry import BUILTIN, DOCUMENTATION, page_address
from tests.conftest import ROOT, MakeVault, report

CHROMIUM = shutil.which("chromium")
AXE = Path(os.environ.get("NOTELINT_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))  # npm install axe-core
PAGES = (
    "",
    "tutorials/garden/",
    "reference/configuration/",
    "reference/checkers/",
    "reference/checkers/broken-link/",
    "why-not/",
    "ci/",
)
# What a browser would fetch by itself: not links that a reader follows.
_LOADED = re.compile(r"<(?:script|img|iframe|source|link)\b[^>]*?\b(?:src|srcset|href)=[\"']?(https?:)?//[^>]*>", re.I)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    if find_spec("mkdocs") is None or find_spec("material") is None:
        pytest.skip("needs the extra `docs`, which is large and no part of `dev`")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_reports_name_addresses_of_the_site(make_vault: MakeVault) -> None:
    (found,) = report(make_vault({"Home.md": "[[Nowhere/Note]]\n"}))["diagnostics"]
    assert found["help"] == f"{DOCUMENTATION}reference/checkers/broken-link/"
    assert page_address("of-a-plugin") == ""
    assert f"site_url: {DOCUMENTATION}\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
    assert f'Documentation = "{DOCUMENTATION}"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.slow
def test_every_help_address_is_a_page(site: Path) -> None:
    for id in BUILTIN:
        file = site / page_address(id).removeprefix(DOCUMENTATION) / "index.html"
        assert f'<h1 id="{id}">' in file.read_text("utf-8")


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        loaded = [found[0] for found in _LOADED.finditer(file.read_text("utf-8"))]
        assert all('rel="canonical"' in tag or 'rel="prev"' in tag or 'rel="next"' in tag for tag in loaded), file
    for file in site.rglob("*.css"):
        assert not re.search(r"@import|url\([\"']?(https?:)?//", file.read_text("utf-8")), file


@pytest.mark.slow
def test_every_file_of_the_site_is_current_text(site: Path) -> None:
    assert not list(site.rglob("*.py"))
    text = (site / "reference" / "checkers" / "broken-link" / "index.html").read_text("utf-8")
    assert "index.md, fixed" in text
    assert "What is reported" in text


class _Quiet(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/notelint"))

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/notelint/"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
@pytest.mark.filterwarnings("default")  # of what drives the browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_has_nothing_to_complain_of(address: str, width: int, scheme: Any) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
    complaints: list[str] = []
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
        page.on("response", lambda got: complaints.append(got.url) if got.status >= 400 else None)
        for path in PAGES:
            page.goto(address + path, wait_until="networkidle")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                complaints.append(f"{path} is wider than the window")
            complaints += _violations(page) if AXE.is_file() else []
        browser.close()
    assert complaints == []


def _violations(page: Any) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{page.url}: {rule['id']} at {rule['nodes'][0]['target']}" for rule in found]
