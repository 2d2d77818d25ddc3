"""See advertisement.md."""

from notelint.checkers.residue.base import ResidueChecker


class Advertisement(ResidueChecker):
    """A notice of advertising that a website put into the article."""
