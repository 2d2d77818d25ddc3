"""No fix of any checker harms a note: generated notes and real pages, held against another parser than notelint's."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notelint.checkers.registry import load_checkers
from notelint.config.profiles import load_profile
from notelint.core.diagnostic import Diagnostic
from notelint.core.text import Edit
from notelint.edits.apply import apply
from notelint.edits.fix_loop import FixedNotes, fix_notes
from notelint.engine.lint import LintPlan, lint
from notelint.note.note import Note
from notelint.note.profile_matching import Profiles
from notelint.residue.imports import is_import
from notelint.vault.vault import Vault
from tests.conftest import REFERENCE, ROOT, reference

pytestmark = pytest.mark.slow

CHECKERS = tuple(checker() for checker in load_checkers().values())
ALLOWED = {id: checker.allowance() for id, checker in load_checkers().items()}
PROFILES = Profiles([load_profile(name, ROOT) for name in ("disease", "sign", "imported-article")])
PAGES = sorted(path.name for path in (REFERENCE / "residue" / "pages").glob("*"))
WORD = re.compile(r"[^\W\d_]\w*")  # no numbers: some are marks of lists
LINK = re.compile(r"!?\[\[[^\[\]\n]+\]\]|\]\([^()\s]+\)")
LINES = st.sampled_from(
    r"""
    title: x
    rel: [[x]]
    tags: [a, b]
    tags: [a, b]
    type: imported-article
    type: disease
    dg-publish: no
    publsh: x
    ---
    {"dg-publish":true,"dg-path":"z/J.md","permalnk":"/q/"}
    # Title
    ## Aetiology
    ## Imaging features
    #### Deep
    ##
    Heading
    =======
    - item
    -
    * * *
    1. First A. On rims. 2001
    2. Second B. On growth. 2002
    > quote
    >
    | a | [[Old/B|b]] |
    |---|---|
    | 1 | 2 |
    ```
    ~~~
    $$
    %%
    <!--
    -->
    <div>
    </div>
    text with `code` and ``a ` b``
    The rim is thin.[1](#cite_note-1) It grows [[2]](https://e.org/p#ref-2 "Reference").
    [[1]](#cite_note-1)
    It is seen in 0.5-7% 1. It takes several years 2,3.
    word [1] word [2], end [3].
    It costs $5 and $6.
    ## References
    Background [edit]
    [^1]: note
    text[^1]
    [r]: x.md
    [](http://x.y/z) and [](#) [ ](#a "t")
    [](#)- x
    **bold**** ** ** x
    **
    text ^id
    ^id2
    See [[Note#a]] and [[Old/Note two]] ![[Note]]
    see [x](http://e.org/?utm_source=a&b=c#d) and [y](<a b.md>)
    soft\u00adhyphen zero\u200bwidth
    \u200b# not heading
    caf\u00c3\u00a9
    \udce9 bytes \x00 nul
    ADVERTISEMENT: Supporters see fewer/no ads
    Last revised by A B on 4 Jan 2022
    Unable to process the form. Check for errors and try again.
    [Sign up](https://radiopaedia.org/users/sign_up)
    Share on Facebook
    Skip to main content
    [Home](https://e.org/)
    Radiographic features
    Differential diagnosis
    a paragraph of several words that is certainly prose, and of the article. It goes on.
    considerations include:
    <<<<<<< HEAD
    - [ ] task
    text (with bracket
    """.encode("ascii", "backslashreplace").decode("unicode_escape", "surrogatepass").split("\n    ")[1:]
)  # fmt: skip
INDENTS = st.sampled_from(["", "", "", "", "  ", "    ", "\t", "> ", "- "])
BODIES = st.lists(st.tuples(INDENTS, st.one_of(st.just(""), LINES, LINES)).map("".join), max_size=25)
HEADS: st.SearchStrategy[list[str]] = st.one_of(
    st.just([]), st.lists(LINES, max_size=4).map(lambda lines: ["---", *lines, "---"])
)
NOTES = st.builds(
    lambda head, body, end: end.join([*head, *body, ""]), HEADS, BODIES, st.sampled_from(["\n", "\r\n", "\r"])
)


class Watched:
    """Checks a note in a small vault, and looks at what each round of fixes did to it."""

    def __init__(self, text: str, *, unsafe: bool) -> None:
        self.before = Note("A.md", text)
        self.unsafe = unsafe
        self.imported = False
        self.edits: tuple[str, list[Edit]] | None = None

    def __call__(self, notes: Mapping[str, Note]) -> dict[str, list[Diagnostic]]:
        (note,) = notes.values()
        if self.edits is not None:
            harm(self.edits[0], note.text, self.edits[1])
        note = self.renewed(note)
        other = Note("Note.md", "# a\nText ^id\n")
        outlines = {"Note.md": other.outline, "A.md": note.outline}
        found = list(lint(note, Vault(outlines, [*outlines, "x/Note two.md", "New/B.md"]), LintPlan(CHECKERS)))
        assert not [one.message for one in found if "crashed" in one.message]
        fixes = [one.fix for one in found if one.fix and (self.unsafe or one.fix.safety.value == "safe")]
        _, applied = apply(note.text, fixes)
        self.edits = (note.text, [edit for fix in applied for edit in fix.edits])
        return {"A.md": found}

    def renewed(self, note: Note) -> Note:
        """The note with its profile; what was signed as an import stays one."""
        now = note.with_profile(PROFILES.of(note))
        self.imported = self.imported or is_import(now)
        return now.as_named_import() if self.imported else now

    def fix(self) -> FixedNotes:
        return fix_notes(
            {"A.md": self.renewed(self.before)},
            self,
            unsafe=self.unsafe,
            allowed=ALLOWED.__getitem__,
            renewed=self.renewed,
        )


def harm(before: str, after: str, edits: Iterable[Edit]) -> None:
    """Assert that what `after` has not of `before` was named by an edit, as markdown-it-py reads both."""
    named = Counter[str]()
    for edit in edits:
        first, last = line_around(before, edit)
        named.update(WORD.findall(before[first:last]))
    assert not seen(before) - seen(after) - named, "words are lost"
    lost = Counter(LINK.findall(before)) - Counter(LINK.findall(after))
    assert all(not Counter(WORD.findall(link)) - named for link in lost), "a link is lost"
    code = fences(before) - fences(after)
    assert all(not Counter(WORD.findall(text)) - named for text in code), "code is lost"


def line_around(text: str, edit: Edit) -> tuple[int, int]:
    """The word or link that an edit stands in, roughly: up to the next blanks."""
    first, last = edit.span.start, edit.span.end
    while first and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return first, last


def seen(text: str) -> Counter[str]:
    """Count the words of a note that are in no fence: a fix may take lines into frontmatter."""
    definitions_read_as_text = Note("A.md", text.replace("]:", "] "))
    contents = [token.content for token in definitions_read_as_text.tokens if token.type != "fence"]
    if (head := definitions_read_as_text.frontmatter) is not None:
        contents.append(definitions_read_as_text.text[head.content.start : head.content.end])
    return Counter(word for content in contents for word in WORD.findall(content))


def fences(text: str) -> Counter[str]:
    """The texts between fences, without what is not text."""
    contents = (token.content for token in Note("A.md", text).tokens if token.type == "fence")
    return Counter(re.sub("[^\x01-\x7f]", "", content) for content in contents)


def comes_to_rest(text: str, *, unsafe: bool) -> FixedNotes:
    """Fix a note; assert that nothing is harmed, and that fixing it again changes nothing."""
    fixed = Watched(text, unsafe=unsafe).fix()
    if not fixed.problems:
        again = Watched(fixed.notes["A.md"].text if fixed.notes else text, unsafe=unsafe).fix()
        assert again.notes == {}
        assert bool(again.problems) == bool(fixed.refused), "a fix that is refused is refused again, and no other"
    return fixed


@given(NOTES, st.booleans())
@example("    title: x\n```\ntitle: x\nADVERTISEMENT: Supporters see fewer/no ads\n", False)
@settings(max_examples=300)
def test_no_fix_harms_a_note_made_of_whatever_notes_hold(text: str, unsafe: bool) -> None:
    comes_to_rest(text, unsafe=unsafe)


@pytest.mark.parametrize("name", PAGES)
def test_no_fix_harms_a_real_page(name: str) -> None:
    text = reference("residue", "pages", name).read_bytes().decode("utf-8", "surrogateescape")
    for unsafe in (False, True):
        assert comes_to_rest(text, unsafe=unsafe).problems == {}


@given(st.data())
@settings(max_examples=100)
def test_no_fix_harms_what_is_left_of_a_real_page(data: st.DataObject) -> None:
    page = reference("residue", "pages") / data.draw(st.sampled_from(PAGES or [""]))
    lines = page.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    start = data.draw(st.integers(0, len(lines)))
    part = lines[start : start + data.draw(st.integers(1, 80))]
    gone = data.draw(st.sets(st.integers(0, len(part)), max_size=10))
    text = "\n".join(line for at, line in enumerate(part) if at not in gone)
    comes_to_rest(text, unsafe=data.draw(st.booleans()))
