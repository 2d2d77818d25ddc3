"""See navigation.md."""

from notelint.residue import ResidueChecker


class Navigation(ResidueChecker):
    """A link that leads about the website, not into the article."""
