"""See share_widget.md."""

from notelint.checkers.residue.base import ResidueChecker


class ShareWidget(ResidueChecker):
    """A button to share the page or follow the site."""
