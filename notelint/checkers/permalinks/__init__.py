"""Checkers of published addresses."""
