"""The events of the readers of YAML and JSON: one event for each scalar, and for each start and end of a map or
list.
"""

from typing import TypeAlias

Event: TypeAlias = tuple[str, int, int, str, str | None]  # kind, start, end, text of a scalar, anchor
PLAIN, QUOTED, MAP, LIST, END, ALIAS = "plain", "quoted", "map", "list", "end", "alias"
