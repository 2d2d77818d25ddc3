"""See consent_banner.md."""

from notelint.checkers.residue.base import ResidueChecker


class ConsentBanner(ResidueChecker):
    """A notice about cookies."""
