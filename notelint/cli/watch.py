"""Waiting for a vault to change."""

from collections.abc import Collection, Iterator
from pathlib import Path

_POLL = 100  # milliseconds between two looks at what the system reported
_NEVER = frozenset({"node_modules"})


def changes(root: Path, besides: Collection[Path] = ()) -> Iterator[None]:
    """Yields once at the start, when nothing that happens from then on is missed, and again after every change.

    Changes of files `besides` (reports that the run itself writes) do not count. Ends by `KeyboardInterrupt`.
    """
    from watchfiles import Change, watch

    own = {path.resolve() for path in besides}

    def counts(_: Change, name: str) -> bool:
        path = Path(name)
        return matters(path.relative_to(root)) and path.resolve() not in own

    first = True
    for changed in watch(root, watch_filter=counts, yield_on_timeout=True, rust_timeout=_POLL):
        if first or changed:
            yield
        first = False


def matters(path: Path) -> bool:
    """True if a run depends on the file at this path relative to the root: on notes, attachments and settings."""
    if not path.parts or not _NEVER.isdisjoint(path.parts):
        return False
    if path.parts[0] == ".obsidian":  # `workspace.json` changes with every click
        return path.suffix == ".json" and not path.name.startswith("workspace")
    name_counts = not path.name.startswith(".") or path.name in (".notelint.toml", ".gitignore")
    return name_counts and not any(part.startswith(".") for part in path.parts[:-1])
