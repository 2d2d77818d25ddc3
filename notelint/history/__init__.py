"""Comparison with git, the only package that knows it."""
