"""The model of the plugin's text: what is published of a note, rule by rule, and where each character comes from."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.garden.permalinks import Garden
from notelint.garden.published_head import is_readable
from notelint.garden.published_text import Published, publish
from notelint.garden.traced_text import HOST, Origin, Traced, joined
from notelint.note.note import Note, Parts
from notelint.vault.vault import Vault

ON = "---\ndg-publish: true\n---\n"
HEAD = '---\n{"dg-publish":true,"permalink":"/host/","dg-note-properties":{}}\n---\n\n'


class _Notes:
    """A vault in memory, as publishing looks it up."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self.notes = {path: Note(path, text) for path, text in notes.items()}
        self.vault = Vault({path: note.outline for path, note in self.notes.items()}, list(notes))

    def resolve(self, path: str, source: str) -> str | None:
        return self.vault.resolve(path, source).target

    def note(self, path: str) -> Note | None:
        return self.notes.get(path)

    def parts(self, note: Note) -> Parts:
        return note.outline


def page_of(text: str, others: Mapping[str, str] | None = None) -> Published:
    notes = _Notes({"Host.md": text, **(others or {})})
    return publish(notes.notes["Host.md"], notes, Garden())


def published(text: str, **others: str) -> str:
    """The page of a note with this body; what stands around embedded notes is shortened."""
    page = page_of(f"{ON}{text}", {f"{name}.md": other for name, other in others.items()}).text.text
    page = re.sub(r'<a class="markdown-embed-link".*?</a>', "<A>", page)
    page = page.replace('<div class="transclusion internal-embed is-loaded">', "<T>")
    return page.replace('<div class="markdown-embed">', "<M>").removeprefix(HEAD)


def shown(inside: str, opening: str = "<T><M>") -> str:
    return f"\n{opening}\n\n\n\n{inside}\n\n</div></div>\n"


RULES = [
    # comments
    ("One %%hid%%den two.\n", {}, "One den two.\n"),
    ("One %%hid\n\nden%% two.\n", {}, "One  two.\n"),
    ("One %% never closed\n", {}, "One %% never closed\n"),
    ("One `5 %%` two %%hid%% three\n", {}, "One `5 hid%% three\n"),
    ("%%twice%% and `%%twice%%`\n", {}, "%%twice%% and `%%twice%%`\n"),
    ("a \\` b %%hid%% c \\` d\n", {}, "a \\` b %%hid%% c \\` d\n"),
    ("%%%% %%\n", {}, "\n"),
    ("Say ``` now.\n\n%%hid%%\n\n```\nx\n```\n", {}, "Say ``` now.\n\n%%hid%%\n\n```\nx\n```\n"),
    ("~~~\n%%x%%\n~~~\n", {}, "~~~\n\n~~~\n"),
    # block ids, and code put back
    ("A line. ^one\n\nB\n", {}, "A line.\n{ #one}\n\n\nB\n"),
    ("A line.\n^one\nB\n", {}, "A line.{ #one}\n\nB\n"),
    ("A\n\n^one", {}, "A\n\n^one"),
    ("3 cm^2 and 10^6\n", {}, "3 cm^2 and 10^6\n"),
    ("3 cm ^2 `x ^2`\n", {}, "3 cm\n{ #2}\n `x\n{ #2}\n`\n"),
    ("```\nx ^2\n```\n", {}, "```\nx ^2\n```\n"),
    ("```\necho $$ $& x\n```\nend\n", {}, "```\necho $ {{CODE_BLOCK_0}} x\n```\nend\n"),
    ("begin\n```\nX=$'y'\n```\nend\n", {}, "begin\n```\nX=\nend\ny'\n```\nend\n"),
    ("Of {{CODE_BLOCK_0}}:\n```\ncode ^1\n```\n", {}, "Of ```\ncode ^1\n```:\n{{CODE_BLOCK_0}}\n"),
    # embeds
    ("![[N]]\n", {"N": "words\n"}, shown("words\n") + "\n"),
    ("![[N]]\n", {"N": f"{ON}words\n"}, shown("\nwords\n", "<T><A><M>") + "\n"),
    ("`![[N]]`\n", {"N": "words"}, f"`{shown('words')}`\n"),
    ("\\![[N]] <!-- ![[N]] -->\n", {"N": "w"}, f"\\{shown('w')} <!-- {shown('w')} -->\n"),
    ("![[N#Two]]\n", {"N": "# One\n1\n## Two\n2\n# Three\n3\n"}, shown("## Two\n2") + "\n"),
    ("![[N#One#Two]]\n", {"N": "# One\n1\n## Two\n2\n# Three\n3\n"}, shown("# One\n1\n## Two\n2") + "\n"),
    ("![[N#Nowhere]]\n", {"N": "# One\n1\n"}, shown("# One\n1\n") + "\n"),
    ("![[N#two]]\n", {"N": "# ONE Two\n1\n# TwO\n2\n"}, shown("# ONE Two\n1\n# TwO\n2\n") + "\n"),
    ("![[N#^b]]\n", {"N": "one\n\ntwo\nlines ^b\n\nthree\n"}, shown("two\nlines ") + "\n"),
    ("![[N#^b]]\n", {"N": "- one ^b\n  - below\n- two\n"}, shown("- one ") + "\n"),
    ("![[N#^b]]\n", {"N": "| a |\n| - |\n| 1 |\n\n^b\n\nend\n"}, shown("| a |\n| - |\n| 1 |") + "\n"),
    ("![[N#^b]]\n", {"N": "one\n"}, shown("one\n") + "\n"),
    ("![[#Part]]\n\n# Part\n", {}, "![[Host#Part\\|#Part]]\n\n# Part\n"),
    ("![[N ]]\n", {"N": "w"}, "![[N \\|N ]]\n"),
    ("![[Nobody|x]]\n", {}, "![[Nobody\\|x]]\n"),
    ("![[N]]\n", {"N": "- one ^a\n- two ^my-id\n10^6\n"}, shown("- one - two ^my-id\n10") + "\n"),
    ("![[N]]\n", {"N": "---\n---\nabove\n\n---\nbelow"}, shown("\nbelow") + "\n"),
    ("%% ![[N]] %%\n", {"N": "one %%two%% three"}, "two\n"),
    ("![[A]]\n", {"A": "a ![[B]]", "B": "b"}, shown(f"a {shown('b')}") + "\n"),
    (
        "![[A]]\n",
        {"A": "a ![[B]]", "B": "b ![[C]]", "C": "c ![[D]]", "D": "d ![[E]]", "E": "e"},
        shown("a " + shown("b " + shown("c " + shown("d ![[E\\|E]]")))) + "\n",
    ),
    ("![[https://youtu.be/abcdefghijk]]\n", {}, None),
    # links
    ("[[N]] [[N|x]] [[N#a#b]]\n", {"N": ""}, r"[[N\|N]] [[N\|x]] [[N#a\|N#a#b]]" + "\n"),
    ("[[No]] [[#P]]\n", {}, r"[[No\|No]] [[Host#P\|#P]]" + "\n"),
    ("[[N]]\n\n    [[N]]\n\n`[[N]]` `[[M]]`\n", {"N": ""}, "[[N\\|N]]\n\n    [[N\\|N]]\n\n`[[N\\|N]]` `[[M]]`\n"),
    ("[t](N.md) [t](<N.md>) [t](N) ![t](N.md)\n", {"N": ""}, "[[N\\|t]] [t](<N.md>) [t](N) ![t](N.md)\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "others", "expected"), RULES, ids=[text[:30] for text, _, _ in RULES])
def test_what_is_published(text: str, others: dict[str, str], expected: str | None) -> None:
    page = published(text, **others)
    if expected is None:
        assert page.startswith('<div class="youtube-embed">')
    else:
        assert page == expected


def test_the_alias_of_an_embed_becomes_a_heading() -> None:
    page = published("![[N|400]] ![[N|## of {{title}}]]\n", N="w")
    assert page.count('<div class="markdown-embed-title">\n\n# 400\n\n</div>') == 1
    assert page.count('<div class="markdown-embed-title">\n\n## of N\n\n</div>') == 1


@pytest.mark.parametrize(
    ("head", "body", "readable"),
    [
        ("cover: '![[N]]'\n", "x\n", False),
        ("rate: 5 %% of all\n", "a %%b%% c\n", False),
        ("rate: 5 %%or 6%% of all\n", "x\n", True),
        ("rate: 10 ^6 cells\n", "x\n", True),
        ("up: '[[N]]'\n", "x %%y%%\n", True),
    ],
)
def test_properties_pass_through_all_steps(head: str, body: str, readable: bool) -> None:
    page = page_of(f"---\ndg-publish: true\n{head}---\n{body}", {"N.md": "two\nlines\n"})
    assert is_readable(page.text.text) is readable


def test_a_link_in_a_property_and_in_the_text() -> None:
    """It is rewritten in both places: only a template that knows of the backslash can read the head."""
    page = page_of("---\ndg-publish: true\nup: '[[N]]'\n---\n[[N]]\n", {"N.md": ""}).text.text
    assert r'"up":"[[N\|N]]"' in page
    assert is_readable(page)
    assert not is_readable(page, older=True)


@pytest.mark.slow
def test_a_page_that_embeds_itself_ends() -> None:
    page = page_of(f"{ON}{'![[Host]] ' * 40}\n")
    assert not page.is_whole
    assert len(page.embeddings) < 10_000


def test_code_that_doubles_the_page_ends() -> None:
    page = page_of(f"{ON}word ^1\n" + "```\n$`$'\n```\n" * 60)
    assert not page.is_whole


_PIECES = st.lists(
    st.sampled_from(
        ["%%", "`", "```\n", "~~~\n", "\n", "\n\n", " ^id", "\n^id\n", "word", " ", "[[N]]", "![[N]]", "![[P#A]]", "$'",
         "$`", "$&", "$$", "[x](N.md)", "{{CODE_BLOCK_0}}", "é", "- ", "> ", "    ", "|", "\\", "<!-- ", " -->", "\r\n",
         "---\n", "![[", "]]", "# A\n", "![[a.png]]", "[[a.png|x]]", ":[[1,2],x]]"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(_PIECES, _PIECES)
def test_every_traced_character_stands_where_it_is_said_to(text: str, other: str) -> None:
    page = page_of(f"{ON}{text}", {"N.md": other, "P.md": f"{ON}# A\n{other}\n# B\n"})
    for piece, origin in page.text.pieces():
        if origin.exact and origin.offset >= 0:
            source = page.notes[origin.owner].text
            assert source[origin.offset : origin.offset + len(piece)] == piece
    for one in page.embeddings:
        if one.place is not None:
            assert one.place.of(page.notes[one.parent].text) == one.literal


@given(st.text("ab"), st.text("cd"), st.integers(0, 8), st.integers(0, 8))
def test_parts_of_joined_texts(first: str, second: str, start: int, end: int) -> None:
    whole = joined([Traced.of(first, Origin(HOST, 5)), Traced.added("-", HOST), Traced.of(second, Origin(1, 0))])
    part = whole.part(min(start, len(whole.text)), min(end, len(whole.text)))
    assert part.text == (first + "-" + second)[min(start, len(whole.text)) : min(end, len(whole.text))]
    assert "".join(text for text, _ in part.pieces()) == part.text
    for text, origin in part.pieces():
        source = {HOST: " " * 5 + first, 1: second}[origin.owner]
        assert origin.offset < 0 or source.startswith(text, origin.offset)


_ORIGINS = st.tuples(st.integers(0, 2), st.integers(-1, 9), st.booleans()).map(lambda one: Origin(*one))


@given(st.lists(st.tuples(st.text("ab", max_size=4), _ORIGINS), max_size=4), st.integers(0, 9), st.integers(0, 9))
def test_a_part_begins_where_its_source_does(pieces: list[tuple[str, Origin]], start: int, end: int) -> None:
    whole = joined([Traced.of(text, origin) for text, origin in pieces])
    start, end = min(start, len(whole.text)), min(end, len(whole.text))
    source = whole.part(start, end).source()
    assert whole.beginning(start, end) == (None if source is None else (source[0], source[1].start))
