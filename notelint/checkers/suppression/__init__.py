"""Checkers of suppressions."""
