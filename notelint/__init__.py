"""notelint: a linter for people who keep knowledge in Markdown vaults."""

__version__ = "0.1.0"
