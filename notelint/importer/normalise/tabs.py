"""Tabs: each panel begins with the label that a reader would have clicked, as a bold line; the row of labels goes."""

import re
from itertools import count, islice
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import HEADINGS, classes, drop, make, text_of
from notelint.importer.unseen import TAG as UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_PANEL = lazy_regex(r"tab-?(?:bed-)?(?:pane|panel|content|block|body)(?:$|[-_ ]{1,2}(?:item|panel))|sd-tab-content")
_LABEL = lazy_regex(r"(?:sd-)?tab-(?:label|title)|tabs?__?(?:label|item|title)|tabbed-label|tablinks?")
_HIDDEN = lazy_regex(r"display\s*:\s*none", re.I)
_LONGEST_STYLE = 1000
OF = "data-panel-of"  # the number of the tabs that a panel is of
_LONGEST = 60  # characters of a label
_MOST = 30  # tabs beside each other

_Pairs = list[tuple["HtmlElement", "HtmlElement"]]


def normalise(body: "HtmlElement") -> None:
    """Move the labels of tabs to the panels that they show, wherever it is certain which belongs to which."""
    names = _ids(body)
    numbers = count()
    for labels in list(body.iterfind(".//*[@role='tablist']")):
        tabs = [one for one in labels.iterdescendants() if one.get("role") == "tab"]
        if len(tabs) > 1 and len({one.get("aria-controls", one) for one in tabs}) == 1:
            labels.tag = UNSEEN  # each shows a part of the same table, all of which is there
            continue
        _label(_by_id(tabs, names) or _in_order(tabs, _panels_behind(labels)), labels, numbers)
    for labels in list(body.iter("ul", "ol", "div")):
        kind = set(classes(labels))
        if labels.getparent() is not None and kind & {"nav-tabs", "tabbed-labels", "tabs", "tab"}:
            tabs = [one for one in labels.iter("a", "label", "button") if text_of(one)]
            _label(_by_id(tabs, names) or _in_order(tabs, _panels_behind(labels)), labels, numbers)
    for labels in list(body.iter("ul", "ol")):
        links = [one for one in labels.iter("a") if text_of(one)]
        if labels.getparent() is not None and 1 < len(links) <= _MOST and _lead_to_panels(links, names):
            _label([(link, names[link.get("href", "")[1:]]) for link in links], labels, numbers)
    for label in list(body.iter("label")):
        panel = label.getnext()
        named = any(_LABEL.fullmatch(name) for name in classes(label))
        if panel is not None and named and _is_panel(panel):
            _label([(label, panel)], label, numbers)


def _ids(body: "HtmlElement") -> "dict[str, HtmlElement]":
    return {str(element.get("id")): element for element in body.iterfind(".//*[@id]")}


def _by_id(tabs: "list[HtmlElement]", names: "dict[str, HtmlElement]") -> _Pairs:
    """Tabs with the panels that they name."""
    found = []
    for tab in tabs:
        said = tab.get("aria-controls") or tab.get("href", "").partition("#")[2] or tab.get("data-target", "")[1:]
        panel = names.get(said)
        if panel is None or not (_is_panel(panel) or panel.get("role") == "tabpanel"):
            return []
        found.append((tab, panel))
    return found


def _lead_to_panels(links: "list[HtmlElement]", names: "dict[str, HtmlElement]") -> bool:
    """True if links lead to elements beside each other of which a reader sees only one: some are hidden."""
    panels = [names.get(link.get("href", "")[1:]) for link in links if link.get("href", "").startswith("#")]
    found = [one for one in panels if one is not None]
    if len(found) < len(links) or len({one.getparent() for one in found}) > 1:
        return False
    return any(one.get("hidden") is not None or _HIDDEN.search(one.get("style", "")[:_LONGEST_STYLE]) for one in found)


def _in_order(tabs: "list[HtmlElement]", panels: "list[HtmlElement]") -> _Pairs:
    return list(zip(tabs, panels, strict=True)) if len(tabs) == len(panels) else []


def _panels_behind(labels: "HtmlElement") -> "list[HtmlElement]":
    """The panels that stand behind a row of labels, beside each other or in one element."""
    following = list(islice(labels.itersiblings(), _MOST))
    beside = [one for one in following if _is_panel(one)]
    if len(beside) > 1 or not following:
        return beside
    return [one for one in following[0] if _is_panel(one) or one.tag in ("pre", "div")]


def _is_panel(element: "HtmlElement") -> bool:
    return element.get("role") == "tabpanel" or any(_PANEL.fullmatch(name) for name in classes(element))


def _label(pairs: _Pairs, labels: "HtmlElement", numbers: "Iterator[int]") -> None:
    """Write each label into its panel, and take the row of labels out, if it holds no more than them."""
    texts = [text_of(tab) for tab, _ in pairs]
    if not pairs or len(pairs) > _MOST or len({panel for _, panel in pairs}) < len(pairs):
        return
    around = list(labels.iterancestors())
    all_said = "".join(text_of(labels).split()) == "".join("".join(texts).split())
    if (
        not all_said
        or any(len(text) > _LONGEST for text in texts)
        or any(panel is labels or panel in around for _, panel in pairs)
    ):
        return
    own = str(next(numbers))
    for text, (_, panel) in zip(texts, pairs, strict=True):
        for name in ("hidden", "aria-hidden", "style"):
            panel.attrib.pop(name, None)
        panel.set(OF, own)
        if text and not _begins_with(panel, text):
            _write(panel, text)
    drop(labels)


def _begins_with(panel: "HtmlElement", text: str) -> bool:
    first = next(_titles(panel), None)
    return first is not None and text_of(first) == text


def _titles(panel: "HtmlElement") -> "Iterator[HtmlElement]":
    return (inner for inner in panel.iterdescendants() if inner.tag in HEADINGS)


def _write(panel: "HtmlElement", text: str) -> None:
    line = make(panel, "p")
    line.append(make(panel, "strong", text))
    line[0].tail = ""
    if panel.tag == "pre":
        panel.addprevious(line)
        return
    line.tail, panel.text = panel.text, None
    panel.insert(0, line)
