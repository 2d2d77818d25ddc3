"""Patterns that are compiled late are patterns all the same: every one of the package is."""

import gc
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import notelint
from notelint.core import lazy_regex as module
from notelint.core.lazy_regex import lazy_regex


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile = re.compile

    def noticed(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append((pattern, flags))
        return compile(pattern, flags)

    monkeypatch.setattr(re, "compile", noticed)
    number = lazy_regex(r"(?P<digits>\d+)", re.A)
    assert not compiled
    assert number.sub("n", "1 and 23") == "n and n"
    found = number.search("a 12")
    assert found is not None
    assert found["digits"] == "12"
    assert number.fullmatch("٣") is None
    assert (number.pattern, number.groupindex) == (r"(?P<digits>\d+)", {"digits": 1})
    assert compiled == [(r"(?P<digits>\d+)", re.A)]


def test_bytes_are_searched_by_patterns_of_bytes() -> None:
    assert lazy_regex(rb"\xff+").findall(b"a\xff\xff") == [b"\xff\xff"]


@pytest.mark.parametrize("name", ["_private", "nothing"])
def test_what_no_pattern_has_is_said_of_it(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(lazy_regex("a"), name)


def test_every_pattern_of_the_package_is_one() -> None:
    for found in pkgutil.walk_packages(notelint.__path__, "notelint."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    every = [one for one in gc.get_objects() if isinstance(one, module._Lazy)]
    assert len(every) > 500
    for one in every:
        assert one.groups >= 0


def test_nothing_asks_a_match_for_its_pattern() -> None:
    sources = Path(notelint.__path__[0]).rglob("*.py")
    asking = [str(source) for source in sources if re.search(r"\w\.re\b", source.read_text("utf-8"))]
    assert asking == [str(Path(module.__file__))]  # which says why not
