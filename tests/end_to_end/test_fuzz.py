"""Inputs that fuzzing has found, and those that it starts from: `make fuzz` goes on from there."""

import os
import subprocess
import sys

import pytest

from notelint.note.frontmatter.parse import parse
from tests import fuzz
from tests.conftest import ROOT


@pytest.mark.parametrize("name", sorted(file.name for file in fuzz.CORPUS.glob("*.txt")))
def test_the_corpus_holds(name: str) -> None:
    target = name.partition("-")[0]
    if target == "import":
        pytest.importorskip("trafilatura")
    text = (fuzz.CORPUS / name).read_bytes().decode("utf-8", "surrogateescape")
    fuzz.TARGETS[target][0](text)


def test_every_target_has_something_to_start_from() -> None:
    assert all(fuzz.corpus(target) for target in fuzz.TARGETS)


def test_fuzzing_ends_in_time() -> None:
    environment = os.environ | {"FUZZ_SECONDS": "0.2", "FUZZ_SEED": "1", "FUZZ_TARGETS": "parse frontmatter"}
    command = [sys.executable, "-m", "tests.fuzz"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["parse", "frontmatter"], done.stderr


def test_the_oracle_agrees_where_it_can() -> None:
    text = "a: no\nb: 0o7\nd: [1, 'x', \"y\"]\ne: |\n  f\nh: {j: ~}\n"
    block = parse(f"---\n{text}---\n")
    assert block is not None
    assert fuzz.same(block.properties, fuzz.oracle(text))
    assert not fuzz.same({"a": 1}, {"a": True})
