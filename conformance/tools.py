"""Asks the tools that are installed here, and prints the table of README.md: `python conformance/tools.py`.

    NOTELINT_TOOLS=FOLDER:FOLDER python conformance/tools.py --write

looks for programs in these folders too, and puts the table into README.md.
"""

import argparse
import os
import queue
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from run import ASKED, Case, is_dead, is_link, is_scored, load

README = Path(__file__).resolve().parent / "README.md"
_BEGIN, _END = "<!-- made by tools.py -->", "<!-- end -->"
_WORDS = {
    "resolver": "the target of each link, and the part",
    "linter": "is this link dead in Obsidian",
    "site-linter": "is this link dead on the site",
    "lsp": "definition of each link",
    "addresses": "the address of each note",
    "publisher": "the text that is published",
}


@dataclass(frozen=True)
class Tool:
    """A program, where it comes from, how its version is asked for, and by which commands the kit asks it."""

    name: str
    origin: str
    version: str
    asked: dict[str, str] = field(default_factory=dict)


_DEAD = "broken-link,unwritten-note,missing-attachment,broken-heading-link,broken-block-link"
_NOTELINT = "notelint check -q --no-cache --output-format concise --resolution"
TOOLS = (
    Tool(
        "notelint",
        "this project",
        "notelint --version",
        {
            "resolver": "notelint resolve --vault {vault} --from {source} --output-format json {links}",
            "lsp": "notelint server",
            "linter": f"{_NOTELINT} obsidian --select {_DEAD} {{file}}",
            "site-linter": f"{_NOTELINT} digital-garden --select links,publishing {{file}}",
            "addresses": "notelint permalink --vault {vault} -- {sources}",
            "publisher": "notelint publish-report --vault {vault} --show {file}",
        },
    ),
    Tool(
        "rumdl", "PyPI", "rumdl --version",
        {"linter": "rumdl check --no-cache --flavor obsidian {file}", "lsp": "rumdl server --stdio"},
    ),
    Tool(
        "mdsmith", "PyPI", "mdsmith version",
        {"linter": "mdsmith check {file}", "lsp": "mdsmith lsp"},
    ),
    Tool(
        "foam-cli", "npm", "foam --version",
        {"linter": "foam list placeholders --workspace {vault}"},
    ),
    Tool(
        "remark-validate-links", "npm", "npm ls --prefix {npm} remark-validate-links",
        {"linter": "remark --frail --quiet --no-stdout --use remark-validate-links=repository:false {file}"},
    ),
    Tool(
        "markdown-link-check", "npm", "markdown-link-check --version",
        {"linter": "markdown-link-check --quiet {file}"},
    ),
    Tool("marksman", "GitHub", "marksman --version", {"lsp": "marksman server"}),
    Tool("markdown-oxide", "crates.io", "markdown-oxide --version", {"lsp": "markdown-oxide"}),
)  # fmt: skip


def rows(tools: tuple[Tool, ...] = TOOLS) -> list[str]:
    """The rows of the table; one that says so for a tool that is not here."""
    made = ["| tool | from | asked | right | of them | not right by |", "| --- | --- | --- | ---: | ---: | --- |"]
    cases = load()
    links = [case for case in cases if case["kind"] == "link" and is_link(case) and is_scored(case)]
    alive = sum(not is_dead(case) for case in links)
    made.append(f"| one that never says anything | | {_WORDS['linter']} | {alive} | {len(links)} | |")
    for tool in tools:
        if shutil.which(next(iter(tool.asked.values())).split()[0]) is None:
            made.append(f"| {tool.name} | {tool.origin} | not to be had here | | | |")
            continue
        name = f"{tool.name} {_version(tool)}".strip()
        for kind, template in tool.asked.items():
            print(f"{name}: {kind}", file=sys.stderr)
            made.append(f"| {name} | {tool.origin} | {_WORDS[kind]} | {_score(kind, template, cases)} |")
    return made


def _score(kind: str, template: str, cases: list[Case]) -> str:
    """The last cells of a row: right, of how many, and the rules that most of the others are of."""
    try:
        results = [(case, ok) for case, ok in ASKED[kind](template, cases) if is_scored(case)]
    except (OSError, EOFError, queue.Empty, subprocess.TimeoutExpired, KeyError) as error:
        return f" | | gives no answer ({type(error).__name__})"
    wrong = Counter(case["rule"] for case, ok in results if not ok)
    most = ", ".join(
        f"{rule} ({count})" for rule, count in sorted(wrong.items(), key=lambda one: (-one[1], one[0]))[:4]
    )
    return f"{sum(ok for _, ok in results)} | {len(results)} | {most or '–'}"


def _version(tool: Tool) -> str:
    program = shutil.which(next(iter(tool.asked.values())).split()[0]) or ""
    packages = program.partition("node_modules")[0] or "."
    words = [word.replace("{npm}", packages) for word in tool.version.split()]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    found = re.search(r"\d+\.\d+(?:\.\d+)?(?:[-.]\w+)*", done.stdout + done.stderr)
    return found.group() if found else ""


def replaced(table: list[str], asked: list[str], names: list[str]) -> list[str]:
    """A table in which the rows of some tools are those that were just made; others stay as they are."""
    kept = [row for row in table[2:] if not any(row.startswith((f"| {name} ", f"| {name} |")) for name in names)]
    order = [tool.name for tool in TOOLS]
    place = {row: next((at for at, name in enumerate(order) if row.startswith(f"| {name} ")), -1) for row in kept}
    place |= {row: next((at for at, name in enumerate(order) if row.startswith(f"| {name} ")), -1) for row in asked[2:]}
    return [*asked[:2], *sorted(place, key=place.__getitem__)]


def main() -> None:
    """Print the table, or put it into README.md."""
    parser = argparse.ArgumentParser(description="Asks the tools that are installed here.")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    parser.add_argument("--only", action="append", metavar="TOOL", help="ask this tool alone (repeatable)")
    folders = [str(Path(sys.executable).parent), *os.environ.get("NOTELINT_TOOLS", "").split(os.pathsep)]
    os.environ["PATH"] = os.pathsep.join([*filter(None, folders), os.environ["PATH"]])
    os.environ |= {"DO_NOT_TRACK": "1", "FOAM_TELEMETRY": "0"}  # nothing is sent anywhere
    given = parser.parse_args()
    tools = tuple(tool for tool in TOOLS if not given.only or tool.name in given.only)
    table = rows(tools)
    print("\n".join(table))
    if given.write:
        before, _, rest = README.read_text("utf-8").partition(_BEGIN)
        old, _, behind = rest.partition(_END)
        if given.only:
            table = replaced(old.strip().splitlines(), table, [tool.name for tool in tools])
        README.write_text(f"{before}{_BEGIN}\n\n{chr(10).join(table)}\n\n{_END}{behind}", "utf-8")


if __name__ == "__main__":
    main()
