"""See consent_banner.md."""

from notelint.residue import ResidueChecker


class ConsentBanner(ResidueChecker):
    """A notice about cookies."""
