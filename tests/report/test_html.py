"""The page for a browser: what stands in it, that hostile text can do nothing, and that it stays the same."""

import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.report.html.page import data_block
from tests.conftest import ROOT, MakeVault, run

HOSTILE: dict[str, str | bytes] = {
    "notelint.toml": "",
    "</script><script>alert(1)<!--.md".replace("/", "_"): "[[</script><img src=x onerror=alert(1)>]]\n",
    "a' onmouseover='x.md": "[[<!--]] \u202e [[]]>]] [[Nowhere\u2028]]\n",
    "Folder/<svg onload=1>.md": "![[\"><iframe src='javascript:1'>.png]]\n[[Folder/gone ${1} {{data}}]]\n",
    "Bytes.md": b"\xff [[Gone/\xfe<b>]] ##[group]\n",
    "Good.md": "[[Target note|x]] [[target-note]]\n",
    "Target note.md": "Text.\n",
}


def page_of(vault: Path, *arguments: str) -> str:
    result = run("check", "--output-format", "html", *arguments, cwd=vault)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def values(page: str) -> dict[str, Any]:
    block = page.split('<script type="application/json" id="data">')[1].partition("</script>")[0]
    found: dict[str, Any] = json.loads(block)
    return found


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_value_can_end_or_begin_markup(value: Any) -> None:
    block = data_block(value)
    assert not set(block) & set("<>&\u2028\u2029")
    assert block.isascii()
    assert "##[" not in block
    assert json.loads(block) == value


def test_hostile_names_and_texts_stand_nowhere_but_in_the_data(make_vault: MakeVault) -> None:
    page = page_of(make_vault(HOSTILE))
    before, _, rest = page.partition('<script type="application/json" id="data">')
    assert len(values(page)["findings"]) >= 5
    around = before + rest.partition("</script>")[2]
    assert "onerror" not in around
    assert "iframe" not in around
    assert page.count("<script") == page.count("</script>") == 2
    assert "\u202e" not in page


def test_the_policy_allows_exactly_the_style_and_the_script_of_the_page(make_vault: MakeVault) -> None:
    page = page_of(make_vault(HOSTILE))
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0]
    style, script = page.split("<style>")[1].split("</style>")[0], page.split("<script>")[1].split("</script>")[0]
    for name, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)


def test_the_page_is_the_same_to_the_byte(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault(HOSTILE)
    first = page_of(vault, "--no-cache")
    assert page_of(vault) == page_of(vault) == first
    assert values(first)["date"] is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert values(page_of(vault))["date"] == "1970-01-02"


def test_it_is_written_to_a_file(make_vault: MakeVault, tmp_path: Path) -> None:
    vault, file = make_vault(HOSTILE), tmp_path / "report.html"
    run("check", "--output-format", f"html:{file}", cwd=vault)
    assert file.read_text("utf-8") == page_of(vault)


def test_every_finding_has_one_cause_and_fixes_are_differences(make_vault: MakeVault) -> None:
    shown = values(page_of(make_vault(HOSTILE)))
    in_causes = sorted(at for cause in shown["causes"] for at in cause["findings"])
    assert in_causes == list(range(len(shown["findings"])))
    [fixes] = [one[8] for one in shown["findings"] if shown["notes"][one[0]] == "Good.md"]
    title, safety, [hunk] = fixes[0]
    assert (title, safety, hunk["line"]) == ("link to 'Target note.md'", "unsafe", 1)
    assert ["".join(line) for line in hunk["new"]] == ["[[Target note|x]] [[Target note]]"]


def test_what_is_unwritten_is_an_invitation(make_vault: MakeVault) -> None:
    shown = values(page_of(make_vault({"A.md": "[[Gallstone]] [[Gallstone]] [[Bezoar]]\n"})))
    assert [(one["kind"], one["title"], one["items"]) for one in shown["causes"]] == [
        ("unwritten", "Write these two notes and 3 links come alive", [["Gallstone", 2], ["Bezoar", 1]])
    ]


def test_a_renamed_folder_is_one_cause(make_vault: MakeVault) -> None:
    names = ("Cyst", "Stone", "Abscess", "Trauma", "Anatomy")
    notes: dict[str, str | bytes] = {f"Renal/{name}.md": "Text.\n" for name in names}
    index = " ".join(f"[[Kidney/{name}]]" for name in names)
    [cause] = values(page_of(make_vault({**notes, "index.md": f"{index}\n"})))["causes"]
    assert (cause["kind"], cause["remedy"]) == ("renamed", "notelint mv --already-moved Kidney Renal")


def test_publish_report_has_addresses_and_what_to_publish(make_vault: MakeVault, tmp_path: Path) -> None:
    published = "---\ndg-publish: true\n---\n"
    vault = make_vault({"A.md": f"{published}[[B]] [[B]]\n", "B.md": "[[C]]\n", "C.md": "Text.\n"})
    result = run("publish-report", "--output-format", f"html:{tmp_path / 'p.html'}", cwd=vault)
    assert result.exit_code == 0, result.output
    shown = values((tmp_path / "p.html").read_text("utf-8"))
    assert [one["path"] for one in shown["publication"]["notes"]] == ["A.md"]
    [wish] = shown["publication"]["wishes"]
    assert (wish["path"], wish["links"], wish["brings"]) == ("B.md", 2, 1)


def test_pieces_are_shipped_with_the_package() -> None:
    names = {path.name for path in (ROOT / "notelint" / "report" / "html").iterdir()}
    assert {"page.html", "page.css", "start.js"} <= names


def test_names_of_thousands_of_characters_are_cut(make_vault: MakeVault) -> None:
    found = values(page_of(make_vault({"A.md": f"[[Gone/{'z' * 3000}]]\n" * 3})))
    assert {len(one["title"]) for one in found["causes"]} == {301}
    assert {len(one[5]) for one in found["findings"]} == {301}


@pytest.mark.parametrize(("alike", "is_said"), [(1, False), (20, True)])
def test_the_share_of_the_first_causes_is_said_where_it_is_worth_that(
    make_vault: MakeVault, alike: int, is_said: bool
) -> None:
    others = " ".join(f"[[Gone/{n}]]" for n in range(8))
    said = values(page_of(make_vault({"A.md": "[[Gone/x]]\n" * alike + others + "\n"})))["sentence"]
    assert ("The first three causes below stand for 78 % of all findings." in said) == is_said


def test_a_trend_stands_on_the_page(make_vault: MakeVault) -> None:
    root = make_vault({"A.md": "[[Gone/x]]\n"})
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *names, *arguments], cwd=root, check=True)
    assert values(page_of(root))["trend"] is None
    found = values(page_of(root, "--trend", "30"))["trend"]
    assert found["rows"] == [["all", [1]], ["failing", [1]], ["links", [1]], ["notes", [1]]]
    assert len(found["days"]) == len(found["commits"]) == len(found["places"]) == 1


def test_what_is_proposed_beside_a_title_does_what_the_title_says(make_vault: MakeVault) -> None:
    """Links to private notes can be taken away by a fix; that is no way to publish these."""
    on = "---\ndg-publish: true\n---\n"
    plugin = {".obsidian/community-plugins.json": '["digitalgarden"]'}
    root = make_vault({**plugin, "A.md": f"{on}[[B]] [[Not written]]\n", "B.md": "Private.\n"})
    remedies = {cause["title"]: cause["remedy"] for cause in values(page_of(root))["causes"]}
    assert remedies["Publish this note and 1 link comes alive on the site"] == "notelint publish-report"
    assert remedies["Write this note and 1 link comes alive"] == ""
