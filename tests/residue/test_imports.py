"""Nobody's note is an import by accident: what declares one, what signs one, and what proves nothing."""

import gzip
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.checkers.registry import load_checkers
from notelint.config.profiles import load_profile
from notelint.edits.fix_loop import fix_notes
from notelint.engine.lint import LintPlan, lint
from notelint.note.note import Note
from notelint.note.profile_matching import Profiles
from notelint.residue import chrome, imports, site_pages
from notelint.residue.knowledge import general
from notelint.residue.page import JudgedPage
from notelint.vault.vault import Vault
from tests.conftest import ROOT, MakeVault, reference, run

PROFILES = Profiles([load_profile(name, ROOT) for name in ("disease", "sign", "physics", "index", "imported-article")])
SIGNED = "# Cyst\n\nADVERTISEMENT: Supporters see fewer/no ads\n\nText of the cyst.\n\nUpdating… Please wait.\n"


def is_import(text: str, path: str = "A.md") -> bool:
    note = Note(path, text)
    return imports.is_import(note.with_profile(PROFILES.of(note)))


def front(*lines: str) -> str:
    return "".join(f"{line}\n" for line in ("---", *lines, "---", "Text."))


@pytest.mark.parametrize(
    "text",
    [
        front("type: imported-article"),
        front("type: [imported-article, x]"),
        front("source: https://e.org/a", "tags: [clippings]"),
        front("source: https://e.org/a", 'tags: "#Clipped"'),
        front("source: https://e.org/a", "tags: a, clippings"),
        front("source: [https://e.org/a]", "tags:", "  - clippings"),
        front("source: https://e.org/a", "author: x", "published: 2023-12-01", "created: 2024-01-01"),
        front("source: https://e.org/a", 'author: ["[[x]]"]', 'published: "1 May 2023"', "created: 2024-01-01"),
        SIGNED,
        "![x](y.png)\n\n**From Wikipedia, the free encyclopedia**\n\nText.\n\n"
        "- This page was last edited on 5 May 2021, at 10:00 (UTC).\n",
    ],
)
def test_what_is_declared_or_signed_is_an_import(text: str) -> None:
    assert is_import(text)


def test_what_lies_where_clippings_go_is_an_import() -> None:
    assert is_import("Text, see https://e.org/a.\n", "Clippings/A.md")
    assert is_import("[Text](https://e.org/a)\n", "Clippings/Deep/A.md")
    assert not is_import("[Text](https://e.org/a)\n", "Clippings.md")
    assert not is_import("[Text](https://e.org/a)\n", "Notes/Clippings/A.md")
    assert not is_import("My own words.\n", "Clippings/A.md")


@pytest.mark.parametrize(
    "facts",
    [
        ("author:", "published:", "created:"),
        ("author: x", "published:", "created: 2024-01-01"),
        ("author: x", "published: true", "created: 2024-01-01"),
        ("author: x", "published: 2023-01-01", "created: today"),
        ("author: []", "published: 2023-01-01", "created: 2024-01-01"),
    ],
)
def test_facts_without_a_value_declare_nothing(facts: tuple[str, ...]) -> None:
    assert not is_import(front("source: https://e.org/a", *facts))


def test_no_fix_declares_what_lies_among_clippings_without_an_address(make_vault: MakeVault) -> None:
    vault = make_vault({"Clippings/Hair.md": "My own words.\n\nAccept all cookies\n"})
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "Clippings" / "Hair.md").read_text() == "My own words.\n\nAccept all cookies\n"


@pytest.mark.parametrize(
    "text",
    [
        front("source: a talk"),
        front("source: https://e.org/a"),
        front("source: [[Book]]", "tags: [clippings]"),
        front("url: https://e.org/a", "tags: [clippings]"),
        front("source: https://nowhere", "tags: [clippings]"),
        front("source: https://e.org/a", "author: x", "created: 2024-01-01"),
        front("source: https://e.org/a", "tags: [clipping-path]"),
        front("type: article"),
        "ADVERTISEMENT: Supporters see fewer/no ads\n",
        "Last revised by A. Writer on 4 Jan 2022\n\nLast revised by B. Writer on 5 Jan 2022\n",
        "```\n" + SIGNED + "```\n",
        "".join(f"> {line}\n" for line in SIGNED.splitlines()),
        "[a](https://radiopaedia.org/sessions/new) [b](https://radiopaedia.org/users/sign_up)\n",
        "[edit](https://en.wikipedia.org/w/index.php?title=A&action=edit)\n",
        '{"@context":"x","@type":"y","a":1,"b":2}\n',
        "This site uses cookies.\n\nAll rights reserved.\n\n[Log in](https://e.org/login)\n",
        "## Contents\n\n- [One](#one)\n- [Two](#two)\n- [Three](#three)\n\n## One\n\n## Two\n\n## Three\n",
    ],
)
def test_what_proves_nothing(text: str) -> None:
    assert not is_import(text)


def test_a_page_is_signed_whatever_its_marks() -> None:
    for line in (
        "*ADVERTISEMENT*: Supporters **see fewer**/no ads",
        "[ADVERTISEMENT: Supporters see fewer/no ads](/x)",
    ):
        assert is_import(SIGNED.replace("ADVERTISEMENT: Supporters see fewer/no ads", f"- {line}"))


def _pages() -> list[str]:
    texts = [page.read_bytes().decode("utf-8") for page in sorted(reference("residue", "pages").iterdir())]
    for page in sorted(reference("articles", "pages").iterdir())[::8]:  # each is large
        html = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        texts.append(re.sub(r"[ \t]*\n\s*", "\n\n", re.sub(r"<script.*?</script>|<[^>]+>", "\n", html, flags=re.S)))
    return texts


@pytest.mark.slow
def test_no_verdict_is_lost_by_what_is_sought_natively() -> None:
    for text in _pages():
        note = Note("A.md", text)
        page = JudgedPage.of(note, crude=True)
        site = site_pages.signed(page)
        assert (site is None) or imports.signed_by(note) == site.name
        page = JudgedPage.of(note)
        found = {
            line.kind
            for at in page.known
            for line in general().line
            if not page.units[at].kept and page.is_line(at, line)
        }
        assert set(chrome.kinds(note)) == (found if len(found) >= chrome.LEAST else set())


def test_a_site_s_pack_needs_its_address_or_its_signature() -> None:
    line = "Citation, DOI, disclosures and article data"
    own = front("type: imported-article", "source: https://radiopaedia.org/articles/x")
    assert site_pages.at_address(Note("A.md", own)) is not None
    assert site_pages.at_address(Note("A.md", own.replace("radiopaedia.org", "notradiopaedia.org"))) is None
    assert site_pages.at_address(Note("A.md", own.replace("source: https", "source: ftp"))) is None
    assert site_pages.recognise(JudgedPage.of(Note("A.md", f"{line}\n"))) == (None, False)


COMMANDS = (
    "# Cyst\n\nText.\n\nShare on Facebook\n\nAccept all cookies\n\nPlease enter a valid email address\n\n"
    "Skip to content\n"
)


def test_an_undeclared_import_is_asked_about_and_left_alone(make_vault: MakeVault) -> None:
    vault = make_vault({"My note.md": COMMANDS})
    found = run("check", "--output-format", "concise", cwd=vault)
    assert found.exit_code == 0
    assert "run `notelint fix --imported 'My note.md'`" in found.stdout
    fixed = run("fix", "--unsafe-fixes", "My note.md", cwd=vault)
    assert "`notelint fix --imported 'My note.md'`" in fixed.stderr
    assert (vault / "My note.md").read_text() == COMMANDS


def test_fix_imported_writes_the_declaration_and_the_next_run_knows(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": COMMANDS, "B.md": COMMANDS, "J.md": '---\n{"tags":["x"]}\n---\n' + COMMANDS})
    assert "navigation" in run("check", "--imported", "A.md", cwd=vault).stdout
    assert (vault / "A.md").read_text() == COMMANDS
    assert run("fix", "--imported", "A.md", "J.md", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "---\ntype: imported-article\n---\n\n# Cyst\n\nText.\n"
    assert (vault / "J.md").read_text() == '---\n{"type":"imported-article","tags":["x"]}\n---\n# Cyst\n\nText.\n'
    assert (vault / "B.md").read_text() == COMMANDS
    assert "undeclared-import" not in run("check", "A.md", cwd=vault).stdout
    assert run("fix", cwd=vault).stdout == "No safe fixes to apply.\n"


def test_a_declaration_never_overwrites(make_vault: MakeVault) -> None:
    text = f"---\ntype: disease\n---\n{COMMANDS}"
    vault = make_vault({"A.md": text})
    result = run("fix", "--imported", "A.md", cwd=vault)
    assert "A.md is not declared an import for later runs: its property 'type' says something else" in result.stderr
    assert "type: disease" in (vault / "A.md").read_text()


def test_imported_needs_names(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": COMMANDS})
    assert run("check", "--imported", cwd=vault).exit_code == 2
    assert run("fix", "--imported", cwd=vault).exit_code == 2


def test_a_note_from_stdin_can_be_declared(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "x\n"})
    result = run("fix", "-", "--imported", cwd=vault, stdin=COMMANDS)
    assert result.stdout == "---\ntype: imported-article\n---\n\n# Cyst\n\nText.\n"


def test_a_signed_note_is_declared_when_its_facts_move(make_vault: MakeVault) -> None:
    text = "---\ntags: [x]\n---\n" + SIGNED.replace("# Cyst\n", "# Cyst\n\nLast revised by Ann Example on 4 Jan 2022\n")
    vault = make_vault({"A.md": text})
    assert run("fix", cwd=vault).exit_code == 0
    fixed = (vault / "A.md").read_text()
    assert "type: imported-article" in fixed
    assert "Supporters" not in fixed
    assert run("fix", cwd=vault).stdout == "No safe fixes to apply.\n"


KEPT = [
    "[Other note](Other%20note.md)",
    "[About us](about.md)",
    "[Back to top](#Cyst)",
    "- [Imaging](#imaging)\n- [Causes](#causes)\n- [Course](#course)",
    "![A cyst of the kidney, in the portal phase](/pics/cyst.png)",
    "![Kidney](/pics/cyst.png)\n\n[A cyst of the kidney, seen from the front](https://e.org/large)",
    "| Share on Facebook | Log in |\n| - | - |\n| a | b |",
    '{"organ":"kidney","size":"2 cm","side":"left","finding":"cyst"}',
    "## Imaging",
    "> Share on Facebook",
    "See [[Skip to content]].",
]


@pytest.mark.slow
@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("unsafe", [False, True])
def test_what_is_never_removed_from_an_import(make_vault: MakeVault, kept: str, unsafe: bool) -> None:
    if unsafe and kept.startswith("{"):
        pytest.skip("a guess")
    text = (
        "---\ntype: imported-article\nsource: https://e.org/a\n---\n[Log in](/login)\n\n[Sign up](/sign_up)\n\n"
        f"Skip to content\n\n# Cyst\n\n{kept}\n\nA cyst of the kidney is a sac. It holds water.\n\n"
        "## Imaging\n\nDark.\n\n## Causes\n\nAge.\n\n## Course\n\nNone.\n\n"
        "Share on Facebook\n\n[Privacy](/privacy)\n\n[Terms](/terms)\n"
    )
    vault = make_vault({"A.md": text})
    flags = ("--unsafe-fixes",) if unsafe else ()
    assert run("fix", "--select", "residue", *flags, cwd=vault).exit_code == 0
    fixed = (vault / "A.md").read_text()
    assert kept in fixed
    assert "Share on Facebook\n\n[Privacy]" not in fixed


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
NEWS = "\n\n".join(f"Sentence {word} of the news is short." for word in NUMBERS)


def test_guesses_never_take_an_article(make_vault: MakeVault) -> None:
    head = "---\ntype: imported-article\n---\nMenu\n\nLog in\n\nSubscribe\n\nSearch\n\nContact us\n\n"
    vault = make_vault({"A.md": f"{head}Girl found\n\n{NEWS}\n\nShare on Facebook\n\nPrivacy policy\n\nTerms of use\n"})
    assert run("fix", "--select", "residue", "--unsafe-fixes", cwd=vault).exit_code == 0
    assert NEWS in (vault / "A.md").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("title", ["参考文献", "Литература", "المراجع", "Quellen", "Unbekannter Titel", "참고문헌"])
@pytest.mark.parametrize(
    "item", ["{}. {} [source](https://{}.example.org/)", "- {1}, a source of {0}", "\\[{}\\] {}, 2011"]
)
def test_marks_stay_where_their_list_may_be_in_the_note(make_vault: MakeVault, title: str, item: str) -> None:
    names = ("ann", "bob", "cid", "dan")
    items = "\n".join(item.format(at, name, name) for at, name in enumerate(names, 1))
    text = (
        "---\ntype: imported-article\n---\n# Stones\n\n"
        "Stones are common [1] and hurt [2]. Most [3] pass, some [4] do not.\n\n"
        f"## {title}\n\n{items}\n"
    )
    vault = make_vault({"A.md": text})
    assert run("fix", "--select", "residue", "--unsafe-fixes", cwd=vault).exit_code == 0
    fixed = (vault / "A.md").read_text()
    assert all(name in fixed for name in names)
    assert all(f"[{at}]" in fixed or f"[^{at}]" in fixed for at in range(1, 5))


CHECKERS = tuple(kind() for kind in load_checkers().values() if kind.family in ("residue", "content"))
ALLOWED = {id: kind.allowance() for id, kind in load_checkers().items()}
OWN = st.sampled_from(
    [
        "# A note", "## Contents", "## Imaging", "## License", "Text of a note, with [[B]] and ![[C]].", "",
        "- [Imaging](#imaging)", "- [License](#license)", "- [[B]]", "- Text Color 1", "    - Background 2",
        '{"organ":"liver","size":"12 cm","side":"right","finding":"cyst"}', "Share this page", "Share on Facebook",
        "The atlas is licensed under the [MIT license](LICENSE.txt).", "© 2020 Ann Example. All rights reserved.",
        "By Ann Example", "Last revised by Ann Example on 4 Jan 2022", "Published 5 May 2021", "Tags: #a #b",
        "- [Home](https://a.example/)", "- [About](https://a.example/about)", "[Log in](https://a.example/login)",
        "This site uses cookies.", "Subscribe to our newsletter", "Back to top", "Related articles", "Read more",
        "1. [One](https://a.example/1)", "See [1] and [2].", "References", "Advertisement", "| a | b |", "| - | - |",
        "```", "> quote", "Skip to content", "[x](b.md) and [y](/b/)", "Play", "Mute", "0:00 / 3:21", "text (open",
        "caf\u00c3\u00a9", "TODO", "word [edit]", "considerations include:", "---", "source: https://a.example/x",
    ]
)  # fmt: skip
HEADS = st.sampled_from(
    ["", "---\nsource: a talk\n---\n", "---\nsource: https://a.example/x\n---\n", "---\nurl: https://a.example/\n---\n",
     "---\ntags: [guide]\n---\n", "\n---\ntitle: x\n---\n", ' ---\n{"dg-publish":true}\n---\n', '---\n{"a":1}\n\n']
)  # fmt: skip
FOLDERS = st.sampled_from(["", "B/", "B/C/", "Radiology/PET/"])
NAMES = st.sampled_from(["A.md", "B.md", "b.md", "PET.md", "CT.md", "A B.md"])
VAULTS = st.dictionaries(
    st.builds(str.__add__, FOLDERS, NAMES),
    st.builds(lambda head, lines: head + "\n".join(lines) + "\n", HEADS, st.lists(OWN, max_size=30)),
    min_size=1,
    max_size=4,
)
IMPORT = "---\ntype: imported-article\n---\n" + COMMANDS
WORD = re.compile(r"\w+")


@pytest.mark.slow
@given(VAULTS, st.booleans())
@settings(deadline=None, max_examples=60)
def test_no_note_of_ones_own_loses_a_word(vault: dict[str, str], unsafe: bool) -> None:
    def renewed(note: Note) -> Note:
        return note.with_profile(PROFILES.of(note))

    notes = {path: renewed(Note(path, text)) for path, text in {**vault, "Imports/X.md": IMPORT}.items()}

    def check(now: object) -> object:
        assert isinstance(now, dict)
        seen = {path: renewed(note) for path, note in {**notes, **now}.items()}
        outlines = {path: note.outline for path, note in seen.items()}
        return {path: lint(seen[path], Vault(outlines), LintPlan(CHECKERS)) for path in now}

    fixed = fix_notes(notes, check, unsafe=unsafe, allowed=ALLOWED.__getitem__, renewed=renewed)  # type: ignore[arg-type]
    changed = {path for path in fixed.notes if not imports.is_import(renewed(notes[path]))}
    for path in changed:
        for applied in fixed.applied[path]:
            assert applied.checker in ("mojibake", "invisible-character", "empty-markup", "tracking-link"), applied
        lost = set(WORD.findall(notes[path].text)) - set(WORD.findall(fixed.notes[path].text))
        assert all("\u00c3" in word for word in lost), lost
    assert "Share" not in fixed.notes["Imports/X.md"].text


def test_the_seed_is_signed_and_its_twin_is_not() -> None:
    seed = reference("seeds", "imported-article.txt").read_text("utf-8")
    assert is_import(seed)
    prose = [line for line in seed.splitlines() if len(line) > 100]
    assert not is_import("\n\n".join(prose))


def test_registry_of_kinds_is_complete() -> None:
    assert {line.kind for line in general().line} <= set(chrome.KINDS)


def test_what_a_form_says_is_no_title(make_vault: MakeVault) -> None:
    head = (
        "Log in to your account\n\nSubscribe to our newsletter\n\nStone found in a ureter\n\nPublished May 3, 2021\n\n"
    )
    body = "A stone was found in the left ureter of a runner, who had felt pain in the flank for two days before.\n"
    vault = make_vault({"A.md": f"---\ntype: imported-article\n---\n{head}{body}"})
    run("fix", cwd=vault)
    fixed = (vault / "A.md").read_text()
    assert "title: Log" not in fixed
    assert "title: Subscribe" not in fixed
    assert "Stone found in a ureter\n" in fixed
