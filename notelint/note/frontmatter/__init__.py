"""Properties: the block between the fences, read with the place of every key."""
