"""Makes hints.json: the lines by which a note may be an import, as patterns for raw text, with the words they need.

    python -m notelint.residue.hint_data > notelint/residue/hints.json

The lines stand in general.toml and in the site packs; to read these, and to make patterns of them, takes longer than
to judge a note. A test holds the file against them.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from msgspec import json

from notelint.core.regex import Alternative, Alternatives
from notelint.residue.hints import Hints
from notelint.residue.knowledge import common, meant, sites
from notelint.residue.raw_text import ANYWHERE, WHOLE_LINE, inner, loose_line, whole_line

_kinds, _parser = import_module("re._constants"), import_module("re._parser")  # what Python itself reads patterns by
_WITHOUT = ("navigation", "edit-history")  # so at least one line of chrome is of another kind


def hints() -> Hints:
    """The hints, made of what is known of websites."""
    lines = [line for site in sites() for line in site.signature]
    targets = [inner(target) for site in sites() for target in site.signature_target]
    chrome = [line for line in common().line if line.kind not in _WITHOUT or not line.company]
    signatures = [(loose_line(line), inner(meant(line))) for line in lines] + [(one, one) for one in targets]
    return Hints(
        Alternatives(*ANYWHERE, tuple(Alternative(part.replace(r"\n", ""), _needs(of)) for part, of in signatures)),
        Alternatives(*WHOLE_LINE, tuple(Alternative(whole_line(one.line), _needs(meant(one.line))) for one in chrome)),
        tuple(at for at, one in enumerate(chrome) if one.kind not in _WITHOUT),
        tuple(at for at, one in enumerate(chrome) if not one.company),
    )


def _needs(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Groups of literals, in lower case: a text in which the pattern is found holds one of each group.

    The pattern for raw text lets marks stand between letters and other characters, but not between letters.
    """
    groups = dict.fromkeys(tuple(sorted(group)) for group in _groups(_parser.parse(pattern)))
    return tuple(sorted(groups, key=lambda group: (-min(map(len, group)), group)))


def _groups(items: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    run = ""
    for kind, value in items:
        if kind is _kinds.LITERAL and _is_certain(chr(value)):
            run += chr(value).lower()
            continue
        if run:
            yield frozenset([run])
        run = ""
        if kind is _kinds.SUBPATTERN:
            yield from _groups(value[3])
        elif kind in (_kinds.MAX_REPEAT, _kinds.MIN_REPEAT) and value[0]:
            yield from _groups(value[2])
        elif kind is _kinds.BRANCH:
            best = [max(_groups(branch), key=lambda group: min(map(len, group)), default=None) for branch in value[1]]
            if None not in best:
                yield frozenset[str]().union(*filter(None, best))
    if run:
        yield frozenset([run])


def _is_certain(char: str) -> bool:
    """True for a character that raw text holds as it is, but for capitals of ASCII."""
    return char.isalnum() and (char.isascii() or char.lower() == char.upper())


if __name__ == "__main__":
    sys.stdout.buffer.write(json.format(json.encode(hints()), indent=1) + b"\n")
