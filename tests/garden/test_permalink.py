"""The Digital Garden's slugs and permalinks, held against what the plugin's own code answered."""

import subprocess
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.garden.permalinks import (
    Garden,
    RewriteRule,
    fails_build,
    garden_path,
    is_published,
    output_file,
    parse_rewrite_rules,
    sanitise,
    slugify,
    url_path,
)
from notelint.garden.published_properties import SWITCHES
from tests.vectors import vectors

PERMALINKS = vectors("permalinks")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Renal stones", "renal-stones"),
        ("bSSFP", "b-ssfp"),
        ("ILDs", "il-ds"),
        ("T2WI", "t2-wi"),
        ("CO2", "co-2"),
        ("1.5T", "1-5-t"),
        ("HbA1c", "hb-a1c"),
        ("18F-FDG", "18-f-fdg"),
        ("A & B", "a-and-b"),
        ("Bull’s eye", "bull-s-eye"),
        ("Sjögren", "sjoegren"),
        (unicodedata.normalize("NFD", "Sjögren"), "sjoegren"),
        ("β-hCG", "v-h-cg"),
        ("μ", "m"),
        ("µ", ""),
        ("C++", "c"),
        ("肾", ""),
        ("١٢", "12"),
        ("", ""),
    ],
)
def test_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_slugs_of_the_original() -> None:
    wrong = [(text, slugify(text), slug) for text, slug in vectors("slugs")["slugs"] if slugify(text) != slug]
    assert not wrong


@given(st.text())
def test_slug_is_safe_in_an_address(text: str) -> None:
    slug = slugify(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug
    assert slug == slugify(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("kind", PERMALINKS["paths"])
def test_permalinks_of_the_original(kind: str) -> None:
    for path, permalink, unslugified in PERMALINKS["paths"][kind]:
        assert "/" + url_path(path) == permalink
        assert "/" + url_path(path, slugify_enabled=False) == unslugified


@pytest.mark.parametrize(("written", "permalink"), PERMALINKS["own_permalinks"])
def test_sanitised_permalinks_of_the_original(written: str, permalink: str) -> None:
    assert sanitise(written) == permalink


@pytest.mark.parametrize("case", PERMALINKS["rewrite_rules"])
def test_rewrite_rules_of_the_original(case: dict[str, Any]) -> None:
    rules = parse_rewrite_rules(case["rules"])
    assert garden_path(case["path"], rules) == case["garden_path"]
    assert (case["garden_path"] != case["path"]) is case["written"]
    assert Garden(rules).permalink(case["path"], {}) == case["permalink"]


def test_switches_of_the_original() -> None:
    assert list(PERMALINKS["switches"]) == list(SWITCHES)


@pytest.mark.parametrize("case", vectors("published-heads")["heads"])
def test_published_notes_of_the_original(case: dict[str, Any]) -> None:
    rules = parse_rewrite_rules(case.get("settings", {}).get("pathRewriteRules", ""))
    assert is_published(case["properties"]) is case["published"]
    assert Garden(rules).permalink(case["path"], case["properties"]) == case["head"]["permalink"]


def test_rules_are_split_at_colons_and_never_trimmed() -> None:
    assert parse_rewrite_rules("A:B:C\nnone\n x : y \n:\n") == (
        RewriteRule("A", "B"),
        RewriteRule(" x ", " y "),
        RewriteRule("", ""),
    )
    assert parse_rewrite_rules("") == ()


def test_what_decides_about_a_permalink() -> None:
    garden = Garden(parse_rewrite_rules("10_Work:"))
    assert garden.permalink("10_Work/My Note.md", {}) == "/my-note/"
    assert garden.permalink("10_Work/My Note.md", {"dg-path": "Rad/1.5T MRI.md"}) == "/rad/1-5-t-mri/"
    assert garden.permalink("10_Work/My Note.md", {"dg-path": "x.md", "dg-permalink": "My/Own"}) == "/My/Own/"
    assert garden.permalink("10_Work/My Note.md", {"dg-path": "", "dg-permalink": None}) == "/my-note/"
    assert garden.permalink("10_Work/My Note.md", {"dg-path": 7, "dg-permalink": ["x"]}) == "/my-note/"
    assert Garden(slugify_enabled=False).permalink("A b/C d.md", {}) == "/A b/C d/"


def test_an_extension_is_whatever_follows_the_last_dot() -> None:
    assert url_path("v1.2/Note") == "v1/"
    assert url_path("Board v1.2.canvas") == "board-v1-2.canvas/"
    assert url_path("肾/结石.md") == "//"


@pytest.mark.parametrize("value", [True, "no", "off", "False", 1, 0.5, [], {}, [0]])
def test_published(value: object) -> None:
    assert is_published({"dg-publish": value})


@pytest.mark.parametrize("value", [False, "false", "", 0, 0.0, float("nan"), None])
def test_unpublished(value: object) -> None:
    assert not is_published({"dg-publish": value})
    assert not is_published({})


@pytest.mark.parametrize(
    ("permalink", "file"),
    [
        ("/x/", "x/index.html"),
        ("/x//", "x/index.html"),
        ("//x/", "x/index.html"),
        ("/X/", "X/index.html"),
        ("/", "index.html"),
        ("//", "index.html"),
        ("", "index.html"),
        ("/404.html", "404.html"),
        ("/a.html/", "a.html/index.html"),
    ],
)
def test_output_file(permalink: str, file: str) -> None:
    assert output_file(permalink) == file


def test_the_map_is_read_at_first_use_only() -> None:
    code = (
        "from notelint.garden import permalinks as p; p.slugify('a & B'); "
        "assert p._transliteration.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


KNOWN = {"rules_known": True, "slugify_known": True}


@pytest.mark.parametrize(
    ("settings", "properties", "possible"),
    [
        (KNOWN, {}, ("/my-note/",)),
        ({**KNOWN, "slugify_enabled": False}, {}, ("/My Note/",)),
        ({"rules_known": True, "slugify_known": False}, {}, ("/my-note/", "/My Note/")),
        ({"rules_known": False, "slugify_known": True}, {}, ()),
        ({"rules_known": False, "slugify_known": True}, {"dg-path": "Other.md"}, ("/other/",)),
        ({"rules_known": False, "slugify_known": False}, {"dg-permalink": "x"}, ("/x/",)),
    ],
)
def test_addresses_are_known_as_far_as_settings_are(
    settings: dict[str, Any], properties: dict[str, str], possible: tuple[str, ...]
) -> None:
    """DG-S1: one address where all is known, two where slugs alone are open, none where rules may move the note."""
    assert Garden(**settings).possible_permalinks("My Note.md", properties) == possible


@pytest.mark.parametrize(
    ("permalink", "fails"), [("/a/", False), ("/a", True), ("/a.html", False), ("/a.b/c", True), ("/", False)]
)
def test_addresses_that_fail_the_build(permalink: str, fails: bool) -> None:
    """DG-U7."""
    assert fails_build(permalink) is fails
