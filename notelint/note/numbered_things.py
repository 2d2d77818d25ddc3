"""Numbers in brackets that name a thing of the text, and cite nothing: "Eq. [1]", "Table [2]", a formula's number."""

import re

from notelint.core.lazy_regex import lazy_regex
from notelint.note.note import Note

# Behind one of these a number in brackets is the thing's own: singular, plural and abbreviated.
_THINGS = frozenset(
    re.findall(
        r"\S+",
        """
    equation equations eq eqs eqn eqns formula formulas formulae figure figures fig figs table tables tab tabs
    scheme schemes box boxes plate plates panel panels appendix appendices app supplement suppl step steps grade
    grades stage stages site sites reference references ref refs section sections sec sect chapter chapters chap ch
    item items question questions rule rules theorem theorems lemma lemmas proposition definition definitions example
    examples exercise exercises problem problems line lines row rows column columns page pages image images picture
    pictures photo photos photograph video videos slide slides level levels phase phases type types class classes
    category categories zone zones segment segments station stations rank point points part parts number numbers
    no nos nr num volume volumes vol algorithm algorithms listing paragraph para exhibit map chart
    graph diagram plot inset entry footnote note
    gleichung gl abbildung abb tabelle schritt stufe grad stadium kapitel abschnitt anhang nummer
    équation tableau étape stade chapitre annexe numéro ecuación figura tabla tabela paso etapa grado
    equazione tabella fase capitolo vergelijking figuur tabel stap
    """,
    )
)
# Behind one of these only where it begins with a capital: "Patient [3]", but "many patients [3]".
_NAMED = frozenset({"patient", "case", "group", "study", "trial", "model", "method", "sample", "subject", "reader"})
_WORD = lazy_regex(r"(?<![^\W_])([^\W\d_]+)\.?[\"”’*_)]{0,3}[ \t\u00a0]?$")
_LINE_REST = lazy_regex(r"[ \t\u00a0]*[.,;]?[ \t\u00a0]*(?:[\r\n]|$)")
_OPERATOR = lazy_regex(r"[=≈≃≅∝≤≥≡→⇌∑∫±]|\\(?:frac|sum|int|approx|propto)\b|(?<=\$)[ \t]*$")
_LONG_WORD = lazy_regex(r"[^\W\d_]{4,}")
_WORDS = 4  # long words that make a line prose, not a formula
_REACH = 40


def is_numbered_thing(note: Note, start: int, end: int, *, linked: bool = False) -> bool:
    """True if what stands from `start` to `end` is the number of a thing or of the formula before it.

    A link to the list of references is a citation behind "Ref.", too.
    """
    before = note.text[max(start - _REACH, note.body_start) : start]
    word = _WORD.search(before)
    if word is not None:
        bare = word[1].lower()
        if linked and bare.startswith("ref"):
            return False
        if bare in _THINGS or (bare in _NAMED and word[1][0].isupper()):
            return True
    return _ends_formula(note.text, start, end)


def _ends_formula(text: str, start: int, end: int) -> bool:
    """True if the line up to `start` is a formula, and nothing follows on it: formulas are numbered so."""
    if _LINE_REST.match(text, end) is None:
        return False
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line = text[line_start:start]
    return _OPERATOR.search(line) is not None and len(_LONG_WORD.findall(line)) < _WORDS
