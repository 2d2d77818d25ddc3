"""For the person who looks after a vault: one page for a browser, which needs nothing beside it.

`payload` says what is shown, `page` puts the file together; how it looks and acts stands in page.html, page.css, *.js.
"""

from collections.abc import Iterator

from msgspec import structs

from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.html.page import page
from notelint.report.html.payload import payload


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """The page in one piece, in ASCII but for its fixed pieces, the same to the byte for the same vault.

    It has to hold all findings at once, as the browser will.
    """
    yield page(payload(structs.replace(result, diagnostics=tuple(result.diagnostics)), style))
