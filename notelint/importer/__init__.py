"""A saved web page becomes a note."""
