"""Formats of JSON Schema: each is judged, in the way that explains as in the quick one."""

import jsonschema_rs
import pytest

from notelint.checkers.schema_formats import FORMATS, format_checker

# A format, texts that have it, and texts that have not.
VALUES = [
    ("date", ["2024-02-29", "0001-01-01"], ["2023-02-29", "2024-2-9", "4 Jan 2024", "2024-02-29T00:00:00Z", ""]),
    ("date-time", ["2024-02-29T23:59:59Z", "2024-02-29t10:00:00.5+01:30"], ["2024-02-29", "2024-02-29T25:00:00Z"]),
    ("time", ["10:00:00Z", "23:59:60Z"], ["10:00", "24:00:00Z", "10:00:00"]),
    ("duration", ["P3D", "PT36H", "P2W"], ["3 days", "P", "P1D2H"]),
    ("email", ["a.b@example.org"], ["a b@example.org", "example.org", "a@", "@b"]),
    ("idn-email", ["\u00e4@example.org"], ["\u00e4"]),
    ("hostname", ["www.example.org", "a"], ["-a.example", "a_b", "a..b"]),
    ("idn-hostname", ["b\u00fccher.example"], ["\u3002", "a..b"]),
    ("ipv4", ["127.0.0.1"], ["127.0.0", "256.1.1.1", "01.1.1.1"]),
    ("ipv6", ["::1", "fe80::1:2"], ["1::2::3", "12345::", "127.0.0.1"]),
    ("uri", ["https://e.org/a?b=c#d", "mailto:a@e.org", "urn:isbn:1"], ["https://a b", "/a", "e.org", "h\u00e4:"]),
    ("uri-reference", ["/a", "a#b", ""], ["a b", "\\a"]),
    ("uri-template", ["https://e.org/{id}"], ["https://e.org/{id"]),
    ("iri", ["https://e.org/\u00e4"], ["/\u00e4", "a b"]),
    ("iri-reference", ["/\u00e4"], ["a b"]),
    ("json-pointer", ["", "/a/0", "/a~1b"], ["a", "/a~2"]),
    ("relative-json-pointer", ["0", "1/a", "0#"], ["/a", "-1", "01"]),
    ("regex", ["^a+$"], ["(a", "[b"]),
    ("uuid", ["2eb8aa08-aa98-11ea-b4aa-73b441d16380"], ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8"]),
]


def test_each_format_has_values_here() -> None:
    assert sorted(name for name, _, _ in VALUES) == sorted(FORMATS)


@pytest.mark.parametrize(("name", "good", "bad"), VALUES, ids=[name for name, _, _ in VALUES])
def test_a_format_tells_good_from_bad(name: str, good: list[str], bad: list[str]) -> None:
    quick = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    for value in (*good, 1, None, ["x"]):
        assert format_checker().conforms(value, name)
        assert quick.is_valid(value)
    for value in bad:
        assert not format_checker().conforms(value, name)
        assert not quick.is_valid(value)


def test_text_that_is_not_unicode_has_no_format() -> None:
    assert not any(format_checker().conforms("\udce9", name) for name in FORMATS)


def test_formats_that_nobody_defines_are_left_alone() -> None:
    assert format_checker().conforms("x", "colour")
