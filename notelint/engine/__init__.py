"""A vault on disk: checked, fixed, moved, and what is remembered of it."""
