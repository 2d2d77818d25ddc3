"""Checkers of properties."""
