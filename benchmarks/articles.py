#!/usr/bin/env python3
"""Compare what `notelint import` keeps of web pages with what trafilatura and readability-lxml keep.

    python benchmarks/articles.py FOLDER [--keep NOTES]

FOLDER holds `gold.json.gz` (a list of pages: id, url, type, title, author, published, text, with, without) and
`pages/ID.html.gz`. Words are compared as bags: precision, recall and F are means over pages; `lost` counts pages of
whose article less than half is there. Needs the extra `import`. With --keep, the notes are left in NOTES.
"""

import argparse
import collections
import datetime
import gzip
import html
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from notelint.core.errors import NotelintError

KINDS = ("article", "documentation", "forum", "")
IMAGE = re.compile(r"!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)")
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:[^()]|\([^()]*\))*\)")
WORD = re.compile(r"[^\W_]+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
HEAD = 3000  # characters of a note in which title, author and date are looked for
Page = dict[str, Any]


def words(text: str) -> collections.Counter[str]:
    found: list[str] = []
    for word in WORD.findall(text.lower()):
        found += CJK.findall(word) if CJK.search(word) else [word]
    return collections.Counter(found)


def plain(note: str) -> str:
    """The text of a note without frontmatter, addresses and marks."""
    if note.startswith("---\n") and (end := note.find("\n---", 4)) > 0:
        note = note[end + 4 :]
    note = IMAGE.sub(" ", note)
    for _ in range(2):
        note = LINK.sub(r"\1", note)
    note = html.unescape(re.sub(r"<[^>\n]{1,300}>", " ", note))
    return re.sub(r"\\([^\w\s])", r"\1", re.sub(r"https?://\S+", " ", note))


def by_notelint(page: Page, source: bytes) -> str:
    from notelint.engine.workspace import Workspace
    from notelint.importer import article, formats, write

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "note.md"
        (Path(folder) / "notelint.toml").touch()
        found = article.read(formats.read(source, "page", None), page["url"], datetime.date.today())
        write.write(Workspace.open(Path(folder)), target, found)
        return target.read_text("utf-8")


def by_trafilatura(page: Page, source: bytes) -> str:
    import trafilatura

    text = trafilatura.extract(
        source, url=page["url"], output_format="markdown", include_links=True, include_images=True, include_tables=True,
        include_formatting=True, include_comments=page["type"] == "forum",
    )  # fmt: skip
    return text or ""


def by_readability(page: Page, source: bytes) -> str:
    from lxml import html as lxml_html
    from readability import Document

    return "\n\n".join(lxml_html.fromstring(Document(source.decode("utf-8", "replace")).summary()).itertext())


TOOLS: dict[str, Callable[[Page, bytes], str]] = {
    "notelint import": by_notelint,
    "trafilatura": by_trafilatura,
    "readability-lxml": by_readability,
}


def made(job: tuple[str, Page, Path]) -> tuple[str, float]:
    """The note that a tool makes of a page, and the seconds of processor time it took."""
    tool, page, pages = job
    source = gzip.decompress((pages / f"{page['id']}.html.gz").read_bytes())
    start = time.process_time()
    try:
        note = TOOLS[tool](page, source)
    except NotelintError as error:
        print(f"{page['id']}: {error}")
        note = ""
    except Exception as error:
        print(f"{page['id']}: {tool} failed: {error!r}")
        note = ""
    return note, time.process_time() - start


def judged(page: Page, note: str) -> dict[str, Any]:
    got, want = words(plain(note)), words(page["text"])
    common, shown = (got & want).total(), " ".join(plain(note).split())
    recall, precision = common / max(want.total(), 1), common / max(got.total(), 1)
    head = note[:HEAD].lower()
    return {
        "type": page["type"],
        "P": precision,
        "R": recall,
        "F": 2 * recall * precision / (recall + precision) if common else 0.0,
        "lost": recall < 0.5,
        "unwanted": sum(" ".join(snippet.split()) in shown for snippet in page["without"]),
        "of": len(page["without"]),
        **{fact: page[fact].lower() in head for fact in ("title", "author", "published") if page[fact]},
    }


def cells(rows: list[dict[str, Any]]) -> Iterator[str]:
    for kind in KINDS:
        some = [row for row in rows if row["type"].startswith(kind)]
        means = " / ".join(f"{sum(row[key] for row in some) / len(some):.3f}".lstrip("0") for key in ("P", "R", "F"))
        yield f"{means}, {sum(row['lost'] for row in some)}"
    yield f"{sum(row['unwanted'] for row in rows)}/{sum(row['of'] for row in rows)}"
    found = {fact: [row[fact] for row in rows if fact in row] for fact in ("title", "author", "published")}
    yield ", ".join(f"{sum(said)}/{len(said)}" for said in found.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--tool", action="append", choices=TOOLS)
    asked = parser.parse_args()
    gold: list[Page] = json.loads(gzip.decompress((asked.folder / "gold.json.gz").read_bytes()))
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
    kinds = " | ".join(f"{kind or 'all'} P / R / F, lost" for kind in KINDS)
    print(f"| | {kinds} | unwanted | title, author, date | CPU a page |\n|---|{'---|' * (len(KINDS) + 3)}")
    with ProcessPoolExecutor() as pool:
        for tool in asked.tool or TOOLS:
            notes = list(pool.map(made, ((tool, page, asked.folder / "pages") for page in gold), chunksize=4))
            rows = [judged(page, note) for page, (note, _) in zip(gold, notes, strict=True)]
            seconds = sorted(spent for _, spent in notes)[len(notes) // 2]
            print(f"| {tool} | {' | '.join(cells(rows))} | {seconds:.3f} s |", flush=True)
            if asked.keep is not None and tool == "notelint import":
                for page, (note, _) in zip(gold, notes, strict=True):
                    (asked.keep / f"{page['id']}.md").write_text(note, "utf-8")


if __name__ == "__main__":
    main()
