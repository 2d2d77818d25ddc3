"""Files that an editor is to watch: those whose change makes a difference to what is found in notes."""

from lsprotocol import types

_WATCHED = (
    "**/*.md",
    "**/*.canvas",
    "**/*.{png,jpg,jpeg,gif,svg,webp,avif,bmp,pdf,mp3,mp4,wav,webm,ogg,m4a,mov}",
    "**/{notelint,.notelint,pyproject}.toml",
    "**/.obsidian/**/*.json",
    "**/*.schema.json",
)


def registration() -> types.RegistrationParams:
    """The request to watch them, for editors that take it while the session runs."""
    watchers = [types.FileSystemWatcher(glob) for glob in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return types.RegistrationParams([types.Registration("notelint-files", method, options)])
