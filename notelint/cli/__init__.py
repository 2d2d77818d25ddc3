"""The commands, one file each, loaded when called: parse, call the run, render, exit. Each module has one `command`."""
