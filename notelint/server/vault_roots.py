"""Folders that an editor's session never takes for a vault: to read them would take for ever, and they are nobody's."""

from collections.abc import Collection
from pathlib import Path

from notelint.vault.markers import is_marked

_KERNEL = ("/proc", "/sys", "/dev")


def can_be_vault(root: Path, opened: Collection[Path]) -> bool:
    """Tell whether the folder of a note may be read as a vault. `opened` are the folders that the editor has open.

    The home folder and the root of the disk never are. What lies directly in the root of the disk, such as `/tmp`, and
    the folder of all homes are only if a file marks them, or if they are open as such.
    """
    home, top = Path.home(), Path(root.anchor)
    if root in (home, top) or any(root.is_relative_to(folder) for folder in _KERNEL):
        return False
    is_wide = root.parent == top or home.is_relative_to(root)
    return not is_wide or root in opened or is_marked(root) or (root / ".git").exists()
