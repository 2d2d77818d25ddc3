"""Residue of websites in articles: data, and the engine that reads it. It knows no checker."""
