"""JUnit's XML, for CI systems that show tests: a suite for each note, a failed test for each diagnostic."""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import summary
from notelint.report.programs import repository_path, with_cure

_LINE_OF_COMMAND = re.compile(r"^(\s*)::", re.M)
_NO_XML = re.compile("[\ufffe\uffff]")  # the characters that XML forbids and `printable` lets through


def render(result: Result, style: ReportStyle) -> str:
    """Suites by path. What only informs (`info`) is a test that passes, and so is the run as a whole."""
    root = ET.Element("testsuites", _counts("notelint", result.diagnostics, passed=1))
    suite = ET.SubElement(root, "testsuite", _counts("notelint", (), passed=1))
    ET.SubElement(suite, "testcase", name=summary(result), classname="notelint")
    for path, some in groupby(result.diagnostics, key=lambda found: found.path):
        diagnostics = list(some)
        name = _text(repository_path(result, path))
        suite = ET.SubElement(root, "testsuite", _counts(name, diagnostics))
        for found in diagnostics:
            _case(suite, name, found)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_no_commands(ET.tostring(root, encoding="unicode"))}\n'


def _case(suite: ET.Element, name: str, found: Diagnostic) -> None:
    place = f"{found.start.line}:{found.start.column}"
    case = ET.SubElement(suite, "testcase", name=_text(f"{found.checker} at {place}"), classname=name)
    message = _text(with_cure(found))
    if found.severity is Severity.INFO:
        ET.SubElement(case, "system-out").text = message
        return
    failure = ET.SubElement(case, "failure", type=str(found.severity), message=message)
    failure.text = f"{name}:{place} {_text(found.checker)}: {message}\n{_text(found.source)}"


def _counts(name: str, diagnostics: Sequence[Diagnostic], passed: int = 0) -> dict[str, str]:
    """The attributes of a suite; `passed` are tests that are not diagnostics."""
    failed = sum(found.severity is not Severity.INFO for found in diagnostics)
    return {"name": name, "tests": str(len(diagnostics) + passed), "failures": str(failed), "errors": "0"}


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", printable(text))


def _no_commands(xml: str) -> str:
    """The same document, in which no line begins with a command to a CI system."""
    return _LINE_OF_COMMAND.sub(r"\1&#58;:", xml)
