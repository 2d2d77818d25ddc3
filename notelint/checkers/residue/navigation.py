"""See navigation.md."""

from notelint.checkers.residue.base import ResidueChecker


class Navigation(ResidueChecker):
    """A link that leads about the website, not into the article."""
