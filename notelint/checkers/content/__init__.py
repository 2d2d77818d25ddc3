"""Checkers of what a note says."""
