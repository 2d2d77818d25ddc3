#!/usr/bin/env python3
"""Measure what `notelint fix --imported` removes from scrapes of sites that no pack knows, and what that costs.

    python benchmarks/scrapes.py FOLDER [--show N]

FOLDER holds `gold.json.gz` (a list of pages: id, url, type, title, author, published, text) and `pages/ID.html.gz`.
Each page is written in several forms as people paste it: its whole body as crude Markdown, by two converters, and as
plain text without links, with a line for each block or for each piece of text between two tags. A line is the
article's where three words in a row of most of it stand in the gold text, and a short one only near such lines, and
where the gold text has it between the same lines: entries of a table of contents are not its headings. What is not
known does not count. Site packs are off. Needs the extra `import`, and html2text.
"""

import argparse
import bisect
import collections
import gzip
import json
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from notelint.importer import blocks, decode, page
from notelint.note.note import Note
from notelint.residue import engine
from notelint.residue.page import FACT, JudgedPage

WORD = re.compile(r"[^\W_]+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
TYPES = ("article", "documentation", "forum")
LINKED, UNLINKED = ("markdown", "html2text"), ("plain", "pieces")
FORMS = (*LINKED, *UNLINKED)
LONG = 8  # words of a line that is the article's for certain
NEAR = 10  # lines
BESIDE = 3  # lines
SLACK = 3  # words by which two lines may overlap there
SHINGLE = 3  # words in a row that tell a line of the article


def words(text: str) -> list[str]:
    """The words of a text, each character of a script without blanks one of them."""
    return [part for word in WORD.findall(text.lower()) for part in (CJK.findall(word) or [word])]


def markdown(tree: Any) -> str:
    """The body of a page as crude Markdown."""
    from lxml import html
    from markdownify import markdownify

    _drop_hidden(tree)
    text: str = markdownify(html.tostring(page.body(tree), encoding="unicode"), heading_style="ATX")
    return re.sub(r"\n{3,}", "\n\n", text)


def other_markdown(tree: Any) -> str:
    """The same by another converter."""
    import html2text
    from lxml import html

    _drop_hidden(tree)
    converter = html2text.HTML2Text()
    converter.body_width = 0
    text: str = converter.handle(html.tostring(page.body(tree), encoding="unicode"))
    return re.sub(r"\n{3,}", "\n\n", text)


def pieces(tree: Any) -> str:
    """Each piece of text of a page's body on a line of its own, as scripts of a few lines get it."""
    _drop_hidden(tree, "noscript")
    found = (" ".join(text.split()) for text in page.body(tree).itertext())
    return "\n".join(filter(None, found))


def _drop_hidden(tree: Any, *others: str) -> None:
    for part in list(tree.iter("script", "style", "template", "svg", *others)):
        part.drop_tree()


def plain(tree: Any) -> str:
    """The body of a page as text without links, a line for each block."""
    found = [block.text for block in blocks.cut(page.body(tree)) if block.text]
    return "\n".join(found)


RENDERERS = {"markdown": markdown, "html2text": other_markdown, "plain": plain, "pieces": pieces}


def labels(texts: list[str], known: dict[str, Any]) -> list[bool | None]:
    """True for each line that is the article's, False for others; None where that is not known."""
    gold = words(known["text"])
    joined = f" {' '.join(gold)} "
    shingles = set(zip(gold, gold[1:], gold[2:], strict=False))
    facts = [" ".join(words(str(known.get(key) or ""))) for key in ("title", "author", "published")]
    found: list[bool | None] = []
    for text in texts:
        own = words(text)
        same = " ".join(own)
        if not own or any(fact and f" {fact} " in f" {same} " for fact in facts):
            found.append(None)
        elif f" {same} " in joined:
            found.append(True)
        elif len(own) <= SHINGLE:
            found.append(False)
        else:
            pieces = list(zip(own, own[1:], own[2:], strict=False))
            share = sum(piece in shingles for piece in pieces) / len(pieces)
            found.append(True if share > 0.5 else False if share < 0.2 else None)
    _settle_short(texts, found)
    _settle_repeated([words(text) for text in texts], found, gold)
    return found


def _settle_short(texts: list[str], found: list[bool | None]) -> None:
    """Settle lines of a few words that stand in the article too: they are its own among lines that surely are."""
    certain = [at for at, label in enumerate(found) if label and len(words(texts[at])) >= LONG]
    if not certain:
        return
    for at, text in enumerate(texts):
        if not found[at] or len(words(text)) >= LONG:
            continue
        behind = bisect.bisect(certain, at)
        before = at - certain[behind - 1] if behind else NEAR + 1
        after = certain[behind] - at if behind < len(certain) else NEAR + 1
        if min(before, after) > NEAR:
            found[at] = None if 0 < behind < len(certain) else False
        elif max(before, after) > NEAR:
            found[at] = True if min(before, after) <= BESIDE and len(words(text)) > SHINGLE else None


def _settle_repeated(own: list[list[str]], found: list[bool | None], gold: list[str]) -> None:
    """Settle short lines by what stands around them in the gold text.

    A line that stands there, but not between the same long lines, is none of the article's if it stands elsewhere on
    the page where the gold text has it, or if it is only a word or two.
    """
    at_words = collections.defaultdict[str, list[int]](list)
    for place, word in enumerate(gold):
        at_words[word].append(place)
    bounds = _in_order(
        [
            (at, places[0], places[0] + len(line))
            for at, line in enumerate(own)
            if found[at] and len(line) >= LONG and len(places := _places(line, gold, at_words)) == 1
        ]
    )
    numbers, fitting, others = [bound[0] for bound in bounds], set[str](), list[int]()
    for at, line in enumerate(own):
        if bounds and found[at] and 0 < len(line) < LONG:
            behind = bisect.bisect(numbers, at)
            first = bounds[behind - 1][2] - SLACK if behind else 0
            last = bounds[behind][1] + SLACK if behind < len(bounds) else len(gold)
            if any(first <= place <= last - len(line) for place in _places(line, gold, at_words)):
                fitting.add(" ".join(line))
            else:
                others.append(at)
    for at in others:
        if len(own[at]) < SHINGLE or " ".join(own[at]) in fitting:
            found[at] = False


def _places(line: list[str], gold: list[str], at_words: dict[str, list[int]]) -> list[int]:
    """Where in the gold text the words of a line stand in a row."""
    rarest = min(line, key=lambda word: len(at_words[word]))
    starts = (place - line.index(rarest) for place in at_words[rarest])
    return [start for start in starts if start >= 0 and gold[start : start + len(line)] == line]


def _in_order(bounds: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The most of some lines (number, first and last place in the gold text) that stand there in the page's order."""
    lowest: list[int] = []  # of the last places of rows of one, two ... lines
    last: list[int] = []  # the lines that end such rows
    before: list[int] = []
    for number, (_, start, _) in enumerate(bounds):
        length = bisect.bisect_left(lowest, start)
        before.append(last[length - 1] if length else -1)
        lowest[length : length + 1], last[length : length + 1] = [start], [number]
    row, number = list[tuple[int, int, int]](), last[-1] if last else -1
    while number >= 0:
        row.append(bounds[number])
        number = before[number]
    return row[::-1]


def analysed(file: Path, name: str, form: str, *, weights: bool = False) -> JudgedPage:
    """A scrape of a page, as the rules see it without packs, and with `weights` what is learned."""
    tree = page.parse(decode.decode(gzip.decompress(file.read_bytes())).text, name)
    text = RENDERERS[form](tree)
    return engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=weights)


def measured(job: tuple[Path, dict[str, Any], str, bool]) -> dict[str, Any]:
    """Words of the article, of residue, and of both what fixes take, safe and unsafe, of one page."""
    file, known, form, weights = job
    found = analysed(file, known["id"], form, weights=weights)
    counts: collections.Counter[str] = collections.Counter()
    taken: list[tuple[str, str]] = []
    left: list[str] = []
    texts = [unit.text for unit in found.units]
    labelled = labels(texts, known)
    for unit, verdict, label in zip(found.units, found.verdicts, labelled, strict=True):
        if label is None:
            continue
        size = len(words(unit.text))
        kind = "article" if label else "residue"
        counts[kind] += size
        if verdict is not None and not (label and verdict.kind == FACT and verdict.safe):
            counts[f"{kind} {'safe' if verdict.safe else 'guess'}"] += size
            if label:
                taken.append(("safe" if verdict.safe else "guess", unit.text))
        elif verdict is None and not label:
            left.append(unit.text)
    return {"id": known["id"], "type": known["type"], "counts": counts, "taken": taken, "left": left}


def rows(results: list[dict[str, Any]]) -> Iterator[str]:
    """A line of a table for each kind of pages."""
    for kind in (*TYPES, ""):
        some = [one["counts"] for one in results if one["type"].startswith(kind)]
        total: collections.Counter[str] = sum(some, collections.Counter())
        article, residue = max(1, total["article"]), max(1, total["residue"])
        safe, lost = total["residue safe"], total["article safe"]
        unsafe, guessed = safe + total["residue guess"], lost + total["article guess"]
        yield (
            f"| {kind or 'all'} | {len(some)} | {safe / residue:.3f} | {lost} of {article} ({lost / article:.3%}) | "
            f"{unsafe / residue:.3f} | {guessed} ({guessed / article:.3%}) |"
        )


def main() -> None:
    """Measure, and print a table for each form."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", action="store_true", help="Leave out what is learned.")
    parser.add_argument("--show", type=int, default=0, help="Show so many of the lines that are lost or left.")
    parser.add_argument("--dump", type=Path, help="Write all lines that are lost or left to this file.")
    asked = parser.parse_args()
    gold = json.loads(gzip.decompress((asked.folder / "gold.json.gz").read_bytes()))
    gold = [one for one in gold if one["type"] in TYPES]
    everything = []
    with ProcessPoolExecutor() as pool:
        for form in FORMS:
            jobs = [(asked.folder / "pages" / f"{one['id']}.html.gz", one, form, not asked.rules) for one in gold]
            results = list(pool.map(measured, jobs, chunksize=4))
            everything += [{**one, "form": form} for one in results]
            print(
                f"\n{form}\n\n| pages | n | safe: residue gone | article lost | unsafe: residue gone | article lost |"
            )
            print("|---|---|---|---|---|---|")
            print("\n".join(rows(results)), flush=True)
            left = collections.Counter(text for one in results for text in set(one["left"]))
            for text, count in left.most_common(asked.show):
                print(f"left {count:4} {text[:100]}")
            for one in results if asked.show else ():
                for safety, text in one["taken"]:
                    print(f"lost {safety} {one['id']}: {text[:150]}")
    if asked.dump is not None:
        asked.dump.write_text(json.dumps(everything), "utf-8")


if __name__ == "__main__":
    main()
