"""Pages compared with what Obsidian shows: nothing is missed where no page is made, and changes are noticed."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notelint.checkers.base import VaultChecker
from notelint.checkers.registry import load_checkers
from notelint.garden.published_steps import is_plain
from notelint.note.note import Note
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.note_texts import HeldTexts
from notelint.vault.vault import Vault
from tests.conftest import MakeVault, reference, report, run

ON = "---\ndg-publish: true\n---\n"
GARDEN = 'resolution = "digital-garden"\n'
OF_PAGES = (
    "leaking-embed", "visible-comment", "vanishing-text", "wrong-embedded-section", "misplaced-embed",
    "unpublishable-embed", "broken-page", "mangled-code", "mistaken-block-id",
)  # fmt: skip


class _NeverPlain(HeldTexts):
    def is_plain(self, path: str) -> bool:
        return False


def found(notes: dict[str, str], path: str, *, forced: bool = False) -> list[tuple[str, str]]:
    read = {one: Note(one, text) for one, text in notes.items()}
    texts = (_NeverPlain if forced else HeldTexts)(read)
    outlines = {one: note.outline for one, note in read.items()}
    vault = Vault(outlines, [*notes, "a.png"], rules=RULES[ResolutionProfile.GARDEN], texts=texts)
    checkers = [load_checkers()[id]() for id in OF_PAGES]
    return [
        (checker.id, finding.message)
        for checker in checkers
        if isinstance(checker, VaultChecker)
        for finding in checker.check(outlines[path], vault)
    ]


_HEADS = st.sampled_from(
    [ON, "---\ndg-publish: true\nup: '[[N]]'\n---\n", "---\ndg-publish: true\nrate: 5 %%\n---\n",
     "---\ndg-publish: true\nrate: 10 ^6\n---\n", '---\ndg-publish: true\ncover: "![[P]]"\n---\n',
     "---\ndg-publish: true\nnote: |\n  a\n  ---\n---\n",
     "---\r\ndg-publish: true\r\n---\r\n", "", "---\ntags: x\n---\n",
     "---\ndg-publish: true\n---\n---\n"]
)  # fmt: skip
_BODIES = st.lists(
    st.sampled_from(
        ["%%", "%% x %%", "`", "``", "```\n", "~~~\n", "\n", "\n\n", " ^id", "\n^id\n", "word", "cm^2", "10 ^6", " ",
         "[[N]]", "[[N|x]]", "![[N]]", "![[P#A]]", "![[P#a#B]]", "![[a.png]]", "![[a.png|40]]", "$'", "$`", "$$", "$x$",
         "[x](N.md)", "{{CODE_BLOCK_0}}", "- ", "> ", "    ", "\t", "| a |\n| - |\n", "\\", "<!-- ", " -->", "<div>\n",
         "---\n", "# A\n", "## B\n", "^", "é", "$[[N]]$", "`[[N]]`", "![[#A]]", "\r\n"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(_HEADS, _BODIES, _BODIES, _BODIES)
def test_nothing_is_to_be_said_of_a_note_whose_page_is_not_made(head: str, body: str, other: str, private: str) -> None:
    notes = {"Host.md": head + body, "N.md": ON + other, "P.md": private}
    if is_plain(Note("Host.md", notes["Host.md"])):
        assert found(notes, "Host.md", forced=True) == []


_LINKS = st.sampled_from(
    ["[x](N.md)", "`[x](N.md)`", "[x](N.markdown)", "[x](a%25%25.md)", "![x](N.md)", "[[N]]", "`[[N]]`", "[[N|x]]",
     "![[N]]", "![[P#A]]", "`", "%%", "%% x %%", " ^id", "\n", "word", "$", "    ", "```\n", "[x](<N.md>)", "[](N.md)",
     "\\\\", "<!-- ", " -->", "# A\n", "{{CODE_BLOCK_0}}", "[[", "`[[", "]]", "`[[x]]`", "`[[a.png]]`", "`[[x|y]]`",
     "|", "\n```sh\n", "[[x]]", "[[]]", "\u2028", "$'"]
)  # fmt: skip
_AS_THE_PLUGIN_FINDS_THEM = re.compile(r"\[\[.+?\]\]")
_OF_LINKS = st.lists(_LINKS, max_size=14).map("".join)


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(_HEADS, _OF_LINKS, _OF_LINKS, _OF_LINKS)
@example("---\ndg-publish: true\nrate: 5 %%\n---\n", "![[N]]", "[[]]%% x %%[[x]]", "")
def test_links_need_not_be_rewritten_where_none_stands_in_code(head: str, body: str, other: str, private: str) -> None:
    notes = {"Host.md": head + body, "N.md": ON + other, "P.md": private}
    said = found(notes, "Host.md", forced=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("notelint.vault.published_pages.loose_brackets", lambda text, links: None)
        rewritten = found(notes, "Host.md", forced=True)
    more = Counter(said) - Counter(rewritten)  # of a link that was rewritten, and vanished then, nothing is known
    links = (link for text in notes.values() for link in _AS_THE_PLUGIN_FINDS_THEM.findall(text))
    unknown = {"visible-comment"} if any("%%" in link for link in links) else set()  # nor of a comment within it
    assert {id for id, _ in more} <= {"vanishing-text", *unknown}
    assert not Counter(rewritten) - Counter(said)


def test_a_private_note_that_embeds_itself_leaks() -> None:
    said = found({"Host.md": f"{ON}![[P#A]]", "P.md": "![[P#A]]"}, "Host.md")
    assert [id for id, _ in said if id == "leaking-embed"] == ["leaking-embed"]


def test_most_notes_are_plain() -> None:
    prose = (
        "# A\n\nWords [[N]], [x](N.md) and ![[a.png|400]].\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n- one\n  - two\n\n"
    )
    assert is_plain(Note("A.md", f"{ON}{prose}```sh\nls\n```\n\n`x` $a^2$ 10^6\n"))
    assert is_plain(Note("A.md", "%% ![[x]] ^id\n"))
    assert not is_plain(Note("A.md", f"{ON}![[Note]]\n"))


def test_leaks_of_excluded_notes_are_reported(make_vault: MakeVault) -> None:
    """The plugin knows nothing of what the configuration excludes (DG-E10), and a change there is noticed."""
    config = f'{GARDEN}exclude = ["Private/**"]\n'
    notes: dict[str, str | bytes] = {
        "notelint.toml": config,
        "A.md": f"{ON}![[Diary]]\n",
        "Private/Diary.md": "Dear diary\n",
    }
    vault = make_vault(notes)

    def told() -> list[str]:
        cached = [d["message"] for d in report(vault)["diagnostics"]]
        assert cached == [d["message"] for d in report(vault, "--no-cache")["diagnostics"]]
        return cached

    assert "publishes all the text of 'Private/Diary.md'" in told()[0]
    _change(vault / "Private/Diary.md", f"{ON}Dear diary\n")
    assert told() == []
    _change(vault / "Private/Diary.md", "Dear reader\n")
    assert len(told()) == 1
    (vault / "Private/Diary.md").unlink()
    assert not any("publishes" in message for message in told())


@pytest.mark.slow
def test_a_change_of_what_is_embedded_is_noticed(make_vault: MakeVault) -> None:
    """By the cache too: two embeds deep, and where only the text changes, not what others see of the note."""
    notes: dict[str, str | bytes] = {
        "notelint.toml": GARDEN,
        "A.md": f"{ON}![[B]] %%hidden%% x\n",
        "B.md": f"{ON}b ![[C]]\n",
        "C.md": f"{ON}c\n",
    }
    vault = make_vault(notes)
    for text, ids in (
        (f"{ON}c `5 %%`\n", ["visible-comment"]),
        (f"{ON}c\n", []),
        ("private\n", ["leaking-embed"]),
    ):
        report(vault)
        _age(vault)
        _change(vault / "C.md", text)
        with_cache, without = report(vault), report(vault, "--no-cache")
        assert with_cache == without
        assert sorted(d["checker"] for d in without["diagnostics"] if d["path"] != "C.md") == ids


def _change(file: Path, text: str) -> None:
    file.write_text(text)


def _age(vault: Path) -> None:
    for file in vault.rglob("*.md"):
        os.utime(file, (1, 1))


@pytest.mark.slow
def test_every_leak_is_named_and_none_in_vain(tmp_path: Path) -> None:
    """Leaks of made-up vaults that the plugin published."""
    for known in json.loads(reference("vectors/dg-published.json").read_bytes())[::4]:
        vault = tmp_path / known["id"]
        exclude = f"exclude = {json.dumps(known['exclude'])}\n"
        for path, text in {"notelint.toml": GARDEN + exclude, **known["files"]}.items():
            (vault / path).parent.mkdir(parents=True, exist_ok=True)
            (vault / path).write_bytes(text.encode())
        done = report(vault, "--no-cache")
        messages = [d["message"] for d in done["diagnostics"] if d["checker"] == "leaking-embed"]
        assert all(any(path in message for message in messages) for path in known["facts"]["leaks"]), known["id"]
        assert bool(messages) is bool(known["facts"]["leaks"] or known["facts"]["elsewhere"]["leaks"]), known["id"]


def test_a_page_is_printed(make_vault: MakeVault) -> None:
    vault = make_vault(
        {"notelint.toml": GARDEN, "A.md": f"{ON}![[B]] %%no%%\n", "B.md": "words\n", "C.md": "private\n"}
    )
    done = run("publish-report", "--show", "A.md", cwd=vault)
    assert done.exit_code == 0
    assert done.stdout.startswith('---\n{"dg-publish":true,"permalink":"/a/"')
    assert "words" in done.stdout
    assert "%%" not in done.stdout
    refused = run("publish-report", "--show", "C.md", cwd=vault)
    assert refused.exit_code == 2
    assert "is not to be published" in refused.stderr
