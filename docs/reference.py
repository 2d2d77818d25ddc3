"""Writes the pages of docs/reference/ from the code: every key of the configuration, option, and field of a report.

`python docs/reference.py [FOLDER]` writes them into docs/reference/, or into another folder.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from msgspec import NODEFAULT, Struct, structs

from notelint.checkers.registry import load_checkers, page_path, summary
from notelint.cli.main import main as command_line
from notelint.config.model import Config, Custom, GardenTable, Override
from notelint.core import typed_toml
from notelint.residue.patterns import OwnPattern

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
_MADE = "This page is made by `python docs/reference.py` from {}; a test keeps it current.\n"
_TABLES = {"garden": GardenTable, "overrides": Override, "custom": Custom, "residue": OwnPattern}


def main() -> dict[str, str]:
    """The pages by their file names."""
    pages = {
        "checkers.md": checkers(),
        "configuration.md": configuration(),
        "command-line.md": commands(),
        "json.md": report_fields(),
    }
    return {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in pages.items()}


def checkers() -> Iterator[str]:
    """All checkers by family, each with a link to its page."""
    known = load_checkers()
    on = sum(checker.default for checker in known.values())
    yield "# Checkers\n"
    yield _MADE.format("the checkers")
    yield f"{len(known)} checkers, {on} of them on at first. `notelint explain ID` prints the pages behind the links."
    for family in dict.fromkeys(checker.family for checker in known.values()):
        yield f"\n## {family.capitalize()}\n\n| checker | finds | severity | at first |\n| --- | --- | --- | --- |"
        for id, checker in known.items():
            if checker.family == family:
                first = "on" if checker.default else "off"
                name = f"[`{id}`](../../{page_path(id)})"
                yield f"| {name} | {_cell(summary(checker))} | {checker.severity} | {first} |"


def configuration() -> Iterator[str]:
    """Every key of `notelint.toml`, with its default; the tables and the options of checkers each below."""
    yield "# Configuration\n"
    yield _MADE.format("the code that reads the configuration")
    yield (
        "`notelint.toml`, `.notelint.toml`, or `[tool.notelint]` in `pyproject.toml`, at the vault's root; nothing is "
        "required. `notelint config NOTE` shows what is in effect for a note, and where each value comes from. Editors "
        "complete keys by [the JSON Schema](../../schemas/notelint.schema.json).\n"
    )
    yield "## Top-level keys\n"
    yield from _keys(Config)
    for name, table in _TABLES.items():
        many = typed_toml.json_schema(Config)["properties"][name]["type"] == "array"
        yield f"## `{f'[[{name}]]' if many else f'[{name}]'}`\n"
        yield typed_toml.json_schema(Config)["properties"][name]["description"] + "\n"
        yield from _keys(table)
    yield "## `[checkers.ID]`\n"
    yield "Options of one checker. Those that are not here have none.\n"
    for id, checker in load_checkers().items():
        if structs.fields(checker.Options):
            yield f"### `[checkers.{id}]`\n"
            yield f"{summary(checker)} See [{id}](../../{page_path(id)}).\n"
            yield from _keys(checker.Options)


def _keys(table: type[Any]) -> Iterator[str]:
    schema = typed_toml.json_schema(table)["properties"]
    yield "| key | says | type | default |\n| --- | --- | --- | --- |"
    for part, field in zip(typed_toml.keys(table), structs.fields(table), strict=True):
        key = part.key
        about = schema[key].get("description", "")
        place = {**dict.fromkeys(_TABLES, key), "checkers": "checkersid"}.get(key) if table is Config else None
        name = f"[`{key}`](#{place})" if place else f"`{key}`"
        yield f"| {name} | {_cell(about)} | {_cell(_type(schema[key]))} | {_cell(_default(field))} |"
    yield ""


def _type(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "oneOf" in schema:
        return " or ".join(_type(one) for one in schema["oneOf"])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return {"object": "table"}.get(kind, kind)


def _default(field: structs.FieldInfo) -> str:
    if field.required:
        return "needed"
    value = field.default if field.default is not NODEFAULT else field.default_factory()
    if value is None or value in ((), {}) or isinstance(value, Struct):
        return ""
    value = list(value) if isinstance(value, tuple) else value
    if isinstance(value, list) and len(value) > 8:
        return f"{len(value)} of them"
    return f"`{json.dumps(value, ensure_ascii=False, default=str)}`"


def commands() -> Iterator[str]:
    """Every command with its arguments and options, as `--help` has them."""
    yield "# Command line\n"
    yield _MADE.format("the commands themselves")
    context = click.Context(command_line, info_name="notelint", **command_line.context_settings)
    yield "## `notelint`\n"
    yield from _command(command_line, context)
    yield "Exit status: 0 nothing to report, 1 diagnostics, 2 wrong configuration, path or option, or nothing to check,"
    yield "3 a checker crashed, 130 interrupted.\n"
    yield from _below(command_line, context, "notelint", "##")


def _below(group: click.Group, context: click.Context, path: str, marks: str) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        whole = f"{path} {name}"
        yield f"{marks} `{whole}`\n"
        inner = click.Context(command, info_name=name, parent=context)
        yield from _command(command, inner)
        if isinstance(command, click.Group):
            yield from _below(command, inner, whole, f"{marks}#")


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"```text\n{' '.join(command.get_usage(context).removeprefix('Usage: ').split())}\n```\n"
    yield _paragraphs(command.help or "")
    options = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option)]
    yield "| option | does |\n| --- | --- |"
    for option in options:
        record = option.get_help_record(context)
        if record is not None:
            yield f"| `{_cell(record[0])}` | {_cell(record[1])} |"
    yield ""


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in text.replace("\b", "").split("\n\n"))
    return "\n\n".join(" ".join(line.strip() for line in part.splitlines()) for part in parts if part) + "\n"


def report_fields() -> Iterator[str]:
    """Every field of the JSON report, from its JSON Schema."""
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text("utf-8"))
    yield "# The JSON report\n"
    yield _MADE.format("[the JSON Schema of the report](../../schemas/report.schema.json)")
    yield "`notelint check --output-format json` writes one object.\n"
    yield "## The report\n"
    yield from _fields(schema, "")
    for name, part in schema["$defs"].items():
        yield f"## {name}\n"
        if "description" in part:
            yield part["description"] + "\n"
        if "properties" in part:
            yield from _fields(part, "")
        else:
            yield f"A {_type(part)}.\n"


def _fields(schema: dict[str, Any], path: str) -> Iterator[str]:
    yield "| field | type | meaning |\n| --- | --- | --- |"
    yield from _rows(schema, path)
    yield ""


def _rows(schema: dict[str, Any], path: str) -> Iterator[str]:
    needed = set(schema.get("required", ()))
    for name, part in schema["properties"].items():
        always = "" if name in needed else " (not always there)"
        yield f"| `{path}{name}` | {_cell(_type(part))}{always} | {_cell(part.get('description', ''))} |"
        for inner, mark in (
            (part, "."),
            (part.get("items", {}), "[]."),
            *((one, ".") for one in part.get("oneOf", ())),
        ):
            if "properties" in inner:
                yield from _rows(inner, f"{path}{name}{mark}")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in main().items():
        (folder / name).write_text(text, "utf-8")
