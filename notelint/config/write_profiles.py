"""New profiles and schemas put into a vault, and named in its configuration."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import Any

from notelint.config.model import Loaded
from notelint.core.atomic_write import make_folders, remove_folders
from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.safe_read import read_of_vault
from notelint.core.toml import parse
from notelint.core.transaction import NoRecord, Transaction, why_not

PROFILES, SCHEMAS = "schemas/profiles", "schemas/frontmatter"
_ESCAPED = lazy_regex("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_BARE = lazy_regex(r"[A-Za-z0-9_-]+")
_FIRST = lazy_regex(r"^profiles[ \t]*=[ \t]*\[", re.M)


def toml(value: Any) -> str:
    """A value as TOML writes it on one line: texts, numbers, dates, and lists and tables of them."""
    match value:
        case list() | tuple():
            return f"[{', '.join(toml(item) for item in value)}]"
        case Mapping():
            pairs = ", ".join(f"{_key(key)} = {toml(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case date() | time():
            return value.isoformat()
        case float():
            return repr(value)
    return escaped(json.dumps(value, ensure_ascii=False))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml(name)


def escaped(text: str) -> str:
    """JSON whose strings hold no control characters and direction marks, which a terminal would obey."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def put(loaded: Loaded, profiles: Mapping[str, str], schemas: Mapping[str, str]) -> list[str]:
    """Write profiles and schemas (paths and contents), and name the profiles in the configuration, before all others.

    What was written. No file is overwritten, and only the key `profiles` of an existing configuration changes: if
    something of this cannot be, nothing is written and `NotelintError` raised.
    """
    files = {**profiles, **schemas}
    for path in files:
        _require_free(loaded.root, path)
    config, old, new = _configuration(loaded, [name for name in profiles if name not in loaded.config.profiles])
    wanted: list[tuple[str, bytes | None, bytes]] = [(path, None, text.encode()) for path, text in files.items()]
    if new is not None and new != old:
        wanted.append((config.relative_to(loaded.root).as_posix(), old, new))
    _write(loaded.root, wanted)
    return [*files, *([config.name] if new != old else [])]


def _write(root: Path, wanted: Sequence[tuple[str, bytes | None, bytes]]) -> None:
    """Write these files (path, what is there, what is to be there): all, or none. Raises `NotelintError`."""
    made: list[str] = []
    try:
        with Transaction(root, NoRecord()) as transaction:
            for path, old, new in wanted:
                reason = why_not(lambda path=path: made.extend(make_folders(root, path)))  # type: ignore[misc]
                reason = reason or why_not(partial(transaction.prepare, path, old, new))
                if reason is not None:
                    raise NotelintError(f"nothing is written: {path}: {reason}")
            transaction.put_all()
    except BaseException:
        remove_folders(root, made)
        raise


def _require_free(root: Path, path: str) -> None:
    """That a new file can stand there, in the vault. Raises `NotelintError`."""
    target = root / path
    for folder in (root / PROFILES.split("/", maxsplit=1)[0], target.parent):
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            raise NotelintError(f"{folder} is not a folder of the vault itself: nothing is written")
    if os.path.lexists(target):
        raise NotelintError(
            f"{target} exists already: nothing is written; compare it with what is printed, or remove it"
        )


def _configuration(loaded: Loaded, names: Sequence[str]) -> tuple[Path, bytes | None, bytes | None]:
    """The configuration file, what it holds, and what it holds with these profiles put before all others.

    Raises `NotelintError` if they cannot be put there without touching anything else.
    """
    file = loaded.file
    if file is None:
        named = f"profiles = {_lines([*names, *loaded.config.profiles])}\n"
        return loaded.root / "notelint.toml", None, named.encode()
    file = Path(os.path.abspath(file))  # noqa: PTH100 - a link is refused, not followed
    if not file.is_relative_to(loaded.root):
        raise NotelintError(f"{file} lies outside the vault and is not changed: run this without --config")
    try:
        old = read_of_vault(loaded.root, file)
    except OSError as error:
        raise NotelintError(f"cannot read {file}: {error.strerror}") from error
    if not names:
        return file, old, old
    text = old.decode("utf-8-sig")
    wanted = _with_profiles(parse(text), file.name, [*names, *loaded.config.profiles])
    for changed in _changes(text, file.name, names, loaded.config.profiles):
        with suppress(ValueError):
            if parse(changed) == wanted:
                return file, old, old[: len(old) - len(text.encode())] + changed.encode()
    raise NotelintError(f"{file} takes no profiles by itself: put {toml(list(names))} first in its key `profiles`")


def _with_profiles(table: dict[str, Any], name: str, profiles: list[str]) -> dict[str, Any]:
    if name != "pyproject.toml":
        return {**table, "profiles": profiles}
    tool = table.get("tool", {})
    return {**table, "tool": {**tool, "notelint": {**tool.get("notelint", {}), "profiles": profiles}}}


def _changes(text: str, name: str, names: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """Ways to put profiles into a configuration, one of which may give what is wanted."""
    newline = "\r\n" if "\r\n" in text else "\n"
    inserted = "".join(f"{newline}  {toml(name)}," for name in names)
    for match in _FIRST.finditer(text):
        yield text[: match.end()] + inserted + text[match.end() :]
    line = f"profiles = {_lines([*names, *others])}".replace("\n", newline) + newline
    if name == "pyproject.toml":
        for match in re.finditer(r"^[ \t]*\[tool\.notelint\][^\r\n]*\r?\n", text, re.M):
            yield text[: match.end()] + line + text[match.end() :]
    else:
        table = re.search(r"^[ \t]*\[", text, re.M)
        at = len(text) if table is None else _above(text, table.start())
        gap = newline if text[:at] and not text[:at].endswith("\n") else ""
        yield text[:at] + gap + line + (newline if table is not None else "") + text[at:]
        yield line + newline + text


def _above(text: str, at: int) -> int:
    """Where the comment begins that stands right above a line."""
    lines = text[:at].splitlines(keepends=True)
    while lines and lines[-1].lstrip().startswith("#"):
        at -= len(lines.pop())
    return at


def _lines(names: Sequence[str]) -> str:
    return "[\n" + "".join(f"  {toml(name)},\n" for name in names) + "]"
