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


def note(body: "HtmlElement") -> None:
    """Set `task` on the items of lists that are of tasks, unless a field in an item says the same."""
    named = {items: _of_list(items) for items in body.iter("ul", "ol")}
    for item in body.iter("li"):
        if item.get("task") or next(item.iterchildren("input"), None) is not None:
            continue
        label = next(iter(item), None)
        if label is not None and label.tag == "label":
            _note_field(item, label)
        elif (state := _state(item, *named.get(item.getparent(), (False, False)))) is not None:
            item.set("task", state)


def _of_list(items: "HtmlElement") -> tuple[bool, bool]:
    """Whether a list is named as one of tasks, and one of its items as done."""
    is_named = _LIST.search(items.get("class", "")) is not None
    return is_named, is_named and any(not _DONE.isdisjoint(classes(one)) for one in items)


def _state(item: "HtmlElement", of_tasks: bool, some_done: bool) -> str | None:
    """What stands in the box of a task, by the attributes and classes of an item; None if it is not a task."""
    stated = next((value for key in _STATES if (value := item.get(key, "").lower())), "")
    if stated in ("true", "false", "done", "todo"):
        return "x" if stated in ("true", "done") else " "
    is_own, names = item.get("data-inline-task-id") is not None, set(classes(item))
    if (is_own or of_tasks) and not _DONE.isdisjoint(names):
        return "x"
    is_open = of_tasks and (some_done or not _OPEN.isdisjoint(names))  # also among others that are named as done
    return " " if is_own or is_open else None
