"""Ids of headings on GitHub, held against what github-slugger 2 makes of the same texts."""

import sys
import unicodedata

import pytest

from notelint.garden.heading_ids import Ids, github_ids, ids_of_generators

# Texts and slugs: scripts with combining marks, emoji with their selectors and joiners, digits of all sorts.
SLUGS = [
    (
        "Thai \u0e19\u0e34\u0e48\u0e27\u0e43\u0e19\u0e16\u0e38\u0e07\u0e19\u0e49\u0e33\u0e14\u0e35",
        "thai-\u0e19\u0e34\u0e48\u0e27\u0e43\u0e19\u0e16\u0e38\u0e07\u0e19\u0e49\u0e33\u0e14\u0e35",
    ),
    (
        "\u0939\u093f\u0928\u094d\u0926\u0940 \u0936\u0940\u0930\u094d\u0937\u0915",
        "\u0939\u093f\u0928\u094d\u0926\u0940-\u0936\u0940\u0930\u094d\u0937\u0915",
    ),
    ("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd"),
    ("\u26a0\ufe0f Caution", "\ufe0f-caution"),
    ("1\ufe0f\u20e3 Step", "1\ufe0f\u20e3-step"),
    ("\xb2 \xbd \u2460", "--"),
    ("Gr\xf6\xdfe & Ma\xdf", "gr\xf6\xdfe--ma\xdf"),
    ("\xdcn\xefcode", "\xfcn\xefcode"),
    ("\u0130stanbul", "i\u0307stanbul"),
    ("\u0391\u03a3 \u03a3", "\u03b1\u03c2-\u03c3"),
    ("\ud55c\uad6d\uc5b4 \uc81c\ubaa9", "\ud55c\uad6d\uc5b4-\uc81c\ubaa9"),
    ("\u6cbb\u7597", "\u6cbb\u7597"),
    (
        "\u0627\u0644\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u064e\u0651\u0629",
        "\u0627\u0644\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u064e\u0651\u0629",
    ),
    ("\U0001f469\u200d\u2695\ufe0f Doctor", "\ufe0f-doctor"),
    ("\U0001f6e0\ufe0f tools", "\ufe0f-tools"),
    ("a_b-c d", "a_b-c-d"),
    ("C++ & C#", "c--c"),
    ("\u201cquoted\u201d", "quoted"),
    ("x\u2014y\u2013z", "xyz"),
    ("\u65e5\u672c\u8a9e\uff08\u306b\u307b\u3093\u3054\uff09", "\u65e5\u672c\u8a9e\u306b\u307b\u3093\u3054"),
    ("\u0939\u093f\u0928\u094d\u0926\u0940\u200c zwnj", "\u0939\u093f\u0928\u094d\u0926\u0940-zwnj"),
    ("\u0e44\u0e17\u0e22\u200dzwj", "\u0e44\u0e17\u0e22zwj"),
    ("\xb5 \u03bc", "\xb5-\u03bc"),
    ("\U0001f1e9\U0001f1ea flag", "-flag"),
    ("\u0928\u092e\u0938\u094d\u0924\u0947", "\u0928\u092e\u0938\u094d\u0924\u0947"),
    ("e\u0301", "e\u0301"),
    ("\xc5", "\xe5"),
    ("\ufb01", "\ufb01"),
    ("\u2163", "\u2173"),
    ("\u0663", "\u0663"),
    ("\u07c0", "\u07c0"),
    ("\U0001d49c", "\U0001d49c"),
    ("\U0001f600", ""),
    ("a  b", "a--b"),
]


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_ids_as_github_slugger_makes_them(text: str, slug: str) -> None:
    assert github_ids([text]) == [slug]


def test_kinds_of_characters() -> None:
    """Letters, marks, decimal digits and connectors stay, all else goes; of scripts that are new, what GitHub knows."""
    stays = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"}
    wrong, missed = [], 0
    for code in range(0x80, sys.maxunicode + 1, 7):
        char = chr(code)
        category = unicodedata.category(char)
        if category in ("Cn", "Cs", "Co") or char != char.lower():
            continue
        is_kept = github_ids([f"x{char}x"]) == [f"x{char}x"]
        if is_kept and category not in stays:
            wrong.append((hex(code), category))
        is_ideograph = unicodedata.name(char, "").startswith("CJK UNIFIED")  # thousands come with a version of Unicode
        missed += category in stays and not is_kept and not is_ideograph
    assert len(wrong) < 20, wrong
    assert missed < 200


def test_the_same_id_twice() -> None:
    assert github_ids(["\u0e01\u0e34", "\u0e01\u0e34", "x"]) == ["\u0e01\u0e34", "\u0e01\u0e34-1", "x"]


def test_ids_of_other_generators() -> None:
    """As Python-Markdown's `toc` and VitePress make them."""
    headings = ["Install & run", "Install & run", "\u00dcn\u00efc\u00f6de h\u00e9ad", "1. `code`: *what*?", "\u6f22"]
    assert ids_of_generators(headings) == {
        Ids.PYTHON: ["install-run", "install-run_1", "unicode-head", "1-code-what", ""],
        Ids.VITEPRESS: ["install-run", "install-run-1", "unicode-head", "_1-code-what", "\u6f22"],
    }
