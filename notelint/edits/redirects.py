"""The file that says to a site where addresses have moved: which it names, and how others are added to it."""

import json
from collections.abc import Mapping

from notelint.core.lazy_regex import lazy_regex

_BETWEEN = lazy_regex(r"""[\s"',=]+""")
_MOVED = 301  # permanently


def names(text: str, address: str) -> bool:
    """True if the file names an address: between spaces, quotes or the like, with or without its slashes."""
    return address.strip("/") in {word.strip(":/") for word in _BETWEEN.split(text)}


def added(text: str, name: str, moved: Mapping[str, str]) -> str:
    """The file with each old address leading to its new one, in the form that its name and content tell.

    A `.json` file is Vercel's, a `.toml` file Netlify's; any other has a line for each, as Netlify and Cloudflare read.
    Raises `ValueError` for a file of JSON that is not of that form.
    """
    if name.endswith(".json"):
        return _json(text, moved)
    form = "[[redirects]]\nfrom = {0}\nto = {1}\nstatus = {2}\n" if name.endswith(".toml") else None
    gap = "" if not text or text.endswith("\n") else "\n"
    quoted = json.dumps
    lines = [
        f"{old} {new} {_MOVED}\n" if form is None else f"\n{form.format(quoted(old), quoted(new), _MOVED)}"
        for old, new in moved.items()
    ]
    return text + gap + "".join(lines)


def _json(text: str, moved: Mapping[str, str]) -> str:
    try:
        found = json.loads(text) if text.strip() else {}
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    there = found.setdefault("redirects", []) if isinstance(found, dict) else None
    if not isinstance(there, list):
        raise ValueError("it has no list of `redirects`")
    there += [{"source": old, "destination": new, "permanent": True} for old, new in moved.items()]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
