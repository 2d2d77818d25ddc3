"""Fuzzing that stays: `make fuzz` (FUZZ_SECONDS=60, FUZZ_SEED, FUZZ_TARGETS) mutates a corpus for a limited time.

Each target takes a text and raises where something is wrong: reading a note (parse), all checkers (check), fixes (fix),
a web page (import), and properties, held against ruamel.yaml (frontmatter). What fails is
written to `tests/data/fuzz/`, so that it is tried again each time, and as a test of the project.
"""

import datetime
import hashlib
import os
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from notelint.checkers.registry import load_checkers
from notelint.core.diagnostic import CRASHED, Diagnostic
from notelint.core.errors import NotelintError
from notelint.edits import fix_loop
from notelint.engine.lint import LintPlan, lint
from notelint.note.frontmatter.parse import parse as parse_properties
from notelint.note.note import Note
from notelint.note.profile import Match, Profile, Section
from notelint.vault.vault import Vault

CORPUS = Path(__file__).parent / "data" / "fuzz"
LONGEST = 4000  # characters
PROFILE = Profile("kind", match=Match(paths=("*",)), sections=(Section("Imaging", min_words=3), Section("Causes")))
NOTE_ATOMS = (
    "---\n", "[[", "]]", "![[", "](", "[x](a b.md)", "|", "\\|", "# ", "## Imaging\n", "\n\n", "\n", "\r\n",
    "\r", "`", "```\n", "~~~\n", "%%", "<!-- ", " -->", '<a href="x">', "</a>", "<% ", "%>", "$", "$$\n", "> ",
    "- ", "1. ", "| a | b |\n|---|---|\n", "^id", "{ #id}", "[^a]", "[^a]: ", "[a]: b.md", "**", "** **", "_",
    "==", "\t", "\xa0", "\u200b", "\udcff", "\x00", "\xe9", "\U0001f600", "tags: a\n", "tags: [a, b]\n",
    "dg-publish: true\n", "source: https://example.org/a\n", "type: imported\n", "notelint-disable ",
    "<!-- notelint-disable-next-line broken-link -->\n", "Advertisement\n", "https://a.b/?utm_source=x",
    "[[#Imaging]]", "the causes include:\n", "\xc3\xa9", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "[edit]",
    "[1]", "## References\n", "lorem ipsum dolor sit amet", "&amp;", "\\",
)  # fmt: skip
YAML_ATOMS = (
    "a: ", "b: ", "- ", "  ", "\n", "[", "]", "{", "}", ", ", ": ", "'", '"', "|\n", ">\n", "|-\n", ">+\n", "#",
    " # c\n", "&a ", "*a", "!!str ", "!t ", "? ", "no", "yes", "true", "null", "~", "1", "0o7", "0x1F", "1_000",
    "1e3", ".5", ".inf", "-.INF", ".nan", "2024-01-02", "12:30", "0777", "+1", "\t", "\\n", "\\u00e9", "''",
    "<<: ", "=", "\xe9", "\u2028", "\x85", "%", "@", "`", "text", "a b", "---", "...", "x:y", "http://a.b",
    "[[x]]", "{{x}}", "\r\n", '"\\x41"', "\\", "::",
)  # fmt: skip
HTML_ATOMS = (
    "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<!-- c -->", "<?pi x?>",
    "<![CDATA[x]]>", "<ul>", "<li>", "</li>", "</ul>", "<dl>", "<dt>", "<dd>", "<pre>", "<code>", "</code>",
    "</pre>", "<math>", "<mi>x</mi>", "<msup>", "</math>", "<img src='a.png' data-src=b>", "<figure>",
    "<figcaption>", "<caption>", "<blockquote>", "<h2>", "</h2>", "<a href='/b'>", "</a>",
    "<script type='math/tex'>x</script>", "<br>", "<svg>", "<iframe>", "<template>", "<noscript>", "&nbsp;",
    "&#0;", "text of an article ", "\x00", "\xe9", "<sup>1</sup>", "<details>", "<summary>", "<ol start='x'>",
    "<th colspan=99>", "<annotation encoding='TeX'>", "<mfrac>",
)  # fmt: skip


_CHARACTERS = "\0\t\n\r #-:[]{\x85\xa0\u200b\udc80"


class FoundError(AssertionError):
    """Something is wrong with what notelint makes of an input."""


def parse(text: str) -> None:
    """A note is read, whatever it holds: what is found lies in it, and its bytes come back."""
    note = Note("A.md", text)
    outline, size = note.outline, len(text)
    spans = [link.span for link in note.links] + [heading.span for heading in outline.headings]
    for span in [*spans, *(block.span for block in outline.block_ids), *note.structure.opaque.spans]:
        _require(0 <= span.start <= span.end <= size, f"{span} lies outside")
    data = note.encode()
    _require(Note.decode("A.md", data).encode() == data, "bytes are lost")


def _lint(notes: Mapping[str, Note]) -> dict[str, list[Diagnostic]]:
    other = Note("B c.md", "# Imaging\n").outline
    return {path: lint(one, Vault({path: one.outline, "B c.md": other}), _plan()) for path, one in notes.items()}


_PLAN: list[LintPlan] = []


def _plan() -> LintPlan:
    if not _PLAN:
        _PLAN.append(LintPlan(tuple(kind() for kind in load_checkers().values())))
    return _PLAN[0]


def check(text: str) -> None:
    """No checker crashes, and each diagnostic lies in the note."""
    for found in _lint({"A.md": Note("A.md", text, PROFILE)})["A.md"]:
        _require(found.checker != CRASHED, found.message)
        _require(0 <= found.span.start <= found.span.end <= len(text), f"{found} lies outside")


ALLOWED = {id: checker.allowance() for id, checker in load_checkers().items()}


def fix(text: str) -> None:
    """Safe fixes come to rest, and leave nothing safe to do. What `verify` refuses is left as it was."""
    note = Note("A.md", text, PROFILE)
    done = fix_loop.fix_notes({"A.md": note}, _lint, unsafe=False, allowed=ALLOWED.__getitem__)
    if "A.md" in done.notes:
        again = fix_loop.fix_notes({"A.md": done.notes["A.md"]}, _lint, unsafe=False, allowed=ALLOWED.__getitem__)
        _require(not again.notes, "a second run fixes more")


def import_(text: str) -> None:
    """A page becomes a note, or is refused in one line."""
    from notelint.importer import article as importer
    from notelint.importer import formats

    article = "<p>An article of some length explains in plain words how stones form in the kidney.</p>" * 5
    page = f"<html><body><article>{article}{text}</article></body></html>".encode("utf-8", "replace")
    try:
        importer.read(formats.read(page, "page.html", None), None, datetime.date(2024, 1, 2))
    except NotelintError as error:
        _require("\n" not in str(error), "an error of several lines")


def properties(text: str) -> None:
    """Properties are read as ruamel.yaml reads YAML 1.2, but for what `explained` knows."""
    block = parse_properties(f"---\n{text}\n---\n")
    if block is None or block.span.end != len(f"---\n{text}\n---\n"):
        return
    theirs = oracle(f"{text}\n")
    if block.duplicates:  # the last one counts, as in Obsidian; ruamel.yaml takes the first
        return
    mine: object = "fault" if block.fault is not None else block.properties
    if not same(mine, theirs) and explained(text, mine, theirs) is None:
        raise FoundError(f"{mine!r} is read, {theirs!r} by ruamel.yaml")


def oracle(text: str) -> object:
    """The value that ruamel.yaml reads by YAML 1.2; "fault" for what is not a map, or cannot be read."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    warnings.simplefilter("ignore")  # an anchor that is given twice
    try:
        reader = YAML(typ="safe", pure=True)
        reader.allow_duplicate_keys = True
        found = reader.load(text)
    except (YAMLError, ValueError, TypeError, LookupError, RuntimeError, AttributeError, AssertionError):
        return "fault"
    return {} if found is None else found if isinstance(found, dict) else "fault"


def same(mine: object, theirs: object) -> bool:
    """Tell whether two values are the same; a key is its text, and a NaN is itself."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        named = {_key(key): value for key, value in theirs.items()}
        return mine.keys() == named.keys() and all(same(mine[key], named[key]) for key in mine)
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(same, mine, theirs))
    if isinstance(mine, float) and isinstance(theirs, float):
        return mine == theirs or (mine != mine and theirs != theirs)
    return type(mine) is type(theirs) and mine == theirs


def _key(key: object) -> object:
    return key if isinstance(key, str) else str(key)


def explained(text: str, mine: object, theirs: object) -> str | None:
    """The reason for which Obsidian's reading, by the npm library `yaml`, is taken and not that of ruamel.yaml."""
    reasons: tuple[tuple[str, bool], ...] = (
        ("keys are texts as they are written: `1.0:` and `true:` are not numbers", _has_other_keys(theirs)),
        ("dates stay texts, by the core schema of YAML 1.2", _has(theirs, (datetime.date, datetime.datetime))),
        ("tags are not part of the core schema: the value counts", "!" in text),
        ("`<<` is a key as any other in YAML 1.2", "<<" in text),
        (
            "numbers with underscores and colons, and `=`, are YAML 1.1's",
            any(mark in text for mark in ("_", "=", ":")) and _scalars_differ(mine, theirs),
        ),
        ("octal numbers are written 0o7; 0777 is decimal", "0" in text and _scalars_differ(mine, theirs)),
        ("a block beyond the first document is not part of the properties", "---" in text or "..." in text),
        ("line breaks of Unicode are characters in YAML 1.2", any(c in text for c in "\x85\u2028\u2029\ufeff")),
        ("a tab is a blank between tokens", "\t" in text),
        ("templates and links without quotes are named faults", "{{" in text or "[[" in text),
        ("what libyaml refuses is a fault with its place: the remedy is quotes, whoever reads it", mine == "fault"),
        ("what ruamel.yaml refuses and libyaml takes is read, as Obsidian's library does", theirs == "fault"),
        ("an anchor's name ends at a colon, as libyaml reads it", re.search(r"&[\w-]+:", text) is not None),
        ("a percent sign begins a directive only before a document", "%" in text),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _has_other_keys(value: object) -> bool:
    if isinstance(value, dict):
        return any(not isinstance(key, str) for key in value) or any(map(_has_other_keys, value.values()))
    return isinstance(value, list) and any(map(_has_other_keys, value))


def _has(value: object, kinds: tuple[type, ...]) -> bool:
    if isinstance(value, dict):
        return any(_has(one, kinds) for pair in value.items() for one in pair)
    return isinstance(value, kinds) or (isinstance(value, list) and any(_has(one, kinds) for one in value))


def _scalars_differ(mine: object, theirs: object) -> bool:
    """Tell whether both are built alike, and only the kinds of simple values differ."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return len(mine) == len(theirs) and all(map(_scalars_differ, mine.values(), theirs.values()))
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(_scalars_differ, mine, theirs))
    return not isinstance(mine, dict | list) and not isinstance(theirs, dict | list)


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise FoundError(what)


TARGETS: dict[str, tuple[Callable[[str], None], tuple[str, ...]]] = {
    "parse": (parse, (*NOTE_ATOMS, *YAML_ATOMS)),
    "check": (check, NOTE_ATOMS),
    "fix": (fix, NOTE_ATOMS),
    "import": (import_, HTML_ATOMS),
    "frontmatter": (properties, YAML_ATOMS),
}


def corpus(target: str) -> list[str]:
    """The inputs that are kept for a target."""
    return [file.read_bytes().decode("utf-8", "surrogateescape") for file in sorted(CORPUS.glob(f"{target}-*.txt"))]


def inputs(target: str, seed: int) -> Iterator[str]:
    """The corpus, then mutations of it and new texts, for ever."""
    _, atoms = TARGETS[target]
    kept, chance = corpus(target), random.Random(f"{seed} {target}")
    yield from kept
    while True:
        text = chance.choice(kept) if kept and chance.random() < 0.5 else ""
        for _ in range(chance.randint(1, 12)):
            text = _mutated(text, atoms, chance)[:LONGEST]
        yield text


def _mutated(text: str, atoms: tuple[str, ...], chance: random.Random) -> str:
    at, other = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    what = chance.random()
    if what < 0.6:
        return text[:at] + chance.choice(atoms) * (1 if chance.random() < 0.9 else chance.randint(2, 30)) + text[at:]
    if what < 0.75:
        return text[:at] + text[other:]
    if what < 0.9:
        return text[:other] + text[at:other] + text[other:]
    return (
        text[:at] + chr(chance.choice((0, 9, 10, 13, 32, 35, 45, 58, 91, 93, 123, 133, 160, 8203, 56448))) + text[at:]
    )


def main() -> int:
    """Fuzz each target for its share of the time; 1 if anything was found."""
    seconds = float(os.environ.get("FUZZ_SECONDS", "60"))
    seed = int(os.environ.get("FUZZ_SEED", "") or time.time_ns() % 1_000_000)
    names = os.environ.get("FUZZ_TARGETS", "").split() or list(TARGETS)
    failed = False
    for name in names:
        end, count = time.monotonic() + seconds / len(names), 0
        found: Counter[str] = Counter()
        for text in inputs(name, seed):
            if time.monotonic() > end:
                break
            count += 1
            problem = _tried(name, text)
            if problem is not None:
                found[problem] += 1
                if found[problem] == 1:
                    _keep(name, text, problem)
        print(f"{name}: {count} inputs, {len(found)} kinds of failure (seed {seed})")
        failed |= bool(found)
    return int(failed)


def _tried(name: str, text: str) -> str | None:
    """The fault of an input, by its kind; None if there is none."""
    try:
        TARGETS[name][0](text)
    except Exception as error:
        trace, place = error.__traceback__, ""
        while trace is not None:
            place, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
        said = str(error)[:80] if isinstance(error, FoundError) else ""
        return f"{type(error).__name__} at {place} {said}"
    return None


def _keep(name: str, text: str, problem: str) -> None:
    data = text.encode("utf-8", "surrogateescape" if not any("\ud800" <= c < "\udc80" for c in text) else "replace")
    file = CORPUS / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.txt"
    file.write_bytes(data)
    print(f"{name}: {problem}\n  kept as {file}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
