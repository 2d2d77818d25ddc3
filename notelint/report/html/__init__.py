"""For the person who looks after a vault: one page for a browser, which needs nothing beside it.

`payload` says what is shown, `page` puts the file together; how it looks and acts stands in page.html, page.css, *.js.
"""

from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.html.page import page
from notelint.report.html.payload import payload


def render(result: Result, style: ReportStyle) -> str:
    """The page, in ASCII but for its fixed pieces, the same to the byte for the same vault."""
    return page(payload(result, style))
