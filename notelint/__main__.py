"""`python -m notelint` is the same command as `notelint`."""

from notelint.cli import main

main()
