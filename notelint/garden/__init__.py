"""Rules by which the Digital Garden plugin and its site name and publish notes."""
