"""Where the files lie that are shipped beside the code: `schemas/` of the repository, `notelint/schemas` of a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def path(*parts: str) -> Path:
    """The path of a shipped file or folder below `schemas`."""
    installed = _PACKAGE / "schemas"
    return (installed if installed.is_dir() else _PACKAGE.parent / "schemas").joinpath(*parts)
