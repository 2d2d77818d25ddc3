"""Lines that stand together on websites: a player's buttons, a form's fields, a dialog. Alone, its lines mean
little.
"""

from collections.abc import Iterator

from notelint.residue.either import Either
from notelint.residue.knowledge import Cluster, either, general
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.signs import has_fact_of_science
from notelint.residue.units import Unit


def apply(page: JudgedPage, *, company: bool) -> None:
    """Let every cluster go that stands in the page, from its first line to its last; with those that need `company`."""
    for cluster in general().cluster:
        if company or not cluster.company:
            _apply(page, cluster)


def _apply(page: JudgedPage, cluster: Cluster) -> None:
    sure, line = either(cluster.sure), either((*cluster.sure, *cluster.line))
    for run in _runs(page, [at for at in page.known if _is_one(page.units[at], cluster, line)], cluster):
        texts = {page.units[at].text.lower() for at in run}
        certain = sum(sure.fits(text) for text in texts)
        if len(texts) >= cluster.least and certain >= cluster.certain:
            page.cut_all(range(run[0], run[-1] + 1), Verdict(cluster.kind, cluster.reason))


def _is_one(unit: Unit, cluster: Cluster, line: Either) -> bool:
    return unit.words <= cluster.most and not unit.kept and line.fits(unit.text)


def _runs(page: JudgedPage, members: list[int], cluster: Cluster) -> Iterator[list[int]]:
    """Members of a cluster that stand near each other, with nothing between them that somebody wrote."""
    run: list[int] = []
    for at in members:
        if run and not _is_near(page, run[-1], at, cluster):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _is_near(page: JudgedPage, last: int, at: int, cluster: Cluster) -> bool:
    between = [page.units[other] for other in range(last + 1, at) if page.verdicts[other] is None]
    others = [unit for unit in between if not unit.is_mark]
    if len(others) > cluster.gap or (page.title is not None and last < page.title < at):
        return False
    return not any(unit.kept or unit.level == 1 or _is_long(unit, cluster) for unit in others)


def _is_long(unit: Unit, cluster: Cluster) -> bool:
    return unit.words > cluster.most or has_fact_of_science(unit.text)
