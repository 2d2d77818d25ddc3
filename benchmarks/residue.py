"""Measure the residue that `notelint fix` removes from real pages, and its cost to the article: by group of sites.

    python benchmarks/residue.py FOLDER [--pages | --groups]

FOLDER holds `pages/`, `gold/` (a label for each line), `index.json`, `traps.json`, a scorer `score.py`
(which needs numpy) and a `README.md` with a table of what other methods reach. Pages are fixed by the real command, in
a temporary vault, declared imports.
"""

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from notelint.note.note import Note
from notelint.residue import engine, site_pages
from notelint.residue.page import JudgedPage

KINDS = ("advertisement", "form-text", "consent-banner", "share-widget", "navigation", "edit-history")
RUNS = {
    "safe fixes": ((), True),
    "safe fixes, no site packs": ((), False),
    "unsafe fixes": (("--unsafe-fixes",), True),
    "unsafe fixes, no site packs": (("--unsafe-fixes",), False),
}
WORD = re.compile(r"\w+")
SELECTED = ("--select", "residue", "--select", "missing-frontmatter")


def fix(vault: Path, flags: tuple[str, ...]) -> None:
    """Run `notelint fix --imported` on a vault, with the checkers that imports need."""
    command = [sys.executable, "-m", "notelint", "fix", "--imported", ".", *SELECTED, *flags]
    subprocess.run(command, cwd=vault, check=False, capture_output=True)


def vault_of(notes: dict[str, str], where: Path, packs: bool) -> Path:
    """A vault with these notes, whose configuration uses site packs or not."""
    where.mkdir()
    tables = (f"[checkers.{kind}]\nsite-packs = {str(packs).lower()}\n" for kind in KINDS)
    (where / "notelint.toml").write_text("".join(tables), "utf-8")
    for name, text in notes.items():
        (where / name).write_bytes(text.encode("utf-8"))
    return where


def scores(folder: Path, scorer: ModuleType, flags: tuple[str, ...], packs: bool) -> Iterator[tuple[Any, Any, bool]]:
    """For each page: its entry in the index, the scorer's counts, and whether a second run changes nothing."""
    index = json.loads((folder / "index.json").read_text("utf-8"))
    texts = {entry["id"]: (folder / entry["file"]).read_bytes().decode("utf-8") for entry in index}
    with tempfile.TemporaryDirectory() as temporary:
        vault = vault_of({f"{id}.md": text for id, text in texts.items()}, Path(temporary) / "vault", packs)
        fix(vault, flags)
        once = {entry["id"]: (vault / f"{entry['id']}.md").read_bytes() for entry in index}
        fix(vault, flags)
        for entry in index:
            gold = json.loads((folder / "gold" / f"{entry['id']}.json").read_text("utf-8"))
            counts, _ = scorer.score_page(texts[entry["id"]], gold, once[entry["id"]].decode("utf-8"))
            yield entry, counts, (vault / f"{entry['id']}.md").read_bytes() == once[entry["id"]]


def traps_lost(folder: Path, flags: tuple[str, ...], packs: bool) -> tuple[int, int]:
    """Number of traps that lose a word, alone or inside a note, and number of all traps."""
    traps = [trap["text"] for trap in json.loads((folder / "traps.json").read_text("utf-8"))]
    notes = {f"{at}-alone.md": text for at, text in enumerate(traps)}
    notes |= {f"{at}-inside.md": f"# A note\n\nSome words.\n\n{text}\n\nMore words.\n" for at, text in enumerate(traps)}
    with tempfile.TemporaryDirectory() as temporary:
        vault = vault_of(notes, Path(temporary) / "vault", packs)
        fix(vault, flags)
        left = {name: Counter(WORD.findall((vault / name).read_text("utf-8"))) for name in notes}
    return sum(bool(Counter(WORD.findall(text)) - left[name]) for name, text in notes.items()), len(notes)


def row(name: str, counts: Any, pages: int, same: int) -> list[str]:
    """One row of the table."""
    gone, lost = counts["residue_w"] - counts["residue_in_body"], counts["keep_w"] - counts["keep_in_body"]
    share = f"{gone / counts['residue_w']:.3f}" if counts["residue_w"] else "-"
    precision = f"{gone / (gone + lost):.3f}" if gone + lost else "-"
    meta = f"{counts['meta_captured']}/{counts['meta_l']}, lost {counts['meta_lost']}" if counts["meta_l"] else "-"
    return [name, share, precision, f"{lost} of {counts['keep_w']}", meta, f"{same}/{pages}"]


HEAD = ["page", "residue gone (words)", "precision", "article words lost", "facts kept", "second run the same"]


def show(rows: list[list[str]]) -> None:
    """Print a Markdown table with even columns."""
    widths = [max(len(cells[at]) for cells in rows) for at in range(len(rows[0]))]
    for at, cells in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |")
        if at == 0:
            print("| " + " | ".join("-" * width for width in widths) + " |")


def groups(folder: Path) -> None:
    """Print what fixes take of the residue and of the article, by group of sites, those without a pack apart.

    Words are those of whole lines: what becomes of a line that is article and residue at once is not counted.
    """
    counts: dict[str, Counter[str]] = {}
    known = set()
    for entry in json.loads((folder / "index.json").read_text("utf-8")):
        text = (folder / entry["file"]).read_bytes().decode("utf-8")
        gold = json.loads((folder / "gold" / f"{entry['id']}.json").read_text("utf-8"))["lines"]
        labels = {line["n"] - 1: line["label"] for line in gold}
        note = Note("page.md", text).as_named_import()
        if site_pages.recognise(JudgedPage.of(note))[0] is not None:
            known.add(entry["group"])
        total = counts.setdefault(entry["group"], Counter(pages=0))
        total["pages"] += 1
        for packs in (True, False):
            page = engine.analyse(note, packs)
            for unit, verdict in zip(page.units, page.verdicts, strict=True):
                label = labels.get(text.count("\n", 0, unit.span.start), "either")
                total[f"{label} {packs}"] += unit.words
                if verdict is not None:
                    total[f"{label} {packs} unsafe"] += unit.words
                    total[f"{label} {packs} safe"] += unit.words * verdict.safe
    for title, some in (
        ("Sites without a pack", [name for name in counts if name not in known]),
        ("Sites with a pack", [name for name in counts if name in known]),
    ):
        runs = [
            (packs, how) for packs in (True, False) for how in ("safe", "unsafe") if packs is False or some[0] in known
        ]
        names = [f"{how}{'' if packs else ', no packs'}" for packs, how in runs]
        table = [["sites", "pages", "words of residue", *names]]
        for label, total in [
            *((name, counts[name]) for name in some),
            ("all", sum((counts[n] for n in some), Counter())),
        ]:
            words = total["residue False"]
            cells = (
                f"{total[f'residue {packs} {how}'] / max(words, 1):.3f}, {total[f'keep {packs} {how}']} of "
                f"{total[f'keep {packs}']} lost"
                for packs, how in runs
            )
            table.append([label, str(total["pages"]), str(words), *cells])
        print(f"\n#### {title}\n")
        show(table)


def main() -> None:
    """Run all of it, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", action="store_true", help="Show the figures of each page too.")
    parser.add_argument("--groups", action="store_true", help="Only the figures by group of sites, which are quick.")
    asked = parser.parse_args()
    groups(asked.folder)
    if asked.groups:
        return
    spec = importlib.util.spec_from_file_location("score", asked.folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    totals = [["all pages", *HEAD[1:], "traps that lose a word"]]
    for name, (flags, packs) in RUNS.items():
        found = list(scores(asked.folder, scorer, flags, packs))
        if asked.pages:
            print(f"\n## {name}\n")
            rows = [row(f"{entry['id']} {entry['group']}", counts, 1, int(same)) for entry, counts, same in found]
            show([HEAD, *rows])
        lost, traps = traps_lost(asked.folder, flags, packs)
        all_of_it = scorer.agg([counts for _, counts, _ in found])
        same = sum(same for _, _, same in found)
        totals.append([*row(f"notelint, {name}", all_of_it, len(found), same), f"{lost}/{traps}"])
    print("\n### All pages\n")
    show(totals)
    others = (asked.folder / "README.md").read_text("utf-8").splitlines()
    print("\n## Other ways, as the folder's README gives them\n")
    print("\n".join(line for line in others if line.startswith("|")))


if __name__ == "__main__":
    main()
