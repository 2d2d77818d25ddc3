"""`notelint residue learn`, and what its patterns do once they stand in the configuration."""

import tomllib
from pathlib import Path

import pytest

from notelint.config.load import load
from notelint.note.note import Note
from notelint.residue.patterns import OwnPattern, own_lines
from tests.conftest import MakeVault, lines, report, run

CHROME = "Our doctors answer your questions every Tuesday"


def article(site: str, words: str, *more: str) -> str:
    body = "\n\n".join([f"# {words}", f"Something of {words} alone.", *more])
    return f"---\nsource: https://www.{site}/{words}\n---\n{body}\n"


def imports(*more: str) -> dict[str, str | bytes]:
    return {f"In/{words}.md": article("example.org", words, CHROME, *more) for words in ("gout", "cyst", "rim", "mass")}


def learned(vault: Path, *arguments: str) -> list[str]:
    result = run("residue", "learn", *arguments, cwd=vault)
    assert result.exit_code == 0, result.output
    return [str(table["text"]) for table in tomllib.loads(result.stdout).get("residue", [])]


def test_lines_that_repeat_are_proposed_with_their_count_and_source(make_vault: MakeVault) -> None:
    vault = make_vault({**imports(), "Other.md": article("example.com", "other", CHROME)})
    result = run("residue", "learn", cwd=vault)
    assert result.stdout.splitlines() == [
        "# example.org: in 4 of 4 notes",
        "[[residue]]",
        f'text = "{CHROME}"',
        'source = "example.org"',
        'reason = "a line that example.org repeats"',
    ]
    assert "--write" in result.stderr
    assert not (vault / "notelint.toml").exists()


@pytest.mark.parametrize(
    "line",
    [
        "Nodules are 5 to 8 mm wide",
        "A dose of 20 mg twice",
        "65 years, male",
        "up to 30% of all cases",
        "## Radiographic features",
        "Differential diagnosis",
        "- see [[Gout]] for more",
        "> so said the old master",
        "Patient",
        "Smith A et al. Old bones. 1999",
        "| a cell | another cell |",
        "![a rim of bone](rim.png)",
        "`a line of code here`",
        "每次十粒 10 毫克每日两次",
        "患者男性65岁因腹痛就诊",
        "1回5ミリグラムを1日2回",
        "По 10 мг два раза в день",
        "Patient, männlich, 65 Jahre alt",
        "王建国, 李明. 水车的历史[J]. 机械学报, 2001",
        "- [Notes about all old bones](Other.md)",
        "Read [notes about all old bones](<old bones.md>)",
        "ADVERTISEMENT: Supporters see fewer/no ads",
    ],
)
def test_what_may_be_content_or_is_known_is_never_proposed(make_vault: MakeVault, line: str) -> None:
    assert learned(make_vault(imports(line))) == [CHROME]


def test_few_notes_are_no_evidence(make_vault: MakeVault) -> None:
    vault = make_vault({f"{n}.md": article("example.org", f"w{n}", CHROME if n < 2 else "") for n in range(9)})
    assert learned(vault) == []
    assert learned(vault, "--least", "2") == [CHROME]


def test_without_a_source_the_folder_decides_if_it_is_named(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {f"In [1]/{n}.md": f"# N{n}\n\nAll of number {n}.\n\n{CHROME}\n" for n in "abc"}
    vault = make_vault({**notes, "In [1]/deep/d.md": f"{CHROME}\n", "e.md": f"{CHROME}\n"})
    assert learned(vault) == []
    assert learned(vault, "In [1]", "--write") == [CHROME]
    found = report(vault)
    assert lines(found) == [f"In [1]/{n}.md:5:1 repeated-boilerplate" for n in "abc"]


def test_imported_articles_need_not_be_named(make_vault: MakeVault) -> None:
    text = "---\ntype: imported-article\n---\n# {0}\n\nAll of {0}.\n\n" + CHROME + "\n"
    assert learned(make_vault({f"{n}.md": text.format(n) for n in "abc"})) == [CHROME]


def test_write_keeps_comments_and_is_used_from_then_on(make_vault: MakeVault) -> None:
    old = '# my vault\r\nignore = ["sections"] # why\r\n[severity]\r\nbroken-link = "info"'
    vault = make_vault({**imports("Another line of theirs"), "notelint.toml": old})
    assert learned(vault, "--write") == [CHROME, "Another line of theirs"]
    written = (vault / "notelint.toml").read_bytes().decode()
    assert written.startswith(old + "\r\n\r\n# example.org: in 4 of 4 notes\r\n[[residue]]\r\n")
    assert [own.text for own in load(vault).config.residue] == [CHROME, "Another line of theirs"]
    assert [line.split()[1] for line in lines(report(vault))] == ["repeated-boilerplate"] * 8
    assert run("fix", cwd=vault).stdout.startswith("No safe fixes to apply")
    assert run("fix", "--unsafe-fixes", cwd=vault).exit_code == 0
    assert CHROME not in (vault / "In/gout.md").read_text()
    assert "Something of gout alone." in (vault / "In/gout.md").read_text()
    assert learned(vault) == []


def test_write_makes_a_configuration_and_knows_pyproject(make_vault: MakeVault) -> None:
    vault = make_vault(imports())
    learned(vault, "--write")
    assert load(vault).config.residue[0].source == "example.org"
    (vault / "notelint.toml").unlink()
    (vault / "pyproject.toml").write_text('[tool.notelint]\nignore = ["links"]\n\n[tool.other]\nx = 1\n')
    learned(vault, "--write")
    assert load(vault).config.residue[0].text == CHROME
    assert tomllib.loads((vault / "pyproject.toml").read_text())["tool"]["other"] == {"x": 1}


def test_a_configuration_that_takes_no_table_is_left_as_it_is(make_vault: MakeVault) -> None:
    old = 'residue = [{ text = "By hand" }]\n'
    vault = make_vault({**imports(), "notelint.toml": old})
    result = run("residue", "learn", "--write", cwd=vault)
    assert result.exit_code == 2
    assert "notelint.toml holds `residue` in a form" in result.stderr
    assert (vault / "notelint.toml").read_text() == old


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('text = "a"\nline = "b"', 'residue[0] must have exactly one of the keys "text" and "line"'),
        ('line = "("', "residue[0].line is not a regular expression"),
        ('text = "a"\nkind = "advertisment"', 'did you mean "advertisement"?'),
        ('text = "a"\nkind = "broken-link"', "an unknown checker"),
        ('text = "a"\nsite = "x"', 'unknown key "residue[0].site"'),
    ],
)
def test_wrong_tables_are_reported(make_vault: MakeVault, table: str, said: str) -> None:
    vault = make_vault({"notelint.toml": f"[[residue]]\n{table}\n"})
    result = run("check", cwd=vault)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_pattern_of_another_kind_is_found_by_that_checker_and_safe(make_vault: MakeVault) -> None:
    config = '[[residue]]\nkind = "advertisement"\nline = "Buy our \\\\w+!"\nreason = "praise of goods"\n'
    text = "Words.\n\n**Buy our soap!**\n\nBuy our soap!\n\nMore.\n"
    declared = "---\nsource: https://e.org/a\ntags: [clippings]\n---\n"
    vault = make_vault({"notelint.toml": config, "A.md": declared + text, "B.md": text})
    assert lines(report(vault)) == ["A.md:9:1 advertisement"]
    assert run("fix", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == f"{declared}Words.\n\n**Buy our soap!**\n\n\nMore.\n"
    assert (vault / "B.md").read_text() == text


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("https://example.org/a", 1),
        ("http://blog.Example.org", 1),
        ("https://notexample.org", 0),
        ("a book", 0),
        (3, 0),
    ],
)
def test_a_source_means_its_domain_and_what_lies_below(source: object, found: int) -> None:
    note = Note("A.md", f"---\nsource: {source}\n---\nBuy   now\n")
    patterns = [OwnPattern(text="Buy now", source="www.example.org")]
    assert len(list(own_lines(note, "repeated-boilerplate", patterns))) == found


def test_lines_in_scripts_without_blanks_are_counted_by_their_characters(make_vault: MakeVault) -> None:
    line = "毎週水車の絵を配ります"
    assert learned(make_vault(imports(line, "共有"))) == [CHROME, line]


def test_links_that_lead_elsewhere_in_each_note_are_learned_by_their_text(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {
        f"In/{name}.md": article(
            "example.org", name, f"- [Größe beim Heronet melden](https://heron.example/ask?u=/{name}&v=2)"
        )
        for name in ("gout", "cyst", "rim")
    }
    own = article("example.org", "mass", "- [Größe beim Heronet melden](https://author.example/mass)")
    vault = make_vault({**notes, "In/mass.md": own})
    result = run("residue", "learn", "--least", "3", cwd=vault)
    assert result.exit_code == 0
    tables = tomllib.loads(result.stdout)["residue"]
    assert [table.get("text") for table in tables] == [None]
    pattern = OwnPattern(line=tables[0]["line"], source="example.org")
    for path, text in notes.items():
        found = list(own_lines(Note(path, str(text)), "repeated-boilerplate", [pattern]))
        assert len(found) == 1
    assert run("residue", "learn", "--write", cwd=vault).exit_code == 0
    assert run("fix", "--unsafe-fixes", cwd=vault).exit_code == 0
    assert "Heronet" not in (vault / "In/rim.md").read_text()


def test_a_text_of_one_word_with_other_targets_is_no_line(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {
        f"In/{name}.md": article("example.org", name, f"[Gout](https://example.org/{name}/see)")
        for name in ("gout", "cyst", "rim", "mass")
    }
    assert learned(make_vault(notes)) == []


@pytest.mark.parametrize("title", ["## 水车的做法和保养", "## Clinical pearls here", "**Key facts here**"])
def test_a_title_goes_only_with_what_stands_below_it(make_vault: MakeVault, title: str) -> None:
    own: dict[str, str | bytes] = {
        f"In/{name}.md": article("example.org", name, f"{title}\n\nOnly {name} has these words.")
        for name in ("gout", "cyst", "rim", "mass")
    }
    assert learned(make_vault(own)) == []


def test_a_title_of_lines_that_repeat_goes_with_them(make_vault: MakeVault) -> None:
    title, line = "## 水车的做法和保养", "毎週水車の絵を配ります"
    assert learned(make_vault(imports(f"{title}\n\n{line}"))) == [CHROME, title, line]


def test_titles_above_titles_go_only_together(make_vault: MakeVault) -> None:
    own: dict[str, str | bytes] = {
        f"In/{name}.md": article("example.org", name, f"## Our old mills\n\n### The one you see\n\nIt is {name}.")
        for name in ("gout", "cyst", "rim", "mass")
    }
    assert learned(make_vault(own)) == []


@pytest.mark.parametrize(
    "line",
    [
        "[毎週\u3000水車の絵を配ります](https://mills.example/send?u={name})",
        "[Paint this\u00a0mill  for us](https://mills.example/paint/{name})",
        '[Paint this mill for us](https://mills.example/paint/{name} "Paint {name}")',
        "[水车图画甲](/p/{name}) | [水车图画乙](/q/{name}.html)",
        "[![Our big logo](https://mills.example/{name}.png)](https://mills.example/?from={name})",
    ],
)
def test_lines_whose_links_differ_go_in_whatever_way_they_are_written(make_vault: MakeVault, line: str) -> None:
    names = ("gout", "cyst", "rim", "mass")
    vault = make_vault({f"In/{name}.md": article("example.org", name, line.format(name=name)) for name in names})
    assert run("residue", "learn", "--write", cwd=vault).exit_code == 0
    assert run("fix", "--unsafe-fixes", "--select", "repeated-boilerplate", cwd=vault).exit_code == 0
    assert all("mill" not in (vault / f"In/{name}.md").read_text() for name in names if "mill" in line)
    assert all("图画" not in (vault / f"In/{name}.md").read_text() for name in names)


def test_the_same_words_for_links_to_several_sites_are_not_learned(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {
        f"In/{name}.md": article("example.org", name, f"[Read the whole paper](https://{name}.example/paper)")
        for name in ("gout", "cyst", "rim", "mass")
    }
    assert learned(make_vault(notes)) == []
