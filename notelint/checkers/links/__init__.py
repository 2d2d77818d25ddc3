"""Checkers of links between notes."""
