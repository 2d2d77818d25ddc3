"""Profiles: what a guessed one and a declared one ask for, of whom sections are asked, and one that extends another."""

from pathlib import Path

import pytest

from notelint.config.profiles import load_profile, load_profiles
from notelint.core.errors import NotelintError
from notelint.note.note import Note
from notelint.note.profile import title_key
from notelint.note.profile_matching import Profiles
from notelint.note.sections import asked, has_callout
from tests.conftest import MakeVault, report, run

THREE = "# Osteo\n\n## Concept\n\nOf bone.\n\n## Causes\n\nNone.\n\n## Imaging\n\nLucent.\n"
SHIPPED = ("disease", "sign", "physics", "index", "imported-article")


def told(vault: Path) -> list[tuple[str, str]]:
    return [(one["checker"], one["severity"]) for one in report(vault)["diagnostics"]]


def test_a_guessed_profile_informs_and_a_declared_one_fails(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": THREE})
    assert told(vault) == [("missing-section", "info")]
    assert run("check", cwd=vault).exit_code == 0
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "A.md").read_text("utf-8") == THREE  # nobody asked for a section there
    (vault / "A.md").write_text(f"---\ntype: disease\n---\n{THREE}", "utf-8")
    assert told(vault) == [("missing-section", "error")]
    run("fix", "--unsafe-fixes", cwd=vault)
    assert "## Differentials" in (vault / "A.md").read_text("utf-8")


def test_a_path_declares_and_a_chosen_severity_counts(make_vault: MakeVault) -> None:
    by_path = {
        "p.toml": 'extends = "disease"\nmatch = { paths = ["Bones/"] }\n',
        "notelint.toml": 'profiles = ["p.toml"]\n',
    }
    assert told(make_vault({**by_path, "Bones/A.md": THREE})) == [("missing-section", "error")]


def test_a_severity_of_the_configuration_counts_for_guesses_too(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": '[severity]\nmissing-section = "warning"\n', "A.md": THREE})
    assert told(vault) == [("missing-section", "warning")]


def test_one_line_makes_no_import_and_two_are_a_signature() -> None:
    profiles = Profiles(load_profiles(SHIPPED, Path()))
    byline = "Cyst\n\nLast revised by Ann O. Nym on 4 Jan 2022\n\nText.\n"
    assert profiles.of(Note("A.md", byline)) is None
    signed = profiles.of(Note("A.md", f"{byline}\nADVERTISEMENT: Supporters see fewer/no ads\n"))
    assert signed is not None
    assert (signed.name, signed.guessed) == ("imported-article", False)
    assert profiles.of(Note("A.md", f"{byline}\n{byline}")) is None  # the same line twice proves no more


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_signature_lines_are_found_whatever_ends_a_line(end: str) -> None:
    profiles = Profiles(load_profiles(SHIPPED, Path()))
    text = "Cyst\n\nLast revised by Ann O. Nym on 4 Jan 2022\n\nText.\n\nADVERTISEMENT: Supporters see fewer/no ads\n"
    signed = profiles.of(Note("A.md", text.replace("\n", end)))
    assert signed is not None
    assert signed.name == "imported-article"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_note_without_signature_lines_is_asked_once_for_all_of_them(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not each line for each pattern: whole vaults have lines that end in CR LF."""
    profiles = Profiles(load_profiles(SHIPPED, Path()))
    note = Note("A.md", f"# Cyst{end}{end}Text.{end}" * 20)
    assert profiles.of(note) is None  # what is compiled late is there from now on
    monkeypatch.setattr("notelint.note.profile_matching._LINE_END", None)  # no line is looked at by itself
    assert profiles.of(note) is None


def test_a_guess_is_remembered_as_one(make_vault: MakeVault) -> None:
    vault = make_vault({f"{n}.md": THREE for n in range(3)})
    first = told(vault)
    assert told(vault) == first == [("missing-section", "info")] * 3
    (vault / "1.md").write_text(f"---\ntype: disease\n---\n{THREE}", "utf-8")
    assert sorted(told(vault)) == [("missing-section", "error"), *[("missing-section", "info")] * 2]


def imported(body: str, properties: str = "") -> Note:
    return Note(
        "A.md", f"---\ntype: imported-article\n{properties}---\n{body}", load_profile("imported-article", Path())
    )


@pytest.mark.parametrize(
    ("body", "properties", "medical"),
    [
        ("# The Thirty Years' War\n\n## Background\n\n## Causes\n\n## References\n", "", False),
        ("# A loaf\n\nFeed it.\n", "source: https://example.org/radiopaedia.org\n", False),
        ("# A loaf\n\nFeed it.\n", "source: https://notradiopaedia.org/x\n", False),
        ("# Parsers\n\n## Introduction\n\nThe diagnosis of syntax errors.\n\n## Evaluation\n", "", False),
        ("The patient gardener\n\nBlack spots are a symptom; cut the lesions off.\n", "", False),
        ("word " * 4000 + "patients tumour malignant biopsy lesion", "", False),
        ("Stones\n", "source: https://radiopaedia.org/articles/stones\n", True),
        ("Stones\n", "source: https://www.NCBI.nlm.nih.gov/books/1\n", True),
        ("Stones\n", "site: Radiopaedia\n", True),
        ("# Stones\n\n## 3. Radiographic features\n\nWhite.\n", "", True),
        ("Stones\n\nDifferential diagnosis\n\nText.\n", "", True),
        ("A benign tumour of the kidney. CT scans show calcifications; biopsy is rarely needed.\n", "", True),
    ],
)
def test_sections_are_asked_of_medical_imports(body: str, properties: str, medical: bool) -> None:
    assert bool(asked(imported(body, properties))) == medical


def test_an_import_of_another_field_is_asked_for_its_frontmatter_only(make_vault: MakeVault) -> None:
    note = "---\ntype: imported-article\ntitle: Bread\nsource: https://example.org/bread\n---\n# Bread\n\nFlour.\n"
    vault = make_vault({"A.md": note, "B.md": note.replace("# Bread", "## Radiographic features")})
    assert told(vault) == [("missing-section", "error")] * 3
    assert [one["path"] for one in report(vault)["diagnostics"]] == ["B.md"] * 3
    run("fix", "--unsafe-fixes", "A.md", cwd=vault)
    assert (vault / "A.md").read_text("utf-8") == note


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("> [!summary]\n> Text.\n", True),
        ("> [!TLDR]- What it is\n", True),
        ("> [!summary|wide]+\n> - one\n", True),
        ("> > [!abstract]\n> > Text.\n", True),
        ("> [!info] Definition #todo\n> Text.\n", True),
        ("> [!info] Definition\n\nText.\n", False),
        ("> [!info]\n> Text.\n", False),
        ("> [!summary]\n\nText.\n", False),
        ("> [!summary]\n>\n", False),
        ("```\n> [!summary]\n> Text.\n```\n", False),
        ("[!summary] Text.\n", False),
    ],
)
def test_a_callout_that_says_something_does_for_a_section(text: str, does: bool) -> None:
    concept = load_profile("disease", Path()).sections[0]
    assert has_callout(Note("A.md", text), concept) == does


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Differentials #ddx", True),
        ("#todo Differentials #a/b-c", True),
        ("1️⃣ Differentials", True),
        ("ℹ️ Differentials", True),  # a letter to Unicode
        ("🩻🔍 **Differentials**", True),
        ("IV. Differentials", True),
        ("(2) Differentials", True),
        ("3.1 Differentials:", True),
        ("_Differentials_ (by pattern) ^id", True),
        ("Differentials C#", False),
        ("Differentials #", True),
        ("Vitamin C. Differentials", False),
        ("Differentials 2", False),
        ("Mild differentials", False),
    ],
)
def test_titles_are_compared_without_their_trimmings(written: str, same: bool) -> None:
    assert (title_key(written) == title_key("Differentials")) == same


def test_accents_count_however_they_are_encoded() -> None:
    assert title_key("A\u0308tiologie") == title_key("\u00c4tiologie") == "\u00e4tiologie"


def test_a_title_more_is_one_line(make_vault: MakeVault) -> None:
    note = "---\ntype: disease\n---\n## Concept\n\nx\n\n## Causes\n\nx\n\n## Bildgebung\n\nx\n\n## Differentials\n\nx\n"
    vault = make_vault({"A.md": note})
    assert told(vault) == [("missing-section", "error")]
    (vault / "mine.toml").write_text('extends = "disease"\nsynonyms.Imaging = ["Bildgebung"]\n', "utf-8")
    (vault / "notelint.toml").write_text('profiles = ["mine.toml"]\n', "utf-8")
    assert told(vault) == []


@pytest.mark.parametrize("order", [["disease", "mine.toml"], ["mine.toml", "disease"], ["mine.toml"]])
def test_an_own_profile_takes_the_place_of_a_shipped_one(tmp_path: Path, order: list[str]) -> None:
    (tmp_path / "mine.toml").write_text('extends = "disease"\nsynonyms.Imaging = ["Bildgebung"]\n', "utf-8")
    (only,) = load_profiles(order, tmp_path)
    base = load_profile("disease", tmp_path)
    section = only.section("Bildgebung")
    assert section is not None
    assert (section.name, only.section("Imaging findings")) == ("Imaging", section)
    assert [one.name for one in only.sections] == [one.name for one in base.sections]
    assert only.match == base.match


def test_what_an_extending_profile_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(
        'name = "base"\nselect = ["empty-section"]\ntemplate = { type = "x" }\nmatch = { headings = 2 }\n'
        '[[section]]\nname = "One"\nsynonyms = ["First"]\n[[section]]\nname = "Two"\nmin-words = 5\n',
        "utf-8",
    )
    (tmp_path / "middle.toml").write_text('extends = "base.toml"\nname = "middle"\nselect = ["links"]\n', "utf-8")
    (tmp_path / "top.toml").write_text(
        'extends = "middle.toml"\nname = "top"\ntemplate = { tags = [] }\nmatch = { paths = ["A/"] }\n'
        '[[section]]\nname = "Three"\n[[section]]\nname = "one"\nsynonyms = ["Primo"]\nrequired = false\n',
        "utf-8",
    )
    top = load_profile("top.toml", tmp_path)
    one, two, three = top.sections
    assert (one.name, one.synonyms, one.required) == ("One", ("First", "Primo"), False)
    assert (two.name, two.min_words, three.name) == ("Two", 5, "Three")
    assert (top.select, top.template) == (("empty-section", "links"), {"type": "x", "tags": []})
    assert (top.match.paths, top.match.headings) == (("A/",), 0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('extends = "mine.toml"\n', "extends itself"),
        ('extends = "diseas"\n', 'did you mean "disease"'),
        ('extends = "../up.toml"\n', "outside the vault"),
        ('extends = "disease"\nsynonyms.Imagin = ["x"]\n', "not a section of this profile"),
        ('extends = "disease"\nsynonyms.Imaging = "x"\n', "synonyms"),
        ('extends = "disease"\nimportd = true\n', "unknown key"),
        ('extends = "disease"\nsection = [{ level = 2 }]\n', "name"),
        ("description = 'x'\n", "name"),
        ("name = 'x'\n[sections-if]\nterms = ['(']\n", "not a regular expression"),
        ("name = 'x'\nguessed = true\n", "unknown key"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    with pytest.raises(NotelintError, match=message):
        load_profile("mine.toml", tmp_path)
