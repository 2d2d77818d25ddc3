"""Changing text without losing anything: apply, verify, journal, rewrite links."""
