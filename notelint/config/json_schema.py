"""The JSON Schema of the configuration, from the code that reads it: `python -m notelint.config_schema` prints it."""

import json
from typing import Any

from notelint.checkers.registry import load_checkers, summary
from notelint.config.model import Config
from notelint.core import typed_toml
from notelint.core.diagnostic import Severity


def config_schema() -> dict[str, Any]:
    """The schema of `notelint.toml`, with the options of every built-in checker. Plugins' options are free."""
    checkers = load_checkers()
    schema = typed_toml.json_schema(Config)
    properties = schema["properties"]
    severities = {"enum": [str(severity) for severity in Severity]}
    options = {
        id: {"description": summary(checker), **typed_toml.json_schema(checker.Options)}
        for id, checker in checkers.items()
    }
    for part in (properties, properties["overrides"]["items"]["properties"]):
        part["checkers"] = {**part["checkers"], "properties": options}
        part["severity"] = {**part["severity"], "properties": dict.fromkeys(checkers, severities)}
    names = sorted({*checkers, *(checker.family for checker in checkers.values()), "default", "all"})
    for key in ("select", "extend-select", "ignore"):
        properties[key]["items"] = {"type": "string", "examples": names}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The configuration of notelint"}
    return {**head, **schema}


if __name__ == "__main__":
    print(json.dumps(config_schema(), indent=2, ensure_ascii=False))
