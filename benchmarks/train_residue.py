#!/usr/bin/env python3
"""Learn what websites put around articles, and write notelint/residue/learned.json.

    python benchmarks/train_residue.py FOLDER             # measures, then writes the weights
    python benchmarks/train_residue.py FOLDER --validate  # measures only

FOLDER is as in benchmarks/scrapes.py, which renders its pages as Markdown and as plain text and labels their lines by
the gold text. The features (notelint/residue/unit_features.py and wider_features.py) hold no word of a page. Needs
LightGBM and html2text besides the extra `import`. What is measured was learned from other sites; with the weights goes
the highest chance that keeps the loss in bounds there.
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

import lightgbm
import numpy as np
import scrapes

from notelint.residue import learned, unit_features
from notelint.residue.page import FACT

WEIGHTS = Path(__file__).parent.parent / "notelint" / "residue" / "learned.json"
FOLDS = 3
LOSS = 0.0095  # share of an article's words that unsafe fixes may take on other sites
LIKELY = tuple(round(0.2 + 0.02 * step, 2) for step in range(13))  # chances to be the article's, tried as bounds
LONG = 60  # words of a line, above which it does not count for more
TREES = 800
SURE = (80, 1.5)  # of the first trees a sum, above which a unit is the article's whatever the others say
SETTINGS = {  # thresholds at random: so few sites teach less that holds for them alone
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.05, "min_data_in_leaf": 40, "extra_trees": True,
    "feature_fraction": 0.7, "lambda_l2": 5, "max_bin": 255, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 1,
    "deterministic": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
UNITS = 300  # of a page that are learned from, so that long pages do not count for more


def measured(job: tuple[Path, dict[str, Any], str]) -> dict[str, Any]:
    """A page's units with what the rules say of them, their features and labels."""
    file, known, form = job
    found = scrapes.analysed(file, known["id"], form)
    return {
        "page": found,
        "form": form,
        "site": ".".join((urlsplit(known["url"]).hostname or "").split(".")[-2:]),
        "rows": np.array(unit_features.of(found), np.float32),
        "open": [verdict is None or not verdict.safe for verdict in found.verdicts],
        "labels": scrapes.labels([unit.text for unit in found.units], known),
        "words": [len(scrapes.words(unit.text)) for unit in found.units],
    }


def fit(pages: Sequence[dict[str, Any]]) -> lightgbm.Booster:
    """Trees that give the chance of a unit to be the article's, learned where the rules are not certain."""
    chosen = np.random.RandomState(1)
    rows, kept, weights = [], [], []
    for one in pages:
        share = min(1.0, UNITS / len(one["rows"]))
        total = max(200, sum(count for count, label in zip(one["words"], one["labels"], strict=True) if label))
        for row, label, count, open_ in zip(one["rows"], one["labels"], one["words"], one["open"], strict=True):
            if label is not None and open_ and chosen.rand() < share:
                rows.append(row)
                kept.append(label)
                weights.append((min(count, LONG) + 2) / total**0.5 / share)
    data = lightgbm.Dataset(np.array(rows, np.float32), kept, weight=np.array(weights) / np.mean(weights))
    return lightgbm.train(SETTINGS, data, TREES)


def exported(model: lightgbm.Booster) -> dict[str, Any]:
    """The trees as nested lists: a leaf is its value, a node [feature, threshold, at most, above]."""

    def node(one: dict[str, Any]) -> Any:
        if "leaf_value" in one:
            return round(one["leaf_value"], 4)
        sides = node(one["left_child"]), node(one["right_child"])
        return [one["split_feature"], float(f"{one['threshold']:.5g}"), *sides]

    return {
        "learned-from": "pages of the development part of WCXB, the Web Content eXtraction Benchmark, CC-BY-4.0",
        "features": model.num_feature(),
        "start": 0.0,
        "sure": SURE,
        "trees": [node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]],
    }


def chances(model: lightgbm.Booster, rows: Any) -> list[float]:
    """The chances of rows, as notelint finds them with what `exported` gives."""
    first = np.ravel(model.predict(rows, num_iteration=SURE[0], raw_score=True))
    found = np.where(first > SURE[1], 1 / (1 + np.exp(-first)), np.ravel(model.predict(rows)))
    known: list[float] = found.tolist()
    return known


def counted(one: dict[str, Any], likely: float) -> Counter[str]:
    """Words of residue and article of a page, and those that go."""
    page = one["page"]
    gone = learned.chosen(page, one["chances"].__getitem__, likely, one["replies"])
    counts: Counter[str] = Counter()
    for at, (verdict, label, words) in enumerate(zip(page.verdicts, one["labels"], one["words"], strict=True)):
        kind = {True: "article", False: "residue", None: "unknown"}[label]
        counts[kind] += words
        moved = verdict is not None and verdict.kind == FACT and verdict.safe
        counts[f"{kind} by rules"] += words * (verdict is not None and not moved)
        surely = verdict is not None and verdict.safe and not moved
        counts[f"{kind} gone"] += words * (at in gone or surely)
    return counts


def totals(pages: Sequence[dict[str, Any]]) -> dict[float, dict[str, Counter[str]]]:
    """What goes by the weights of other sites, for each chance that is tried and each form of page."""
    sites = sorted({one["site"] for one in pages})
    np.random.RandomState(0).shuffle(sites)
    fold = {name: number % FOLDS for number, name in enumerate(sites)}
    found = {likely: {form: Counter[str]() for form in scrapes.FORMS} for likely in LIKELY}
    for number in range(FOLDS):
        model = fit([one for one in pages if fold[one["site"]] != number])
        for one in pages:
            if fold[one["site"]] == number:
                one["chances"] = chances(model, one["rows"])
                one["replies"] = learned.replies_of(one["page"], one["chances"].__getitem__)
                for likely in LIKELY:
                    found[likely][one["form"]] += counted(one, likely)
    return found


def shown(found: dict[float, dict[str, Counter[str]]]) -> None:
    """Print what unsafe fixes take with the rules alone and with weights that were learned from other sites."""
    print(
        "| pages | below | rules: residue gone | article lost | with weights: residue gone | article lost |\n"
        "|---|---|---|---|---|---|"
    )
    for likely, forms in found.items():
        for form, total in forms.items():
            cells = (
                f"{total[f'{kind} {how}'] / total[kind]:{'.3f' if kind == 'residue' else '.2%'}}"
                for how in ("by rules", "gone")
                for kind in ("residue", "article")
            )
            print(f"| {form} | {likely} | {' | '.join(cells)} |", flush=True)


def allowed(found: dict[float, dict[str, Counter[str]]], forms: Sequence[str]) -> float:
    """The highest of the chances tried at which pages in some forms lose no more than may be lost, in each of them."""
    return max(
        likely
        for likely, totals in found.items()
        if likely == LIKELY[0] or all(totals[form]["article gone"] <= LOSS * totals[form]["article"] for form in forms)
    )


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
        pages = [one for one in pool.map(measured, jobs, chunksize=4) if len(one["rows"])]
    found = totals(pages)
    shown(found)
    if not asked.validate:
        weights = {
            **exported(fit(pages)),
            "likely": [allowed(found, forms) for forms in (scrapes.LINKED, scrapes.UNLINKED)],
        }
        WEIGHTS.write_text(json.dumps(weights, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
