"""Canvases: links on their cards are checked at their place in the JSON, and follow what moves."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.text import Span
from notelint.note.canvas import escaped, parse
from tests.conftest import MakeVault, lines, report, run
from tests.history.test_since import commit, git

GARDEN = 'resolution = "digital-garden"\n'
ON = "---\ndg-publish: true\n---\n"


def canvas(*cards: dict[str, str], **metadata: Any) -> str:
    nodes = [{"id": str(at), "x": 0, **card} for at, card in enumerate(cards)]
    own = {"metadata": {"frontmatter": metadata}} if metadata else {}
    return json.dumps({"nodes": nodes, "edges": [], **own}, ensure_ascii=False)


def file(path: str, **more: str) -> dict[str, str]:
    return {"type": "file", "file": path, **more}


def text(written: str) -> dict[str, str]:
    return {"type": "text", "text": written}


def test_links_on_cards_are_checked(make_vault: MakeVault) -> None:
    board = canvas(
        file("Kidney.md", subpath="#Imaging"),
        file("Kidney.md", subpath="#Nowhere"),
        file("Sub/Gone.md"),
        file("gone.png"),
        text('A "quoted"\n[[Kidney#Imaging]] [[Lost]] ![[lost.png]]\n\n`[[code]]` [[Kidney#^no]]'),
    )
    vault = make_vault({"B.canvas": board, "Kidney.md": "# Imaging\n"})
    found = report(vault)
    said = [(d["checker"], d["message"]) for d in found["diagnostics"]]
    assert said == [
        ("broken-heading-link", "no heading 'Nowhere' in 'Kidney.md'"),
        ("broken-link", "no note 'Sub/Gone.md': choose it again on this card"),
        ("missing-attachment", "no file 'gone.png': choose it again on this card"),
        ("unwritten-note", "not written yet: 'Lost'"),
        ("missing-attachment", "no file 'lost.png'"),
        ("broken-block-link", "no block '^no' in 'Kidney.md'"),
    ]
    places = [d["range"]["start"]["column"] - 1 for d in found["diagnostics"]]
    assert board[places[3] :].startswith("[[Lost]]")
    assert board[places[5] :].startswith("[[Kidney#^no]]")
    assert all(d["path"] == "B.canvas" and not d.get("fixes") for d in found["diagnostics"])
    assert report(vault, "--no-cache") == found
    assert lines(report(vault, "Kidney.md")) == []
    assert len(report(vault, "B.canvas")["diagnostics"]) == 6


def test_what_is_no_canvas(make_vault: MakeVault) -> None:
    files = {
        "a.canvas": "",
        "b.canvas": "{",
        "c.canvas": "[1]",
        "d.canvas": "{}",
        "e.canvas": '{"nodes": [1, {"type": 2}]}',
    }
    vault = make_vault({**files, "f.canvas": b"\xff", "g.canvas": "[" * 5000, "A.md": "x\n", ".obsidian/x": ""})
    assert lines(report(vault)) == []


def test_excluded_canvases(make_vault: MakeVault) -> None:
    vault = make_vault(
        {"notelint.toml": 'exclude = ["Old/**"]\n', "Old/B.canvas": canvas(text("[[Lost]]")), "A.md": "x"}
    )
    assert lines(report(vault)) == []


def test_leaks_of_published_canvases(make_vault: MakeVault) -> None:
    cards = (text("See ![[Secret]] and\n\n%% never closed"), file("Secret.md"), file("Open.md"))
    files = {"notelint.toml": GARDEN, "Secret.md": "private\n", "Open.md": f"{ON}open\n"}
    vault = make_vault({**files, "On.canvas": canvas(*cards, **{"dg-publish": True}), "Off.canvas": canvas(*cards)})
    found = report(vault)["diagnostics"]
    assert [(d["path"], d["checker"]) for d in found] == [
        ("On.canvas", "leaking-embed"),
        ("On.canvas", "visible-comment"),
        ("On.canvas", "unpublished-target"),
    ]


def test_canvases_follow_a_note(make_vault: MakeVault) -> None:
    """The JSON keeps its form: tabs, order, escapes; only strings change."""
    board = (
        '{\n\t"nodes":[\n\t\t{"id":"1","type":"file","file":"Dest.md","x":0},\n'
        '\t\t{"id":"2","type":"text","text":"\\u0041 \\"q\\" [[Dest|it]]\\n![[Dest#Part]] [[Other]]","x":1}\n\t]\n}\n'
    )
    vault = make_vault({"B.canvas": board, "Dest.md": "# Part\n", "Other.md": "", "A.md": "[[Dest]]\n"})
    done = run("mv", "Dest.md", "New.md", cwd=vault)
    assert done.exit_code == 0, done.output
    assert "fixed B.canvas: 3 edits" in done.stdout
    assert (vault / "B.canvas").read_text() == board.replace("Dest", "New")
    assert run("fix", "--undo", cwd=vault).exit_code == 0
    assert (vault / "B.canvas").read_text() == board
    shown = run("mv", "--diff", "Dest.md", "New.md", cwd=vault).stdout
    assert "diff --git a/B.canvas b/B.canvas" in shown
    (vault / "Dest.md").rename(vault / "Now.md")
    assert run("mv", "--already-moved", "Dest.md", "Now.md", cwd=vault).exit_code == 0
    assert (vault / "B.canvas").read_text() == board.replace("Dest", "Now")


def test_backgrounds_of_groups_are_checked_and_follow(make_vault: MakeVault) -> None:
    groups = [
        {"type": "group", "label": "[[x]]", "background": path} for path in ("Pic/a.png", "gone.png", "https://x")
    ]
    vault = make_vault({"B.canvas": canvas(*groups), "Pic/a.png": "x", "A.md": "x\n"})
    assert [d["message"] for d in report(vault)["diagnostics"]] == ["no file 'gone.png': choose it again on this card"]
    assert run("mv", "Pic", "Img", cwd=vault).exit_code == 0
    assert (vault / "B.canvas").read_text() == canvas(*groups).replace("Pic/a.png", "Img/a.png")


def test_canvases_that_move_themselves(make_vault: MakeVault) -> None:
    board = canvas(file("Sub/N.md"), text("[[./N]]"))
    vault = make_vault({"Sub/B.canvas": board, "Sub/N.md": "", "A.md": "x"})
    assert run("mv", "Sub", "Deep", cwd=vault).exit_code == 0
    assert (vault / "Deep/B.canvas").read_text() == board.replace("Sub/N.md", "Deep/N.md")


def test_canvases_follow_a_heading(make_vault: MakeVault) -> None:
    cards = (file("N.md", subpath="#Old part"), file("N.md", subpath="#Other"), text("[[N#Old part]] [[N#Other|x]]"))
    vault = make_vault({"B.canvas": canvas(*cards), "N.md": "# Old part\n\n# Other\n", "A.md": "[[N#Old part]]\n"})
    done = run("rename-heading", "N.md", "Old part", "New part", cwd=vault)
    assert done.exit_code == 0, done.output
    assert (vault / "B.canvas").read_text() == canvas(*cards).replace("Old part", "New part")
    assert lines(report(vault)) == []


_TEXTS = st.text(st.sampled_from('ab"\\\n\té😀\u2028[]#|'), max_size=12)


@given(_TEXTS, st.booleans(), st.integers(0, 12), st.integers(0, 12))
def test_places_in_strings(value: str, ascii_only: bool, start: int, end: int) -> None:
    start, end = min(start, len(value)), min(max(start, end), len(value))
    written = json.dumps({"nodes": [{"type": "text", "text": value}]}, ensure_ascii=ascii_only)
    read = parse(written)
    assert read is not None
    card = read.cards[0].text
    assert card is not None
    assert card.value == value
    place = card.place(Span(start, end))
    assert json.loads(f'"{place.of(written)}"') == value[start:end]
    changed = written[: place.start] + escaped("new") + written[place.end :]
    assert json.loads(changed)["nodes"][0]["text"] == value[:start] + "new" + value[end:]


def test_json_with_all_kinds_of_values() -> None:
    written = (
        '{ "a" : [ 1 , -2.5e3, true, null, {"b": "c"} ], "nodes" : [ ] , "metadata": {"frontmatter": {"x": ["y"]}}}'
    )
    read = parse(written)
    assert read is not None
    assert read.properties == {"x": ["y"]}
    assert read.cards == ()


def test_what_a_change_introduces_in_canvases(make_vault: MakeVault) -> None:
    """Findings that were there before are not new; what a change breaks elsewhere is."""
    old, link = canvas(text("[[Lost]]")), canvas(text("[[N]]"))
    vault = make_vault({"B.canvas": old, "C.canvas": link, "D.canvas": old, "N.md": "", "A.md": "x"})
    git(vault, "init", "-q")
    commit(vault)
    (vault / "N.md").unlink()
    (vault / "B.canvas").write_text(canvas(text("[[Gone]]")))
    found = report(vault, "--since", "HEAD")["diagnostics"]
    assert [(d["path"], d["message"]) for d in found] == [
        ("B.canvas", "not written yet: 'Gone'"),
        ("C.canvas", "no note 'N'"),
    ]
