"""The language server: unsaved notes judged in their vaults. Knows the editor's protocol, not the command line."""
