"""The configuration: found, read, validated, written."""
