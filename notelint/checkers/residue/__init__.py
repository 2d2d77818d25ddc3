"""Checkers of what websites leave in imported articles."""
