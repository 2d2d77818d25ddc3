"""Frontmatter: where it stands, what it says as Obsidian reads it, and why it cannot be read."""

import json
import math
from typing import Any

import frontmatter as python_frontmatter
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.text import LineIndex, Span
from notelint.note.frontmatter.compat import post
from notelint.note.frontmatter.fast_path import simple_events
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.frontmatter.parse import inner, misplaced, parse, string_values
from notelint.note.frontmatter.reader import EventReader
from notelint.note.frontmatter.yaml_events import yaml_events
from tests.conftest import REFERENCE
from tests.vectors import vectors

SHARED = REFERENCE


def block(content: str) -> Frontmatter:
    found = parse(f"---\n{content}\n---\nbody\n")
    assert found is not None
    return found


def values(content: str) -> dict[str, Any]:
    found = block(content)
    assert found.fault is None, found.fault
    return found.properties


def blamed(content: str) -> tuple[str, str]:
    """The message of the fault and the text that it points to."""
    found = block(content)
    assert found.fault is not None, found
    assert found.properties == {}
    assert "\n" not in found.fault.message
    return found.fault.message, found.fault.span.of(f"---\n{content}\n---\nbody\n")


# Where it stands (F1)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("---\na: 1\n---\nbody", "a: 1\n"),
        ("---\r\na: 1\r\n---\r\nbody", "a: 1\r\n"),
        ("---\ra: 1\r---\rbody", "a: 1\r"),
        ("---\na: 1\n---", "a: 1\n"),
        ("--- \t\na: 1\n--- \nbody", "a: 1\n"),
        ("---\n---\nbody", ""),
        ("---\na: x---y\n---\nbody", "a: x---y\n"),
        ("---\na: 1\n----\nbody", "a: 1\n"),
    ],
)
def test_boundaries(text: str, content: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.content.of(text) == content
    assert found.fault is None
    assert text[found.span.end :] in ("body", "")
    assert text[: found.content.start].rstrip() == "---"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "---\na: 1\n",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "----\na\n---\n",
        "--- a\n---\n",
        "---\na\n ---\n",
    ],
)
def test_no_frontmatter(text: str) -> None:
    assert parse(text) is None


def test_misplaced() -> None:
    text = " \n\n---\na: 1\n---\nbody"
    span = misplaced(text)
    assert span is not None
    assert span.of(text) == "---\na: 1\n---\n"
    for other in (
        "---\na: 1\n---\n",
        "\n---\na: 1\n",
        "\n---\nsome text\n---\n",
        "x\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "",
    ):
        assert misplaced(other) is None


# What it says


def test_yaml_1_2_values() -> None:
    source = "yes: no\non: off\ny: n\nt: [true, True, TRUE, false]\nnulls: [null, ~, Null, '']\nempty:\n"
    assert values(source) == {
        "yes": "no",
        "on": "off",
        "y": "n",
        "t": [True, True, True, False],
        "nulls": [None, None, None, ""],
        "empty": None,
    }
    numbers = values("n: [0123, -7, +7, 0o17, 0x1F, 1.5, .5, 1., 1e3, -.inf, 1_000, 12:30, 0b1, '12', .]")["n"]
    assert numbers == [123, -7, 7, 15, 31, 1.5, 0.5, 1.0, 1000.0, -math.inf, "1_000", "12:30", "0b1", "12", "."]
    assert [type(number) for number in numbers[:5]] == [int] * 5
    assert math.isnan(values("n: .NaN")["n"])
    assert values("d: 2024-01-02\nt: 2024-01-02T10:00:00Z") == {"d": "2024-01-02", "t": "2024-01-02T10:00:00Z"}
    assert values("<<: {a: 1}\n2024-01-01: x\n1: y") == {"<<": {"a": 1}, "2024-01-01": "x", "1": "y"}
    assert values("n: " + "9" * 5000) == {"n": math.inf}


def test_tags_and_anchors() -> None:
    assert values("a: !!int x\nb: !thing [1]\nc: &c {d: 1}\ne: *c\nf: !!str 1\ng: !!python/object:os.system x") == {
        "a": "x",
        "b": [1],
        "c": {"d": 1},
        "e": {"d": 1},
        "f": "1",
        "g": "x",
    }


def test_keys_of_all_scripts() -> None:
    source = "标题: 肾\nключ: почка\nعنوان: كلية\n😀: 😀x\n"
    text = f"---\n{source}---\n"
    found = parse(text)
    assert found is not None
    assert found.properties == {"标题": "肾", "ключ": "почка", "عنوان": "كلية", "😀": "😀x"}
    for (key,), place in found.places.items():
        assert place.key.of(text) == key
        assert place.value.of(text) == found.properties[str(key)]


def test_line_separators_of_yaml_1_1_are_plain_characters() -> None:
    assert values("a: one\u2028two\nb: x\x85y\n") == {"a": "one\u2028two", "b": "x\x85y"}


def test_tab_on_a_blank_line() -> None:
    assert values("a: 1\n\t\nb: 2") == {"a": 1, "b": 2}


def test_json_of_the_digital_garden() -> None:
    source = '{"dg-publish":true,"dg-path":"Rad/é 😀.md","tags":["a"],"x":{"y":null}}'
    text = f"---\n{source}\n---\n"
    found = parse(text)
    assert found is not None
    assert found.form == "json"
    assert found.properties == json.loads(source)
    assert found.places[("dg-path",)].key.of(text) == '"dg-path"'
    assert found.places[("dg-path",)].value.of(text) == '"Rad/é 😀.md"'
    assert found.places[("tags", 0)].value.of(text) == '"a"'
    assert found.places[("x",)].value.of(text) == '{"y":null}'
    assert block("a: 1").form == "yaml"
    assert block("a: {b: 1}").form == "yaml"


def test_json_with_a_raw_line_break_is_a_yaml_map() -> None:
    found = block('{"dg-publish":true,"title":"one\n  two"}')
    assert (found.form, found.properties) == ("json", {"dg-publish": True, "title": "one two"})


def test_json_that_yaml_refuses() -> None:
    source = r'{"a":"\ud83d\ude00","b":[{"c":1.5}, "\u00e9"],"a" : false}'
    text = f"---\n{source}\n---\n"
    found = parse(text)
    assert found is not None
    assert found.properties == {"a": False, "b": [{"c": 1.5}, "é"]}
    assert found.places[("b", 0, "c")].value.of(text) == "1.5"
    assert found.places[("b",)].value.of(text) == r'[{"c":1.5}, "\u00e9"]'
    assert [(d.key, d.span.of(text), d.first.start < d.span.start) for d in found.duplicates] == [("a", '"a"', True)]
    assert "half a character" in blamed(r'{"a":"\ud83d"}')[0]


# Where its parts stand


def test_places() -> None:
    text = "---\na:  \"x\" # c\nb:\n- y\n- k: 'z'\n\nc: |\n  l1\n  l2\n\nd: [1, {e: 2}]\nf:\ng: >-\n  x\n---\nbody"
    found = parse(text)
    assert found is not None
    assert {path: (place.key.of(text), place.value.of(text)) for path, place in found.places.items()} == {
        ("a",): ("a", '"x"'),
        ("b",): ("b", "- y\n- k: 'z'"),
        ("b", 0): ("y", "y"),
        ("b", 1): ("k: 'z'", "k: 'z'"),
        ("b", 1, "k"): ("k", "'z'"),
        ("c",): ("c", "|\n  l1\n  l2"),
        ("d",): ("d", "[1, {e: 2}]"),
        ("d", 0): ("1", "1"),
        ("d", 1): ("{e: 2}", "{e: 2}"),
        ("d", 1, "e"): ("e", "2"),
        ("f",): ("f", ""),
        ("g",): ("g", ">-\n  x"),
    }
    assert found.place(("f",)).value.start == text.index("f:") + 2
    assert found.place(("d", 1, "no", 3)) == found.places[("d", 1)]
    assert found.place(("no",)).value.of(text) == "---"


def test_anchors_and_tags_are_no_part_of_the_value() -> None:
    text = "---\na: &x !!str one\nb: &y\n  c: 1\nd: *y\ne: !<tag:x,y> [2]\n---\n"
    found = parse(text)
    assert found is not None
    written = {path: place.value.of(text) for path, place in found.places.items()}
    assert written == {("a",): "one", ("b",): "c: 1", ("b", "c"): "1", ("d",): "*y", ("e",): "[2]", ("e", 0): "2"}


def test_duplicates() -> None:
    text = "---\na: {b: 1, c: 2}\nd: [{e: 1, e: 2}]\na: {b: 3}\n'a': 4\n---\n"
    found = parse(text)
    assert found is not None
    assert found.properties == {"a": 4, "d": [{"e": 2}]}
    starts = [text.index("e: 2"), text.index("a: {b: 3"), text.index("'a'")]
    assert [(d.key, d.span.start) for d in found.duplicates] == list(zip("eaa", starts, strict=True))
    assert [d.first.start for d in found.duplicates] == [text.index("e: 1"), 4, 4]
    assert set(found.places) == {("a",), ("d",), ("d", 0), ("d", 0, "e")}


def test_string_values_and_their_inside() -> None:
    text = "---\na: \"[[x]]\"\nb: ['y', \"t\\tz\", 'it''s', plain one]\nc: |\n  block\n---\n"
    found = parse(text)
    assert found is not None
    inside = {}
    for path, value, span in string_values(found):
        within = inner(text, span)
        inside[path] = within and within.of(text)
        assert within is None or within.of(text) == value
    assert inside == {
        ("a",): "[[x]]",
        ("b", 0): "y",
        ("b", 1): None,
        ("b", 2): None,
        ("b", 3): "plain one",
        ("c",): None,
    }


def test_string_values_of_an_alias_stand_at_the_alias() -> None:
    text = "---\na: &a {b: [x]}\nc: *a\n---\n"
    found = parse(text)
    assert found is not None
    assert [(path, span.of(text)) for path, _, span in string_values(found)] == [
        (("a", "b", 0), "x"),
        (("c", "b", 0), "*a"),
    ]
    assert inner(text, found.place(("c", "b", 0)).value) is None


@pytest.mark.parametrize(
    ("content", "links"),
    [
        ("rel: [[x]]", [(("rel",), "[[x]]")]),
        ("rel: [[x#h|y]] # why", [(("rel",), "[[x#h|y]]")]),
        ("rel:\n  - [[x]]\n  - '[[y]]'\n  - [[a, b]]", [(("rel", 0), "[[x]]"), (("rel", 2), "[[a, b]]")]),
        ("m:\n  n: [[x]]", [(("m", "n"), "[[x]]")]),
        ("rel: [[[a]], [[b]]]", [(("rel", 0), "[[a]]"), (("rel", 1), "[[b]]")]),
        ("rel: [[2024]]", [(("rel",), "[[2024]]")]),
        ("rel: [[a: b]]", [(("rel",), "[[a: b]]")]),
        ("rel: '[[x]]'", []),
        ("rel: [['x']]", []),
        ("rel: [[1, 2]]", []),
        ("rel: [[a], [b]]", []),
        ('{"rel":[["x"]],"n":[[1]]}', []),
    ],
)
def test_unquoted_links(content: str, links: list[tuple[tuple[str | int, ...], str]]) -> None:
    found = block(content)
    assert [(path, span.of(f"---\n{content}\n---\n")) for path, span in found.unquoted_links] == links


# Why it cannot be read


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        ("created: {{date}}", "{{date}} is a template, and must be in quotes", "{{date}}"),
        ("a: 1\ncreated: {{date}} {{time}}", "{{date}} is a template", "{{date}}"),
        ("{{title}}: x", "{{title}} is a template", "{{title}}"),
        ("a: {% if x %}", "{% if x %} is a template", "{% if x %}"),
        ("a: 1\né: b: c", "a second colon", "b: c"),
        ("a: 😀: c", "a second colon", "😀: c"),
        ("a: @x", "@ cannot start a value", "@x"),
        ("a: `x`", "` cannot start a value", "`x`"),
        ("a: %x", "% cannot start a value", "%x"),
        ("%a: x", "a line that starts with %", "%a: x"),
        ("a: *bold*", "must be in quotes", "*bold*"),
        ("a: **bold**", "a value that starts with *", "**bold**"),
        ("a: - b", "a list begins on a new line", "- b"),
        ("a:\n\tb: 1", "a tab indents", "\t"),
        ("a: x\n\tb: 1", "a tab indents", "\t"),
        ('é: "abc', "this quote is never closed", '"abc'),
        ("a: 'b\nc: d", "this quote is never closed", "'b"),
        ('a: "x" y', "text follows a value that is complete", "y"),
        ("a: 'it's'", "text follows a value that is complete", "s'"),
        ('a: "b" - c', "text follows a value that is complete", "- c"),
        ("r: [[a]], [[b]]", "text follows a value that is complete", ", [[b]]"),
        ("a: [x\nb: 1", "[ is never closed", "[x"),
        ('a: "C:\\q"', "unknown escape", '\\q"'),
        ("a: 1\nfoo\nb: 2", "this line has no colon", "foo"),
        ("a: 1\n b: 2", "indented deeper", "b: 2"),
        ("a:\n    b: 1\n  c: 2", "not indented like", "c: 2"),
        ("? [a]\n: b", "a map or a list cannot be the name", "["),
        ("- a\n- b", "frontmatter is a list, not properties", "- a\n- b"),
        ("some text", "frontmatter is a text, not properties", "some text"),
        ("é: x\x00y", "control character U+0000", "\x00"),
        ("é: x\x1by", "control character U+001B", "\x1b"),
        ("é: x\udce9y", "byte 0xE9, which is not UTF-8", "\udce9"),
        ("é: x\ud83dy", "half a character", "\ud83d"),
        ("a: 1\n...\nb: 2", "text follows the end", "b: 2"),
        ("a: *b", "there is no &b", "*b"),
        ("a: &a [*a]", "would contain itself", "*a"),
    ],
)
def test_faults(content: str, message: str, place: str) -> None:
    said, where = blamed(content)
    assert message in said
    assert where == place


def test_aliases_cannot_explode() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    assert "aliases expand to more than" in blamed("\n".join(lines))[0]
    chain = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 300)]
    assert "levels of maps and lists" in blamed("\n".join(chain))[0]


@pytest.mark.parametrize(
    "content", ["a: " + "[" * 100_000, "- " * 100_000, "a: " + "[{b: " * 100_000, '{"a":[' * 100_000]
)
def test_nesting_cannot_crash(content: str) -> None:
    assert "levels of maps and lists" in blamed(content)[0]


def test_nesting_that_people_write_is_read() -> None:
    assert len(list(string_values(block("a: " + "[" * 90 + "x" + "]" * 90)))) == 1


@settings(max_examples=400)
@given(st.text(st.sampled_from("ab:-[]{}\"'|>&*!#%@`,?~01. \t\n\r\\é😀\u2028\ufeff\x00\udc80<")), st.booleans())
def test_whatever_the_text(content: str, json_like: bool) -> None:
    text = f"---\n{{{content}}}\n---\n" if json_like else f"---\n{content}\n---\n"
    found = parse(text)
    assert found is not None
    spans = [span for place in found.places.values() for span in (place.key, place.value)]
    spans += [span for _, span in found.unquoted_links] + [found.fault.span if found.fault else found.span]
    assert all(0 <= span.start <= span.end <= found.content.end for span in spans if span is not found.span)
    for path, value, span in string_values(found):
        within = inner(text, span)
        assert within is None or within.of(text) == value, (path, value)
    misplaced(text)
    LineIndex(text).position(spans[-1].start)


@given(st.text())
def test_arbitrary_text(text: str) -> None:
    parse(text)
    misplaced(text)
    post(text)


# What was generated comes back, and from the right places

_LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _LETTERS
_PROPERTIES = st.dictionaries(
    _LETTERS,
    st.recursive(_SCALARS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(_LETTERS, inside, max_size=3)),
    max_size=4,
)


def assert_places(text: str, found: Frontmatter) -> None:
    """Each place covers the source of its own key and value, whatever stands around."""
    assert found.duplicates == ()
    assert len(found.places) == _size(found.properties)
    for path, place in found.places.items():
        value: Any = found.properties
        for step in path:
            value = value[step]
        if isinstance(path[-1], str):
            assert values(f"{place.key.of(text)}: 1") == {path[-1]: 1}
        if not (isinstance(value, dict | list) and value) or place.value.of(text)[0] in "[{":
            assert values(f"k: {place.value.of(text)}") == {"k": value}


def _size(value: Any) -> int:
    nested = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return len(nested) + sum(_size(item) for item in nested)


class _Dumper(yaml.SafeDumper):
    """Dumps by YAML 1.1, where more texts need quotes than in 1.2, but not `0o7` and `1e3`."""


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
_Dumper.add_representer(
    float, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", _float(number))
)


def _float(number: float) -> str:
    written = repr(number).replace("inf", ".inf")
    return written if "." in written else written.replace("e", ".0e")


@pytest.mark.slow
@pytest.mark.parametrize("flow", [True, False, None])
@given(properties=_PROPERTIES)
def test_yaml_comes_back(flow: bool | None, properties: dict[str, Any]) -> None:
    dumped = yaml.dump(properties, Dumper=_Dumper, allow_unicode=True, default_flow_style=flow, width=10_000)
    text = f"---\n{dumped}---\n"
    found = parse(text)
    assert found is not None
    assert found.fault is None
    assert found.properties == properties
    assert_places(text, found)


@given(properties=_PROPERTIES, ascii_only=st.booleans(), indent=st.sampled_from([None, 2]))
def test_json_comes_back(properties: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    text = f"---\n{json.dumps(properties, ensure_ascii=ascii_only, indent=indent)}\n---\n"
    if "Infinity" in text:
        return
    found = parse(text)
    assert found is not None
    assert found.fault is None
    assert found.form == "json"
    assert found.properties == properties
    assert len(found.places) == _size(properties)
    for place in found.places.values():
        json.loads(place.value.of(text))
        json.loads(place.key.of(text))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=8))
def test_generated_duplicates(pairs: list[tuple[str, int]]) -> None:
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\n"
    found = parse(text)
    assert found is not None
    assert found.properties == dict(pairs)
    starts: dict[str, int] = {}
    expected = []
    for line, (key, _) in enumerate(pairs):
        if key in starts:
            expected.append((key, Span(4 + 5 * line, 5 + 5 * line), Span(starts[key], starts[key] + 1)))
        starts.setdefault(key, 4 + 5 * line)
    assert [(found.key, found.span, found.first) for found in found.duplicates] == expected


# python-frontmatter

ORDINARY = (
    "---\ntitle: Kidney\ntags:\n  - gu\n  - rad\ndraft: true\n---\n\n"
    "# Kidney\n\nText --- with dashes.\n\n---\n\nMore.\n"
)


def test_split_as_python_frontmatter_does() -> None:
    for text in (ORDINARY, ORDINARY.replace("---\n\n#", "---\n#"), "No frontmatter.\n\n---\n\nText.\n"):
        found, reference = parse(text), python_frontmatter.loads(text)
        assert (found.properties if found else {}) == reference.metadata
        assert text[found.span.end if found else 0 :].strip() == reference.content


@pytest.mark.parametrize("number", ["9" * 5000, f"0x{'f' * 5000}", f"0o{'7' * 5000}", f"-{'1' * 5000}"])
def test_a_number_without_an_end_is_infinite(number: str) -> None:
    """As it is in JavaScript; Python refuses to write an integer of so many digits."""
    found = values(f"n: {number}")["n"]
    assert abs(found) == float("inf")
    assert repr(found)


def test_post() -> None:
    assert post(ORDINARY).metadata == {"title": "Kidney", "tags": ["gu", "rad"], "draft": True}
    assert post(ORDINARY).content.startswith("# Kidney")
    note = post("---\ndate: 2024-01-02\npublish: no\n---\nbody")
    assert note.metadata == {"date": "2024-01-02", "publish": "no"}
    again = python_frontmatter.dumps(note)
    assert post(again).metadata == note.metadata
    assert post("\n---\na: 1\n---\nbody").metadata == {}
    assert post("---\na: b: c\n---\nbody").metadata == {}
    line = '---\n{"dg-publish":true,"x":"é"}\n---\n\nbody'
    assert python_frontmatter.dumps(post(line)) == line


# The real material


def test_shared_notes_are_read_as_python_frontmatter_reads_them() -> None:
    if not SHARED.exists():
        pytest.skip("the shared vaults are not here")
    seen = 0
    for path in sorted(SHARED.rglob("*.md")):
        text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
        found = parse(text)
        if found is None:
            continue
        seen += 1
        try:
            reference = python_frontmatter.loads(text)
        except yaml.YAMLError:
            assert found.fault is not None, path
            continue
        assert found.fault is None, path
        assert list(found.properties) == [str(key) for key in reference.metadata], path
        assert text[found.span.end :].replace("\r\n", "\n").strip() == reference.content, path
    assert seen > 0


def test_property_links_of_the_vectors() -> None:
    texts = [t for t in _texts(vectors("links")) if t.startswith("---\n")]
    faulty = [text for text in texts if (found := parse(text)) and found.fault is not None]
    assert len(texts) > 10
    assert faulty == ['---\n- "[[x]]"\n---\n']  # a list has no properties


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


_WORDS = st.sampled_from(
    ["a", "b c", "1", "2024-01-02", "true", "no", "null", "1.5", "0x1f", "a/b", "x.y", "a-b", "a - b", "a (b)", "/x/",
     "yes", "1e3", "a_b", "A.", "a --- b", "x...", "a -b", "- a", "a: b", "a #b", "é", "[[x]]", "", " a", "'q'", "*a"]
)  # fmt: skip
_QUOTED = _WORDS.map(lambda word: f'"{word}"')
_KEYS = st.sampled_from(["a", "tags", "b-c", "d_e", "A1", "true", "null", "dg-publish", "é", "1"])
_LINES = st.one_of(
    st.tuples(_KEYS, _WORDS | _QUOTED).map(": ".join),
    st.tuples(_KEYS, st.lists(_WORDS, max_size=3).map(", ".join)).map(lambda pair: f"{pair[0]}: [{pair[1]}]"),
    st.tuples(
        _KEYS.map(lambda key: f"{key}:"),
        st.sampled_from(["  - ", "- ", "   - "]),
        st.lists(_WORDS | _QUOTED, max_size=3),
    ).map(lambda parts: "\n".join([parts[0], *(parts[1] + item for item in parts[2])])),
    st.sampled_from(["", "# c", "  x", "  - a", "- a", "\ta: b"]),
)


@pytest.mark.slow
@given(st.lists(_LINES, min_size=1, max_size=4).map(lambda lines: "\n".join(lines) + "\n"))
@settings(max_examples=800)
def test_simple_blocks_are_read_as_libyaml_reads_them(source: str) -> None:
    simple = simple_events(source, 4)
    if simple is not None:
        text = f"---\n{source}---\n"
        one, other = (EventReader(text).read(events) for events in (simple, yaml_events(source, 4, {})))
        assert repr(one.root) == repr(other.root)
        assert one.places == other.places
        assert one.duplicates == other.duplicates


@pytest.mark.parametrize(
    ("source", "is_simple"),
    [
        ("dg-publish: true\ntags: [gi, paediatric]\nrelated: \"[[Sign]]\"\naliases:\n  - one two\n  - b\n", True),
        ("a: b\n  c\n", False),
        ("a:\n- b\n  - c\n", False),
        ("a:\n", False),
        ("a: \"b\\n\"\n", False),
        ("a: [b, [c]]\n", False),
        ("", False),
    ],
)  # fmt: skip
def test_which_blocks_are_simple(source: str, is_simple: bool) -> None:
    assert (simple_events(source, 4) is not None) == is_simple
