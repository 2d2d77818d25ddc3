"""See share_widget.md."""

from notelint.residue import ResidueChecker


class ShareWidget(ResidueChecker):
    """A button to share the page or follow the site."""
