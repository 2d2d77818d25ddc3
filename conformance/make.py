"""Makes the kit from the project's own vectors, so that nothing is written twice: `python conformance/make.py`.

Writes `cases.jsonl`, `rules.md` and the small vaults below `vaults/`.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parent / "tests" / "data" / "vectors"
RULES = (HERE.parent / "docs" / "link-rules.md", HERE.parent / "docs" / "publishing.md")
VERSION = 2
STATUS = {"text": "text", "elsewhere": "external"}
KNOWN = {"agreed": "own reading"}  # nobody has proved it
GARDEN = {".obsidian/community-plugins.json": '["digitalgarden"]\n'}
SETTINGS = ".obsidian/plugins/digitalgarden/data.json"
PUBLISHED = "---\ndg-publish: true\n---\n"
_NOT_ON_WINDOWS = frozenset('<>:"|?*\\')
Case = dict[str, Any]
Files = dict[str, str]


def main(folder: Path = HERE) -> None:
    """Write the kit into a folder."""
    shutil.rmtree(folder / "vaults", ignore_errors=True)
    made: list[Case] = []
    vaults: dict[str, Files] = {}
    for kind, make in KINDS.items():
        found, more = make()
        vaults |= more
        made += [{"version": VERSION, "kind": kind, **case} for case in found]
    for name, files in vaults.items():
        for path, text in ({".obsidian/app.json": "{}\n"} | files).items():
            (folder / "vaults" / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "vaults" / name / path).write_text(text, "utf-8", newline="")
    (folder / "rules.md").write_text(rules(), "utf-8")
    rows = [json.dumps(case, ensure_ascii=True) for case in made]
    (folder / "cases.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


def rules() -> str:
    """The rules that cases name, as the project's pages explain them, a line each."""
    lines = [f"# Rules of the kit, version {VERSION}", ""]
    for page in RULES:
        for row in page.read_text("utf-8").splitlines():
            ids, _, text = row.strip("| ").partition(" | ")
            bare = ids.removeprefix("DG-")
            if row.startswith("| ") and bare[:1].isupper() and bare[1:2].isdigit():
                lines.append(f"- {', '.join(f'**{id}**' for id in _each(ids))}: {text}")
    return "\n".join(lines) + "\n"


def _each(ids: str) -> Iterator[str]:
    """The ids of a row: `DG-A1 to DG-A4` are four."""
    for part in ids.split(", "):
        first, _, last = part.partition(" to ")
        name, start = first.rstrip("0123456789"), first[len(first.rstrip("0123456789")) :]
        yield from ([first] if not last else (f"{name}{n}" for n in range(int(start), int(last[len(name) :]) + 1)))


def vectors(name: str) -> Any:
    """One of the project's tables."""
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def links() -> tuple[list[Case], dict[str, Files]]:
    """Cases of links in Obsidian. Names that some file systems cannot hold are left out."""
    table = vectors("links")
    vaults: dict[str, Files] = {}
    sources = {(one["vault"], one["from"]) for one in table["resolution"]}
    for name, files in table["vaults"].items():
        notes = {path: {} for vault, path in sources if vault == name} | files
        vaults[name] = {path: _note(path, one) for path, one in notes.items() if path not in _left_out(files)}
    return [case for at, one in enumerate(table["resolution"]) if (case := _link(at, one, table, vaults))], vaults


def _link(at: int, one: dict[str, Any], table: dict[str, Any], vaults: dict[str, Files]) -> Case | None:
    means, left_out = one["means"], _left_out(table["vaults"][one["vault"]])
    if isinstance(means, list) and left_out & {*means, one["from"]}:
        return None
    status = STATUS[means] if isinstance(means, str) else ("missing", "resolved", "ambiguous")[min(len(means), 2)]
    target = means[0] if isinstance(means, list) and means else None
    case = {
        "id": f"{one['rule']}-{at:03}",
        "rule": one["rule"],
        "known": KNOWN.get(one["known"], one["known"]),
        "vault": one["vault"],
        "source": one["from"],
        "link": one["markdown"],
        "status": status,
        "target": target,
    }
    if one.get("by_order"):  # of the files in a vault, which a folder on a disk does not show
        case |= {"known": "own reading", "target": sorted(means)[0], "scored": False}
    part = one.get("part", "not judged")
    if part == "missing":
        case["part"] = None
    elif isinstance(part, dict):
        ((kind, name), *_) = part.items()
        case["part"] = {"kind": kind, "name": name}
        line = _line_of(part, vaults[one["vault"]][target or ""].splitlines())
        case |= {} if line is None else {"line": line}
    return case


def _line_of(part: dict[str, Any], lines: list[str]) -> int | None:
    """The line, from 1, on which a heading or a block id stands."""
    if "block" in part:
        return next(n for n, line in enumerate(lines, 1) if line.lower().endswith(f"^{part['block'].lower()}"))
    headings = [(n, line.lstrip("#> ")) for n, line in enumerate(lines, 1) if line.startswith(("#", "> #"))]
    if "heading" not in part:
        return None
    return next(n for n, text in headings if text == part["heading"]) if "at" not in part else headings[part["at"]][0]


def addresses() -> tuple[list[Case], dict[str, Files]]:
    """Where the plugin publishes notes: by their paths, by their own addresses, by rewrite rules."""
    table = vectors("permalinks")
    cases: list[Case] = []
    vaults: dict[str, Files] = {"addresses": dict(GARDEN), "own-addresses": dict(GARDEN)}
    for path, address, _ in (row for rows in table["paths"].values() for row in rows):
        if _fits(path) and not _left_out({one: None for held in (*vaults["addresses"], path) for one in _ways(held)}):
            vaults["addresses"][path] = PUBLISHED
            cases.append({"rule": "DG-U3", "vault": "addresses", "source": path, "address": address})
    vaults["addresses"][SETTINGS] = vaults["own-addresses"][SETTINGS] = "{}\n"
    for at, (own, address) in enumerate(row for row in table["own_permalinks"] if row[0]):  # an empty one is none
        path = f"Note {at}.md"
        text = f"---\ndg-publish: true\ndg-permalink: {json.dumps(own)}\n---\n"
        vaults["own-addresses"][path] = text
        cases.append({"rule": "DG-P3", "vault": "own-addresses", "source": path, "address": address})
    for at, one in enumerate(table["rewrite_rules"]):
        if _fits(one["path"]):
            name = f"rewritten-{at}"
            rules = json.dumps({"pathRewriteRules": one["rules"]})
            vaults[name] = GARDEN | {SETTINGS: f"{rules}\n", one["path"]: PUBLISHED}
            cases.append({"rule": "DG-U2", "vault": name, "source": one["path"], "address": one["permalink"]})
    return [_numbered(at, case) for at, case in enumerate(cases)], vaults


def site_links() -> tuple[list[Case], dict[str, Files]]:
    """Cases of links to headings, as the application writes them, that lead there on the site or do not."""
    files = GARDEN | {SETTINGS: "{}\n", "Start.md": PUBLISHED}
    cases = []
    for at, row in enumerate(row for rows in vectors("anchors")["headings"].values() for row in rows):
        files[f"Heading {at}.md"] = f"{PUBLISHED}# {row['heading']}\n\nText.\n"
        if not set(row["link"]) & set("[]|#^"):
            link = f"[[Heading {at}#{row['link']}]]"
            cases.append({"rule": "DG-A1", "source": "Start.md", "link": link, "lands": row["hits"]})
    return [_numbered(at, {"vault": "site", **case}) for at, case in enumerate(cases)], {"site": files}


def names() -> tuple[list[Case], dict[str, Files]]:
    """Names of notes to which links on the site work, and those to which all are dead."""
    table = vectors("linkable-names")
    named = [(f"nm/{name}.md", kind == "linked") for kind in ("linked", "dead") for name in table[kind]]
    cases = [
        _numbered(at, {"rule": "DG-L7", "vault": "names", "source": path, "linkable": linkable})
        for at, (path, linkable) in enumerate(one for one in named if _fits(one[0]))
    ]
    files = GARDEN | {SETTINGS: "{}\n"}
    for at, case in enumerate(cases):  # their addresses have nothing to do with their names
        files[case["source"]] = f"---\ndg-publish: true\ndg-permalink: name-{at}\n---\nText.\n"
    return cases, {"names": files}


def texts() -> tuple[list[Case], dict[str, Files]]:
    """Cases of texts that the plugin publishes: words that the published text has, and words that it lacks."""
    table = vectors("published-texts")
    cases, vaults = [], {}
    for at, one in enumerate(table["texts"]):
        name = f"text-{at:02}"
        vaults[name] = GARDEN | {SETTINGS: "{}\n"} | one["files"]
        words = {"shows": one["shows"], "lacks": one["lacks"]}
        cases.append(_numbered(at, {"rule": one["rule"], "vault": name, "source": table["host"], **words}))
    return cases, vaults


def _numbered(at: int, case: Case) -> Case:
    """A case that was measured, with its id."""
    return {"id": f"{case['rule']}-{at:03}", "rule": case["rule"], "known": "measured", **case}


def _fits(path: str) -> bool:
    """Tell whether every file system can hold a note at this path, which Obsidian sees."""
    return path.endswith(".md") and _can_be_held(path) and all(one[0] != "." for one in path.split("/"))


def _can_be_held(path: str) -> bool:
    parts = path.split("/")
    has_ends = all(one and one == one.strip() and one[-1] != "." for one in parts)
    return has_ends and path.isprintable() and not set(path) & _NOT_ON_WINDOWS


def _left_out(files: dict[str, Any]) -> set[str]:
    """Paths that some file system cannot hold, or not beside each other: they differ in capitals only."""
    keys = [path.lower() for path in files]
    return {path for path in files if keys.count(path.lower()) > 1 or not _can_be_held(path)}


def _ways(path: str) -> list[str]:
    """A path and those of the folders that it lies in."""
    parts = path.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _note(path: str, one: dict[str, Any]) -> str:
    if not path.endswith(".md"):
        return ""
    aliases = f"---\naliases: {json.dumps(one['aliases'], ensure_ascii=False)}\n---\n\n" if one.get("aliases") else ""
    parts = [f"{heading}\n\nText." for heading in one.get("headings", [])] or ["Text."]
    parts += [f"A line of its own. ^{block}" for block in one.get("blocks", [])]
    parts += [f"A remark.[^{name}]\n\n[^{name}]: Its text." for name in one.get("footnotes", [])]
    return aliases + "\n\n".join(parts) + "\n"


KINDS = {"link": links, "address": addresses, "site-link": site_links, "name": names, "text": texts}

if __name__ == "__main__":
    main()
