#!/usr/bin/env python3
"""Learn what websites put around articles, and write notelint/residue/learned.json.

    python benchmarks/train_residue.py FOLDER             # writes the weights
    python benchmarks/train_residue.py FOLDER --validate  # learns from some sites, measures on others

FOLDER is as in benchmarks/scrapes.py, which renders its pages as crude Markdown and as plain text and labels their
lines by the gold text. The features (notelint/residue/unit_features.py) hold no word of a page. Needs scikit-learn
besides the extra `import`. No site is in two parts when it is validated.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import scrapes
from sklearn.ensemble import HistGradientBoostingClassifier
from train_import_vote import exported

from notelint.core.decision_trees import chance
from notelint.residue import learned, unit_features
from notelint.residue.page import FACT

WEIGHTS = Path(__file__).parent.parent / "notelint" / "residue" / "learned.json"
FOLDS = 3
UNITS = 400  # of a page that are learned from, so that long pages do not count for more


def measured(job: tuple[Path, dict[str, Any], str]) -> dict[str, Any]:
    """A page's units with what the rules say of them, their features and labels."""
    file, known, form = job
    found = scrapes.analysed(file, known["id"], form)
    return {
        "page": found,
        "form": form,
        "site": ".".join((urlsplit(known["url"]).hostname or "").split(".")[-2:]),
        "rows": unit_features.of(found),
        "labels": scrapes.labels([unit.text for unit in found.units], known),
        "words": [len(scrapes.words(unit.text)) for unit in found.units],
    }


def fit(pages: Sequence[dict[str, Any]]) -> HistGradientBoostingClassifier:
    """Trees that give the chance of a unit to be the article's."""
    chosen = np.random.RandomState(1)
    rows, kept, weights = [], [], []
    for one in pages:
        share = min(1.0, UNITS / len(one["rows"]))
        total = max(200, sum(count for count, label in zip(one["words"], one["labels"], strict=True) if label))
        for row, label, count in zip(one["rows"], one["labels"], one["words"], strict=True):
            if label is not None and chosen.rand() < share:
                rows.append(row)
                kept.append(label)
                weights.append((count + 2) / total / share)
    model = HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.12, max_leaf_nodes=12, min_samples_leaf=60, l2_regularization=5, max_bins=63,
        random_state=0,
    )  # fmt: skip
    return model.fit(np.array(rows, np.float32), kept, sample_weight=np.array(weights) / np.mean(weights))


def counted(one: dict[str, Any], weights: dict[str, Any]) -> Counter[str]:
    """Words of residue and article of a page, and those that go."""
    page = one["page"]
    gone = learned.chosen(page, [chance(row, weights) for row in one["rows"]])
    counts: Counter[str] = Counter()
    for at, (verdict, label, words) in enumerate(zip(page.verdicts, one["labels"], one["words"], strict=True)):
        kind = {True: "article", False: "residue", None: "unknown"}[label]
        counts[kind] += words
        moved = verdict is not None and verdict.kind == FACT and verdict.safe
        counts[f"{kind} by rules"] += words * (verdict is not None and not moved)
        counts[f"{kind} gone"] += words * (at in gone or (verdict is not None and not moved))
    return counts


def validate(pages: Sequence[dict[str, Any]]) -> None:
    """Print what unsafe fixes take with the rules alone and with weights that were learned from other sites."""
    sites = sorted({one["site"] for one in pages})
    np.random.RandomState(0).shuffle(sites)
    fold = {name: number % FOLDS for number, name in enumerate(sites)}
    totals: dict[str, Counter[str]] = {}
    for number in range(FOLDS):
        weights = exported(fit([one for one in pages if fold[one["site"]] != number]))
        for one in pages:
            if fold[one["site"]] == number:
                totals.setdefault(one["form"], Counter()).update(counted(one, weights))
    print(
        "| pages | rules: residue gone | article lost | with weights: residue gone | article lost |\n"
        "|---|---|---|---|---|"
    )
    for form, total in totals.items():
        cells = (
            f"{total[f'{kind} {how}'] / total[kind]:{'.3f' if kind == 'residue' else '.2%'}}"
            for how in ("by rules", "gone")
            for kind in ("residue", "article")
        )
        print(f"| {form} | {' | '.join(cells)} |")


def main() -> None:
    """Learn, and write the weights or what they are worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--validate", action="store_true")
    asked = parser.parse_args()
    gold = json.loads(gzip.decompress((asked.folder / "gold.json.gz").read_bytes()))
    gold = [one for one in gold if one["type"] in scrapes.TYPES]
    jobs = [(asked.folder / "pages" / f"{one['id']}.html.gz", one, form) for one in gold for form in scrapes.FORMS]
    with ProcessPoolExecutor() as pool:
        pages = [one for one in pool.map(measured, jobs, chunksize=4) if one["rows"]]
    if asked.validate:
        validate(pages)
    else:
        WEIGHTS.write_text(json.dumps(exported(fit(pages)), separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
