"""Properties that hold for any text and any bytes."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notelint.checkers.base import NoteChecker
from notelint.checkers.registry import load_checkers
from notelint.core.diagnostic import Fix
from notelint.core.text import ByteOffsets, Edit, LineIndex, Regions, Span
from notelint.edits.apply import apply
from notelint.engine.lint import LintPlan, lint
from notelint.note.links import LinkForm, decode_uri, find_wikilinks, heading_for_link, heading_key, split_target
from notelint.note.markdown import parse, prefilter
from notelint.note.markdown.model import Structure
from notelint.note.note import Note
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault
from tests.vault.outlines import GivenOutlines

# Text made of what notes are made of, so that something is found in it.
PIECES = st.sampled_from(
    [
        "[[",
        "]]",
        "![[",
        "|",
        "\\|",
        "#",
        "^",
        "](",
        ")",
        "[",
        "]",
        "`",
        "```",
        "~~~",
        "$",
        "$$",
        "%%",
        "<!--",
        "-->",
        "---",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "## ",
        "|---|",
        " ",
        "*",
        "_",
        "\\",
        "a",
        "Note",
        "é",
        "é",
        "\xa0",
        "😀",
        "ß",
        "日本",
        "\ufeff",
        "\x00",
        "�",
        "a: ",
        '"',
        "'",
        "{",
        "}",
        "%20",
        "%",
        "<div>",
        "</div>",
        "<% ",
        " %>",
        "^id",
        "[r]: x.md",
        "notelint-disable",
        "\u2028",
        "\x85",
        "<!-- notelint-disable-next-line broken-link -->",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)
LINES = st.lists(  # what blocks begin, go on and end with
    st.sampled_from(
        ["", "", "# H", "## H", "###### H ##", "#", "## [x](y.md)", "## `#`", " # H", "text", "text #tag", "- item",
         "-", "- ", "1. item", "- # H", "- > # H", "1) ## H", "> quote", "> # H", "> `code", "    code", "  deep",
         "\tcode", "-     code", "---", "***", "===", "=", "--", "```", "~~~", "- ```", "> ```", "  ```", "<div>",
         "````", "~~~~", "``` a", "~~~ `", "  ~~~~ ", "é → 😀",
         "</div>", "<!--", "-->", "<!X", "<pre>", "</pre>", "<?x", "?>", "> x -->", "a < b", "a > b", "$$", "$a$",
         "|a|b|", "|-|-|", "a|b", "-|-", ":-", "[a]: b.md", "[a", "]: c.md", "[^1]: note", "[[a|b]] [c](d.md)",
         "[[2]][a]", "[a]", "é `x` é", "- [ ] task", "<a", "href='x.md'>y</a>", "%%", "text\r", "# H\r", "\r",
         "\u2028", "text\\", "^id", "text  ", "# H\u00a0"]
    ),
    max_size=24,
).map("\n".join)  # fmt: skip
ROWS = st.lists(  # what stands in tables, between them, and where rows go on with something else
    st.sampled_from(
        ["|a|b|", "|a|b|", "| c | *d* |", "|é|", "|é|\r", "| a", "|", "||", "| - |", "|-|-|", "| --- | --- |",
         "|[[x]]|y|", "|`x`|y|", "|[x](y.md)|", "", "text", "> q", "> |a|b|", "```", "- item", "1. x", "a|b",
         "  |a|b|", "    |a|", "===", "---", "# H", "<div>", "</div>", "<!--", "-->", "`", "$$", "[a", "](b.md)",
         '[x]: c.md "a', '"', "%%", "^id"]
    ),
    max_size=30,
).map("\n".join)  # fmt: skip
CHECKERS = tuple(checker() for checker in load_checkers().values())


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=400)
def test_no_text_stops_a_run_and_every_place_lies_in_it(text: str) -> None:
    note = Note("A.md", text)
    vault = Vault({"A.md": note.outline, "Note.md": Note("Note.md", "# a\n").outline}, ["A.md", "Note.md", "a/Note.md"])
    for found in lint(note, vault, LintPlan(CHECKERS, known=frozenset(checker.id for checker in CHECKERS))):
        assert found.checker != "crashed-checker", found
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.start.line >= 1
        for edit in found.fix.edits if found.fix is not None else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


@pytest.mark.slow
@given(LINES | ROWS)
@settings(max_examples=600)
def test_what_is_not_told_to_the_parser_changes_nothing(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "text_for_parser", lambda body: (body, [], []))
        whole = parse.structure(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prefilter, "_MANY", 1)
        found = parse.structure(text)
    for name in Structure.__struct_fields__:
        one, other = getattr(found, name), getattr(whole, name)
        assert getattr(one, "spans", one) == getattr(other, "spans", other), name


@pytest.mark.slow
@given(
    st.lists(
        st.sampled_from(
            ["includes:", "INCLUDING", "the following", "**", ":", " ", "\t", "\n", "\r\n", "\r", "Lorem Ipsum dolor ",
             "sit amet", "[Insert a figure here]", "<YOUR name here>", "<<<<<<< ours", "=======", "caf\u00c3\u00a9",
             "\u00e2\u20ac\u2122", "\udc80", "\x00", "Advertisement: continue reading below", "[a](http://x.y) ",
             "[a](/b) ", "[a](#c) ", "Skip to content", "source: x", "---\n", "# H\n", "- ", "text", "\u212aey"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=600)
def test_a_checker_finds_nothing_where_its_hint_is_not(text: str) -> None:
    note = Note("A.md", text)
    asked = set(LintPlan(CHECKERS).asked_of(note))
    for checker in CHECKERS:
        if isinstance(checker, NoteChecker) and checker not in asked:
            assert list(checker.check(note)) == []


_NAMES = st.sampled_from(
    ["One", "one!", "Two", "`Two` x", "two x", "", " ", "^a", "^B", "a", "[^1]", "One#Two", "é", "\udc80"]
)


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.sampled_from(["# {}", "## {}", "> # {}", "text ^{}", "[^{}]: x"]), _NAMES), max_size=6),
    st.lists(_NAMES, min_size=1, max_size=6),
)
@settings(max_examples=400)
def test_digests_and_outlines_agree_on_what_is_missing(lines: list[tuple[str, str]], names: list[str]) -> None:
    target = Note("T.md", "\n\n".join(line.format(name) for line, name in lines))
    note = Note("A.md", " ".join(f"[[T#{name}]] [[#{name}]]" for name in names))
    outlines = {one.path: one.outline for one in (target, note)}
    for kind in (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK):
        found = [list(Vault(of).links_without(note.outline, kind)) for of in (outlines, GivenOutlines(outlines))]
        assert found[0] == found[1]


@given(TEXTS)
@example("[[\r[[\n---")
@settings(max_examples=400)
def test_links_and_headings_stand_where_they_say(text: str) -> None:
    note = Note("A.md", text)
    for link in note.links:
        assert link.span.start <= link.target_span.start <= link.target_span.end <= link.span.end <= len(text)
        assert 0 <= link.path_length <= link.target_span.end - link.target_span.start or link.in_property
        if link.form is LinkForm.WIKILINK and not link.in_property:
            assert link.span.of(text).startswith("![[" if link.embed else "[[")
            assert link.span.of(text).endswith("]]")
            assert split_target(link.target_span.of(text)) == link.target
        if link.path_length:
            assert "#" not in link.path_span.of(text)
    for heading in note.headings:
        assert heading.text_span.of(text).split() == heading.text.split()  # a lone CR ends a line as LF does
    for block in note.structure.block_ids:
        assert block.span.of(text) == block.id


ADDRESSES = st.lists(
    st.sampled_from(["a", "B", "/", "//", ".", ".md", ".html", " ", "é", "日", "#", ":", "'"]), max_size=6
)
VALUES = (
    ADDRESSES.map("".join) | st.none() | st.booleans() | st.integers() | st.lists(ADDRESSES.map("".join), max_size=2)
)
KEYS = st.sampled_from(["permalink", "dg-permalink", "dg-path", "dg-home", "title"])


@given(st.dictionaries(KEYS, VALUES), st.dictionaries(KEYS, VALUES), st.booleans())
def test_fixes_of_permalinks_come_to_rest_and_touch_nothing_else(
    first: dict[str, object], second: dict[str, object], one_line: bool
) -> None:
    texts = {}
    for path, properties in (("A.md", first), ("b/日.md", second)):
        pairs = [
            f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}"
            for k, v in {"dg-publish": True, **properties}.items()
        ]
        texts[path] = "---\n" + ("{" + ",".join(pairs) + "}" if one_line else "\n".join(pairs)) + "\n---\n[x](/a/B/)\n"
    checkers = tuple(checker for checker in CHECKERS if checker.family == "permalinks")
    for _ in range(10):
        notes = [Note(path, text) for path, text in texts.items()]
        vault = Vault({note.path: note.outline for note in notes}, list(texts))
        before, plan = texts, LintPlan(checkers)
        texts = {n.path: apply(n.text, [d.fix for d in lint(n, vault, plan) if d.fix])[0] for n in notes}
        if texts == before:
            break
    assert texts == before
    for path, properties in (("A.md", first), ("b/日.md", second)):
        left = Note(path, texts[path]).properties
        for key, value in properties.items():
            assert left[key] == value or key in ("permalink", "dg-permalink")


@given(st.binary(max_size=300))
def test_any_bytes_survive_being_read(data: bytes) -> None:
    assert Note.decode("A.md", data).encode() == data


@given(TEXTS)
def test_lines_and_offsets_are_each_others_inverse(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        line, column = index.position(offset)
        assert index.offset(line, column) == offset
        assert index.line_span(line).start == offset - column + 1


@given(st.text(alphabet="aé日😀\n", max_size=60))
def test_byte_offsets_agree_with_encoding(text: str) -> None:
    offsets = ByteOffsets(text)
    for at in range(len(text) + 1):
        assert offsets.characters(len(text[:at].encode())) == at


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8))))
def test_regions_hold_what_their_spans_hold(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in pairs]
    regions = Regions(spans)
    for offset in range(45):
        assert (offset in regions) == any(offset in span for span in spans)


@given(st.text(alphabet="ab[]|\\#! \n", max_size=40))
def test_wikilinks_obey_the_grammar(text: str) -> None:
    for link in find_wikilinks(text):
        inside = link.span.of(text).removeprefix("!")
        assert inside.startswith("[[")
        assert inside.endswith("]]")
        assert "[[" not in inside[2:-2] or inside[2:3] == "["
        assert "\n" not in inside


@given(st.text())
def test_headings_compare_equal_to_what_is_written_in_a_link(text: str) -> None:
    assert heading_key(heading_for_link(text)) == heading_key(text)


@given(st.text("a[] ", min_size=1))
def test_a_link_to_a_heading_ends_behind_its_text(heading: str) -> None:
    written = heading_for_link(f"x{heading}")
    (link,) = find_wikilinks(f"[[N#{written}]]")
    assert link.target.subpath == written


@given(st.text())
def test_decoding_never_fails(text: str) -> None:
    assert decode_uri(text) is None or "%" in text or decode_uri(text) == text


@given(
    st.text(min_size=1, max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(max_size=3)))
)
def test_fixes_are_applied_whole_or_not_at_all(text: str, pieces: list[tuple[int, int, str]]) -> None:
    fixes = []
    for start, length, new in pieces:
        first = min(start, len(text))
        fixes.append(Fix("x", (Edit(Span(first, min(first + length, len(text))), new),)))
    fixed, applied = apply(text, fixes)
    grown = sum(len(e.text) - (e.span.end - e.span.start) for fix in applied for e in fix.edits)
    assert len(fixed) == len(text) + grown
