"""Items of lists of tasks that say by attributes and classes, and by no field, if they are done."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import classes, is_blank

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LIST = lazy_regex(r"(?:^|[\s_-])(?:tasks?|todos?|to-do|checklist|check-list)(?=$|[\s_-])", re.I)
_DONE = frozenset(("checked", "done", "completed", "is-checked", "task-done", "is-done"))
_OPEN = frozenset(("unchecked", "not-checked", "todo", "open"))
_STATES = ("data-checked", "aria-checked", "data-task-state")


def _note_field(item: "HtmlElement", label: "HtmlElement") -> None:
    """Note the box to tick in a label without words at the start of an item: the label does not stay."""
    box = label.find(".//input")
    is_box = box is not None and box.get("type", "").lower() == "checkbox"
    if is_box and is_blank(label.text_content()) and is_blank(item.text):
        item.set("task", "x" if box.get("checked") is not None else " ")
        label.tail = (label.tail or "").lstrip()


def note(item: "HtmlElement") -> None:
    """Set `task` on an item of a list that is one of tasks, unless a field in it says the same."""
    if item.get("task") or next(item.iterchildren("input"), None) is not None:
        return
    label = next(iter(item), None)
    if label is not None and label.tag == "label":
        _note_field(item, label)
        return
    stated = next((value for key in _STATES if (value := item.get(key, "").lower())), "")
    names = set(classes(item))
    items = item.getparent()
    is_task = item.get("data-inline-task-id") is not None or (
        items is not None and items.tag in ("ul", "ol") and _LIST.search(items.get("class", "")) is not None
    )
    if stated in ("true", "false", "done", "todo"):
        item.set("task", "x" if stated in ("true", "done") else " ")
    elif is_task and not _DONE.isdisjoint(names):
        item.set("task", "x")
    elif item.get("data-inline-task-id") is not None or (is_task and not _OPEN.isdisjoint(names)):
        item.set("task", " ")
    elif is_task and items is not None and any(not _DONE.isdisjoint(classes(one)) for one in items):
        item.set("task", " ")  # among others that are named as done
