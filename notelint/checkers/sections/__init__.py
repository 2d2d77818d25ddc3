"""Checkers of headings and sections."""
