"""The structure of a note: what its Markdown consists of."""
