"""The checkers: one file and one page each."""
