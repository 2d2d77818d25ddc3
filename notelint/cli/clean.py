"""`notelint clean`."""

from pathlib import Path

import click

from notelint.cli.messages import say
from notelint.cli.options import cache_dir, vault


@click.command("clean")
@click.option("--undo", is_flag=True, help="Forget the journal too: what `notelint fix --undo` would take back.")
@click.option("--all-vaults", is_flag=True, help="Forget the caches and journals of all vaults.")
@cache_dir
@vault
def command(undo: bool, all_vaults: bool, cache_dir: Path | None, vault: Path | None) -> None:
    """Remove what notelint keeps of a vault in the user's cache folder. Nothing in the vault is touched.

    The next check reads all notes again. What is needed to take fixes back stays, unless --undo is given.
    """
    from notelint.config.find_vault import find_root
    from notelint.core.printable import counted
    from notelint.edits.journal_runs import forget
    from notelint.engine.cache_folder import clean

    if all_vaults and vault is not None:
        raise click.UsageError("--all-vaults forgets every vault: --vault does not go with it")
    root = None if all_vaults else find_root(vault or Path.cwd())
    caches = clean(root, cache_dir)
    journals = forget(root) if undo or all_vaults else 0
    removed = [counted(count, noun) for count, noun in ((caches, "cache"), (journals, "journal")) if count]
    say(f"removed {' and '.join(removed)}." if removed else "there is nothing to remove.")
