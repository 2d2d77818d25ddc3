"""See unused_suppression.md."""

from notelint.checkers.base import Checker
from notelint.core.diagnostic import Severity


class UnusedSuppression(Checker):
    """A suppression that silences nothing, or names a checker that does not exist.

    It has no `check`: only the engine (`notelint.lint`) knows what was silenced.
    """

    family = "suppression"
    severity = Severity.WARNING
