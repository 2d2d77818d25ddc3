"""Compares notelint with other linters: runs each on small faults and traps, and writes the table of docs/why-not.md.

    python docs/why_not.py

Tools that are not on the PATH keep what `docs/why_not.json` has of them. A tool finds a fault if it says anything of
the note that it does not say of the note without the fault, so style counts neither for nor against it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE, DATA = ROOT / "docs" / "why-not.md", ROOT / "docs" / "why_not.json"
_BEGIN, _END = "<!-- made by docs/why_not.py -->\n", "<!-- until here -->\n"
_AT = re.compile(r"^\s*(?P<path>[^:\n]+\.md):(?P<line>\d+)(?P<rest>.*)$", re.MULTILINE)
_RULE = re.compile(r"\bMDS?\d{3}\b|(?<=(?:ning|rror|info) )[a-z]+(?:-[a-z]+)+")
_SECONDS = 120


@dataclass(frozen=True)
class Tool:
    """A linter: how it is run on a folder, how it says its version, and settings by which it knows Obsidian best."""

    name: str
    program: str
    command: tuple[str, ...]
    version: tuple[str, ...]
    settings: tuple[str, str] = ("", "")  # name and content of a file in the folder


TOOLS = (
    Tool("notelint", "notelint", ("check", "--output-format", "concise", "--no-cache"), ("--version",)),
    Tool(
        "rumdl", "rumdl", ("check", "--no-cache", "."), ("--version",),
        (".rumdl.toml", '[global]\nflavor = "obsidian"\n[MD057]\ncheck-frontmatter = true\n'),
    ),
    Tool(
        "mdsmith", "mdsmith", ("check", "-o", "-", "."), ("version",),
        (".mdsmith.yml", "rules:\n  cross-file-reference-integrity:\n    wikilinks: true\n    strict: true\n"),
    ),
    Tool(
        "lychee", "lychee",
        ("--offline", "--no-progress", "--include-fragments", "--include-wikilinks", "--base-url", "{folder}/",
         "--fallback-extensions", "md", "--format", "json", "."), ("--version",),
    ),
    Tool("markdownlint-cli2", "markdownlint-cli2", ("**/*.md",), ("--help",)),
)  # fmt: skip
_NOTES = {
    "Cyst.md": "---\naliases: [Water in a wall]\n---\n# Cyst\n\n## Imaging\n\nThin wall. ^wall\n",
    "Kidney/Renal cyst.md": "# Renal cyst\n\nOf the kidney.\n",
    "1.5T vs 3.0T MRI.md": "# Field strength\n\nOf magnets.\n",
    "picture.png": "",
}
_CLIPPED = "---\ntags: [clippings]\nsource: https://example.org/a\n---\n"
_AD = "ADVERTISEMENT: Supporters see fewer/no ads"
# What it is, the line with the fault, the line without.
FAULTS = (
    ("a wikilink to no note", "See [[Nowhere/Note]].", "See [[Cyst]]."),
    ("a wikilink to no heading", "See [[Cyst#Nothing]].", "See [[Cyst#Imaging]]."),
    ("a wikilink to no block", "See [[Cyst#^nothing]].", "See [[Cyst#^wall]]."),
    ("a wikilink by alias, which Obsidian does not follow", "See [[Water in a wall]].", "See [[Cyst]]."),
    ("an embed of no file", "![[missing.png]]", "![[picture.png]]"),
    ("a wikilink that is not closed", "See [[Cyst for more.", "See [[Cyst]] for more."),
    ("a Markdown link to no note", "See [cysts](Nowhere.md).", "See [cysts](Cyst.md)."),
    ("a Markdown link to no heading", "See [cysts](Cyst.md#nothing).", "See [cysts](Cyst.md#imaging)."),
    ("a Markdown link with a blank, so that it is text", "[it](Kidney/Renal cyst.md)", "[it](Kidney/Renal%20cyst.md)"),
    ("a footnote that is not defined", "Text.[^gone]", "Text."),
    ("a tag of digits only, which Obsidian does not take", "---\ntags: ['1984']\n---", "---\ntags: ['y1984']\n---"),
    ("a property twice", "---\nstatus: open\nstatus: done\n---", "---\nstatus: open\n---"),
    ("a value that YAML takes for a comment", "---\nstatus: #open\n---", "---\nstatus: open\n---"),
    ("a link in a property to no note", '---\nrelated: "[[Nowhere/Note]]"\n---', '---\nrelated: "[[Cyst]]"\n---'),
    ("text of which the encoding is broken", "The â€œwallâ€\x9d of a cyst.", "The “wall” of a cyst."),
    ("a website's line in a clipped article", _CLIPPED + _AD, f"{_CLIPPED}Text."),
)  # fmt: skip
TRAPS = (
    ("a name with dots", "See [[1.5T vs 3.0T MRI]].", "See it."),
    ("an escaped pipe in a table", "| a |\n| --- |\n| [[Cyst\\|a cyst]] |", "| a |\n| --- |\n| a cyst |"),
    ("other capitals", "See [[cyst]].", "See it."),
    ("a note found by its name in a folder", "See [[Renal cyst]].", "See it."),
    ("a heading of another note", "See [[Cyst#Imaging]].", "See it."),
    ("a block of another note", "See [[Cyst#^wall]].", "See it."),
    ("a picture with a width", "![[picture.png|300]]", "A picture."),
    ("an encoded blank", "See [it](Kidney/Renal%20cyst.md).", "See it."),
    ("a citation number", "As said.[[2]](https://example.org/a)", "As said."),
    ("a link in code", "`[[Nowhere/Note]]`", "`code`"),
    ("a link in a comment", "%% [[Nowhere/Note]] %%", "%% a comment %%"),
)

STYLE = (
    ("a heading without a blank line above", "Text.\n## Below\n\nText.", "Text.\n\n## Below\n\nText."),
    ("a bare web address", "See https://example.org now.", "See <https://example.org> now."),
    ("a link that says *click here*", "[click here](Cyst.md)", "[cysts](Cyst.md)"),
    ("a code block without a language", "```\ncode\n```", "```sh\ncode\n```"),
    ("a picture without a description", "![](picture.png)", "![a cyst](picture.png)"),
    ("two titles", "# Another", "## Another"),
)

_Probe = tuple[str, str, str]
KINDS: tuple[tuple[str, str, tuple[_Probe, ...], tuple[str, str]], ...] = (
    ("faults", "a fault", FAULTS, ("–", "found")),
    ("traps", "not a fault", TRAPS, ("silent", "**false alarm**")),
    ("style", "a matter of style", STYLE, ("–", "found")),
)


def found_by(tool: Tool, probes: tuple[_Probe, ...]) -> list[bool]:
    """True for each probe of which the tool says something that it does not say of the same note without the probe."""
    wrong, right = (_said(tool, [_note(probe[which]) for probe in probes]) for which in (1, 2))
    return [bool(of_wrong - of_right) for of_wrong, of_right in zip(wrong, right, strict=True)]


def _note(text: str) -> str:
    return f"{text}\n" if text.startswith("---") else f"# Probe\n\n{text}\n"


def _said(tool: Tool, notes: list[str]) -> list[set[str]]:
    """The rules that a tool names for each of these notes."""
    with tempfile.TemporaryDirectory() as scratch:
        vault = Path(scratch)
        files = {**_NOTES, **{f"Probe {n:02}.md": text for n, text in enumerate(notes)}, ".obsidian/app.json": "{}"}
        for path, text in {**files, **({tool.settings[0]: tool.settings[1]} if tool.settings[0] else {})}.items():
            (vault / path).parent.mkdir(parents=True, exist_ok=True)
            (vault / path).write_text(text, "utf-8")
        printed = _run(tool, tool.command, vault)
    said: list[set[str]] = [set() for _ in notes]
    for found in _AT.finditer(_as_lines(printed)):
        if (name := Path(found["path"]).stem).startswith("Probe "):
            rule = _RULE.search(found["rest"])
            said[int(name[6:])].add(rule[0] if rule else found["rest"])
    return said


def _as_lines(printed: str) -> str:
    """What lychee reports as JSON, as the lines that the others print; anything else as it is."""
    if not printed.startswith("{"):
        return printed
    report, _ = json.JSONDecoder().raw_decode(printed)
    return "\n".join(
        f"{path}:{error['span']['line']} {error['status']['text']}"
        for path, errors in report["error_map"].items()
        for error in errors
    )


def _run(tool: Tool, arguments: tuple[str, ...], folder: Path) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "PATH": _path()}
    words = [word.replace("{folder}", str(folder)) for word in arguments]
    done = subprocess.run(
        [shutil.which(tool.program, path=_path()) or tool.program, *words],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False,
    )  # fmt: skip
    return done.stdout + "\n" + done.stderr


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def installed(tool: Tool) -> bool:
    """True if the tool is here to be run."""
    return shutil.which(tool.program, path=_path()) is not None


def results(tool: Tool) -> dict[str, Any]:
    """The version of a tool that is here, and what it finds, in the order of the probes."""
    version = re.search(r"\d+\.\d+\.\d+", _run(tool, tool.version, ROOT))
    found = {kind: found_by(tool, probes) for kind, _, probes, _ in KINDS}
    return {"version": version[0] if version else "", **found}


def table(data: dict[str, Any]) -> str:
    """The tables of the page."""
    names = [tool.name for tool in TOOLS if tool.name in data]
    lines: list[str] = []
    for kind, title, probes, words in KINDS:
        found = [data[name][kind] for name in names]
        lines += [f"| {title} |" + "".join(f" {name} {data[name]['version']} |" for name in names)]
        lines += [f"| --- |{' --- |' * len(names)}"]
        lines += [_row(found, at, probe[0], words) for at, probe in enumerate(probes)]
        lines += ["| **all** |" + "".join(f" {sum(of_tool)} of {len(of_tool)} |" for of_tool in found), ""]
    return "\n".join(lines)


def _row(found: list[list[bool]], at: int, about: str, words: tuple[str, str]) -> str:
    return f"| {about} |" + "".join(f" {words[of_tool[at]]} |" for of_tool in found)


def page(text: str, data: dict[str, Any]) -> str:
    """The page with its tables made anew."""
    before, _, rest = text.partition(_BEGIN)
    return f"{before}{_BEGIN}\n{table(data)}{_END}{rest.partition(_END)[2]}"


if __name__ == "__main__":
    held = json.loads(DATA.read_text("utf-8")) if DATA.exists() else {}
    held |= {tool.name: results(tool) for tool in TOOLS if installed(tool)}
    DATA.write_text(json.dumps(held, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8"), held), "utf-8")
