"""How the Digital Garden plugin and its site name and publish notes."""
