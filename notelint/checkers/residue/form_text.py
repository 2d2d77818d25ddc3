"""See form_text.md."""

from notelint.checkers.residue.base import ResidueChecker


class FormText(ResidueChecker):
    """A message of a form on the website that the article was copied from."""
