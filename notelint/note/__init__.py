"""One note by itself: its links, Markdown, properties, outline, profile, suppressions."""
