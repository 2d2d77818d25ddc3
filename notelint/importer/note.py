"""The note of an imported page: frontmatter of its facts, and the article."""

import datetime
import re
from typing import Any
from urllib.parse import quote

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.facts.collect import PageFacts
from notelint.note.frontmatter.values import scalar

_NO_NAME = lazy_regex(r"[\\/:*?\"<>|#^\[\]\x00-\x1f\x7f\u2028\u2029]+")
_RESERVED = lazy_regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
_CONTROL = lazy_regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_LONGEST_NAME = 120
_LONGEST_VALUE = 1000
_MOST_AUTHORS = 60
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


def name(title: str) -> str:
    """A note's name for a title, without ending; empty if the title cannot be one."""
    found = " ".join(_NO_NAME.sub(" ", _CONTROL.sub("", title)).split())[:_LONGEST_NAME].strip(" .\u00a0")
    return f"{found}_" if _RESERVED.match(found) else found


def properties(facts: PageFacts, accessed: datetime.date, lead: str = "") -> dict[str, Any]:
    """The properties of the note, named as in the profile imported-article; what the page does not say is left out.

    `lead` is that of the article, where the note's text does not begin with it.
    """
    authors = facts.authors[:_MOST_AUTHORS]
    values: dict[str, Any] = {
        "type": "imported-article",
        "title": facts.title,
        "aliases": [facts.other_title] if facts.other_title else [],
        "description": lead,
        "source": quote(facts.address, safe=_IN_ADDRESSES) if facts.address else "",
        "author": authors[0] if len(authors) == 1 else authors,
        "site": facts.site,
        "published": facts.published,
        "revised": facts.revised,
        "doi": facts.doi,
        "licence": facts.licence,
        "accessed": accessed.isoformat(),
    }
    return {key: shown for key, value in values.items() if value and (shown := _one_line(value))}


def compose(values: dict[str, Any], body: str) -> str:
    """The note's text."""
    lines = [f"{key}: {_written(value)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def _written(value: Any) -> str:
    return f"[{', '.join(_item(one) for one in value)}]" if isinstance(value, list) else _scalar(value)


def _scalar(value: str) -> str:
    """A string with quotation marks in it stands in single quotes: as people read it, without backslashes."""
    return scalar(value, "'" if '"' in value and value.isprintable() else "")


def _item(value: str) -> str:
    """A string within brackets, where a comma would part it."""
    written = _scalar(value)
    return written if written.startswith(('"', "'")) or "," not in written else f'"{written}"'


def _one_line(value: Any) -> Any:
    if isinstance(value, list):
        return [found for item in value if (found := str(_one_line(item)))]
    return " ".join(_CONTROL.sub("", str(value)).split())[:_LONGEST_VALUE]
