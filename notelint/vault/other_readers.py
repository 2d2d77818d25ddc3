"""Links of notes that Obsidian may not be the reader of: forms that other tools read, and what nothing is known of.

Rule numbers are those of docs/link-rules.md.
"""

import posixpath

from notelint.core.file_types import names_file
from notelint.core.lazy_regex import lazy_regex
from notelint.note.links import Link, LinkForm
from notelint.vault.link_rules import LinkRules

ENDINGS = (".md", "/index.md", "/_index.md")  # that links for a website leave out
_OF_OTHERS = lazy_regex(
    r"[A-Za-z][\w.+-]*[:>]\S"  # a web page, a namespace or another wiki: `File:a.png`, `id:7c8b`, `wp>Wiki`
    r"|\.{0,2}:|//|\\\\|[!^*]|\$:"  # the root or another place of a wiki, a heading of Org
    r"|_[A-Z]+_$|(?i:toc)$"  # a table of contents
    r"|.*\]\[|.*@(?:L?\d+(?:C\d+)?)$"  # a link of Org with its text, a place in a page
)
_NOT_A_PATH = lazy_regex(r"`|\[\[|(?:.*/)?-/")  # code, a page of Logseq, an address of GitLab


def unjudged(link: Link, path: str, folder: str, rules: LinkRules) -> str | None:
    """The rule by which a link that finds nothing is not judged; None if it is. It stands in a note of this folder."""
    if not rules.for_others:
        return None
    if link.form is LinkForm.WIKILINK:
        is_pattern = rules.pages_without_files and path.endswith("*")
        return "UR2" if is_pattern or is_of_others(path) else None
    if path.startswith("(("):
        return "LS2"
    if _NOT_A_PATH.match(path):
        return "UR3"
    if rules.heading_ids and _is_for_website(path):
        return "WS1"
    if names_file(path):
        return None
    if rules.labels:
        return "WS3"
    return "GH3" if posixpath.normpath(f"{folder}/{path}" if folder else path).startswith("../") else None


def is_of_others(path: str) -> bool:
    """True if what stands in a wikilink is written for another tool than Obsidian, by its form (UR2)."""
    return _OF_OTHERS.match(path) is not None


def _is_for_website(path: str) -> bool:
    """True if a path may be an address that a website's generator makes, begin with a short name that its bundler has
    for a folder (`@site/`), or name a file that is not among its notes.
    """
    if path[:1] in ("/", "@", "~") or path[-1:] == "/" or path.partition("?")[0].endswith(".html"):
        return True
    return "/." in path.replace("/../", "/") or path[:1] == "." != path[1:2] != "/"
