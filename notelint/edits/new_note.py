"""The text of a new note, as its profile begins one."""

from notelint.note.frontmatter.values import scalar
from notelint.note.profile import Profile


def text_of_new(profile: Profile | None) -> str:
    """The frontmatter that a profile starts with and knows its notes by, and its required sections, empty."""
    if profile is None:
        return ""
    known_by = {key: value for key, value in profile.match.properties.items() if value is not True}
    properties = {**profile.template, **{key: _first(value) for key, value in known_by.items()}}
    lines = [f"{scalar(key)}: {scalar(value)}" for key, value in properties.items()]
    head = "\n".join(["---", *lines, "---", "", ""]) if lines else ""
    sections = [f"{'#' * section.level} {section.name}\n" for section in profile.sections if section.required]
    return head + "\n".join(sections)


def _first(value: object) -> object:
    """One of the values that a profile knows its notes by."""
    return value[0] if isinstance(value, list | tuple) and value else value
