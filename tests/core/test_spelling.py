"""Names that are one name, spelt differently, and names that are not."""

import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core import spelling
from notelint.core.fuzzy import Spellings
from notelint.core.spelling import is_surely_same, slips, spelling_key, spelling_keys

SAME = [
    ("Von Hippel-Lindau", "von hippel lindau"),
    ("Zettel-kasten", "Zettelkasten"),
    ("Paget's disease", "Pagets disease"),
    ("Paget’s disease", "Paget disease"),
    ("Ménière’s", "Meniere's"),
    ("Cyst", "cysts"),
    ("Biopsies", "Biopsy"),
    ("Abscess", "Abscesses"),
    ("ILDs", "ILD"),
    ("1.5T", "1.5 T"),
    ("Type-1", "Type 1"),
    ("T2*-weighted", "T2* weighted"),
    ("HER2\u2212", "HER2-"),
    ("PET/CT", "PET-CT"),
    ("Mass (physics)", "Mass physics"),
    ("What is X?", "What is X"),
    ("snake_case", "snake case"),
    ("soft\u00adhyphen", "softhyphen"),
]
OTHER = [
    ("HER2+", "HER2-"),
    ("HER2", "HER2-"),
    ("T2*", "T2"),
    ("C++", "C"),
    ("C#", "C"),
    ("1.5T", "15T"),
    ("T1 2", "T12"),
    ("2-3", "2/3"),
    ("<5 mm", ">5 mm"),
    ("<5 mm", "5 mm"),
    ("±3", "3"),
    ("5'", "5"),
    ("5’ UTR", "5 UTR"),
    ("CD4+ T", "CD4 T"),
    ("-5 C", "5 C"),
    (".NET", "NET"),
    ("n!", "n"),
    ("m²", "m2"),
    ("Type II", "Type I"),
    ("Hypothyroidism", "Hyperthyroidism"),
    ("Stenosis", "Stenoses"),
    ("Gas", "Ga"),
    ("Virus", "Viru"),
    ("か", "が"),
    ("й", "и"),
    ("กี", "กิ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_names(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


DOUBTFUL = [
    ("Williams", "William"),
    ("Logistics", "Logistic"),
    ("logistics", "logistic"),
    ("I.V.", "IV"),
    ("U.S.", "US"),
    ("C-4", "C4"),
    ("Schon", "Schön"),
    ("Año", "Ano"),
    ("Pâté", "Pâte"),
    ("re-sign", "resign"),
    ("Un-ionized water", "Unionized water"),
    ("We'll", "Well"),
    ("It\u2019s", "Its"),
]


@pytest.mark.parametrize(("one", "other"), DOUBTFUL)
def test_perhaps_one_name(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)
    assert not is_surely_same(one, other)
    assert not is_surely_same(other, one)


@pytest.mark.parametrize(("one", "other"), [*SAME, ("renal cysts", "Renal cyst"), ("Ménière", "Meniere")])
def test_surely_one_name(one: str, other: str) -> None:
    assert is_surely_same(one, other)
    assert is_surely_same(other, one)


@pytest.mark.parametrize("name", ["", "...", "*", "- -"])
def test_no_name(name: str) -> None:
    assert spelling_key(name) == ""


@given(st.text())
def test_every_name_has_a_key_that_blanks_and_capitals_do_not_change(name: str) -> None:
    assert spelling_key(f"  {name} ") == spelling_key(name)


@given(st.text(alphabet="aBs1 2\n", min_size=1))
def test_the_short_way_to_a_key_comes_to_the_same(name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "_PLAIN", re.compile(r"(?!)"))
        long_way = spelling_key.__wrapped__(name)
    assert spelling_key.__wrapped__(name) == long_way


@given(st.text(alphabet="aB1 -.'+*", min_size=1))
def test_digits_and_signs_are_kept(name: str) -> None:
    key = spelling_key(name)
    assert [char for char in key if char in "1+*"] == [char for char in name if char in "1+*"] or key == ""


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Zetelkasten", "Zettelkasten"),
        ("Renal cysst", "Renal cyst"),
        ("Lymphona", "Lymphoma"),
        ("Von Hippel-Lindua", "Von Hippel-Lindau"),
        ("Choelcystitis acute", "Cholecystitis acute"),
    ],
)
def test_slips(wanted: str, name: str) -> None:
    assert slips(wanted, [name, "Something else"]) == [name]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Hypothyroidism", "Hyperthyroidism"),
        ("Medulloblastoma", "Ameloblastoma"),
        ("Gastrotomy", "Gastrostomy"),
        ("Intercellular", "Intracellular"),
        ("Macroglossia", "Microglossia"),
        ("Afferent", "Efferent"),
        ("Adduction", "Abduction"),
        ("Sulphate", "Sulphite"),
        ("Red marrow reconversion", "Bone marrow conversion"),
        ("Secondary osteoporosis", "Primary osteoporosis"),
        ("Type 1", "Type 2"),
        ("HER2+", "HER2-"),
        ("CT", "CTA"),
        ("FLAIR", "FLAIL"),
    ],
)
def test_no_slips(wanted: str, name: str) -> None:
    assert slips(wanted, [name]) == []


_PIECES = st.sampled_from(
    [
        "MRI",
        "MRIs",
        "Cats",
        "classes",
        "berries",
        "x-ray",
        "is",
        "A",
        "s",
        "12",
        "3",
        "1.5T",
        "HER2-",
        "é",
        "\n",
        "-",
        " ",
    ]
)
_NAMES = st.lists(st.builds("".join, st.lists(_PIECES | st.just(" "), max_size=6)), max_size=12)


@given(_NAMES)
def test_many_names_have_the_keys_that_each_has(names: list[str]) -> None:
    assert spelling_keys(names) == [spelling_key(name) for name in names]


@pytest.mark.parametrize("name", ["Non-small cells", "GU index 66", "MRI of cats", "X-Rays", "ABCDS classes"])
def test_plain_names_have_the_keys_that_others_have(name: str) -> None:
    other = f"{name} ж"  # which is not plain
    assert spelling_key(other) == f"{spelling_key(name)}ж"


@given(_NAMES, st.lists(_PIECES, max_size=4))
def test_names_that_are_looked_through_are_those_of_the_table(names: list[str], wanted: list[str]) -> None:
    with mock.patch("notelint.core.fuzzy._SELDOM", 0):
        expected = Spellings(names).near("".join(wanted))
    assert Spellings(names).near("".join(wanted)) == expected
