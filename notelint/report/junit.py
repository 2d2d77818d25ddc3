"""JUnit's XML, for CI systems that show tests: a suite for each note, a failed test for each diagnostic."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import summary
from notelint.report.programs import repository_path, with_cure

_END = "</testsuites>"
_LINE_OF_COMMAND = lazy_regex(r"^(\s*)::", re.M)
_NO_XML = lazy_regex("[\ufffe\uffff]")  # the characters that XML forbids and `printable` lets through


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """Suites by path. What only informs (`info`) is a test that passes, and so is the run as a whole."""
    total = result.tally.total
    root = ET.Element("testsuites", _counts("notelint", total + 1, total - result.tally.severities[Severity.INFO]))
    suite = ET.SubElement(root, "testsuite", _counts("notelint", 1, 0))
    ET.SubElement(suite, "testcase", name=summary(result), classname="notelint")
    ET.indent(root)
    whole = _no_commands(ET.tostring(root, encoding="unicode"))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{whole.removesuffix(_END)}'
    for path, some in groupby(result.diagnostics, key=lambda found: found.path):
        diagnostics = list(some)
        name = _text(repository_path(result, path))
        failed = sum(found.severity is not Severity.INFO for found in diagnostics)
        suite = ET.Element("testsuite", _counts(name, len(diagnostics), failed))
        for found in diagnostics:
            _case(suite, name, found)
        ET.indent(suite, level=1)
        yield f"  {_no_commands(ET.tostring(suite, encoding='unicode'))}\n"
    yield f"{_END}\n"


def _case(suite: ET.Element, name: str, found: Diagnostic) -> None:
    place = f"{found.start.line}:{found.start.column}"
    case = ET.SubElement(suite, "testcase", name=_text(f"{found.checker} at {place}"), classname=name)
    message = _text(with_cure(found))
    if found.severity is Severity.INFO:
        ET.SubElement(case, "system-out").text = message
        return
    failure = ET.SubElement(case, "failure", type=str(found.severity), message=message)
    failure.text = f"{name}:{place} {_text(found.checker)}: {message}\n{_text(found.source)}"


def _counts(name: str, tests: int, failed: int) -> dict[str, str]:
    """The attributes of a suite of so many tests."""
    return {"name": name, "tests": str(tests), "failures": str(failed), "errors": "0"}


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", printable(text))


def _no_commands(xml: str) -> str:
    """The same document, in which no line begins with a command to a CI system."""
    return _LINE_OF_COMMAND.sub(r"\1&#58;:", xml)
