"""Text, spans, files, patterns and other tools that know no note."""
