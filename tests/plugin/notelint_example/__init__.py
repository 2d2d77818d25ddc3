"""An example of a notelint plugin."""
