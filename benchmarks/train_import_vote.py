#!/usr/bin/env python3
"""Learn how the votes on a page's blocks are weighed, and write notelint/importer/vote.json.

    python benchmarks/train_import_vote.py FOLDER             # writes the weights
    python benchmarks/train_import_vote.py FOLDER --validate  # learns from some sites, measures on the others, writes nothing

FOLDER holds `gold.json.gz` (a list of pages: id, url, type, text) and `pages/ID.html.gz`. Needs scikit-learn besides the
extra `import`. The features (notelint/importer/block_features.py) hold no word of a page.
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

from notelint.importer import block_features, blocks, decode, page, voters

WEIGHTS = Path(__file__).parent.parent / "notelint" / "importer" / "vote.json"
WORD = re.compile(r"[^\W_]+")
FOLDS = 4
SHINGLE = 3  # words in a row that tell a block of the article


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def labels(texts: list[str], gold: str) -> list[bool | None]:
    """Whether each block is in the article; None for single words and blocks without any, which may be anywhere."""
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


def measured(job: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    """Features, labels and words of the blocks of a page."""
    file, known = job
    text = decode.decode(gzip.open(file).read()).text
    tree = page.parse(text, known["id"])
    cut = blocks.cut(page.body(tree))
    rows = block_features.of(cut, voters.votes(tree, cut, known["url"]))
    texts = [block.text for block in cut]
    return {"rows": rows, "labels": labels(texts, known["text"]), "texts": texts, "words": [b.words for b in cut], **known}


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
        "learned-from": "360 pages of the development part of WCXB, the Web Content eXtraction Benchmark (2026), CC-BY-4.0",
        "features": model.n_features_in_,
        "start": round(float(np.ravel(model._baseline_prediction)[0]), 4),
        "trees": trees,
    }


def validate(pages: list[dict[str, Any]]) -> None:
    sites = sorted({site(one["url"]) for one in pages})
    np.random.RandomState(0).shuffle(sites)
    fold = {name: number % FOLDS for number, name in enumerate(sites)}
    scores: dict[float, dict[str, list[float]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for number in range(FOLDS):
        model = fit([one for one in pages if fold[site(one["url"])] != number])
        for one in pages:
            if fold[site(one["url"])] != number or not one["rows"]:
                continue
            chances = model.predict_proba(np.array(one["rows"]))[:, 1]
            want = collections.Counter(words(one["text"]))
            for limit in (0.3, 0.35, 0.4, 0.45, 0.5):
                kept = (t for t, chance in zip(one["texts"], chances, strict=True) if chance > limit)
                got = collections.Counter(word for text in kept for word in words(text))
                common = (got & want).total()
                f = 2 * common / (got.total() + want.total()) if common else 0.0
                scores[limit][one["type"]].append(f)
                scores[limit]["all"].append(f)
    for limit, kinds in scores.items():
        print(limit, *(f"{kind} {np.mean(values):.3f}" for kind, values in sorted(kinds.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--validate", action="store_true")
    asked = parser.parse_args()
    gold = json.loads(gzip.open(asked.folder / "gold.json.gz").read())
    with ProcessPoolExecutor() as pool:
        pages = list(pool.map(measured, ((asked.folder / "pages" / f"{p['id']}.html.gz", p) for p in gold), chunksize=4))
    if asked.validate:
        validate(pages)
    else:
        WEIGHTS.write_text(json.dumps(exported(fit(pages)), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
