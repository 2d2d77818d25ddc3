"""`notelint config`."""

from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.cli.options import config_file, open_run
from notelint.engine.named_paths import path_in_vault


@click.command("config")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@config_file
def command(path: Path | None, file: Path | None) -> None:
    """Show the configuration in effect for a note, and where each value comes from."""
    from notelint.config.selection import effective

    run = open_run(path or Path.cwd(), {"file": file})
    note = None if path is None or path.is_dir() else path_in_vault(run, path.absolute())
    profile = run.read(note).profile if note is not None and path is not None and path.is_file() else None
    say(f"vault: {run.root}")
    say(f"file: {run.loaded.file or 'none (defaults)'}")
    if note is not None:
        say(f"note: {note}\nprofile: {profile.name if profile else 'none'}")
    for key, value, origin in effective(run.loaded, run.settings, note, profile):
        say(f"{key} = {value}  # {origin}")
