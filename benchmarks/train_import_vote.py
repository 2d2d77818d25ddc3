#!/usr/bin/env python3
"""Learn how the votes on a page's blocks are weighed, and write notelint/importer/vote.json.

    python benchmarks/train_import_vote.py FOLDER             # writes the weights
    python benchmarks/train_import_vote.py FOLDER --validate  # learns from some sites, measures on others

FOLDER holds `gold.json.gz` (a list of pages: id, url, type, text) and `pages/ID.html.gz`. Needs scikit-learn besides
the extra `import`. The features (notelint/importer/block_features.py) hold no word of a page.
"""

import argparse
import collections
import gzip
import json
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from notelint.core.decision_trees import Trees
from notelint.importer import anchors_of_page, block_features, blocks, decode, page, vote, voters
from notelint.importer.normalise import sequence

WEIGHTS = Path(__file__).parent.parent / "notelint" / "importer" / "vote.json"
WORD = re.compile(r"[^\W_]+")
FOLDS = 4
SHINGLE = 3  # words in a row that tell a block of the article


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def labels(texts: list[str], gold: str) -> list[bool | None]:
    """True if each block is in the article; None for single words and blocks without any, which may be anywhere."""
    known = words(gold)
    joined = f" {' '.join(known)} "
    shingles = set(zip(known, known[1:], known[2:], strict=False))
    found: list[bool | None] = []
    for text in texts:
        own = words(text)
        if not own:
            found.append(None)
        elif f" {' '.join(own)} " in joined:
            found.append(True if len(own) > 1 else None)
        elif len(own) <= SHINGLE:
            found.append(False)
        else:
            pieces = list(zip(own, own[1:], own[2:], strict=False))
            found.append(sum(piece in shingles for piece in pieces) * 2 > len(pieces))
    return found


def prepared(tree: Any) -> list[blocks.PageBlock]:
    """The blocks of a page as an import cuts it."""
    body = page.body(tree)
    sequence.prepare(body)
    return blocks.cut(body)


def measured(job: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    """Features, labels and words of the blocks of a page."""
    file, known = job
    text = decode.decode(gzip.decompress(file.read_bytes())).text
    tree = page.parse(text, known["id"])
    cut = prepared(tree)
    with anchors_of_page.hidden(tree):
        rows = block_features.of(cut, voters.votes(tree, cut, known["url"]))
    texts = [block.text for block in cut]
    return {
        "rows": rows,
        "labels": labels(texts, known["text"]),
        "texts": texts,
        "words": [b.words for b in cut],
        **known,
    }


def site(address: str) -> str:
    return ".".join((urlsplit(address).hostname or "").split(".")[-2:])


def fit(pages: list[dict[str, Any]]) -> HistGradientBoostingClassifier:
    rows, kept, weights = [], [], []
    for one in pages:
        total = max(100, sum(w for w, label in zip(one["words"], one["labels"], strict=True) if label))
        for row, label, count in zip(one["rows"], one["labels"], one["words"], strict=True):
            if label is not None:
                rows.append(row)
                kept.append(label)
                weights.append((count + 2) / total)
    model = HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.1, max_depth=4, max_leaf_nodes=12, min_samples_leaf=60, l2_regularization=5,
        random_state=0,
    )  # fmt: skip
    return model.fit(np.array(rows), kept, sample_weight=np.array(weights) / np.mean(weights))


def exported(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as nested lists: a leaf is its value, a node [feature, threshold, at most, above]."""

    def node(nodes: Any, at: int) -> Any:
        one = nodes[at]
        if one["is_leaf"]:
            return round(float(one["value"]), 4)
        threshold = float(f"{one['num_threshold']:.5g}")
        return [int(one["feature_idx"]), threshold, node(nodes, one["left"]), node(nodes, one["right"])]

    trees = [node(predictor[0].nodes, 0) for predictor in model._predictors]
    return {
        "learned-from": "pages of the development part of WCXB, the Web Content eXtraction Benchmark, CC-BY-4.0",
        "features": model.n_features_in_,
        "start": round(float(np.ravel(model._baseline_prediction)[0]), 4),
        "trees": trees,
    }


def selected(job: tuple[Path, dict[str, Any], dict[str, Any]]) -> tuple[str, float, bool]:
    """A page's type, the F of the blocks that stay with these weights, and whether more than half of it is lost."""
    file, known, weights = job
    tree = page.parse(decode.decode(gzip.decompress(file.read_bytes())).text, known["id"])
    cut = prepared(tree)
    with anchors_of_page.hidden(tree):
        ballots = voters.votes(tree, cut, known["url"])
        kept = vote.count(cut, ballots, vote.chances(cut, ballots, Trees(weights)))
    want = collections.Counter(words(known["text"]))
    got = collections.Counter(word for number in kept for word in words(cut[number].text))
    common = (got & want).total()
    score = 2 * common / (got.total() + want.total()) if common else 0.0
    return known["type"], score, common * 2 < want.total()


def validate(pages: list[dict[str, Any]], folder: Path) -> None:
    sites = sorted({site(one["url"]) for one in pages})
    np.random.RandomState(0).shuffle(sites)
    fold = {name: number % FOLDS for number, name in enumerate(sites)}
    jobs = []
    for number in range(FOLDS):
        weights = exported(fit([one for one in pages if fold[site(one["url"])] != number]))
        held_out = (one for one in pages if fold[site(one["url"])] == number)
        jobs += [
            (folder / "pages" / f"{one['id']}.html.gz", {k: one[k] for k in ("id", "url", "type", "text")}, weights)
            for one in held_out
        ]
    with ProcessPoolExecutor() as pool:
        rows = list(pool.map(selected, jobs, chunksize=4))
    for kind in sorted({row[0] for row in rows} | {""}):
        some = [row for row in rows if row[0].startswith(kind)]
        print(
            f"{kind or 'all':14} {len(some):4} pages  F {np.mean([row[1] for row in some]):.3f}  "
            f"lost {sum(row[2] for row in some)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--validate", action="store_true")
    asked = parser.parse_args()
    gold = json.loads(gzip.decompress((asked.folder / "gold.json.gz").read_bytes()))
    with ProcessPoolExecutor() as pool:
        pages = list(
            pool.map(measured, ((asked.folder / "pages" / f"{p['id']}.html.gz", p) for p in gold), chunksize=4)
        )
    if asked.validate:
        validate(pages, asked.folder)
    else:
        WEIGHTS.write_text(json.dumps(exported(fit(pages)), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
