"""Checkers of what the Digital Garden plugin and its site make of notes."""
