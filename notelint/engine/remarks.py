"""Remarks on a run: what the user should know of the vault that was found, and of what was not judged."""

from collections.abc import Iterator

from notelint.config.model import GardenTable, Loaded
from notelint.config.obsidian import PLUGIN_SETTINGS
from notelint.core.printable import first_of
from notelint.vault.files import Files
from notelint.vault.vault import Vault

_NAMED = 5  # links, or folders, that a remark names


def remarks(loaded: Loaded, files: Files, vault: Vault | None) -> Iterator[str]:
    """One sentence each, on a run with this configuration over these files, judged in this vault if anything was."""
    if loaded.remark:
        yield loaded.remark
    yield from loaded.notes
    if files.nested:
        nested = first_of(sorted(files.nested), _NAMED)
        yield f"not checked, as vaults of their own: {nested} (links to their notes resolve)"
    yield from of_links(files)
    if vault is not None:
        yield from unknown_settings(loaded, vault)


def of_links(files: Files) -> Iterator[str]:
    """Name the symbolic links among the files of a vault, if it has any."""
    links = sorted([*files.linked, *files.linked_notes])
    if links:
        yield f"symbolic links are not followed, and what they lead to is unknown: {first_of(links, _NAMED)}"


def unknown_settings(loaded: Loaded, vault: Vault) -> Iterator[str]:
    """Say that addresses of published notes rest on settings that are not known, and the remedy (DG-S1)."""
    table = loaded.config.garden
    if vault.site.knows_addresses:
        return
    keys = " and ".join(missing_settings(table))
    if loaded.root.joinpath(PLUGIN_SETTINGS).exists():
        yield f"the addresses of published notes are not judged: {PLUGIN_SETTINGS} cannot be read; write {keys}"
        return
    yield (
        f"the addresses of published notes are not judged: {PLUGIN_SETTINGS}, whose settings decide about them, is not "
        f"here. Run `notelint init` where it is, which copies them (and never the token) into notelint.toml, or write "
        f"{keys} there"
    )


def missing_settings(table: GardenTable) -> list[str]:
    """The keys of the configuration that would make known how the plugin computes addresses."""
    known = {"garden.path-rewrite-rules": table.path_rewrite_rules, "garden.slugify": table.slugify}
    return [key for key, value in known.items() if value is None]
